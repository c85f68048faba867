// The dense network, and the learned noise beside it, in the names and shapes of saved parameters; and their values, under any names of layers.
import { inferDenseNetwork, type NamedShape } from '../network/inferNetwork.js';
import type { Activation, Network, TensorLayout } from '../network/network.js';
import { positionFromTensors, requireFinite, type NamedValues } from '../network/parameters.js';
import { LOG_NOISE_TENSOR, withLearnedNoise } from './build.js';
import type { Posterior } from './posterior.js';

/** As `inferDenseNetwork`, passing over the learned noise of a Gaussian likelihood, which is saved with the network. */
export function inferSavedNetwork(saved: readonly NamedShape[], path: string, activation?: Activation): Network {
  return inferDenseNetwork(saved.filter(({ name }) => name !== LOG_NOISE_TENSOR), path, activation);
}

/** The network's tensors, and the learned noise where it is saved with them; it belongs to no group and is carried along. */
export function savedTensors(network: Network, saved: readonly Pick<NamedShape, 'name'>[]): readonly TensorLayout[] {
  return saved.some(({ name }) => name === LOG_NOISE_TENSOR) ? withLearnedNoise(network) : network.tensors;
}

export interface SavedPosition {
  /** As `posterior.tensors` lay it out, rounded to float32. */
  readonly position: Float32Array;
  /** The file's name of each tensor, by the posterior's own. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * The position that these tensors hold. Where they do not have the posterior's names, the dense network that they make up
 * is taken, layer by layer: `nn.Sequential` saves `0.weight`, `2.weight`.
 *
 * @param source - names the file in errors
 * @throws BasinetError NETWORK_MISMATCH that lists every missing, unexpected and wrongly shaped tensor, or names a value that is not finite
 */
export function positionOfSaved(posterior: Pick<Posterior, 'network' | 'tensors'>, given: ReadonlyMap<string, NamedValues>, source: string): SavedPosition {
  const names = new Map(posterior.tensors.map(({ name }) => [name, name]));
  if (![...names.keys()].every((name) => given.has(name))) {
    for (const [own, saved] of namesByOrder(posterior, given, source)) names.set(own, saved);
  }
  const layout = posterior.tensors.map((tensor) => ({ ...tensor, name: names.get(tensor.name)! }));
  return { position: requireFinite(layout, positionFromTensors(layout, given, source), source), names };
}

/** Pairs of own and saved name, layer by layer, where there are as many; whether shapes agree is for `positionFromTensors` to say. */
function namesByOrder({ network }: Pick<Posterior, 'network'>, given: ReadonlyMap<string, NamedValues>, source: string): [own: string, saved: string][] {
  const { layers } = inferSavedNetwork([...given].map(([name, { shape }]) => ({ name, shape })), source);
  if (layers.length !== network.layers.length) return [];
  return layers.flatMap(({ name }, i) => (['weight', 'bias'] as const).map((part): [string, string] => [`${network.layers[i]!.name}.${part}`, `${name}.${part}`]));
}
