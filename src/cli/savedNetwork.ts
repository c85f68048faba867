// Saved networks (safetensors or .npz of a state_dict) as commands take them: dense, their layers told from names and shapes.
import { positionFromStateDict, readTensors } from '../data/parameters.js';
import { readWholeFile } from '../data/file.js';
import { numericTensors, type Tensor } from '../data/tensor.js';
import { BasinetError } from '../errors.js';
import type { Activation, Network, TensorLayout } from '../network/network.js';
import type { Posterior } from '../posterior/posterior.js';
import { inferSavedNetwork, positionOfSaved, savedTensors } from '../posterior/savedModel.js';

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
  return { file, network, tensors, position: finite(positionFromStateDict(tensors, bytes, file), file) };
}

/** The parameters in a file that must hold the same tensors. Throws as `readSavedNetwork`. */
export async function readParameters(tensors: readonly TensorLayout[], file: string): Promise<Float32Array> {
  return finite(positionFromStateDict(tensors, await readWholeFile(file), file), file);
}

/** A saved network of the architecture of a posterior. */
export interface FittingNetwork {
  readonly file: string;
  /** Finite, as `posterior.tensors` lay it out. */
  readonly position: Float32Array;
  /** What the file holds, as it holds it. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** The file's name of each tensor, by the posterior's own. */
  readonly names: ReadonlyMap<string, string>;
}

/** A network for a posterior, under the posterior's names or the file's own. Throws as `readSavedNetwork`. */
export async function readFittingNetwork(posterior: Posterior, file: string): Promise<FittingNetwork> {
  const tensors = readTensors(await readWholeFile(file), file);
  const { position, names } = positionOfSaved(posterior, numericTensors(tensors), file);
  return { file, position: finite(position, file), tensors, names };
}

function finite(position: Float32Array, file: string): Float32Array {
  const bad = position.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return position;
  throw new BasinetError('NETWORK_MISMATCH', `${file}: parameter ${bad} is ${position[bad]}`, { path: file, value: position[bad], remedy: 'give networks whose parameters are all finite' });
}
