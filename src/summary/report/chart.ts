// Vega-Lite specifications to SVG text: one theme whose colours are CSS variables, so that charts follow light and dark.
import { createHash } from 'node:crypto';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { escapeHtml } from './html.js';

/** Colours with a meaning, the same in every chart; values are in style.ts. */
export const COLOURS = {
  aligned: 'var(--aligned)',
  raw: 'var(--raw)',
  accent: 'var(--accent)',
  muted: 'var(--muted)',
  faint: 'var(--faint)',
  text: 'var(--text)',
} as const;

/** One colour a chain, up to so many chains; beyond, all chains share one. */
export const CHAIN_COLOURS = Array.from({ length: 8 }, (_, i) => `var(--chain-${i})`);

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const THEME = {
  background: 'transparent',
  font: FONT,
  view: { stroke: 'transparent' },
  axis: {
    labelColor: COLOURS.muted,
    titleColor: COLOURS.muted,
    domainColor: COLOURS.faint,
    tickColor: COLOURS.faint,
    gridColor: 'var(--grid)',
    labelFontSize: 11,
    titleFontSize: 11.5,
    titleFontWeight: 500,
    titlePadding: 8,
    labelPadding: 4,
    tickSize: 4,
  },
  axisX: { grid: false },
  axisY: { domain: false, ticks: false },
  legend: { labelColor: COLOURS.muted, titleColor: COLOURS.muted, labelFontSize: 11, labelLimit: 0, titleFontSize: 11, titleFontWeight: 500, symbolSize: 70, orient: 'top', offset: 6 },
  title: { color: COLOURS.text, fontSize: 13, fontWeight: 600, anchor: 'start', offset: 10 },
  header: { labelColor: COLOURS.muted, titleColor: COLOURS.muted, labelFontSize: 12 },
} as const;

/** From this ratio of the largest to the smallest value on, and all positive, an axis is logarithmic. */
const LOG_RATIO = 20;

/** Scale of an axis over this range, which need not include 0. */
export function valueScale(low: number, high: number) {
  return low > 0 && high / low > LOG_RATIO ? ({ type: 'log', nice: false } as const) : ({ zero: false } as const);
}

/** Renders on this machine, without a browser. `alt` says in one sentence what the chart shows. */
export async function renderChart(spec: TopLevelSpec, alt: string): Promise<string> {
  const { spec: vegaSpec } = compile(spec, { config: THEME });
  const view = new View(parse(vegaSpec), { renderer: 'none' });
  try {
    const svg = await (await view.runAsync()).toSVG();
    return embed(svg, alt);
  } finally {
    view.finalize();
  }
}

/**
 * Vega numbers clip paths through all charts of a process; here ids follow from the chart's content, so that they are
 * unique within a page and the same page comes out every time.
 */
function embed(svg: string, alt: string): string {
  const ids = [...new Set(Array.from(svg.matchAll(/ id="((?:clip|gradient)[^"]*)"/g), ([, id]) => id!))];
  const rename = (text: string, from: string, to: string) => text.replaceAll(` id="${from}"`, ` id="${to}"`).replaceAll(`url(#${from})`, `url(#${to})`);
  const neutral = ids.reduce((text, id, i) => rename(text, id, `@${i}`), svg);
  const prefix = `chart-${createHash('sha256').update(alt).update(neutral).digest('hex').slice(0, 10)}`;
  return ids.reduce((text, _, i) => rename(text, `@${i}`, `${prefix}-${i}`), neutral).replace('<svg ', `<svg role="img" aria-label="${escapeHtml(alt)}" `);
}
