// Activation functions and their derivatives as operations on the device.
import type { Activation } from '../../network/network.js';
import type { Constants } from './constants.js';
import type { Tensor2D, Tf } from './runtime.js';

/** A layer after its activation function. */
export interface Activated {
  /** [rows, units] */
  readonly value: Tensor2D;
  /** From the energy's derivative by `value` to that by the pre-activations, [rows, units]. */
  readonly backward: (byValue: Tensor2D) => Tensor2D;
}

/**
 * The functions of `src/network/activation.ts`, of pre-activations z [rows, units]. Nothing of a derivative is computed before
 * `backward` asks for it.
 */
export function activationsOn(tf: Tf, { one, half, sqrtHalf, inverseSqrt2Pi }: Constants): Readonly<Record<Activation, (z: Tensor2D) => Activated>> {
  const scaledBy = (derivative: () => Tensor2D) => (byValue: Tensor2D) => tf.mul<Tensor2D>(byValue, derivative());
  return {
    identity: (z) => ({ value: z, backward: (byValue) => byValue }),
    relu: (z) => {
      const value = tf.relu(z);
      return { value, backward: scaledBy(() => tf.sign(value)) };
    },
    tanh: (z) => {
      const value = tf.tanh(z);
      return { value, backward: scaledBy(() => tf.sub(one, tf.square(value))) };
    },
    sigmoid: (z) => {
      const value = tf.sigmoid(z);
      return { value, backward: scaledBy(() => tf.mul(value, tf.sub(one, value))) };
    },
    silu: (z) => {
      const sigmoid = tf.sigmoid(z);
      const value = tf.mul<Tensor2D>(z, sigmoid);
      return { value, backward: scaledBy(() => tf.add(sigmoid, tf.mul(value, tf.sub(one, sigmoid)))) };
    },
    gelu: (z) => {
      const cumulative = tf.mul<Tensor2D>(half, tf.add(one, tf.erf(tf.mul(z, sqrtHalf))));
      const density = () => tf.mul(inverseSqrt2Pi, tf.exp(tf.neg(tf.mul(half, tf.square(z)))));
      return { value: tf.mul(z, cumulative), backward: scaledBy(() => tf.add(cumulative, tf.mul(z, density()))) };
    },
    softplus: (z) => ({ value: tf.softplus(z), backward: scaledBy(() => tf.sigmoid(z)) }),
  };
}
