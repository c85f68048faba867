// summary.json: every field, as written and as read back.
import { z } from 'zod';

/** Raised where a reader of an older summary.json would misread a new one. */
export const SUMMARY_VERSION = 1;

/** JSON has no NaN and no infinity: both become null. */
const real = z.number().nullable();
const count = z.int().nonnegative();

const distribution = z.strictObject({
  count: count.describe('Values'),
  nonFinite: count.describe('Of these, NaN or infinite (left out of the rest)'),
  mean: real,
  min: real,
  q05: real,
  median: real,
  q95: real,
  q99: real,
  max: real,
});

const space = z.strictObject({
  draws: count.describe('Draws folded, over all chains'),
  rhat: distribution,
  ess: distribution,
  snr: distribution.describe('|mean| / std per weight'),
  tensors: z.array(
    z.strictObject({ name: z.string(), shape: z.array(count), rhat: distribution, ess: distribution, snr: distribution, meanNorm: real, stdMean: real }),
  ),
});

const classification = z.strictObject({
  accuracy: real,
  nll: real.describe('Negative log likelihood per row, nats'),
  brier: real,
  ece: real.describe('Expected calibration error, 15 bins of equal width'),
});

const regression = z.strictObject({
  rmse: real.describe('In the units of the data file, as everything here'),
  nll: real.describe('Negative log predictive density per row, nats'),
  coverage50: real,
  coverage90: real.describe('Share of targets inside the central 90% interval'),
});

const evaluated = {
  split: z.enum(['test', 'train']).describe('train where the job names no test set'),
  rows: count,
  draws: count.describe('Draws averaged: evenly spaced ones where the job has more than the limit'),
  drawsAvailable: count,
};

export const summarySchema = z.strictObject({
  schemaVersion: z.literal(SUMMARY_VERSION),
  basinet: z.string().describe('Version that wrote this'),
  createdAt: z.string().nullable(),
  job: z.strictObject({
    name: z.string(),
    settingsDigest: z.string().describe('SHA-256 of the resolved job as JSON with sorted keys'),
    seed: count,
  }),
  data: z.strictObject({ trainRows: count, testRows: count, features: count, outputs: count, targetKind: z.string() }),
  model: z.strictObject({
    dimension: count,
    layers: z.array(z.strictObject({ name: z.string(), inputs: count, outputs: count, activation: z.string() })),
    tensors: z.array(z.strictObject({ name: z.string(), shape: z.array(count) })),
    groups: z.array(z.strictObject({ name: z.string(), size: count })),
    likelihood: z.string(),
    temperature: z.number(),
  }),
  statistics: z.strictObject({
    aligned: space.nullable(),
    raw: space.nullable(),
    probe: z.strictObject({ rhat: distribution, ess: distribution }).nullable().describe('Function space: network outputs on the probe rows'),
  }),
  chains: z.array(
    z.strictObject({
      chain: count,
      draws: count,
      acceptanceRate: real.describe('null of methods without an acceptance test, as ebfmi'),
      divergences: count,
      ebfmi: real.describe('Energy Bayesian fraction of missing information, over kept draws'),
      stepSize: real.describe('Of the last draw; of map, the learning rate'),
      leapfrogSteps: real.describe('Mean over kept draws; 0 of methods without a trajectory'),
      potentialEnergyMean: real,
      potentialEnergyStd: real,
      gradients: count,
    }),
  ),
  sampling: z.strictObject({ method: z.enum(['hmc', 'map', 'sgld', 'sghmc', 'vi']).default('hmc'), draws: count, acceptanceRate: real, divergences: count, ebfmiMin: real, potentialEnergyMean: real, gradients: count }),
  alignment: z.strictObject({
    referenceVersion: count,
    distanceBefore: real.describe('Euclidean distance of a draw to the reference, mean over draws'),
    distanceAfter: real,
    groups: z.array(
      z.strictObject({ name: z.string(), size: count, transpositionsMean: real, transpositionsMedian: real, transpositionsMax: count }),
    ),
  }),
  evaluation: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('categorical'), ...evaluated, predictive: classification, averageDraw: classification.describe('Mean over single draws') }),
      z.strictObject({ kind: z.literal('gaussian'), ...evaluated, predictive: regression, averageDraw: regression }),
    ])
    .nullable(),
  durations: z.record(z.string(), z.number()).describe('Seconds by stage'),
  deviceClasses: z.array(z.string()),
  quarantined: z.strictObject({ slots: count, first: z.array(z.strictObject({ subject: z.string(), sequence: count, reason: z.string() })) }),
  files: z.array(z.strictObject({ path: z.string(), bytes: count, sha256: z.string().nullable().describe('null for a directory') })),
});

export type ResultsSummary = z.output<typeof summarySchema>;
export type Distribution = z.output<typeof distribution>;
export type SpaceSummary = z.output<typeof space>;
export type ClassificationSummary = z.output<typeof classification>;
export type RegressionSummary = z.output<typeof regression>;
