// A stream's words one after the other, for methods that need a number of them not known beforehand.
import { randomWords, type Key, type Purpose } from './key.js';

const CHUNK_BLOCKS = 64;

/** Yields words 0, 1, … of the stream (key, purpose), uniform on 0, 1, …, 2³² − 1. */
export function wordReader(key: Key, purpose: Purpose): () => number {
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
export function below(bound: number, nextWord: () => number): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const word = nextWord();
    if (word < limit) return word % bound;
  }
}

/** Two words as a number on the multiples of 2⁻⁵³ in [0, 1). */
export function unitInterval(high: number, low: number): number {
  return (Math.floor(high / 32) * 67_108_864 + Math.floor(low / 64)) * 2 ** -53;
}
