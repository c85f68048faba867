// Effective sample size by replicated batch means, from merged moments.
import type { MergedMoments } from './merge.js';

/**
 * ESS per weight: N · s² / σ², where N draws of all chains have variance s², and σ² = b / (B − 1) · Σ (batch mean −
 * their mean)² over the B complete batches of b draws of all chains estimates the variance of √N times the mean.
 *
 * Batch means are taken about the mean over all chains (replicated batch means; Argon and Andradóttir 2006), so chains
 * that disagree have a small ESS, but never one below B − 1, since b Σ (batch mean − their mean)² is at most the sum of
 * squares of the draws (ArviZ's falls to the number of chains). Draws after a chain's last complete batch count in N and
 * s² only. NaN with fewer than two batches or for a weight that never moved. ESS is too large where draws correlate over
 * more than b: it says something only where R-hat is near 1. Values above N mean that draws are anticorrelated.
 *
 * @param out - [size]; a new array by default
 */
export function essBatchMeans(merged: MergedMoments, out = new Float64Array(merged.size)): Float64Array {
  const { size, count, sumSquares, batches, batchSize, batchMeanSumSquares } = merged;
  if (batches < 2) return out.fill(NaN);
  for (let i = 0; i < size; i++) {
    const variance = sumSquares[i]! / (count - 1);
    const longRunVariance = (batchSize / (batches - 1)) * batchMeanSumSquares[i]!;
    out[i] = (count * variance) / longRunVariance;
  }
  return out;
}
