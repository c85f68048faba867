// The dense network on the device: forward, and backward by hand, which needs fewer operations than a tape.
import type { Network } from '../../network/network.js';
import type { Activated, activationsOn } from './activations.js';
import type { Tensor, Tensor1D, Tensor2D, Tf } from './runtime.js';

/** Weight [outputs, inputs] and bias [outputs] of a layer. */
interface LayerParameters {
  readonly weight: Tensor2D;
  readonly bias: Tensor1D;
}

export interface DenseNetwork {
  /** The tensors that a position [network.dimension] holds. */
  unpack(position: Tensor1D): readonly LayerParameters[];
  /** Every layer's output for `inputs` [rows, features], the last of which are the network's. */
  forward(parameters: readonly LayerParameters[], inputs: Tensor2D): readonly Activated[];
  /** The energy's gradient [network.dimension], from its derivative by the network's outputs [rows, outputs]. */
  backward(parameters: readonly LayerParameters[], inputs: Tensor2D, layers: readonly Activated[], byOutputs: Tensor2D): Tensor1D;
}

export function denseOn(tf: Tf, network: Network, activations: ReturnType<typeof activationsOn>): DenseNetwork {
  const sizes = network.tensors.map(({ size }) => size);
  const flat = (tensor: Tensor, size: number): Tensor1D => tf.reshape(tensor, [size]);
  return {
    unpack(position) {
      const parts = tf.split(position, sizes);
      return network.layers.map(({ outputs, inputs }, k) => ({
        weight: tf.reshape(parts[2 * k]!, [outputs, inputs]),
        bias: parts[2 * k + 1]! as Tensor1D,
      }));
    },
    forward(parameters, inputs) {
      let below = inputs;
      return network.layers.map(({ activation }, k) => {
        const { weight, bias } = parameters[k]!;
        const layer = activations[activation](tf.add(tf.matMul<Tensor2D>(below, weight, false, true), bias));
        below = layer.value;
        return layer;
      });
    },
    backward(parameters, inputs, layers, byOutputs) {
      const gradients: Tensor1D[] = [];
      let byLayer = byOutputs;
      for (let k = layers.length - 1; k >= 0; k--) {
        const byPreActivations = layers[k]!.backward(byLayer);
        const below = k > 0 ? layers[k - 1]!.value : inputs;
        const byWeight = tf.matMul<Tensor2D>(byPreActivations, below, true, false);
        gradients.unshift(flat(byWeight, sizes[2 * k]!), tf.sum(byPreActivations, 0));
        if (k > 0) byLayer = tf.matMul(byPreActivations, parameters[k]!.weight);
      }
      return tf.concat1d(gradients);
    },
  };
}
