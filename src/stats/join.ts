// Joins means and sums of squares of two stretches, either of which may be empty.
import { momentKernels } from './native.js';

/** Joins (mean, sumSquares) of nA values with those of nB, either of which may be none; `sumSquaresB` null means zeros. */
export function addMoments(nA: number, mean: Float64Array, sumSquares: Float64Array, nB: number, meanB: Float64Array, sumSquaresB: Float64Array | null): void {
  if (nB === 0) return;
  if (nA > 0) {
    momentKernels().join(nA, mean, sumSquares, nB, meanB, sumSquaresB);
    return;
  }
  mean.set(meanB);
  if (sumSquaresB === null) sumSquares.fill(0);
  else sumSquares.set(sumSquaresB);
}
