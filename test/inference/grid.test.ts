// The grid of iterations: closed forms against a plain walk, over arbitrary settings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkpointIterations,
  drawIteration,
  drawsAt,
  gridOf,
  isRecord,
  nextRecordIteration,
  phaseOf,
  totalIterations,
  type Grid,
} from '../../src/inference/grid.js';
import { mapSettings, sghmcSettings, sgldSettings, variationalSettings } from './targets.js';

const grids = fc.record({
  warmup: fc.integer({ min: 0, max: 60 }),
  checkpointEvery: fc.integer({ min: 1, max: 70 }),
  draws: fc.integer({ min: 1, max: 12 }),
  thin: fc.integer({ min: 1, max: 6 }),
});
/** Whole cycles of `draws` draws. */
const cyclicGrids = fc
  .record({ grid: grids, cycles: fc.integer({ min: 1, max: 4 }), exploration: fc.integer({ min: 0, max: 9 }) })
  .map(({ grid, cycles, exploration }): Grid => ({ ...grid, draws: grid.draws * cycles, cycle: { exploration, draws: grid.draws } }));

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

  it('begins each cycle with its exploration', () => {
    const grid: Grid = { warmup: 10, checkpointEvery: 20, draws: 4, thin: 3, cycle: { exploration: 5, draws: 2 } };
    expect(walk(grid)).toEqual([10, 18, 21, 29, 32]);
  });

  it.each([
    ['map', mapSettings({ epochs: 7 }), { warmup: 7, checkpointEvery: 20, draws: 1, thin: 1 }],
    ['sgld', sgldSettings({ warmup: 7, draws: 8, thin: 5 }), { warmup: 7, checkpointEvery: 100, draws: 8, thin: 5 }],
    ['vi', variationalSettings({ epochs: 7, draws: 30 }), { warmup: 7, checkpointEvery: 20, draws: 30, thin: 1 }],
    // Of a cycle of 40, 30 explore; 10 are sampled, for two draws.
    ['sghmc in cycles', sghmcSettings({ warmup: 0, draws: 8, thin: 5, schedule: { kind: 'cyclical', cycles: 4, exploration: 0.75 } }), { warmup: 0, checkpointEvery: 100, draws: 8, thin: 5, cycle: { exploration: 30, draws: 2 } }],
  ])('follows from the settings: %s', (_, inference, expected) => {
    expect(gridOf(inference, 20)).toEqual(expected);
  });

  it('agrees with itself however it is asked', () => {
    fc.assert(
      fc.property(fc.oneof(grids, cyclicGrids), (grid) => {
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
