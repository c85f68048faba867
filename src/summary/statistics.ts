// Means, standard deviations, R-hat and ESS of all chains, from the partitions' statistics.
import type { basinet } from '../bus/wire.js';
import type { TensorLayout } from '../network/network.js';
import { describe, meanOf } from './distribution.js';
import type { SpaceSummary } from './summarySchema.js';

/** Of every weight (or probe output); NaN where there are too few draws, or where a value never moved (R-hat and ESS). */
export interface MergedStatistics {
  readonly draws: number;
  readonly mean: Float64Array;
  readonly std: Float64Array;
  readonly rhat: Float64Array;
  readonly ess: Float64Array;
}

type Moments = basinet.v1.IMergedMoments;

const f64 = (bytes: Uint8Array | null | undefined) => new Float64Array((bytes ?? new Uint8Array()).slice().buffer);

export function mergeStatistics(parts: readonly (Moments | null | undefined)[]): MergedStatistics | null {
  const given = parts.filter((part): part is Moments => part !== null && part !== undefined && Number(part.size) > 0);
  const first = given[0];
  if (first === undefined) return null;
  const size = Number(first.size);
  const n = Number(first.count);
  const mean = f64(first.mean);
  const ss = f64(first.sumSquares);
  const hm = f64(first.halfMeanSumSquares);
  const hv = f64(first.halfVarianceMean);
  const bm = f64(first.batchMeanSumSquares);
  const halves = first.halves ?? 0;
  const len = Number(first.halfLength);
  const std = ss.map((s) => Math.sqrt(s / (n - 1)));
  const rhat = Float64Array.from({ length: size }, (_, i) => {
    const w = hv[i]!;
    return Math.sqrt(((len - 1) / len) + hm[i]! / (halves - 1) / w);
  });
  const ess = Float64Array.from({ length: size }, (_, i) => (n * ss[i]! / (n - 1)) / (Number(first.batchSize) * bm[i]! / (Number(first.batches) - (first.chainsCounted ?? 1))));
  return { draws: n, mean, std, rhat, ess };
}

/** |mean| / std per weight: 0 / 0 is NaN, a weight that never moved is infinite. */
export function signalToNoise({ mean, std }: MergedStatistics): Float64Array {
  return mean.map((value, i) => Math.abs(value) / std[i]!);
}

/** The part of summary.json about aligned or raw weights. */
export function describeSpace(statistics: MergedStatistics, tensors: readonly TensorLayout[]): SpaceSummary {
  const snr = signalToNoise(statistics);
  return {
    draws: statistics.draws,
    rhat: describe(statistics.rhat),
    ess: describe(statistics.ess),
    snr: describe(snr),
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
