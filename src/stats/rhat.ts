// Split R-hat (Gelman et al., Bayesian Data Analysis, 3rd edition, section 11.4), from merged moments.
import type { MergedMoments } from './merge.js';

/**
 * Split R-hat per weight: √(((L − 1) + between / within) / L) over the half chains of all chains, with
 * between = Σ Lₕ (meanₕ − mean)² / (H − 1), within = Σ sumSquaresₕ / (Σ Lₕ − H), and L = Σ Lₕ / H.
 *
 * For half chains of equal length this is ArviZ's `rhat(method="split")`. While chains run, or where one stopped early,
 * half chains have different lengths, and between and within are the mean squares of a one-way analysis of variance with
 * unequal groups. A half chain counts from its first draw; with fewer than two, or no more draws than half chains, R-hat
 * is NaN. A weight that never moved has NaN; one that is constant in every half chain but differs between them, +∞.
 *
 * @param out - [size]; a new array by default
 */
export function splitRhat(merged: MergedMoments, out = new Float64Array(merged.size)): Float64Array {
  const { size, halves, halfDraws, halfMeanSumSquares, halfSumSquares } = merged;
  if (halves < 2 || halfDraws <= halves) return out.fill(NaN);
  const length = halfDraws / halves;
  for (let i = 0; i < size; i++) {
    const between = halfMeanSumSquares[i]! / (halves - 1);
    const within = halfSumSquares[i]! / (halfDraws - halves);
    out[i] = Math.sqrt((between / within + length - 1) / length);
  }
  return out;
}
