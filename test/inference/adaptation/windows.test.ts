// The warmup schedule against NumPyro's, and what every schedule must fulfil.
import { describe, expect, it } from 'vitest';
import { adaptationWindows } from '../../../src/inference/adaptation/windows.js';
import { golden } from '../golden.js';

describe('adaptationWindows', () => {
  it.each(Object.entries(golden.windows))('of %s transitions are those of NumPyro', (warmup, expected) => {
    expect(adaptationWindows(Number(warmup)).map(({ first, last }) => [first, last])).toEqual(expected);
  });

  it('are adjacent, grow, and leave an end for the step size, for every length', () => {
    for (let warmup = 0; warmup <= 700; warmup++) {
      const windows = adaptationWindows(warmup);
      if (warmup < 20) expect(windows).toEqual([]);
      let previous: { first: number; last: number } | null = null;
      for (const window of windows) {
        expect(window.last).toBeGreaterThanOrEqual(window.first);
        expect(window.last).toBeLessThan(warmup);
        if (previous !== null) {
          expect(window.first).toBe(previous.last + 1);
          expect(window.last - window.first).toBeGreaterThan(previous.last - previous.first);
        }
        previous = window;
      }
    }
  });
});
