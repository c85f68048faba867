// Chains of numbers and their two-pass statistics, for the tests of streaming ones.
import { ChainMoments } from '../../src/stats/index.js';

/** Draws of one chain: [draws][size]. */
export type Draws = readonly (readonly number[])[];

/** A chain of the planned length, fed with `draws` (which may be fewer). */
export function stream(draws: Draws, size: number, planned: number, native = false): ChainMoments {
  const moments = new ChainMoments(size, { draws: planned, native });
  for (const draw of draws) moments.update(Float64Array.from(draw));
  return moments;
}

export function twoPassMean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

export function twoPassSumSquares(values: readonly number[]): number {
  const mean = twoPassMean(values);
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
}
