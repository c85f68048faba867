// Means, standard deviations, R-hat and ESS of all chains, from the partitions' statistics.
import { momentsFromWire } from '../bus/statistics.js';
import type { basinet } from '../bus/wire.js';
import type { TensorLayout } from '../network/network.js';
import { essBatchMeans, mergeMerged, nestedRhat, splitRhat, variance } from '../stats/index.js';
import { describe, meanOf } from './distribution.js';
import type { SpaceSummary } from './summarySchema.js';

/** Of every weight (or probe output); NaN where there are too few draws, or where a value never moved (R-hat and ESS). */
export interface MergedStatistics {
  readonly draws: number;
  readonly mean: Float64Array;
  readonly std: Float64Array;
  readonly rhat: Float64Array;
  readonly ess: Float64Array;
  /** Null where chains have starting points of their own. */
  readonly nestedRhat: Float64Array | null;
}

/** Partitions in order; null where none has such statistics. Throws LOG_CORRUPT for statistics that contradict themselves. */
export function mergeStatistics(parts: readonly (basinet.v1.MergedMoments.$Properties | null | undefined)[]): MergedStatistics | null {
  const given = parts.flatMap((part) => (Number(part?.size ?? 0) > 0 ? [momentsFromWire(part!)] : []));
  if (given.length === 0) return null;
  const merged = mergeMerged(given);
  return {
    draws: merged.count,
    mean: merged.mean,
    std: variance(merged).map(Math.sqrt),
    rhat: splitRhat(merged),
    ess: essBatchMeans(merged),
    nestedRhat: merged.nested && nestedRhat(merged.nested),
  };
}

/** |mean| / std per weight: 0 / 0 is NaN, a weight that never moved is infinite. */
export function signalToNoise({ mean, std }: MergedStatistics): Float64Array {
  return mean.map((value, i) => Math.abs(value) / std[i]!);
}

/** The part of summary.json about aligned, raw or control weights. */
export function describeSpace(statistics: MergedStatistics, tensors: readonly TensorLayout[]): SpaceSummary {
  const snr = signalToNoise(statistics);
  return {
    draws: statistics.draws,
    rhat: describe(statistics.rhat),
    ess: describe(statistics.ess),
    snr: describe(snr),
    nestedRhat: statistics.nestedRhat && describe(statistics.nestedRhat),
    tensors: tensors.map(({ name, shape, offset, size }) => {
      const part = (values: Float64Array) => values.subarray(offset, offset + size);
      const means = part(statistics.mean);
      return {
        name,
        shape: [...shape],
        rhat: describe(part(statistics.rhat)),
        ess: describe(part(statistics.ess)),
        snr: describe(part(snr)),
        meanNorm: Math.sqrt(means.reduce((sum, value) => sum + value * value, 0)),
        stdMean: meanOf(part(statistics.std)),
      };
    }),
  };
}
