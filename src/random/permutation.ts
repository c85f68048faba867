// Uniformly distributed permutations.
import type { Key, Purpose } from './key.js';
import { below, wordReader } from './words.js';

/** A uniformly distributed permutation of 0, 1, …, size - 1 (Fisher and Yates, as Durstenfeld 1964). */
export function randomPermutation(key: Key, purpose: Purpose, size: number): Int32Array {
  return permutationFrom(wordReader(key, purpose), size);
}

/** The same from the next words of a stream, for methods that need several one after the other. */
export function permutationFrom(nextWord: () => number, size: number): Int32Array {
  const permutation = Int32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = below(i + 1, nextWord);
    const kept = permutation[i]!;
    permutation[i] = permutation[j]!;
    permutation[j] = kept;
  }
  return permutation;
}
