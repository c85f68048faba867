// Sums of many values: in blocks on the device, in float64 on the host.
import type { Tensor1D, Tf } from './runtime.js';

/** Values that the device adds in float32: few enough that the rounding of one block is lost in that of its values. */
const BLOCK = 1024;

/** Length of `blockSums` of `count` values. */
export const blockCount = (count: number): number => Math.ceil(count / BLOCK);

/** The sums of consecutive blocks of `values` [n], the last of which may be short: [⌈n / block⌉]. */
export function blockSums(tf: Tf, values: Tensor1D): Tensor1D {
  const whole = Math.floor(values.size / BLOCK);
  const rest = values.size - whole * BLOCK;
  const sumsOfWhole = (part: Tensor1D) => tf.sum<Tensor1D>(tf.reshape(part, [whole, BLOCK]), 1);
  if (rest === 0) return sumsOfWhole(values);
  if (whole === 0) return tf.reshape(tf.sum(values), [1]);
  const [head, tail] = tf.split(values, [whole * BLOCK, rest]) as [Tensor1D, Tensor1D];
  return tf.concat1d([sumsOfWhole(head), tf.reshape(tf.sum(tail), [1])]);
}

/** Σ of `values` from `start` to before `end`, in float64. */
export function sumOf(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]!;
  return sum;
}
