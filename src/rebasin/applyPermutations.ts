// Relabels the hidden units of a position; the network's function stays the same.
import type { Network, TensorLayout } from '../network/network.js';
import { BasinetError } from '../errors.js';
import { axisGroups } from './groupFeatures.js';
import { validateRelabelling, type Relabelling } from './relabelling.js';

/** Writes the relabelled `position` into `out` (both [dimension], not the same array). Without `signs` none changes. */
export type PermutationApplier = (position: Float32Array, permutations: readonly Int32Array[], out: Float32Array, signs?: Relabelling['signs'] | null) => void;

/**
 * Prepares relabelling for one layout. Along each grouped axis, out[…, i, …] = signs[i] · position[…, permutation[i], …];
 * everything else is copied. Permutations and signs are trusted: `applyPermutations` checks them.
 *
 * @throws BasinetError NETWORK_MISMATCH where groups and tensors contradict each other
 */
export function permutationApplier(network: Network, tensors: readonly TensorLayout[]): PermutationApplier {
  const groupsOf = axisGroups(network, tensors);
  return (position, permutations, out, signs = null) => {
    for (const tensor of tensors) relabelTensor(position, out, tensor, ...ofAxes(groupsOf.get(tensor) ?? tensor.shape.map(() => null), permutations, signs));
  };
}

/** Per axis of a tensor: its group's permutation, and its signs. */
export type AxisPermutations = readonly (Int32Array | null)[];
export type AxisSigns = readonly (Int8Array | null)[];

/** What a relabelling says of the axes of a tensor, which these groups permute. */
export function ofAxes(groups: readonly (number | null)[], permutations: readonly Int32Array[], signs: Relabelling['signs'] | null): [AxisPermutations, AxisSigns] {
  return [groups.map((g) => (g === null ? null : permutations[g]!)), groups.map((g) => (g === null ? null : (signs?.[g] ?? null)))];
}

/** Writes the relabelled tensor of `position` into `out`, where it has the same place; null: nothing changes along an axis. */
export function relabelTensor(position: Float32Array, out: Float32Array, tensor: TensorLayout, permutations: AxisPermutations, signs: AxisSigns): void {
  gather(position, out, tensor.shape, permutations, 0, tensor.offset, tensor.offset, tensor.size);
  signs.forEach((own, axis) => {
    if (own !== null) flip(out, tensor, axis, own);
  });
}

/** Negates what lies at places of sign −1 along one axis. */
function flip(out: Float32Array, { offset, size, shape }: TensorLayout, axis: number, signs: Int8Array): void {
  const block = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  for (let from = offset; from < offset + size; ) {
    for (const sign of signs) {
      if (sign < 0) for (let k = from; k < from + block; k++) out[k] = -out[k]!;
      from += block;
    }
  }
}

/** Copies the block of `size` elements at `from` to `to`, relabelling the axes from `axis` on. */
function gather(
  position: Float32Array,
  out: Float32Array,
  shape: readonly number[],
  permutations: readonly (Int32Array | null)[],
  axis: number,
  from: number,
  to: number,
  size: number,
): void {
  let last = shape.length - 1;
  while (last >= axis && permutations[last] === null) last--;
  if (last < axis) {
    // Rows of a few elements are quicker to copy one by one than through a view.
    if (size < 24) for (let i = 0; i < size; i++) out[to + i] = position[from + i]!;
    else out.set(position.subarray(from, from + size), to);
    return;
  }
  const units = shape[axis]!;
  const block = size / units;
  const permutation = permutations[axis]!;
  if (block === 1 && permutation !== null) {
    for (let i = 0; i < units; i++) out[to + i] = position[from + permutation[i]!]!;
    return;
  }
  for (let i = 0; i < units; i++) {
    const source = permutation === null ? i : permutation[i]!;
    gather(position, out, shape, permutations, axis + 1, from + source * block, to + i * block, block);
  }
}

/** Throws unless `position` has as many elements as the layout. */
export function validateLength(values: ArrayLike<number>, dimension: number, path: string): void {
  if (values.length === dimension) return;
  throw new BasinetError('NETWORK_MISMATCH', `${path} has ${values.length} elements; the network's tensors have ${dimension}`, {
    path,
    value: values.length,
    remedy: 'Use parameters of the network that they belong to.',
  });
}

/** Number of elements of a position with this layout. */
export function dimensionOf(tensors: readonly TensorLayout[]): number {
  return tensors.reduce((sum, tensor) => sum + tensor.size, 0);
}

/**
 * A relabelled copy of `position`: along each grouped axis, out[…, i, …] = signs[g][i] · position[…, permutations[g][i], …].
 *
 * @param signs - per group; null, as a whole or for a group: no signs change
 * @throws BasinetError NETWORK_MISMATCH where the position does not fit; ARGUMENT_INVALID where a permutation or a sign is none
 */
export function applyPermutations(
  network: Network,
  tensors: readonly TensorLayout[],
  position: Float32Array,
  permutations: readonly Int32Array[],
  signs: Relabelling['signs'] | null = null,
): Float32Array {
  validateLength(position, dimensionOf(tensors), 'position');
  validateRelabelling(network, permutations, signs, 'permutations');
  const out = new Float32Array(position.length);
  permutationApplier(network, tensors)(position, permutations, out, signs);
  return out;
}
