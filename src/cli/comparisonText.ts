// A comparison on the terminal: what was compared, then a row a tensor in two tables.
import type { Comparison } from '../summary/comparison/compare.js';
import type { DescribedComparison } from '../summary/comparison/document.js';
import type { GaussianFigures } from '../summary/comparison/figures.js';
import type { ComparedPosterior } from '../summary/comparison/posterior.js';
import { figure, table } from './format.js';

interface Row extends GaussianFigures {
  readonly name: string;
  readonly meanDistanceBefore: number;
}

type Columns = readonly (readonly [head: string, cell: (row: Row) => string])[];

const DISTANCES: Columns = [
  ['weights', ({ weights }) => String(weights)],
  ['KL(A‖B)', ({ klAB }) => figure(klAB)],
  ['per weight', ({ klABPerWeight }) => figure(klABPerWeight)],
  ['KL(B‖A)', ({ klBA }) => figure(klBA)],
  ['per weight', ({ klBAPerWeight }) => figure(klBAPerWeight)],
  ['W2²', ({ wasserstein2Squared }) => figure(wasserstein2Squared)],
  ['per weight', ({ wasserstein2SquaredPerWeight }) => figure(wasserstein2SquaredPerWeight)],
  ['W2', ({ wasserstein2 }) => figure(wasserstein2)],
  ['W2 rms', ({ wasserstein2Rms }) => figure(wasserstein2Rms)],
];

const MOMENTS: Columns = [
  ['means apart', ({ meanDistanceBefore }) => figure(meanDistanceBefore)],
  ['aligned', ({ meanDistance }) => figure(meanDistance)],
  ['correlation', ({ meanCorrelation }) => figure(meanCorrelation)],
  ['std B / std A', ({ stdRatio }) => figure(stdRatio.geometricMean)],
  ['25%', ({ stdRatio }) => figure(stdRatio.q25)],
  ['median', ({ stdRatio }) => figure(stdRatio.median)],
  ['75%', ({ stdRatio }) => figure(stdRatio.q75)],
  ['correlation ln std', ({ logStdCorrelation }) => figure(logStdCorrelation)],
];

/** `out` is the page that was written, or null. */
export function renderComparisonText({ a, b, space, comparison }: DescribedComparison, out: string | null): string {
  const { overall, byTensor } = comparison;
  const rows: Row[] = [...byTensor, { ...overall, name: 'all' }];
  return [
    ...table([sideRow('A', a), sideRow('B', b), ['space', space === 'aligned' ? 'aligned' : 'as sampled'], ...alignmentRows(comparison)], [false, false]),
    '',
    ...tableOf(DISTANCES, rows),
    '',
    ...tableOf(MOMENTS, rows),
    ...(overall.zeroStdA + overall.zeroStdB === 0 ? [] : ['', `! standard deviations of 0: ${overall.zeroStdA} of A, ${overall.zeroStdB} of B; divergences over such weights are infinite unless both are the same point`]),
    ...(out === null ? [] : ['', `${out}  plots: open it in a browser`]),
  ].join('\n');
}

function tableOf(columns: Columns, rows: readonly Row[]): string[] {
  return table([['tensor', ...columns.map(([head]) => head)], ...rows.map((row) => [row.name, ...columns.map(([, cell]) => cell(row))])], [false, ...columns.map(() => true)]);
}

function sideRow(letter: string, { path, kind, job, draws }: ComparedPosterior): string[] {
  return [letter, kind === 'results' ? `${path}   ${job}, ${draws} draws` : path];
}

function alignmentRows({ alignment }: Comparison): string[][] {
  if (alignment === null) return [['NoT', 'B was left as it is']];
  return alignment.groups.map(({ name, size, transpositions, flips }) => [`NoT ${name}`, `${transpositions} of at most ${size - 1}${flips === 0 ? '' : `, ${flips} signs changed`}`]);
}
