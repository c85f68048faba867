// The inner loops of the streaming low-rank covariance: passes over rows of weights, in TypeScript or in the addon.

/** Partial sums of an inner product: element e is added to number e modulo this. */
export const PARTIAL_SUMS = 8;

export interface LowRankKernels {
  /**
   * δ = values − mean; mean += δ · weight; row = δ · scale in float32. Where that is not finite, mean becomes NaN for good
   * and row is 0. All [size].
   */
  deviate(values: Float32Array | Float64Array, weight: number, scale: number, mean: Float64Array, row: Float32Array): void;
  /**
   * gram[i][j] = ⟨row i, row j⟩ in float64: PARTIAL_SUMS partial sums, each in the order of the elements, joined pairwise.
   *
   * @param rows - row-major [at least count, size]
   * @param gram - [count, count]
   * @param scratch - [count · count · PARTIAL_SUMS]
   */
  gram(rows: Float32Array, count: number, size: number, gram: Float64Array, scratch: Float64Array): void;
  /**
   * Row k becomes Σ_i weights[i][k] · row i, in the order of i in float64, for the first `rank` rows; the others stay.
   *
   * @param rows - row-major [at least count, size]
   * @param weights - row-major [count, rank], rank ≤ count
   */
  rotate(rows: Float32Array, count: number, size: number, weights: Float64Array, rank: number): void;
}

/** The readable ones; native/low_rank.cc gives the same bits. */
export const referenceLowRankKernels: LowRankKernels = {
  deviate(values, weight, scale, mean, row) {
    for (let i = 0; i < row.length; i++) {
      const delta = values[i]! - mean[i]!;
      const deviation = Math.fround(delta * scale);
      const finite = deviation - deviation === 0;
      row[i] = finite ? deviation : 0;
      mean[i] = finite ? mean[i]! + delta * weight : NaN;
    }
  },
  gram(rows, count, size, gram) {
    const sums = new Float64Array(PARTIAL_SUMS);
    for (let i = 0; i < count; i++) {
      for (let j = i; j < count; j++) {
        sums.fill(0);
        for (let e = 0; e < size; e++) sums[e % PARTIAL_SUMS]! += rows[i * size + e]! * rows[j * size + e]!;
        gram[i * count + j] = gram[j * count + i] = joined(sums);
      }
    }
  },
  rotate(rows, count, size, weights, rank) {
    const column = new Float64Array(count);
    for (let e = 0; e < size; e++) {
      for (let i = 0; i < count; i++) column[i] = rows[i * size + e]!;
      for (let k = 0; k < rank; k++) {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += weights[i * rank + k]! * column[i]!;
        rows[k * size + e] = sum;
      }
    }
  },
};

function joined(s: Float64Array): number {
  return s[0]! + s[1]! + (s[2]! + s[3]!) + (s[4]! + s[5]! + (s[6]! + s[7]!));
}
