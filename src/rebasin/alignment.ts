// What aligning a draw to the reference yields.
import type { Key } from '../random/index.js';
import type { Relabelling } from './relabelling.js';

/** `permutations[g][i]` is the unit of the draw that takes place i of group g, `signs[g][i]` the sign that it takes there. */
export interface AlignmentResult extends Relabelling {
  /** Number of transpositions per group: n minus the number of cycles. Signs do not count. */
  readonly transpositions: readonly number[];
  /**
   * What the matching maximised: the inner product with the reference over all permuted tensors, or the sum over groups and
   * units of the similarities of activations or rows.
   */
  readonly objective: number;
  /** Euclidean distance to the reference, over the whole position, before and after. */
  readonly distanceBefore: number;
  readonly distanceAfter: number;
  /** Coordinate-descent sweeps until nothing changed. */
  readonly sweeps: number;
}

export interface Aligner {
  /**
   * Aligns `position` to the reference and writes the relabelled position into `aligned` (both [dimension]).
   *
   * @param start - where matching begins, e.g. at the previous relabelling of the same chain; null: nothing is known
   * @param key - of the random orders of the groups, where there are any; default all zero
   */
  align(position: Float32Array, aligned: Float32Array, start: Relabelling | null, key?: Key): AlignmentResult;
}
