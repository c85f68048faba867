// Similarity of the reference's units with a draw's: the matrices that matching solves assignments on.
import type { GroupFeatures } from './groupFeatures.js';

/**
 * Gathers a group's elements feature by feature: out[k·n + i] = values[offsets[k] + i·unitStrides[k]], for unit i of n.
 *
 * @param out - [features, n]
 */
export function packFeatures(values: Float32Array, group: GroupFeatures, offsets: Int32Array, out: Float32Array): void {
  const { size, unitStrides, features } = group;
  for (let k = 0; k < features; k++) {
    const stride = unitStrides[k]!;
    let from = offsets[k]!;
    for (let i = 0; i < size; i++, from += stride) out[k * size + i] = values[from]!;
  }
}

/**
 * S[i][j] = Σ_k reference[k, i] · draw[k, j], summed in float64 in the order of k. A product of two float32 is exact in
 * float64, so fused and separate multiply-adds agree and every engine gives the same bits.
 *
 * @param reference - [features, size], as packFeatures lays it out
 * @param draw - [features, size]
 * @param out - S, [size, size]
 */
export function similarityMatrix(reference: Float32Array, draw: Float32Array, size: number, features: number, out: Float64Array): void {
  out.fill(0);
  for (let k = 0; k < features; k++) {
    const drawRow = draw.subarray(k * size, (k + 1) * size);
    for (let i = 0; i < size; i++) {
      const factor = reference[k * size + i]!;
      const row = i * size;
      for (let j = 0; j < size; j++) out[row + j]! += factor * drawRow[j]!;
    }
  }
}
