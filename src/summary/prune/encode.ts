// A pruned network and its mask as safetensors.
import { writeSafetensors } from '../../data/safetensors.js';
import { bytesPerElement, type Tensor } from '../../data/tensor.js';
import type { TensorLayout } from '../../network/network.js';

export interface PrunedFiles {
  /** Every tensor of the network's file, element types kept, zeros where the mask is 0. */
  readonly network: Uint8Array;
  /** `mask/<name>`, U8, 1 where an element is kept, for every tensor of the network, biases included. */
  readonly mask: Uint8Array;
}

/**
 * Two files, since `load_state_dict` refuses a state_dict that holds tensors of its own.
 *
 * @param saved - tensors of the network's file
 * @param names - the file's name of each tensor, by the layout's
 * @param mask - over the layout
 */
export function encodePruned(saved: ReadonlyMap<string, Tensor>, layout: readonly TensorLayout[], names: ReadonlyMap<string, string>, mask: Uint8Array): PrunedFiles {
  const network = new Map(saved);
  const masks = new Map<string, Tensor>();
  for (const { name, shape, offset, size } of layout) {
    const file = names.get(name)!;
    const part = mask.slice(offset, offset + size);
    network.set(file, zeroed(saved.get(file)!, part));
    masks.set(`mask/${file}`, { dtype: 'U8', shape, data: part });
  }
  return { network: writeSafetensors(network, { format: 'pt' }), mask: writeSafetensors(masks, { format: 'pt' }) };
}

/** All element types have zero bytes for zero. */
function zeroed(tensor: Tensor, mask: Uint8Array): Tensor {
  const data = tensor.data.slice();
  const bytes = new Uint8Array(data.buffer);
  const width = bytesPerElement(tensor.dtype);
  mask.forEach((kept, i) => {
    if (kept === 0) bytes.fill(0, i * width, (i + 1) * width);
  });
  return { ...tensor, data } as Tensor;
}
