// Charts per chain: energies, acceptance, warmup, transpositions, distances to the reference.
import type { TopLevelSpec } from 'vega-lite';
import { evenlySpaced, meanOf } from '../distribution.js';
import { transpositionsOf, type ChainTrace } from '../traces.js';
import { CHAIN_COLOURS, COLOURS, renderChart, valueScale } from './chart.js';

/** Lines that stay legible and a page that stays small. */
const MAX_CHAINS = 64;
const MAX_POINTS = 6000;

const HALF = { width: 500, height: 250, autosize: { type: 'fit', contains: 'padding' } } as const;

interface Point {
  readonly chain: string;
  readonly x: number;
  readonly y: number;
}

/** Evenly spaced chains, each thinned to evenly spaced points. */
function points(traces: readonly ChainTrace[], x: (trace: ChainTrace) => readonly number[], y: (trace: ChainTrace) => readonly number[]): Point[] {
  const shown = evenlySpaced(traces.length, MAX_CHAINS).map((i) => traces[i]!);
  const perChain = Math.max(50, Math.floor(MAX_POINTS / Math.max(1, shown.length)));
  return shown.flatMap((trace) => {
    const xs = x(trace);
    const ys = y(trace);
    return evenlySpaced(Math.min(xs.length, ys.length), perChain)
      .filter((i) => Number.isFinite(ys[i]))
      .map((i) => ({ chain: String(trace.chain), x: xs[i]!, y: ys[i]! }));
  });
}

/** A colour and a legend entry a chain where that is legible, else one colour, faint. */
function chainColour(traces: readonly ChainTrace[]) {
  const few = traces.length <= CHAIN_COLOURS.length;
  return {
    opacity: few ? 0.9 : 0.35,
    encoding: few
      ? {
          color: {
            field: 'chain',
            type: 'nominal',
            scale: { domain: traces.map(({ chain }) => String(chain)), range: CHAIN_COLOURS.slice(0, traces.length) },
            legend: { title: 'chain', symbolType: 'stroke', symbolStrokeWidth: 2.5 },
          },
        }
      : { detail: { field: 'chain', type: 'nominal' } },
  } as const;
}

interface LineChart {
  readonly traces: readonly ChainTrace[];
  readonly x: (trace: ChainTrace) => readonly number[];
  readonly y: (trace: ChainTrace) => readonly number[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly alt: string;
  readonly domain?: readonly number[];
  /** Default: as many decimals as the range of values needs. */
  readonly format?: string;
  /** A dashed line with a label above or below it. */
  readonly target?: { readonly y: number; readonly label: string; readonly below?: boolean };
}

function lines({ traces, x, y, xTitle, yTitle, alt, domain, format, target }: LineChart): Promise<string> {
  const values = points(traces, x, y);
  const low = Math.min(...values.map((point) => point.y));
  const high = Math.max(...values.map((point) => point.y));
  const scale = domain ? { domain } : valueScale(low, high);
  const { opacity, encoding } = chainColour(traces);
  const rule = target && [
    { data: { values: [target] }, mark: { type: 'rule', strokeDash: [5, 4], color: COLOURS.muted, strokeWidth: 1.2 }, encoding: { y: { field: 'y', type: 'quantitative' } } },
    {
      data: { values: [target] },
      mark: { type: 'text', align: 'right', baseline: target.below ? 'top' : 'bottom', dy: target.below ? 5 : -4, color: COLOURS.muted, fontSize: 11 },
      encoding: { y: { field: 'y', type: 'quantitative' }, x: { value: 'width' }, text: { field: 'label' } },
    },
  ];
  const spec = {
    ...HALF,
    layer: [
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 1.4, opacity, color: COLOURS.aligned, strokeJoin: 'round', clip: true },
        encoding: {
          x: { field: 'x', type: 'quantitative', title: xTitle, scale: { nice: false, zero: false } },
          y: { field: 'y', type: 'quantitative', title: yTitle, scale, axis: { tickCount: 5, format: format ?? axisFormat(low, high) } },
          ...encoding,
        },
      },
      ...(rule ?? []),
    ],
  };
  return renderChart(spec as TopLevelSpec, alt);
}

/** Number format of an axis over this range, as d3 writes it. */
function axisFormat(low: number, high: number): string {
  const step = (high - low) / 5;
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
  return Number.isFinite(decimals) && decimals <= 4 ? `,.${decimals}f` : '.2~g';
}

const drawNumbers = (trace: ChainTrace) => trace.iteration.map((_, i) => i + 1);

export function energyChart(traces: readonly ChainTrace[]): Promise<string> {
  return lines({
    traces,
    x: drawNumbers,
    y: (trace) => trace.potentialEnergy,
    xTitle: 'draw',
    yTitle: 'potential energy (nats)',
    alt: 'Potential energy of every kept draw, one line a chain',
  });
}

/** Window of the moving average of acceptance rates. */
export const ACCEPTANCE_WINDOW = 25;

export function acceptanceChart(traces: readonly ChainTrace[], target: number | null): Promise<string> {
  return lines({
    traces,
    x: drawNumbers,
    y: ({ acceptanceRate }) => acceptanceRate.map((_, i) => meanOf(acceptanceRate.slice(Math.max(0, i + 1 - ACCEPTANCE_WINDOW), i + 1)) ?? NaN),
    xTitle: 'draw',
    yTitle: 'acceptance rate',
    alt: `Acceptance rate of every chain, moving average over ${ACCEPTANCE_WINDOW} draws`,
    domain: [0, 1],
    format: '.0%',
    ...(target !== null && { target: { y: target, label: `target of warmup: ${Math.round(100 * target)}%`, below: true } }),
  });
}

/** `unit`: what an iteration before the first draw is. */
export function warmupEnergyChart(traces: readonly ChainTrace[], unit: string): Promise<string> {
  return lines({
    traces,
    x: ({ warmup }) => warmup.iteration,
    y: ({ warmup }) => warmup.potentialEnergy,
    xTitle: unit === 'epoch' ? unit : `warmup ${unit}`,
    yTitle: 'potential energy (nats)',
    alt: 'Potential energy at the checkpoints before the first draw, one line a chain',
  });
}

export function stepSizeChart(traces: readonly ChainTrace[]): Promise<string> {
  return lines({
    traces,
    x: ({ warmup }) => warmup.iteration,
    y: ({ warmup }) => warmup.stepSize,
    xTitle: 'warmup transition',
    yTitle: 'step size',
    alt: 'Step size at the checkpoints of the warmup, one line a chain',
  });
}

/** `size`: units of the group; the most transpositions that a permutation can have is one less. */
export function transpositionChart(traces: readonly ChainTrace[], group: number, groups: number, size: number): Promise<string> {
  return lines({
    traces,
    x: drawNumbers,
    y: (trace) => transpositionsOf(trace, group, groups),
    xTitle: 'draw',
    yTitle: 'number of transpositions',
    alt: `Number of transpositions between each draw and the reference, of at most ${size - 1}, one line a chain`,
    domain: [0, Math.max(1, size - 1)],
    format: ',.0f',
    target: { y: size - 1, label: `most possible: ${size - 1}` },
  });
}

/** `wide`: across the page. */
export function distanceChart(traces: readonly ChainTrace[], wide: boolean): Promise<string> {
  const series = (kind: string, y: (trace: ChainTrace) => readonly number[]) => points(traces, drawNumbers, y).map((point) => ({ ...point, kind }));
  const values = [...series('as sampled', (trace) => trace.distanceBefore), ...series('aligned', (trace) => trace.distanceAfter)];
  const spec = {
    ...HALF,
    width: wide ? 1040 : HALF.width,
    data: { values },
    mark: { type: 'line', strokeWidth: 1.4, opacity: traces.length > 8 ? 0.35 : 0.85, strokeJoin: 'round' },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: 'draw', scale: { nice: false, zero: false } },
      y: { field: 'y', type: 'quantitative', title: 'distance to the reference', scale: { zero: true }, axis: { tickCount: 6 } },
      color: {
        field: 'kind',
        type: 'nominal',
        scale: { domain: ['as sampled', 'aligned'], range: [COLOURS.raw, COLOURS.aligned] },
        legend: { title: null, symbolType: 'stroke', symbolStrokeWidth: 2.5 },
      },
      detail: { field: 'chain', type: 'nominal' },
    },
  };
  return renderChart(spec as TopLevelSpec, 'Euclidean distance of every draw to the reference, before and after alignment');
}
