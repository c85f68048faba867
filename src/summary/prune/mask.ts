// Which weights of a network stay: places that may be pruned, how many of them are kept, masks.
import { BasinetError } from '../../errors.js';
import type { Network, TensorLayout } from '../../network/network.js';

/** Places, in a position, of all weights, and with `biases` of all biases too; ascending. A learned noise is never among them. */
export function prunablePlaces(network: Network, biases: boolean): Int32Array {
  const tensors = network.tensors.filter(({ shape }) => biases || shape.length > 1);
  const places = new Int32Array(tensors.reduce((sum, { size }) => sum + size, 0));
  let next = 0;
  for (const { offset, size } of tensors) for (let i = 0; i < size; i++) places[next++] = offset + i;
  return places;
}

/**
 * How many of `prunable` weights stay where the fraction `keep` does: the nearest whole number.
 *
 * @throws BasinetError ARGUMENT_INVALID unless 0 ≤ keep ≤ 1
 */
export function keptCount(keep: number, prunable: number): number {
  if (keep >= 0 && keep <= 1) return Math.round(keep * prunable);
  throw new BasinetError('ARGUMENT_INVALID', `a fraction of ${keep} cannot be kept`, { path: 'keep', value: keep, remedy: 'Keep a fraction from 0 to 1.' });
}

/**
 * 1 where an element stays and 0 where it is pruned: the fraction `keep` of the places in `order` that come last, and
 * everything that is not among them. [dimension]
 *
 * @param order - as `removalOrder` returns it
 * @throws BasinetError ARGUMENT_INVALID unless 0 ≤ keep ≤ 1
 */
export function pruningMask(order: Int32Array, dimension: number, keep: number): Uint8Array {
  const mask = new Uint8Array(dimension).fill(1);
  for (const place of order.subarray(0, order.length - keptCount(keep, order.length))) mask[place] = 0;
  return mask;
}

/** A copy of `position` with zeros where `mask` is 0. Elements beyond the mask, as a learned noise, stay. */
export function applyMask(position: Float32Array, mask: Uint8Array): Float32Array {
  return position.map((value, i) => (mask[i] === 0 ? 0 : value));
}

/** Ones of the mask in each tensor, by its name. */
export function keptPerTensor(mask: Uint8Array, tensors: readonly TensorLayout[]): Record<string, number> {
  return Object.fromEntries(tensors.map(({ name, offset, size }) => [name, mask.subarray(offset, offset + size).reduce((sum, kept) => sum + kept, 0)]));
}
