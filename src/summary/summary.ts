// Builds summary.json from what was merged, traced and evaluated.
import type { basinet } from '../bus/wire.js';
import { referenceSource } from '../job/plan.js';
import { auroc } from '../stats/index.js';
import { describeCovariance, type MergedCovariance } from './covariance.js';
import { describe, meanOf } from './distribution.js';
import type { EvaluatedForm } from './compact/evaluate.js';
import type { Evaluation } from './evaluation/evaluate.js';
import type { Predictions } from './evaluation/predictions.js';
import { describeQuantiles, type MergedQuantiles } from './quantiles.js';
import { describeSpace, type MergedStatistics } from './statistics.js';
import { SUMMARY_VERSION, type ResultsSummary } from './summarySchema.js';
import { describeChain, transpositionsOf, type ChainTrace } from './traces.js';
import type { WriteResultsOptions } from './options.js';

export interface SummaryInput {
  readonly options: WriteResultsOptions;
  readonly digest: string;
  readonly partitions: readonly basinet.v1.IPartitionStatistics[];
  readonly aligned: MergedStatistics | null;
  readonly raw: MergedStatistics | null;
  readonly control: MergedStatistics | null;
  readonly quantiles: MergedQuantiles | null;
  readonly covariance: MergedCovariance | null;
  readonly probe: MergedStatistics | null;
  readonly traces: readonly ChainTrace[];
  /** Per chain, in the order of `traces`. */
  readonly gradients: readonly number[];
  readonly evaluation: Evaluation | null;
  readonly forms: readonly EvaluatedForm[];
}

/** Quarantined slots that summary.json names; all are counted. */
const QUARANTINED_LISTED = 20;

/** Everything but the list of files, which are written after it. */
export function buildSummary(input: SummaryInput): ResultsSummary {
  const { options, aligned, raw, control, quantiles, covariance, probe, traces } = input;
  const { job, posterior, data } = options;
  const { network } = posterior;
  const { earlier } = options;
  const devicesBefore = (chain: number) => earlier?.chains.find((row) => row.chain === chain)?.devices ?? [];
  const chains = traces.map((trace, i) => {
    const devices = trace.devices.length > 0 ? trace.devices : devicesBefore(trace.chain);
    return describeChain({ ...trace, devices }, input.gradients[i] ?? 0, job.inference.method);
  });
  const deviceClasses = new Set([...(earlier?.deviceClasses ?? []), ...chains.flatMap(({ devices }) => devices.map(({ deviceClass }) => deviceClass))]);
  const fractions = chains.flatMap(({ ebfmi }) => (ebfmi === null ? [] : [ebfmi]));
  return {
    schemaVersion: SUMMARY_VERSION,
    basinet: options.version,
    createdAt: options.createdAt ?? null,
    job: { name: job.name, settingsDigest: input.digest, seed: job.seed },
    data: {
      trainRows: data.train.rows,
      testRows: data.test?.rows ?? 0,
      features: network.inputs,
      outputs: network.outputs,
      targetKind: posterior.likelihood.kind === 'categorical' ? 'class' : 'real',
    },
    model: {
      dimension: posterior.dimension,
      layers: network.layers.map(({ name, inputs, outputs, activation }) => ({ name, inputs, outputs, activation })),
      tensors: posterior.tensors.map(({ name, shape }) => ({ name, shape: [...shape] })),
      groups: network.groups.map(({ name, size }) => ({ name, size })),
      likelihood: posterior.likelihood.kind,
      temperature: posterior.temperature,
    },
    statistics: {
      aligned: aligned && describeSpace(aligned, posterior.tensors),
      raw: raw && describeSpace(raw, posterior.tensors),
      control: control && describeSpace(control, posterior.tensors),
      quantiles: quantiles && aligned && describeQuantiles(quantiles, aligned),
      covariance: covariance && aligned && describeCovariance(covariance, aligned),
      probe: probe && { rhat: describe(probe.rhat), ess: describe(probe.ess) },
    },
    chains,
    sampling: {
      method: job.inference.method,
      draws: sum(chains.map(({ draws }) => draws)),
      acceptanceRate: meanOf(traces.flatMap(({ acceptanceRate }) => acceptanceRate)),
      divergences: sum(chains.map(({ divergences }) => divergences)),
      ebfmiMin: fractions.length === 0 ? null : Math.min(...fractions),
      potentialEnergyMean: meanOf(traces.flatMap(({ potentialEnergy }) => potentialEnergy)),
      gradients: sum(input.gradients),
    },
    alignment: describeAlignment(input),
    evaluation: describeEvaluation(input),
    durations: { ...options.durations },
    deviceClasses: [...deviceClasses].sort(),
    quarantined: {
      slots: sum(input.partitions.map(({ slotsQuarantined }) => Number(slotsQuarantined ?? 0))),
      first: input.partitions
        .flatMap(({ quarantined }) => quarantined ?? [])
        .slice(0, QUARANTINED_LISTED)
        .map((slot) => ({ subject: slot.subject ?? '', sequence: Number(slot.streamSequence ?? 0), reason: slot.reason ?? '' })),
    },
    files: [],
  };
}

function describeAlignment({ options, partitions, traces }: SummaryInput): ResultsSummary['alignment'] {
  const { groups } = options.posterior.network;
  return {
    reference: referenceSource(options.job),
    referenceVersion: Math.max(0, ...partitions.map(({ referenceVersion }) => referenceVersion ?? 0)),
    distanceBefore: meanOf(traces.flatMap(({ distanceBefore }) => distanceBefore)),
    distanceAfter: meanOf(traces.flatMap(({ distanceAfter }) => distanceAfter)),
    groups: groups.map(({ name, size }, group) => {
      const { mean, median, max } = describe(traces.flatMap((trace) => transpositionsOf(trace, group, groups.length)));
      return { name, size, transpositionsMean: mean, transpositionsMedian: median, transpositionsMax: max ?? 0 };
    }),
  };
}

function describeEvaluation({ options, traces, evaluation, forms }: SummaryInput): ResultsSummary['evaluation'] {
  if (evaluation === null) return null;
  const about = {
    split: options.data.test === null ? ('train' as const) : ('test' as const),
    rows: (options.data.test ?? options.data.train).rows,
    draws: evaluation.draws,
    drawsAvailable: sum(traces.map(({ iteration }) => iteration.length)),
    entropies: describe(evaluation.predictions.entropy),
    outOfDistribution: describeElsewhere(evaluation, forms),
  };
  if (evaluation.kind === 'categorical') {
    const compact = forms.flatMap(({ form, evaluation: { kind, draws, predictive }, nearness }) =>
      kind === 'categorical' && 'agreement' in nearness ? [{ form, samples: draws, scores: finiteOnly(predictive), ...finiteOnly(nearness) }] : [],
    );
    return { kind: 'categorical', ...about, predictive: finiteOnly(evaluation.predictive), averageDraw: finiteOnly(evaluation.averageDraw), compact };
  }
  const compact = forms.flatMap(({ form, evaluation: { kind, draws, predictive }, nearness }) =>
    kind === 'gaussian' && 'wasserstein2' in nearness ? [{ form, samples: draws, scores: finiteOnly(predictive), ...finiteOnly(nearness) }] : [],
  );
  return { kind: 'gaussian', ...about, predictive: finiteOnly(evaluation.predictive), averageDraw: finiteOnly(evaluation.averageDraw), compact };
}

/** Entropies on inputs from elsewhere, and how well they tell such inputs from test rows. */
function describeElsewhere(evaluation: Evaluation, forms: readonly EvaluatedForm[]): NonNullable<ResultsSummary['evaluation']>['outOfDistribution'] {
  const uncertainty = (known: Predictions, elsewhere: Predictions) => ({ entropy: describe(elsewhere.entropy), ...finiteOnly({ auroc: auroc(known.entropy, elsewhere.entropy) }) });
  return evaluation.outOfDistribution.map(({ name, predictions }, i) => ({
    name,
    rows: predictions.rows,
    predictive: uncertainty(evaluation.predictions, predictions),
    compact: forms.map(({ form, evaluation: own }) => ({ form, ...uncertainty(own.predictions, own.outOfDistribution[i]!.predictions) })),
  }));
}

/** JSON has neither NaN nor infinity. */
function finiteOnly<Keys extends string>(metrics: Readonly<Record<Keys, number | null>>): Record<Keys, number | null> {
  const entries = Object.entries<number | null>(metrics).map(([key, value]) => [key, Number.isFinite(value) ? value : null]);
  return Object.fromEntries(entries) as Record<Keys, number | null>;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
