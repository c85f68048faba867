// How close a draw is to the reference, before and after it is relabelled.

/** Sums over a range of elements, in float64. */
export interface Closeness {
  /** Σ (target − position)². */
  readonly before: number;
  /** Σ (target − aligned)². */
  readonly after: number;
  /** Σ target · aligned. */
  readonly product: number;
}

/** Partial sums that each sum is made of: element i of the range belongs to number i mod 8. Part of what the result is. */
const SUMS = 8;

/** Of the elements from … to, in one pass. Partial sums are added up in order. */
export function closeness(target: Float32Array, position: Float32Array, aligned: Float32Array, from: number, to: number): Closeness {
  const before = new Float64Array(SUMS);
  const after = new Float64Array(SUMS);
  const product = new Float64Array(SUMS);
  for (let i = from; i < to; i++) {
    const lane = (i - from) % SUMS;
    const t = target[i]!;
    const a = aligned[i]!;
    before[lane]! += (t - position[i]!) ** 2;
    after[lane]! += (t - a) ** 2;
    product[lane]! += t * a;
  }
  const total = (sums: Float64Array): number => sums.reduce((sum, value) => sum + value, 0);
  return { before: total(before), after: total(after), product: total(product) };
}
