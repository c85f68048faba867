// Matches the units of one group one to one by their similarities, and their signs where these are free.
//
// Σ_i s_i S[i][p_i] over permutations p and signs s_i = ±1: for any p the best s_i is the sign of S[i][p_i], so that p solves
// the assignment on |S|. Both together are exact.
import type { MatchingKernels } from './kernels.js';

/** One group's part of a relabelling. */
export interface UnitMatch {
  readonly permutation: Int32Array;
  /** Null where no unit can change its sign. */
  readonly signs: Int8Array | null;
}

/** A gain below this part of Σ |terms| is rounding: the group keeps what it has. */
const RELATIVE_TOLERANCE = 1e-12;

/** Owns scratch memory: not re-entrant. */
export class UnitMatcher {
  readonly #magnitudes: Float64Array;

  /** @param largestSigned - units of the largest group whose signs are free; 0 where there is none */
  constructor(
    private readonly kernels: Pick<MatchingKernels, 'linearSumAssignment'>,
    largestSigned: number,
  ) {
    this.#magnitudes = new Float64Array(largestSigned ** 2);
  }

  /** The best match. `similarity` is [size, size]. A similarity of 0 has the sign 1. */
  best(similarity: Float64Array, size: number, signed: boolean): UnitMatch {
    if (!signed) return { permutation: this.kernels.linearSumAssignment(similarity, size), signs: null };
    const magnitudes = this.#magnitudes.subarray(0, size * size);
    for (let k = 0; k < magnitudes.length; k++) magnitudes[k] = Math.abs(similarity[k]!);
    const permutation = this.kernels.linearSumAssignment(magnitudes, size);
    return { permutation, signs: Int8Array.from(permutation, (unit, i) => (similarity[i * size + unit]! < 0 ? -1 : 1)) };
  }

  /** The best match where it gains more than rounding on the present one, otherwise that. */
  improve(similarity: Float64Array, size: number, present: UnitMatch): UnitMatch {
    const best = this.best(similarity, size, present.signs !== null);
    let gain = 0;
    let scale = 0;
    for (let i = 0; i < size; i++) {
      const now = contribution(similarity, size, present, i);
      const then = contribution(similarity, size, best, i);
      gain += then - now;
      scale += Math.abs(then) + Math.abs(now);
    }
    return gain > RELATIVE_TOLERANCE * scale ? best : present;
  }
}

/** Σ_i s_i S[i][p_i]. */
export function totalSimilarity(similarity: Float64Array, size: number, match: UnitMatch): number {
  let total = 0;
  for (let i = 0; i < size; i++) total += contribution(similarity, size, match, i);
  return total;
}

function contribution(similarity: Float64Array, size: number, { permutation, signs }: UnitMatch, i: number): number {
  return (signs?.[i] ?? 1) * similarity[i * size + permutation[i]!]!;
}
