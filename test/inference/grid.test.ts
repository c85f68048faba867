// The grid of iterations: closed forms against a plain walk, over arbitrary settings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkpointIterations,
  drawIteration,
  drawsAt,
  isRecord,
  nextRecordIteration,
  phaseOf,
  totalIterations,
  type Grid,
} from '../../src/inference/grid.js';

const grids = fc.record({
  warmup: fc.integer({ min: 0, max: 60 }),
  checkpointEvery: fc.integer({ min: 1, max: 70 }),
  draws: fc.integer({ min: 1, max: 12 }),
  thin: fc.integer({ min: 1, max: 6 }),
});

function walk(grid: Grid): number[] {
  const records: number[] = [];
  let iteration: number | null = 0;
  while ((iteration = nextRecordIteration(grid, iteration)) !== null) records.push(iteration);
  return records;
}

describe('the grid', () => {
  it('is that of docs/architecture.md', () => {
    const grid = { warmup: 50, checkpointEvery: 20, draws: 3, thin: 5 };
    expect(walk(grid)).toEqual([20, 40, 50, 55, 60, 65]);
    expect(checkpointIterations(grid)).toEqual([20, 40, 50]);
    expect(totalIterations(grid)).toBe(65);
    expect(phaseOf(grid, 50)).toBe('warmup');
    expect(phaseOf(grid, 51)).toBe('sampling');
  });

  it('has no checkpoint twice where W is a multiple of c, and none without warmup', () => {
    expect(walk({ warmup: 40, checkpointEvery: 20, draws: 1, thin: 1 })).toEqual([20, 40, 41]);
    expect(walk({ warmup: 0, checkpointEvery: 20, draws: 2, thin: 3 })).toEqual([3, 6]);
    expect(checkpointIterations({ warmup: 0, checkpointEvery: 20, draws: 2, thin: 3 })).toEqual([]);
  });

  it('agrees with itself however it is asked', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const all = Array.from({ length: totalIterations(grid) + 3 }, (_, i) => i).filter((i) => isRecord(grid, i));
        expect(walk(grid)).toEqual(all);
        const draws = Array.from({ length: grid.draws }, (_, i) => drawIteration(grid, i));
        expect([...checkpointIterations(grid), ...draws]).toEqual(all);
        draws.forEach((iteration, index) => {
          expect(drawsAt(grid, iteration)).toBe(index + 1);
          expect(drawsAt(grid, iteration - 1)).toBe(index);
        });
        for (let i = 0; i <= totalIterations(grid); i++) {
          expect(nextRecordIteration(grid, i)).toBe(all.find((record) => record > i) ?? null);
        }
      }),
    );
  });
});
