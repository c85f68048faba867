// The mean of aligned draws as a reference: sums of chains' means, in a fixed order, so that everybody gets the same bits.

/** Element by element, in the order given. [dimension] */
export function sumOf(arrays: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(arrays[0]?.length ?? 0);
  for (const array of arrays) for (let i = 0; i < sum.length; i++) sum[i]! += array[i]!;
  return sum;
}

/**
 * The mean over all chains, each of which counts the same draws: (1/C) Σ_partitions Σ_chains mean_c, rounded to float32.
 *
 * @param parts - of every partition, in their order: the sum of its chains' means [dimension]
 */
export function meanReference(parts: readonly Float64Array[], chains: number): Float32Array {
  return Float32Array.from(sumOf(parts), (sum) => sum / chains);
}
