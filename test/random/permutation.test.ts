// Random permutations: bijections, all equally probable, a pure function of the key; and the small numbers that shuffling draws.
import { describe, expect, it } from 'vitest';
import { randomPermutation, randomWords, smallBelow } from '../../src/random/index.js';

describe('randomPermutation', () => {
  it.each([0, 1, 2, 3, 16, 17, 300, 5000])('of %i elements is a bijection', (size) => {
    const permutation = randomPermutation({ seed: 1, chain: 0, iteration: 0 }, 'permutation', size);
    expect([...permutation].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
  });

  it('depends on the key alone', () => {
    const key = { seed: 1, chain: 2, iteration: 3 };
    expect(randomPermutation(key, 'permutation', 50)).toEqual(randomPermutation(key, 'permutation', 50));
    expect(randomPermutation(key, 'permutation', 50)).not.toEqual(randomPermutation({ ...key, chain: 3 }, 'permutation', 50));
  });

  it('gives each of the 24 orders of four elements the same probability', () => {
    const trials = 24_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < trials; i++) {
      const order = randomPermutation({ seed: 9, chain: 0, iteration: i }, 'permutation', 4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    let chiSquared = 0;
    for (const count of counts.values()) chiSquared += (count - trials / 24) ** 2 / (trials / 24);
    // 0.999 quantile of chi-squared with 23 degrees of freedom.
    expect(chiSquared).toBeLessThan(49.73);
  });
});

describe('small whole numbers', () => {
  it('are uniform, a function of the key, and two to a word', () => {
    const next = smallBelow({ seed: 1, chain: 2, iteration: 3 }, 'test');
    const words = new Uint32Array(8);
    randomWords({ seed: 1, chain: 2, iteration: 3 }, 'test', 0, 2, words);
    const halves = [...words].flatMap((word) => [word & 0xffff, word >>> 16]);
    for (const half of halves) expect(next(65_536)).toBe(half);
    for (const bound of [1, 2, 3, 10, 511]) {
      const counts = new Float64Array(bound);
      const trials = 400 * bound;
      for (let t = 0; t < trials; t++) counts[next(bound)]!++;
      const chiSquared = counts.reduce((sum, n) => sum + (n - 400) ** 2 / 400, 0);
      expect(chiSquared).toBeLessThan(bound - 1 + 4 * Math.sqrt(2 * bound));
    }
  });

  it('refuse the halves that would favour some results', () => {
    // With bound 49,152 = ¾ · 65,536, a third of all halves would hit a result that another half hits too.
    const next = smallBelow({ seed: 5, chain: 0, iteration: 0 }, 'test');
    const counts = new Float64Array(3);
    for (let t = 0; t < 60_000; t++) counts[next(49_152) % 3]!++;
    for (const n of counts) expect(Math.abs(n - 20_000)).toBeLessThan(4 * Math.sqrt(60_000 * (1 / 3) * (2 / 3)));
  });
});
