// Similarity of the reference's units with a draw's: the matrices that matching solves assignments on.
import type { GroupFeatures } from './groupFeatures.js';

/**
 * Gathers a group's elements unit by unit: out[i·features + k] = factors[k] · values[offsets[k] + i·unitStrides[k]], for unit i.
 *
 * @param factors - each 1, −1 or 0, [features]; null: all 1
 * @param out - [size, features]
 */
export function packUnits(values: Float32Array, group: Pick<GroupFeatures, 'size' | 'features' | 'unitStrides'>, offsets: Int32Array, factors: Int8Array | null, out: Float32Array): void {
  const { size, unitStrides, features } = group;
  for (let i = 0; i < size; i++) {
    const row = i * features;
    for (let k = 0; k < features; k++) out[row + k] = (factors === null ? 1 : factors[k]!) * values[offsets[k]! + i * unitStrides[k]!]!;
  }
}

/**
 * S[i][j] = Σ_k reference[i, k] · draw[j, k], summed in float64 in the order of k. A product of two float32 is exact in
 * float64, so fused and separate multiply-adds agree and every engine gives the same bits.
 *
 * @param reference - [size, features], as packUnits lays it out
 * @param draw - [size, features]
 * @param out - S, [size, size]
 */
export function similarityMatrix(reference: Float32Array, draw: Float32Array, size: number, features: number, out: Float64Array): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) out[i * size + j] = similarity(reference, i, draw, j, features);
  }
}

/** One entry of `similarityMatrix`. */
export function similarity(reference: Float32Array, i: number, draw: Float32Array, j: number, features: number): number {
  const a = i * features;
  const b = j * features;
  let sum = 0;
  for (let k = 0; k < features; k++) sum += reference[a + k]! * draw[b + k]!;
  return sum;
}
