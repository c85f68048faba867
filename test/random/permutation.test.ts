// Random permutations: bijections, all equally probable, a pure function of the key.
import { describe, expect, it } from 'vitest';
import { randomPermutation } from '../../src/random/index.js';

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
