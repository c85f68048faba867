// The dense networks of several chains on the device: forward, and backward by hand, which needs fewer operations than a tape.
import type { Network } from '../../network/network.js';
import type { Activated, activationsOn } from './activations.js';
import type { Tensor, Tensor2D, Tensor3D, Tf } from './runtime.js';

/** Weight [chains, outputs, inputs] and bias [chains, 1, outputs] of a layer. */
interface LayerParameters {
  readonly weight: Tensor3D;
  readonly bias: Tensor3D;
}

/** Inputs are [chains, rows, features], or [1, rows, features] where all chains have the same. */
export interface DenseNetwork {
  /** The tensors that positions [chains, network.dimension] hold. */
  unpack(positions: Tensor2D): readonly LayerParameters[];
  /** Every layer's output for `inputs`, the last of which are the network's. */
  forward(parameters: readonly LayerParameters[], inputs: Tensor3D): readonly Activated[];
  /**
   * The energies' gradients [chains, network.dimension], from their derivatives by the networks' outputs [chains, rows, outputs].
   *
   * @param ones - [1, 1, rows]
   */
  backward(parameters: readonly LayerParameters[], inputs: Tensor3D, ones: Tensor3D, layers: readonly Activated[], byOutputs: Tensor3D): Tensor2D;
}

export function denseOn(tf: Tf, network: Network, activations: ReturnType<typeof activationsOn>): DenseNetwork {
  const sizes = network.tensors.map(({ size }) => size);
  const flat = (tensor: Tensor, size: number): Tensor2D => tf.reshape(tensor, [tensor.shape[0], size]);
  return {
    unpack(positions) {
      const chains = positions.shape[0];
      const parts = tf.split(positions, sizes, 1);
      return network.layers.map(({ outputs, inputs }, k) => ({
        weight: tf.reshape(parts[2 * k]!, [chains, outputs, inputs]),
        bias: tf.reshape(parts[2 * k + 1]!, [chains, 1, outputs]),
      }));
    },
    forward(parameters, inputs) {
      let below = inputs;
      return network.layers.map(({ activation }, k) => {
        const { weight, bias } = parameters[k]!;
        const layer = activations[activation](tf.add(tf.matMul<Tensor3D>(below, weight, false, true), bias));
        below = layer.value;
        return layer;
      });
    },
    backward(parameters, inputs, ones, layers, byOutputs) {
      const gradients: Tensor2D[] = [];
      let byLayer = byOutputs;
      for (let k = layers.length - 1; k >= 0; k--) {
        const byPreActivations = layers[k]!.backward(byLayer);
        const below = k > 0 ? layers[k - 1]!.value : inputs;
        const byWeight = tf.matMul<Tensor3D>(byPreActivations, below, true, false);
        // A product, not a sum over rows: TensorFlow adds in another order where a vector of units straddles two chains.
        const byBias = tf.matMul<Tensor3D>(ones, byPreActivations);
        gradients.unshift(flat(byWeight, sizes[2 * k]!), flat(byBias, sizes[2 * k + 1]!));
        if (k > 0) byLayer = tf.matMul(byPreActivations, parameters[k]!.weight);
      }
      return tf.concat2d(gradients, 1);
    },
  };
}
