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

/**
 * Uniform on 0, 1, …, bound - 1 without bias, for bounds up to 65,536 (Lemire 2019, arXiv 1805.10941). Two numbers a word, its
 * low half first; of the 65,536 values of a half fewer than `bound` are refused.
 */
export function smallBelow(key: Key, purpose: Purpose): (bound: number) => number {
  const words = new Uint32Array(CHUNK_BLOCKS * 4);
  let block = 0;
  let next = 2 * words.length;
  return (bound) => {
    for (;;) {
      if (next === 2 * words.length) {
        randomWords(key, purpose, block, CHUNK_BLOCKS, words);
        block += CHUNK_BLOCKS;
        next = 0;
      }
      const word = words[next >>> 1]!;
      const product = ((next++ & 1) === 0 ? word & 0xffff : word >>> 16) * bound;
      // Some results have one more of the 65,536 numbers than others: what is over is refused.
      const low = product & 0xffff;
      if (low >= bound || low >= 65_536 % bound) return product >>> 16;
    }
  };
}

/** Two words as a number on the multiples of 2⁻⁵³ in [0, 1). */
export function unitInterval(high: number, low: number): number {
  return (Math.floor(high / 32) * 67_108_864 + Math.floor(low / 64)) * 2 ** -53;
}
