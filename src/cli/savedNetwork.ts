// Saved networks (safetensors or .npz of a state_dict) as commands take them: dense, their layers told from names and shapes.
import { positionFromStateDict, readTensors } from '../data/parameters.js';
import { readWholeFile } from '../data/file.js';
import type { Activation, Network, TensorLayout } from '../network/network.js';
import { requireFinite } from '../network/parameters.js';
import { inferSavedNetwork, savedTensors } from '../posterior/savedModel.js';

export interface SavedNetwork {
  readonly file: string;
  /** Hidden activations are not saved: they read what the caller says. */
  readonly network: Network;
  /** The network's tensors, and the learned noise of a Gaussian likelihood where the file has it. */
  readonly tensors: readonly TensorLayout[];
  /** All parameters, finite, as `tensors` lay them out. */
  readonly position: Float32Array;
}

/**
 * @param activation - of the hidden layers; default `relu`
 * @throws BasinetError DATA_INVALID where the file cannot be read, NETWORK_MISMATCH where it holds no dense network or values
 *   that are not finite
 */
export async function readSavedNetwork(file: string, activation?: Activation): Promise<SavedNetwork> {
  const bytes = await readWholeFile(file);
  const saved = [...readTensors(bytes, file)].map(([name, { shape }]) => ({ name, shape }));
  const network = inferSavedNetwork(saved, file, activation);
  const tensors = savedTensors(network, saved);
  return { file, network, tensors, position: requireFinite(tensors, positionFromStateDict(tensors, bytes, file), file) };
}

/** The parameters in a file that must hold the same tensors. Throws as `readSavedNetwork`. */
export async function readParameters(tensors: readonly TensorLayout[], file: string): Promise<Float32Array> {
  return requireFinite(tensors, positionFromStateDict(tensors, await readWholeFile(file), file), file);
}
