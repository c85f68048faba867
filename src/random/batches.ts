// Which rows make up each mini-batch: every epoch goes once over the data, in a random order of its own.
import { BasinetError } from '../errors.js';
import type { Key } from './key.js';
import { randomPermutation } from './permutation.js';

/** An endless sequence of mini-batches, each of which can be had without the ones before it. */
export interface Batches {
  /** ceil(rows / size): after so many batches every row has been in exactly one. */
  readonly perEpoch: number;
  /**
   * Batch number `step` (0, 1, …) of the sequence: batch b = step mod perEpoch of epoch e = floor(step / perEpoch), which is the
   * elements b·size, …, b·size + size - 1 of that epoch's permutation. The last batch of an epoch holds what is left: where
   * `size` does not divide the rows it is smaller, and its estimate, which scales by its own size, noisier.
   * The array is not to be written to.
   */
  at(step: number): Int32Array;
}

/**
 * Mini-batches of `size` of the rows 0, 1, …, rows - 1: the permutation of epoch e is uniformly distributed, a pure function of
 * (seed, chain, e) with purpose `batch`. Asking for the batches in order makes one permutation an epoch.
 *
 * @throws BasinetError ARGUMENT_INVALID where `size` is not a whole number from 1 to `rows`
 */
export function createBatches({ seed, chain }: Pick<Key, 'seed' | 'chain'>, rows: number, size: number): Batches {
  if (!Number.isInteger(size) || size < 1 || size > rows) {
    throw new BasinetError('ARGUMENT_INVALID', `${rows} rows cannot be cut into mini-batches of ${size}`, {
      path: 'size',
      value: size,
      remedy: `Give a whole number from 1 to ${rows}.`,
    });
  }
  const perEpoch = Math.ceil(rows / size);
  let order: Int32Array = new Int32Array(0);
  let orderOf = -1;
  return {
    perEpoch,
    at(step) {
      const epoch = Math.floor(step / perEpoch);
      if (epoch !== orderOf) {
        order = randomPermutation({ seed, chain, iteration: epoch }, 'batch', rows);
        orderOf = epoch;
      }
      const first = (step - epoch * perEpoch) * size;
      return order.subarray(first, first + size);
    },
  };
}
