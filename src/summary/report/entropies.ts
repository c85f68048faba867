// Entropies of predictions on the test rows and on inputs from elsewhere, over one another.
import type { TopLevelSpec } from 'vega-lite';
import { finite, histogram } from '../distribution.js';
import { COLOURS, renderChart } from './chart.js';

const BINS = 40;

export interface EntropyChart {
  /** What predicts, and where the other rows are from: for those who cannot see the chart. */
  readonly of: string;
  readonly elsewhere: string;
  /** In nats, a row each. */
  readonly known: Float64Array;
  readonly unknown: Float64Array;
  /** Ends of the axis: the same in every chart that is to be compared. */
  readonly domain: readonly [low: number, high: number];
}

export function entropyChart({ of, elsewhere, known, unknown, domain: [low, high] }: EntropyChart): Promise<string> {
  const series = [
    { rows: 'test rows', values: known, colour: COLOURS.aligned },
    { rows: elsewhere, values: unknown, colour: COLOURS.raw },
  ];
  const bars = series.flatMap(({ rows, values }) => histogram(values, low, high, BINS).map((bin) => ({ ...bin, rows })));
  const spec = {
    width: 500,
    height: 210,
    autosize: { type: 'fit', contains: 'padding' },
    data: { values: bars },
    mark: { type: 'rect', opacity: 0.5 },
    encoding: {
      x: { field: 'from', type: 'quantitative', title: 'entropy of the predictive (nats)', scale: { domain: [low, high], nice: false }, axis: { tickCount: 6 } },
      x2: { field: 'to' },
      y: { field: 'share', type: 'quantitative', title: 'share of rows', axis: { format: '.0%', tickCount: 4 } },
      y2: { datum: 0 },
      color: { field: 'rows', type: 'nominal', scale: { domain: series.map(({ rows }) => rows), range: series.map(({ colour }) => colour) }, legend: { title: null, symbolType: 'square', symbolOpacity: 0.7 } },
    },
  };
  return renderChart(spec as TopLevelSpec, `Histograms of the entropy of the predictive of ${of}, on test rows and on ${elsewhere}`);
}

/** Ends of an axis that holds all values. */
export function entropyDomain(all: readonly Float64Array[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of all) {
    for (const value of finite(values)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return high > low ? [low, high] : [0, 1];
}
