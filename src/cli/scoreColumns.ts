// Scores in the columns of a table.
import type { Scores } from '../summary/evaluation/evaluate.js';
import { number, percent } from '../summary/report/html.js';
import type { ClassificationSummary, RegressionSummary } from '../summary/summarySchema.js';

export interface ScoreColumn {
  readonly head: string;
  readonly cell: (scores: Scores) => string;
}

const CLASSIFICATION: readonly [head: string, key: keyof ClassificationSummary, show: (value: number | null) => string][] = [
  ['accuracy', 'accuracy', (value) => percent(value, 2)],
  ['NLL', 'nll', (value) => number(value, 4)],
  ['Brier', 'brier', (value) => number(value, 4)],
  ['calibration error', 'ece', (value) => percent(value, 2)],
];

const REGRESSION: readonly [head: string, key: keyof RegressionSummary, show: (value: number | null) => string][] = [
  ['RMSE', 'rmse', (value) => number(value, 4)],
  ['NLL', 'nll', (value) => number(value, 4)],
  ['coverage 50%', 'coverage50', (value) => percent(value)],
  ['coverage 90%', 'coverage90', (value) => percent(value)],
];

/** The metric of predictions first, then NLL, then the others. */
export function scoreColumns(kind: 'categorical' | 'gaussian'): readonly ScoreColumn[] {
  return kind === 'categorical'
    ? CLASSIFICATION.map(([head, key, show]) => ({ head, cell: (scores) => show((scores as ClassificationSummary)[key]) }))
    : REGRESSION.map(([head, key, show]) => ({ head, cell: (scores) => show((scores as RegressionSummary)[key]) }));
}
