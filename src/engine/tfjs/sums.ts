// Sums of many values of each chain: in blocks on the device, in float64 on the host.
import type { Tensor2D, Tf } from './runtime.js';

/**
 * Values that the device adds in float32: few enough that the rounding of one block is lost in that of its values. TensorFlow
 * splits longer sums in two, where depends on where they lie in memory, and so on the chain's place in its stack.
 */
const BLOCK = 1024;

/** Columns of `blockSums` of `count` columns. */
export const blockCount = (count: number): number => Math.ceil(count / BLOCK);

/** The sums of consecutive blocks of each row of `values` [chains, n], the last of which may be short: [chains, ⌈n / block⌉]. */
export function blockSums(tf: Tf, values: Tensor2D): Tensor2D {
  const [chains, count] = values.shape;
  const whole = Math.floor(count / BLOCK);
  const rest = count - whole * BLOCK;
  const sumsOfWhole = (part: Tensor2D) => tf.sum<Tensor2D>(tf.reshape(part, [chains, whole, BLOCK]), 2);
  if (rest === 0) return sumsOfWhole(values);
  if (whole === 0) return tf.sum(values, 1, true);
  const [head, tail] = tf.split(values, [whole * BLOCK, rest], 1) as [Tensor2D, Tensor2D];
  return tf.concat2d([sumsOfWhole(head), tf.sum<Tensor2D>(tail, 1, true)], 1);
}

/** The sum of each row of `values` [chains, n]: [chains, 1]. */
export function totals(tf: Tf, values: Tensor2D): Tensor2D {
  let sums = blockSums(tf, values);
  while (sums.shape[1] > 1) sums = blockSums(tf, sums);
  return sums;
}

/** Σ of `values` from `start` to before `end`, in float64. */
export function sumOf(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]!;
  return sum;
}
