// summary.json: every field, as written and as read back.
import { z } from 'zod';
import { COMPACT_FORMS } from './compact/forms.js';

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
  nestedRhat: distribution.nullable().default(null).describe('Where chains share starting points'),
  tensors: z.array(
    z.strictObject({ name: z.string(), shape: z.array(count), rhat: distribution, ess: distribution, snr: distribution, meanNorm: real, stdMean: real }),
  ),
});

const quantiles = z.strictObject({
  probabilities: z.array(z.number()),
  resolution: distribution.describe('How far quantiles can be off, in standard deviations of the weight'),
});

const covariance = z.strictObject({
  rank: count,
  variances: z.array(real).describe('Along each direction, descending'),
  captured: real.describe('Their share of the variance of all weights'),
  errorBound: real.describe('The variance along no direction is larger than the factors say by more than this'),
});

const classification = z.strictObject({
  accuracy: real,
  nll: real.describe('Negative log likelihood per row, nats'),
  brier: real,
  ece: real.describe('Expected calibration error, 15 bins of equal width'),
  entropy: real.default(null).describe('Mean entropy of the probabilities, nats'),
});

const regression = z.strictObject({
  rmse: real.describe('In the units of the data file, as everything here'),
  nll: real.describe('Negative log predictive density per row, nats'),
  coverage50: real,
  coverage90: real.describe('Share of targets inside the central 90% interval'),
});

const compactForm = { form: z.enum(COMPACT_FORMS), samples: count.describe('Networks sampled from the form, and averaged') };
const agreement = {
  agreement: real.describe('Share of rows whose most probable class is that of the predictive of the draws'),
  totalVariation: real.describe('From the predictive of the draws: mean over rows of half the sum of absolute differences'),
};
const distance = {
  wasserstein2: real.describe('From the predictive of the draws, normal by normal, in units of its standard deviation; mean over rows and outputs'),
};

/** On inputs from elsewhere. */
const uncertainty = {
  entropy: distribution.describe('Of the predictive, nats, over rows'),
  auroc: real.describe('Probability that the entropy of a row from elsewhere is larger than that of a test row'),
};
const outOfDistribution = z.array(
  z.strictObject({
    name: z.string(),
    rows: count,
    predictive: z.strictObject(uncertainty),
    compact: z.array(z.strictObject({ form: z.enum(COMPACT_FORMS), ...uncertainty })),
  }),
);

const evaluated = {
  split: z.enum(['test', 'train']).describe('train where the job names no test set'),
  rows: count,
  draws: count.describe('Draws averaged: evenly spaced ones where the job has more than the limit'),
  drawsAvailable: count,
  entropies: distribution.nullable().default(null).describe('Of the predictive, nats, over rows; of reals that of the normal of the same standard deviation'),
  outOfDistribution: outOfDistribution.default([]),
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
    control: space.nullable().default(null).describe('Draws that were shuffled, then aligned'),
    quantiles: quantiles.nullable().default(null).describe('Of aligned weights'),
    covariance: covariance.nullable().default(null).describe('Of aligned weights, low-rank'),
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
      devices: z.array(z.strictObject({ iteration: count, deviceClass: z.string() })).default([]).describe('From the record of which iteration on the chain was computed as which device class'),
    }),
  ),
  sampling: z.strictObject({ method: z.enum(['hmc', 'map', 'sgld', 'sghmc', 'vi']).default('hmc'), draws: count, acceptanceRate: real, divergences: count, ebfmiMin: real, potentialEnergyMean: real, gradients: count }),
  alignment: z.strictObject({
    reference: z.enum(['first-draw', 'map', 'mean', 'file']).default('first-draw').describe('What draws were aligned to; results of before there was a choice leave it out'),
    referenceVersion: count.describe('0 where no draws were aligned'),
    distanceBefore: real.describe('Euclidean distance of a draw to the reference, mean over draws'),
    distanceAfter: real,
    groups: z.array(
      z.strictObject({ name: z.string(), size: count, transpositionsMean: real, transpositionsMedian: real, transpositionsMax: count }),
    ),
  }),
  evaluation: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('categorical'),
        ...evaluated,
        predictive: classification,
        averageDraw: classification.describe('Mean over single draws'),
        compact: z.array(z.strictObject({ ...compactForm, scores: classification, ...agreement })).default([]),
      }),
      z.strictObject({
        kind: z.literal('gaussian'),
        ...evaluated,
        predictive: regression,
        averageDraw: regression,
        compact: z.array(z.strictObject({ ...compactForm, scores: regression, ...distance })).default([]),
      }),
    ])
    .nullable(),
  durations: z.record(z.string(), z.number()).describe('Seconds by stage'),
  deviceClasses: z.array(z.string()).describe('All that computed any of the draws'),
  quarantined: z.strictObject({ slots: count, first: z.array(z.strictObject({ subject: z.string(), sequence: count, reason: z.string() })) }),
  files: z.array(z.strictObject({ path: z.string(), bytes: count, sha256: z.string().nullable().describe('null for a directory') })),
});

export type ResultsSummary = z.output<typeof summarySchema>;
export type Distribution = z.output<typeof distribution>;
export type SpaceSummary = z.output<typeof space>;
export type QuantilesSummary = z.output<typeof quantiles>;
export type CovarianceSummary = z.output<typeof covariance>;
export type ClassificationSummary = z.output<typeof classification>;
export type RegressionSummary = z.output<typeof regression>;
