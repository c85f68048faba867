// Step sizes of stochastic gradient samplers, iteration by iteration.
import { describe, expect, it } from 'vitest';
import type { Grid } from '../../src/inference/grid.js';
import { stepTuning } from '../../src/inference/schedule.js';

describe('a cyclical schedule', () => {
  const grid: Grid = { warmup: 3, checkpointEvery: 1, draws: 4, thin: 2, cycle: { exploration: 4, draws: 2 } };
  const tuning = (iteration: number) => stepTuning({ kind: 'cyclical', cycles: 2, exploration: 0.5 }, 0.2, grid, iteration);

  it('falls along half a cosine, with noise after the exploration, and begins again', () => {
    // Of the paper, with K/M = 8: α_k = α₀/2 (cos(π mod(k - 1, 8)/8) + 1).
    for (let k = 1; k <= 16; k++) {
      const expected = 0.1 * (Math.cos((Math.PI * ((k - 1) % 8)) / 8) + 1);
      expect(tuning(3 + k)).toEqual({ stepSize: expect.closeTo(expected, 12) as number, noise: (k - 1) % 8 >= 4 });
    }
    expect(tuning(4).stepSize).toBe(0.2);
    expect(tuning(11).stepSize).toBeGreaterThan(0);
  });

  it('is constant during warmup', () => {
    for (const iteration of [1, 2, 3]) expect(tuning(iteration)).toEqual({ stepSize: 0.2, noise: true });
  });
});

it('a constant schedule is constant', () => {
  const grid: Grid = { warmup: 3, checkpointEvery: 1, draws: 4, thin: 2 };
  for (const iteration of [1, 4, 11]) expect(stepTuning({ kind: 'constant' }, 0.2, grid, iteration)).toEqual({ stepSize: 0.2, noise: true });
});
