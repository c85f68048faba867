// Scores, and nearness to another predictive, in the columns of a table.
import type { Scores } from '../summary/evaluation/evaluate.js';
import type { Nearness } from '../summary/evaluation/predictions.js';
import { number, percent } from '../summary/report/html.js';
import type { ClassificationSummary, RegressionSummary } from '../summary/summarySchema.js';

export interface ScoreColumn {
  readonly head: string;
  readonly cell: (scores: Partial<Scores & Nearness>) => string;
}

type Show = (value: number | null) => string;

const CLASSIFICATION: readonly [head: string, key: keyof ClassificationSummary, show: Show][] = [
  ['accuracy', 'accuracy', (value) => percent(value, 2)],
  ['NLL', 'nll', (value) => number(value, 4)],
  ['Brier', 'brier', (value) => number(value, 4)],
  ['calibration error', 'ece', (value) => percent(value, 2)],
  ['entropy', 'entropy', (value) => number(value, 4)],
];

const REGRESSION: readonly [head: string, key: keyof RegressionSummary, show: Show][] = [
  ['RMSE', 'rmse', (value) => number(value, 4)],
  ['NLL', 'nll', (value) => number(value, 4)],
  ['coverage 50%', 'coverage50', (value) => percent(value)],
  ['coverage 90%', 'coverage90', (value) => percent(value)],
];

const NEARNESS = {
  categorical: [
    ['agreement', 'agreement', (value) => percent(value, 2)],
    ['total variation', 'totalVariation', (value) => number(value, 4)],
  ],
  gaussian: [['W2 / std', 'wasserstein2', (value) => number(value, 4)]],
} as const satisfies Record<string, readonly [head: string, key: string, show: Show][]>;

/** The metric of predictions first, then NLL, then the others. */
export function scoreColumns(kind: 'categorical' | 'gaussian'): readonly ScoreColumn[] {
  return columns(kind === 'categorical' ? CLASSIFICATION : REGRESSION);
}

/** How near a predictive is to the one that is compared against. */
export function nearnessColumns(kind: 'categorical' | 'gaussian'): readonly ScoreColumn[] {
  return columns(NEARNESS[kind]);
}

function columns(table: readonly (readonly [head: string, key: string, show: Show])[]): ScoreColumn[] {
  return table.map(([head, key, show]) => ({ head, cell: (scores) => show((scores as Record<string, number | null | undefined>)[key] ?? null) }));
}
