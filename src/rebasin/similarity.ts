// Similarity of the reference's units with a draw's: the matrices that matching solves assignments on.
/** Units of a group as they lie in an array: element k of unit i is factors[k] · values[offsets[k] + i·unitStrides[k]]. */
export interface Units {
  readonly values: Float32Array;
  /** [features] */
  readonly offsets: Int32Array;
  /** [features] */
  readonly unitStrides: Int32Array;
  /** Each 1, −1 or 0, [features]; null: all 1. */
  readonly factors: Int8Array | null;
  /** Where they may be packed, [size, features]: whoever compares them may write here. */
  readonly packed: Float32Array;
}

/** Gathers units one after the other into `packed`, and returns it. */
export function packUnits({ values, offsets, unitStrides, factors, packed }: Units): Float32Array {
  const features = offsets.length;
  for (let row = 0, i = 0; row < packed.length; row += features, i++) {
    for (let k = 0; k < features; k++) packed[row + k] = (factors === null ? 1 : factors[k]!) * values[offsets[k]! + i * unitStrides[k]!]!;
  }
  return packed;
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
