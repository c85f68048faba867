// Histograms of R-hat, ESS and signal-to-noise over all weights, raw beside aligned; binned here, so that Vega sees bars only.
import type { TopLevelSpec } from 'vega-lite';
import { finite, histogram, quantileOf } from '../distribution.js';
import { COLOURS, renderChart } from './chart.js';
import { number, pairs } from './html.js';

const BINS = 48;
/** From this ratio of its ends on an axis is logarithmic. */
const LOG_RATIO = 4;

export interface Panel {
  readonly label: string;
  readonly colour: string;
  readonly values: ArrayLike<number>;
}

export interface HistogramOptions {
  readonly xTitle: string;
  /** Completes "Histogram of … over all weights". */
  readonly what: string;
  /** Ends of the axis: quantiles of all panels together. */
  readonly quantiles: readonly [low: number, high: number];
  /** A fixed low end, a fixed high end instead. */
  readonly low?: number;
  readonly high?: number;
  readonly digits: number;
}

/** One histogram a panel, on the same axes; the values beyond the ends count in the outermost bars. */
export async function histogramPair(panels: readonly Panel[], options: HistogramOptions): Promise<string> {
  const { xTitle, what, digits } = options;
  const kept = panels.map(({ values }) => finite(values).sort());
  if (kept.every((values) => values.length === 0)) return `<p class="none">There are too few draws for ${what}.</p>`;
  const ends = (p: number, pick: (...values: number[]) => number) => pick(...kept.flatMap((sorted) => quantileOf(sorted, p) ?? []));
  const low = options.low ?? ends(options.quantiles[0], Math.min);
  const wanted = options.high ?? ends(options.quantiles[1], Math.max);
  // A posterior in which nothing varies still gets an axis.
  const high = wanted > low ? wanted : low + Math.max(0.01, Math.abs(low) * 0.01);
  const log = low > 0 && high / low > LOG_RATIO;
  const bars = kept.map((values) => histogram(values, low, high, BINS, log));
  const top = Math.max(...bars.flat().map(({ share }) => share)) * 1.12 || 1;
  const charts = await Promise.all(
    panels.map(async ({ label, colour }, i) => {
      const median = quantileOf(kept[i]!, 0.5);
      const spec = {
        width: 500,
        height: 230,
        autosize: { type: 'fit', contains: 'padding' },
        layer: [
          {
            data: { values: bars[i]! },
            mark: { type: 'rect', color: colour, opacity: 0.85, clip: true },
            encoding: {
              x: { field: 'from', type: 'quantitative', title: xTitle, scale: { type: log ? 'log' : 'linear', domain: [low, high], nice: false }, axis: { tickCount: 6, format: ',.3~r' } },
              x2: { field: 'to' },
              y: { field: 'share', type: 'quantitative', title: 'share of weights', scale: { domain: [0, top], nice: false }, axis: { format: '.0%', tickCount: 4 } },
              y2: { datum: 0 },
            },
          },
          ...(median === null ? [] : medianMark(Math.min(high, Math.max(low, median)), `median ${number(median, digits)}`, placeOf(median, low, high, log) > 0.65)),
        ],
      };
      const chart = await renderChart(spec as TopLevelSpec, `Histogram of ${what} over all weights, ${label}: median ${number(median, digits)}`);
      return { label, colour, chart };
    }),
  );
  return pairs(charts);
}

/** Where a value lies on the axis: 0 at its low end, 1 at its high end. */
function placeOf(value: number, low: number, high: number, log: boolean): number {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

function medianMark(x: number, label: string, left: boolean) {
  const data = { values: [{ x, label }] };
  const place = { x: { field: 'x', type: 'quantitative' } };
  return [
    { data, mark: { type: 'rule', color: COLOURS.text, strokeWidth: 1.2, strokeDash: [4, 3] }, encoding: place },
    {
      data,
      mark: { type: 'text', align: left ? 'right' : 'left', baseline: 'top', dx: left ? -6 : 6, color: COLOURS.text, fontSize: 12, fontWeight: 600 },
      encoding: { ...place, y: { value: 2 }, text: { field: 'label' } },
    },
  ];
}
