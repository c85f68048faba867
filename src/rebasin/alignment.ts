// What aligning a draw to the reference yields.

export interface AlignmentResult {
  /**
   * Per permutation group: `permutation[i]` is the unit of the draw that takes place i, so that
   * aligned.fc1.weight[i, :] = draw.fc1.weight[permutation[i], :].
   */
  readonly permutations: readonly Int32Array[];
  /** Number of transpositions per group: n minus the number of cycles. */
  readonly transpositions: readonly number[];
  /** Inner product with the reference over all permuted tensors. */
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
   * `warmStart` is the previous permutations of the same chain.
   */
  align(position: Float32Array, aligned: Float32Array, warmStart: readonly Int32Array[] | null): AlignmentResult;
}
