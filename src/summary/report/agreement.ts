// One posterior's values against another's: points where they are few, density where they are many.
import type { TopLevelSpec } from 'vega-lite';
import { quantileOf } from '../distribution.js';
import { COLOURS, renderChart } from './chart.js';

/** Points that stay legible and a page that stays small. */
const MAX_POINTS = 1500;
const CELLS = 56;
/** What a single value looks like where the fullest cell is opaque. */
const FAINTEST = 0.14;
/** Of all values, this part at either end of an axis counts in its outermost cells. */
const BEYOND = 0.0005;
/** From this ratio of the largest to the smallest value on, and all positive, the axes may be logarithmic. */
const LOG_RATIO = 4;

export interface AgreementOptions {
  /** Completes `… in A` and `… in B` on the axes. */
  readonly quantity: string;
  /** Ends the sentence about the chart for those who cannot see it: a layer. */
  readonly of: string;
  readonly colour: string;
  /** Whether the axes may be logarithmic. */
  readonly log?: boolean;
}

/** Finite values of the same weights, as many in `b` as in `a`; equal ones lie on the dashed line. */
export function agreementChart(a: Float32Array, b: Float32Array, { quantity, of, colour, log: mayLog = false }: AgreementOptions): Promise<string> {
  const dense = a.length > MAX_POINTS;
  const sorted = Float64Array.from([...a, ...b]).sort();
  const end = (p: number): number => quantileOf(sorted, p) ?? 0;
  const [low, high] = widened(end(dense ? BEYOND : 0), end(dense ? 1 - BEYOND : 1));
  const log = mayLog && low > 0 && high / low > LOG_RATIO;
  const scale = { type: log ? 'log' : 'linear', domain: [low, high], nice: false };
  const axis = { tickCount: 6, format: '.3~r', grid: !log };
  const x = { field: 'a', type: 'quantitative', title: `${quantity} in A`, scale, axis };
  const y = { field: 'b', type: 'quantitative', title: `${quantity} in B`, scale, axis };
  const values = dense
    ? {
        data: { values: cells(a, b, low, high, log) },
        // Thousands of cells and points, each named for screen readers, would make the page four times as large.
        mark: { type: 'rect', color: colour, aria: false },
        encoding: { x, x2: { field: 'a2' }, y, y2: { field: 'b2' }, opacity: { field: 'opacity', type: 'quantitative', scale: null } },
      }
    : {
        data: { values: Array.from(a, (value, i) => ({ a: value, b: b[i]! })) },
        mark: { type: 'point', filled: true, size: 18, color: colour, opacity: 0.65, aria: false },
        encoding: { x, y },
      };
  const spec = {
    width: 500,
    height: 430,
    autosize: { type: 'fit', contains: 'padding' },
    layer: [
      values,
      { data: { values: [low, high].map((value) => ({ a: value, b: value })) }, mark: { type: 'line', strokeDash: [5, 4], color: COLOURS.muted, strokeWidth: 1.2 }, encoding: { x, y } },
    ],
  };
  return renderChart(spec as unknown as TopLevelSpec, `${dense ? 'Density' : 'Scatter plot'} of the ${quantity} in B over that in A, ${of}; equal values lie on the dashed line`);
}

/** Ends of an axis that has room for equal values, too. */
function widened(low: number, high: number): [number, number] {
  if (high > low) return [low, high];
  const room = Math.abs(low) * 0.1 || 0.1;
  return [low - room, high + room];
}

interface Cell {
  readonly a: number;
  readonly a2: number;
  readonly b: number;
  readonly b2: number;
  readonly opacity: number;
}

/** Squares that hold values, the fuller the more opaque (by the logarithm of their number). */
function cells(a: Float32Array, b: Float32Array, low: number, high: number, log: boolean): Cell[] {
  const scale = log ? Math.log : (value: number) => value;
  const unscale = log ? Math.exp : (value: number) => value;
  const start = scale(low);
  const width = (scale(high) - start) / CELLS;
  const place = (value: number): number => Math.min(CELLS - 1, Math.max(0, Math.floor((scale(value) - start) / width)));
  const counts = new Float64Array(CELLS * CELLS);
  for (let i = 0; i < a.length; i++) counts[place(a[i]!) * CELLS + place(b[i]!)]!++;
  const fullest = Math.log(counts.reduce((most, n) => Math.max(most, n), 0)) || 1;
  const edge = (i: number): number => (i === CELLS ? high : unscale(start + i * width));
  return Array.from(counts).flatMap((n, i) => {
    if (n === 0) return [];
    const [column, row] = [Math.floor(i / CELLS), i % CELLS];
    const opacity = FAINTEST + (1 - FAINTEST) * (Math.log(n) / fullest);
    return [{ a: edge(column), a2: edge(column + 1), b: edge(row), b2: edge(row + 1), opacity: Number(opacity.toFixed(3)) }];
  });
}
