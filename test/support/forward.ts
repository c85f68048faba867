// The plainest forward pass there is, in float64: tanh between dense layers.
import type { Network } from '../../src/network/network.js';

/** Outputs for one row of inputs. */
export function forwardTanh(network: Network, position: Float32Array, input: ArrayLike<number>): Float64Array {
  let values = Float64Array.from(input);
  network.layers.forEach((layer, k) => {
    const weight = network.tensors[2 * k]!.offset;
    const bias = network.tensors[2 * k + 1]!.offset;
    const last = k === network.layers.length - 1;
    values = Float64Array.from({ length: layer.outputs }, (_, o) => {
      let sum = position[bias + o]!;
      for (let i = 0; i < layer.inputs; i++) sum += position[weight + o * layer.inputs + i]! * values[i]!;
      return last ? sum : Math.tanh(sum);
    });
  });
  return values;
}
