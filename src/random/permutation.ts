// Uniformly distributed permutations and bounded integers.
import { randomWords, type Key, type Purpose } from './key.js';

const CHUNK_BLOCKS = 64;

/** A stream's words one after the other, for methods that need a number of words not known beforehand. */
function wordReader(key: Key, purpose: Purpose): () => number {
  const words = new Uint32Array(CHUNK_BLOCKS * 4);
  let block = 0;
  let next = words.length;
  return () => {
    if (next === words.length) {
      randomWords(key, purpose, block, CHUNK_BLOCKS, words);
      block += CHUNK_BLOCKS;
      next = 0;
    }
    return words[next++]!;
  };
}

/** Uniform on 0, 1, …, bound - 1 without bias: words past the last multiple of `bound` below 2³² are thrown away. */
function below(bound: number, nextWord: () => number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const word = nextWord();
    if (word < limit) return word % bound;
  }
}

/** A uniformly distributed permutation of 0, 1, …, size - 1 (Fisher and Yates, as Durstenfeld 1964). */
export function randomPermutation(key: Key, purpose: Purpose, size: number): Int32Array {
  const permutation = Int32Array.from({ length: size }, (_, i) => i);
  const nextWord = wordReader(key, purpose);
  for (let i = size - 1; i > 0; i--) {
    const j = below(i + 1, nextWord);
    const kept = permutation[i]!;
    permutation[i] = permutation[j]!;
    permutation[j] = kept;
  }
  return permutation;
}
