// The dense network, and the learned noise beside it, in the names and shapes of saved parameters.
import { inferDenseNetwork, type NamedShape } from '../network/inferNetwork.js';
import type { Network, TensorLayout } from '../network/network.js';
import { LOG_NOISE_TENSOR, withLearnedNoise } from './build.js';

/** As `inferDenseNetwork`, passing over the learned noise of a Gaussian likelihood, which is saved with the network. */
export function inferSavedNetwork(saved: readonly NamedShape[], path: string): Network {
  return inferDenseNetwork(saved.filter(({ name }) => name !== LOG_NOISE_TENSOR), path);
}

/** The network's tensors, and the learned noise where it is saved with them; it belongs to no group and is carried along. */
export function savedTensors(network: Network, saved: readonly Pick<NamedShape, 'name'>[]): readonly TensorLayout[] {
  return saved.some(({ name }) => name === LOG_NOISE_TENSOR) ? withLearnedNoise(network) : network.tensors;
}
