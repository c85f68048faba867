// Several orders of the groups: never worse than one, better where descent gets stuck, a pure function of the key.
import { describe, expect, it } from 'vitest';
import { createAligner, type AlignmentResult } from '../../src/rebasin/index.js';
import { networkOf, randomPosition } from '../support/relabelled.js';

const key = { seed: 3, chain: 1, iteration: 7 };

function align(widths: readonly number[], orders: number, seed: number, own = key, start: AlignmentResult | null = null): AlignmentResult {
  const network = networkOf(4, widths, 2);
  const aligner = createAligner(network, network.tensors, randomPosition(network, 1000 + seed), { maxSweeps: 50, signs: false, orders });
  return aligner.align(randomPosition(network, seed), new Float32Array(network.dimension), start, own);
}

describe('orders', () => {
  it.each([[[14, 12]], [[14, 12, 13]]])('are never worse than fewer of them, and sometimes better: %j', (widths) => {
    let better = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const objectives = [1, 2, 4, 8].map((orders) => align(widths, orders, seed).objective);
      objectives.reduce((before, after) => (expect(after).toBeGreaterThanOrEqual(before), after));
      if (objectives.at(-1)! > objectives[0]!) better++;
      const cold = align(widths, 1, seed);
      expect(align(widths, 4, seed, key, cold).objective).toBeGreaterThanOrEqual(cold.objective);
    }
    expect(better).toBeGreaterThanOrEqual(4);
  });

  it('depend on every part of the key and on nothing else', () => {
    const differs = (other: typeof key) => [1, 2, 3, 4, 5, 6].some((seed) => align([14, 12, 13], 5, seed).objective !== align([14, 12, 13], 5, seed, other).objective);
    expect(align([14, 12, 13], 3, 1)).toEqual(align([14, 12, 13], 3, 1));
    expect([{ ...key, seed: 4 }, { ...key, chain: 2 }, { ...key, iteration: 8 }].map(differs)).toEqual([true, true, true]);
    expect(align([14, 12, 13], 1, 1, { ...key, seed: 4 })).toEqual(align([14, 12, 13], 1, 1));
  });

  it('change nothing for one hidden layer, which is exact', () => {
    expect(align([14], 8, 1)).toEqual(align([14], 1, 1));
  });

  it.each([0, 1.5, NaN])('cannot be %s', (orders) => {
    expect(() => align([14, 12], orders, 1)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'orders', remedy: expect.any(String) as string }));
  });
});
