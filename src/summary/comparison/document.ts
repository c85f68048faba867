// What `basinet compare --json` prints: every field, as written.
import { z } from 'zod';
import type { Comparison } from './compare.js';
import type { ComparedPosterior, Space } from './posterior.js';

/** Raised where a reader of an older document would misread a new one. */
export const COMPARISON_VERSION = 1;

/** JSON has no NaN and no infinity: both become null. */
const real = z.number().nullable();
const count = z.int().nonnegative();

const figures = {
  weights: count,
  klAB: real.describe('KL(A‖B) in nats, summed over the weights; null where infinite: a standard deviation of 0 on one side'),
  klBA: real.describe('KL(B‖A), likewise'),
  klABPerWeight: real,
  klBAPerWeight: real,
  wasserstein2Squared: real,
  wasserstein2SquaredPerWeight: real,
  wasserstein2: real,
  wasserstein2Rms: real.describe('√(wasserstein2Squared / weights)'),
  meanDistanceBefore: real.describe('Euclidean distance of the means, B as given'),
  meanDistance: real.describe('Euclidean distance of the means, B relabelled'),
  meanCorrelation: real.describe('Pearson; null below two weights and where one side is constant'),
  logStdCorrelation: real.describe('Pearson, of ln std, over the weights where neither is 0'),
  stdRatio: z.strictObject({ geometricMean: real, q25: real, median: real, q75: real }).describe('std_B / std_A, over the weights where neither is 0'),
  zeroStdA: count.describe('Weights whose standard deviation is 0'),
  zeroStdB: count,
};

const side = z.strictObject({
  path: z.string(),
  kind: z.enum(['results', 'file']),
  job: z.string().nullable().describe('null for a bare file, as draws'),
  draws: count.nullable(),
});

export const comparisonSchema = z.strictObject({
  schemaVersion: z.literal(COMPARISON_VERSION),
  basinet: z.string().describe('Version that wrote this'),
  space: z.enum(['aligned', 'raw']),
  a: side,
  b: side,
  alignment: z
    .strictObject({ groups: z.array(z.strictObject({ name: z.string(), size: count, transpositions: count, flips: count.describe('Units whose sign changed') })), sweeps: count })
    .nullable()
    .describe('null with --no-align'),
  overall: z.strictObject(figures),
  tensors: z.array(z.strictObject({ name: z.string(), shape: z.array(count), ...figures })),
  report: z.string().nullable().describe('The page that --out wrote'),
});

export type ComparisonDocument = z.output<typeof comparisonSchema>;

export interface DescribedComparison {
  readonly a: ComparedPosterior;
  readonly b: ComparedPosterior;
  readonly space: Space;
  readonly comparison: Comparison;
  /** Version of basinet. */
  readonly version: string;
}

/** The document, with NaN and infinities still in it: whoever writes JSON turns them into null. */
export function comparisonDocument({ a, b, space, comparison, version }: DescribedComparison, report: string | null): ComparisonDocument {
  const { alignment, overall, byTensor } = comparison;
  return {
    schemaVersion: COMPARISON_VERSION,
    basinet: version,
    space,
    a: describeSide(a),
    b: describeSide(b),
    alignment: alignment && { groups: [...alignment.groups], sweeps: alignment.sweeps },
    overall,
    tensors: byTensor.map((tensor) => ({ ...tensor, shape: [...tensor.shape] })),
    report,
  };
}

function describeSide({ path, kind, job, draws }: ComparedPosterior): ComparisonDocument['a'] {
  return { path, kind, job, draws };
}
