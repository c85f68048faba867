// The order of units that are similar to none.
import { expect, it } from 'vitest';
import { referenceMatchingKernels } from '../../src/rebasin/kernels.js';
import { DenseSimilarities } from '../../src/rebasin/similarities.js';
import { bestMatch } from '../../src/rebasin/unitMatcher.js';

/** A matching of rows to columns that is best, but in an order of its own. */
function matched(matrix: number[][], columnOf: number[]): number[] {
  const size = matrix.length;
  const kernels = { ...referenceMatchingKernels, linearSumAssignment: () => Int32Array.from(columnOf) };
  return Array.from(bestMatch(new DenseSimilarities(Float64Array.from(matrix.flat()), size, kernels), false).permutation);
}

it('ascends, whatever the assignment made of it', () => {
  const matrix = [
    [0, 0, 0, 0],
    [0, 0, 5, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  for (const columnOf of [[0, 2, 1, 3], [3, 2, 1, 0], [1, 2, 3, 0]]) expect(matched(matrix, columnOf)).toEqual([0, 2, 1, 3]);
});

it('stays where another order would be another match', () => {
  const matrix = [
    [0, 0, -1],
    [0, 0, 0],
    [-1, 0, 0],
  ];
  expect(matched(matrix, [1, 0, 2])).toEqual([1, 0, 2]);
  expect(matched([[2, 1], [1, 2]], [1, 0])).toEqual([1, 0]);
});

it('is left alone where there are too many to look at', () => {
  const size = 40;
  const reversed = Array.from({ length: size }, (_, i) => size - 1 - i);
  const zeros = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  expect(matched(zeros, reversed)).toEqual(reversed);
});
