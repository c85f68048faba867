// The inner loops of streaming moments: one pass over a vector of weights, in TypeScript or in the addon.
export interface MomentKernels {
  /**
   * Welford's update of `size` weights with their value number `count` (counted from 1):
   * δ = x − mean; mean += δ / count; sumSquares += δ · (x − mean); and batchSum += x.
   * Returns how many values were NaN or infinite.
   */
  update(values: Float32Array | Float64Array, count: number, mean: Float64Array, sumSquares: Float64Array, batchSum: Float64Array): number;
  /**
   * Closes batch number `batches` (counted from 1) of `batchSize` values: Welford's update with batchSum / batchSize,
   * and batchSum = 0.
   */
  closeBatch(batchSum: Float64Array, batchSize: number, batches: number, mean: Float64Array, sumSquares: Float64Array): void;
  /**
   * Chan's join of (mean, sumSquares) of nA > 0 values with those of nB > 0, into the former; `otherSumSquares` null stands
   * for zeros.
   */
  join(nA: number, mean: Float64Array, sumSquares: Float64Array, nB: number, otherMean: Float64Array, otherSumSquares: Float64Array | null): void;
}

/** The readable ones; native/stats.cc gives the same bits. */
export const referenceMomentKernels: MomentKernels = {
  update(values, count, mean, sumSquares, batchSum) {
    let nonFinite = 0;
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      const delta = x - mean[i]!;
      const updated = mean[i]! + delta / count;
      mean[i] = updated;
      sumSquares[i]! += delta * (x - updated);
      batchSum[i]! += x;
      if (x - x !== 0) nonFinite++;
    }
    return nonFinite;
  },
  closeBatch(batchSum, batchSize, batches, mean, sumSquares) {
    for (let i = 0; i < batchSum.length; i++) {
      const x = batchSum[i]! / batchSize;
      const delta = x - mean[i]!;
      const updated = mean[i]! + delta / batches;
      mean[i] = updated;
      sumSquares[i]! += delta * (x - updated);
      batchSum[i] = 0;
    }
  },
  join(nA, mean, sumSquares, nB, otherMean, otherSumSquares) {
    const n = nA + nB;
    const weight = nB / n;
    const spread = (nA * nB) / n;
    for (let i = 0; i < mean.length; i++) {
      const delta = otherMean[i]! - mean[i]!;
      mean[i]! += delta * weight;
      const between = delta * delta * spread;
      sumSquares[i]! += otherSumSquares === null ? between : between + otherSumSquares[i]!;
    }
  },
};
