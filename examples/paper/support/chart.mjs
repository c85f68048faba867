// Vega-Lite charts as SVG files that look right on a white page.
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

const COLOURS = ['#4c78a8', '#e45756', '#54a24b', '#b279a2', '#f58518', '#72b7b2', '#9d755d'];
const THEME = {
  background: 'white',
  padding: 12,
  font: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  range: { category: COLOURS },
  view: { stroke: 'transparent' },
  axis: { gridColor: '#eee', domainColor: '#bbb', tickColor: '#bbb', labelColor: '#555', titleColor: '#333', titleFontWeight: 500 },
  legend: { labelColor: '#333', titleColor: '#333', titleFontWeight: 500, labelLimit: 0 },
  title: { anchor: 'start', fontSize: 13, fontWeight: 600 },
};

export async function renderSvg(spec) {
  const view = new View(parse(compile(spec, { config: THEME }).spec), { renderer: 'none' });
  try {
    return await (await view.runAsync()).toSVG();
  } finally {
    view.finalize();
  }
}

/** Lines with points. `values`: {x, y, series} each; `x`, `y`: titles; the legend follows `series`. */
export function lineChart({ title, values, series, x, y, xScale = {}, yScale = { zero: false }, xAxis = {}, yAxis = {} }) {
  return {
    title,
    width: 420,
    height: 260,
    data: { values: values.filter((value) => Number.isFinite(value.y)) },
    mark: { type: 'line', point: { filled: true, size: 28 }, strokeWidth: 1.8 },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: x, scale: xScale, axis: xAxis },
      y: { field: 'y', type: 'quantitative', title: y, scale: yScale, axis: yAxis },
      color: { field: 'series', type: 'nominal', title: null, scale: { domain: series }, legend: { orient: 'top', columns: 3 } },
    },
  };
}
