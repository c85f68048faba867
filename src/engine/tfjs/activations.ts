// Activation functions and their derivatives as operations on the device.
import type { Activation } from '../../network/network.js';
import type { Constants } from './constants.js';
import type { Tensor3D, Tf } from './runtime.js';

/** A layer after its activation function. */
export interface Activated {
  /** [chains, rows, units] */
  readonly value: Tensor3D;
  /** From the energy's derivative by `value` to that by the pre-activations, [chains, rows, units]. */
  readonly backward: (byValue: Tensor3D) => Tensor3D;
}

/**
 * The functions of `src/network/activation.ts`, of pre-activations z [chains, rows, units]. Nothing of a derivative is computed before
 * `backward` asks for it.
 */
export function activationsOn(tf: Tf, { one, half, sqrtHalf, inverseSqrt2Pi }: Constants): Readonly<Record<Activation, (z: Tensor3D) => Activated>> {
  const scaledBy = (derivative: () => Tensor3D) => (byValue: Tensor3D) => tf.mul<Tensor3D>(byValue, derivative());
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
      const value = tf.mul<Tensor3D>(z, sigmoid);
      return { value, backward: scaledBy(() => tf.add(sigmoid, tf.mul(value, tf.sub(one, sigmoid)))) };
    },
    gelu: (z) => {
      const cumulative = tf.mul<Tensor3D>(half, tf.add(one, tf.erf(tf.mul(z, sqrtHalf))));
      const density = () => tf.mul(inverseSqrt2Pi, tf.exp(tf.neg(tf.mul(half, tf.square(z)))));
      return { value: tf.mul(z, cumulative), backward: scaledBy(() => tf.add(cumulative, tf.mul(z, density()))) };
    },
    softplus: (z) => ({ value: tf.softplus(z), backward: scaledBy(() => tf.sigmoid(z)) }),
  };
}
