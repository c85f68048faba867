// Standard normal numbers by inversion, from additions, multiplications, divisions and square roots alone: IEEE 754
// rounds those correctly, so every machine and every version of Node draws the same bits. (Math.sin and Math.log,
// which Box and Muller's transform needs, are only promised to be approximations.)
import { randomWords, type Key, type Purpose } from './key.js';

const CHUNK_BLOCKS = 256;
const words = new Uint32Array(CHUNK_BLOCKS * 4);

/**
 * Fills `out` with standard normals: element i is a pure function of (key, purpose, i), whatever the length.
 * Word w of the stream becomes Φ⁻¹((w + ½) / 2³²), so |z| ≤ 6.34; relative error of Φ⁻¹ about 1e-7, as of float32.
 */
export function fillNormal(key: Key, purpose: Purpose, out: Float32Array): void {
  for (let start = 0; start < out.length; start += words.length) {
    const count = Math.min(words.length, out.length - start);
    randomWords(key, purpose, start / 4, Math.ceil(count / 4), words);
    // Two passes: the first has no branch to mispredict, the second mends the 15% that lie in the tails.
    for (let i = 0; i < count; i++) out[start + i] = central((words[i]! + 0.5) * 2 ** -32 - 0.5);
    for (let i = 0; i < count; i++) {
      const word = words[i]!;
      if (word < TAIL_BELOW || word > TAIL_ABOVE) out[start + i] = tail(word);
    }
  }
}
/**
 * Φ⁻¹((word + ½) / 2³²): Wichura's PPND7 (Algorithm AS 241, Applied Statistics 37, 1988). Its third region, beyond
 * probabilities of exp(-25), lies outside what 32 bits can name.
 */
export function normalOfWord(word: number): number {
  return word < TAIL_BELOW || word > TAIL_ABOVE ? tail(word) : central((word + 0.5) * 2 ** -32 - 0.5);
}

/** Words whose probability is further than 0.425 from one half. */
const TAIL_BELOW = 0.075 * 2 ** 32;
const TAIL_ABOVE = 0.925 * 2 ** 32;

function central(q: number): number {
  const r = 0.180625 - q * q;
  return (
    (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
    (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
  );
}

function tail(word: number): number {
  const lower = word < TAIL_BELOW;
  // 0xffffffff - word mirrors the upper tail, so that the distribution is symmetric to the last bit.
  const r = Math.sqrt(negativeLogTail(lower ? word : 0xffffffff - word)) - 1.6;
  const z =
    (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) / ((0.12021132975 * r + 0.7370016425) * r + 1);
  return lower ? -z : z;
}

const LN_2 = 0.6931471805599453;
const SQRT_2 = 1.4142135623730951;

/** -ln((tail + ½) / 2³²) for an integer tail < 2³⁰, to about 1e-12. */
function negativeLogTail(tail: number): number {
  // tail + ½ = mantissa · 2^exponent with mantissa in [1, 2), scaled exactly.
  const exponent = tail === 0 ? -1 : 31 - Math.clz32(tail);
  const scale = exponent < 0 ? 2 : 1 / (1 << exponent);
  const mantissa = (tail + 0.5) * scale;
  // ln m = ln √2 + 2 artanh(s) with s = (m - √2) / (m + √2), |s| ≤ 0.172.
  const s = (mantissa - SQRT_2) / (mantissa + SQRT_2);
  const t = s * s;
  const artanh = s * (1 + t * (1 / 3 + t * (1 / 5 + t * (1 / 7 + t * (1 / 9 + t * (1 / 11 + t * (1 / 13)))))));
  return (31.5 - exponent) * LN_2 - 2 * artanh;
}
