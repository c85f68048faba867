// What a random number is a function of: job seed, chain, iteration and purpose. There is no other state.
import { philoxBlocks } from './philox.js';

/**
 * Names a point of a chain's life. `seed` and `chain` are integers in [0, 2³²), `iteration` in [0, 2⁵³).
 * `iteration` is the number of the transition, and for what happens before the first one, of the attempt.
 */
export interface Key {
  readonly seed: number;
  readonly chain: number;
  readonly iteration: number;
}

/**
 * What a number is drawn for. Each purpose is a stream of its own; the values are part of what "the same run" means,
 * so they never change.
 */
export const PURPOSES = {
  momentum: 0,
  accept: 1,
  jitter: 2,
  start: 3,
  stepSizeSearch: 4,
  permutation: 5,
  bootstrap: 6,
  test: 7,
  prune: 8,
  batch: 9,
  noise: 10,
  variational: 11,
  variationalDraw: 12,
  shuffle: 13,
  matchingOrder: 14,
  compact: 15,
  split: 16,
} as const;

export type Purpose = keyof typeof PURPOSES;

/**
 * Writes words 4·firstBlock, 4·firstBlock + 1, … of the stream (key, purpose) into `out`.
 *
 * Philox key: (seed, chain); counter: (block, iteration low, iteration high, purpose). Distinct (seed, chain, iteration,
 * purpose) so never share a block, and no hashing that could collide is involved.
 *
 * @param out [at least 4 · blocks]
 */
export function randomWords(key: Key, purpose: Purpose, firstBlock: number, blocks: number, out: Uint32Array): void {
  const iterationHigh = Math.floor(key.iteration / 2 ** 32);
  philoxBlocks(firstBlock, key.iteration, iterationHigh, PURPOSES[purpose], key.seed, key.chain, blocks, out);
}
