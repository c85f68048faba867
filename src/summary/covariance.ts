// The low-rank covariance of the aligned weights, and the deviation that it leaves to each weight alone.
import { lowRankFromWire } from '../bus/statistics.js';
import type { basinet } from '../bus/wire.js';
import { mergeLowRank } from '../stats/index.js';
import type { MergedStatistics } from './statistics.js';
import type { CovarianceSummary } from './summarySchema.js';

/** Σ ≈ Σ_k f_k f_kᵀ + diag(residualStd²), whose diagonal is exactly the variance. */
export interface MergedCovariance {
  /** The dimension. */
  readonly size: number;
  readonly rank: number;
  /** f_k: row-major [rank, dimension]. */
  readonly factors: Float32Array;
  /** √max(0, std² − Σ_k f_k²). [dimension] */
  readonly residualStd: Float64Array;
  /** |f_k|². [rank] */
  readonly variances: Float64Array;
  /** The variance along no direction is larger than Σ_k f_k f_kᵀ says by more than this. */
  readonly errorBound: number;
}

/** Null where none was kept. Throws LOG_CORRUPT for one that contradicts itself. */
export function mergeCovariance(parts: readonly (basinet.v1.ILowRankCovariance | null | undefined)[], aligned: MergedStatistics | null): MergedCovariance | null {
  const given = parts.flatMap((part) => (part ? [lowRankFromWire(part)] : []));
  if (given.length === 0 || aligned === null) return null;
  const merged = mergeLowRank(given);
  const { rank, size } = merged;
  const { factors, variances, errorBound } = merged.factors();
  const residualStd = aligned.std.map((std, i) => {
    let left = std * std;
    for (let k = 0; k < rank; k++) left -= factors[k * size + i]! ** 2;
    // Below zero by rounding alone.
    return Math.sqrt(Math.max(0, left));
  });
  return { size, rank, factors, residualStd, variances, errorBound };
}

/** The part of summary.json about it. */
export function describeCovariance({ rank, variances, errorBound }: MergedCovariance, aligned: MergedStatistics): CovarianceSummary {
  const total = aligned.std.reduce((sum, std) => sum + (Number.isFinite(std) ? std * std : 0), 0);
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return { rank, variances: Array.from(variances, finite), captured: finite(variances.reduce((sum, value) => sum + value, 0) / total), errorBound: finite(errorBound) };
}
