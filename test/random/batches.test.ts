// Mini-batches: each epoch goes once over the rows in an order of its own, and any batch can be had directly.
import { describe, expect, it } from 'vitest';
import { createBatches, randomPermutation } from '../../src/random/index.js';

const key = { seed: 7, chain: 3 };

describe('createBatches', () => {
  it.each([
    [10, 3, [3, 3, 3, 1]],
    [12, 4, [4, 4, 4]],
    [5, 5, [5]],
    [5, 1, [1, 1, 1, 1, 1]],
    [1000, 384, [384, 384, 232]],
  ])('cuts %i rows into batches of %i that hold each row once an epoch', (rows, size, sizes) => {
    const batches = createBatches(key, rows, size);
    expect(batches.perEpoch).toBe(sizes.length);
    for (const epoch of [0, 1, 9]) {
      const cut = sizes.map((_, b) => batches.at(epoch * sizes.length + b));
      expect(cut.map((batch) => batch.length)).toEqual(sizes);
      expect(cut.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
    }
  });

  it('is the permutation of (seed, chain, epoch), whatever was asked for before', () => {
    const inOrder = createBatches(key, 50, 7);
    const all = Array.from({ length: 32 }, (_, step) => [...inOrder.at(step)]);
    for (const epoch of [0, 1, 2, 3]) {
      const order = randomPermutation({ ...key, iteration: epoch }, 'batch', 50);
      expect(all.slice(8 * epoch, 8 * epoch + 8).flat()).toEqual([...order]);
    }
    const jumping = createBatches(key, 50, 7);
    for (const step of [31, 0, 17, 16, 8, 31]) expect([...jumping.at(step)]).toEqual(all[step]);
    expect([...createBatches({ seed: 7, chain: 4 }, 50, 7).at(0)]).not.toEqual(all[0]);
    expect([...createBatches({ seed: 8, chain: 3 }, 50, 7).at(0)]).not.toEqual(all[0]);
  });

  it('keeps its order across versions', () => {
    expect([...createBatches({ seed: 42, chain: 1 }, 10, 4).at(4)]).toMatchInlineSnapshot(`
      [
        8,
        2,
        6,
        9,
      ]
    `);
  });

  it.each([0, 11, 2.5, -1, Number.NaN])('refuses a size of %d for 10 rows', (size) => {
    expect(() => createBatches(key, 10, size)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'size' }));
  });
});
