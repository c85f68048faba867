// Uniform numbers on [0, 1).
import { randomWords, type Key, type Purpose } from './key.js';
import { unitInterval } from './words.js';

const word = new Uint32Array(4);
const TWO_POW_MINUS_24 = 2 ** -24;

/**
 * Number `index` of the stream, uniform on the multiples of 2⁻⁵³ in [0, 1).
 * Block `index` of the stream is spent on it alone.
 */
export function uniform(key: Key, purpose: Purpose, index = 0): number {
  randomWords(key, purpose, index, 1, word);
  return unitInterval(word[0]!, word[1]!);
}

const CHUNK_BLOCKS = 256;
const words = new Uint32Array(CHUNK_BLOCKS * 4);

/** Fills `out`: element i is word i of the stream, as a multiple of 2⁻²⁴ in [0, 1), exact in float32. */
export function fillUniform(key: Key, purpose: Purpose, out: Float32Array): void {
  for (let start = 0; start < out.length; start += words.length) {
    const count = Math.min(words.length, out.length - start);
    randomWords(key, purpose, start / 4, Math.ceil(count / 4), words);
    for (let i = 0; i < count; i++) out[start + i] = (words[i]! >>> 8) * TWO_POW_MINUS_24;
  }
}
