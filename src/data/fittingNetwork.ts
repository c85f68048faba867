// A saved network of the architecture of a posterior, from a file.
import type { Posterior } from '../posterior/posterior.js';
import { positionOfSaved } from '../posterior/savedModel.js';
import { readWholeFile } from './file.js';
import { readTensors } from './parameters.js';
import { numericTensors, type Tensor } from './tensor.js';

export interface FittingNetwork {
  readonly file: string;
  /** Finite, as `posterior.tensors` lay it out. */
  readonly position: Float32Array;
  /** What the file holds, as it holds it. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** The file's name of each tensor, by the posterior's own. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * A network for a posterior, under the posterior's names of layers or the file's own.
 *
 * @throws BasinetError DATA_INVALID where the file cannot be read, NETWORK_MISMATCH where it holds another network or values
 *   that are not finite
 */
export async function readFittingNetwork(posterior: Posterior, file: string): Promise<FittingNetwork> {
  const tensors = readTensors(await readWholeFile(file), file);
  return { file, tensors, ...positionOfSaved(posterior, numericTensors(tensors), file) };
}
