// Chart of a quantity along the line between two networks, as they are and aligned.
import type { TopLevelSpec } from 'vega-lite';
import { COLOURS, renderChart } from './chart.js';

export interface PathChart {
  /** Places on the line, from 0 to 1. */
  readonly lambdas: readonly number[];
  /** The quantity at each of them; what is not finite is left out. */
  readonly raw: readonly number[];
  readonly aligned: readonly number[];
  readonly yTitle: string;
  /** Number format of the y axis, as d3 writes it. */
  readonly format?: string;
  /** Whether to draw the straight line between the ends that a barrier is measured from. */
  readonly chord?: boolean;
  readonly alt: string;
}

export function pathChart({ lambdas, raw, aligned, yTitle, format, chord = false, alt }: PathChart): Promise<string> {
  const series = (kind: string, values: readonly number[]) => values.map((y, i) => ({ x: lambdas[i]!, y, kind })).filter((point) => Number.isFinite(point.y));
  const points = [...series('as they are', raw), ...series('aligned', aligned)];
  const x = { field: 'x', type: 'quantitative', title: 'λ (0: A, 1: B)', scale: { domain: [0, 1] }, axis: { tickCount: 5 } };
  const y = { field: 'y', type: 'quantitative', title: yTitle, scale: { zero: false }, axis: { tickCount: 6, ...(format !== undefined && { format }) } };
  const ends = points.filter((point) => point.kind === 'as they are' && (point.x === 0 || point.x === 1));
  const spec = {
    width: 500,
    height: 300,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      ...(chord ? [{ data: { values: ends }, mark: { type: 'line', strokeDash: [5, 4], color: COLOURS.muted, strokeWidth: 1.2 }, encoding: { x, y } }] : []),
      {
        data: { values: points },
        mark: { type: 'line', strokeWidth: 2, point: { size: 24, filled: true } },
        encoding: {
          x,
          y,
          color: { field: 'kind', type: 'nominal', scale: { domain: ['as they are', 'aligned'], range: [COLOURS.raw, COLOURS.aligned] }, legend: { title: null, symbolType: 'circle' } },
        },
      },
    ],
  };
  return renderChart(spec as TopLevelSpec, alt);
}
