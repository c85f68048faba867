// Saved parameters: safetensors or .npz files of a state_dict, to and from a position.
import type { TensorLayout } from '../network/network.js';
import { positionFromTensors, stateDictOf } from '../network/parameters.js';
import { invalidData, readWholeFile } from './file.js';
import { parseNpy } from './npy.js';
import { readSafetensors, writeSafetensors } from './safetensors.js';
import { numericTensors, type Tensor } from './tensor.js';
import { openZip } from './zip.js';

/**
 * Every tensor of a safetensors or .npz file (told apart by their first bytes).
 *
 * @throws BasinetError DATA_INVALID where it is neither, or damaged
 */
export function readTensors(bytes: Uint8Array, path: string): Map<string, Tensor> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return readSafetensors(bytes, path);
  const archive = openZip(bytes, path);
  const tensors = new Map<string, Tensor>();
  for (const name of archive.names) {
    // torch.save writes zip archives as well, of pickles.
    if (!name.endsWith('.npy')) {
      invalidData(path, `holds ${name}, which is no array`, {
        value: name,
        remedy: 'Save the state_dict with safetensors.torch.save_file or numpy.savez; pickles (torch.save) are not read.',
      });
    }
    tensors.set(name.slice(0, -'.npy'.length), parseNpy(archive.read(name), `${path}#${name}`).tensor);
  }
  return tensors;
}

/**
 * The position that a saved state_dict holds.
 *
 * @param layout `posterior.tensors`, or `network.tensors` where the file has no noise
 * @throws BasinetError DATA_INVALID where the file is damaged, NETWORK_MISMATCH where its tensors do not fit
 */
export function positionFromStateDict(layout: readonly TensorLayout[], bytes: Uint8Array, path: string): Float32Array {
  return positionFromTensors(layout, numericTensors(readTensors(bytes, path)), path);
}

/** As `positionFromStateDict`, from a file. */
export async function loadPosition(layout: readonly TensorLayout[], path: string): Promise<Float32Array> {
  return positionFromStateDict(layout, await readWholeFile(path), path);
}

/** A safetensors file that `safetensors.torch.load_file` reads and `load_state_dict` takes. */
export function packPosition(layout: readonly TensorLayout[], position: Float32Array): Uint8Array {
  return writeSafetensors(stateDictOf(layout, position), { format: 'pt' });
}
