// Quantiles of every aligned weight, from the partitions' histograms.
import { histogramsFromWire } from '../bus/statistics.js';
import type { basinet } from '../bus/wire.js';
import { histogramQuantile, histogramResolution, mergeHistograms } from '../stats/index.js';
import { describe } from './distribution.js';
import type { MergedStatistics } from './statistics.js';
import type { QuantilesSummary } from './summarySchema.js';

export interface MergedQuantiles {
  readonly probabilities: readonly number[];
  /** Of each probability: [dimension]; NaN without draws or for a weight that was not finite. */
  readonly values: readonly Float64Array[];
  /** How far the quantiles of a weight can be off: the width of its bins. [dimension] */
  readonly resolution: Float64Array;
}

/** Null where no histograms were kept. Throws LOG_CORRUPT for histograms that contradict themselves. */
export function mergeQuantiles(parts: readonly (basinet.v1.IHistograms | null | undefined)[], probabilities: readonly number[]): MergedQuantiles | null {
  const given = parts.flatMap((part) => (part ? [histogramsFromWire(part)] : []));
  if (given.length === 0) return null;
  const merged = mergeHistograms(given);
  return { probabilities, values: probabilities.map((p) => histogramQuantile(merged, p)), resolution: histogramResolution(merged) };
}

/** The part of summary.json about them. */
export function describeQuantiles({ probabilities, resolution }: MergedQuantiles, aligned: MergedStatistics): QuantilesSummary {
  return { probabilities: [...probabilities], resolution: describe(resolution.map((width, i) => width / aligned.std[i]!)) };
}
