// The loss barrier: closed forms, its ends, and what is refused.
import { describe, expect, it } from 'vitest';
import { lossBarrier } from '../../src/stats/index.js';

const lambdas = Array.from({ length: 21 }, (_, i) => i / 20);

describe('lossBarrier', () => {
  it('is the height of a bump above the line between unequal ends', () => {
    const losses = lambdas.map((x) => 1 + 2 * x + 4 * x * (1 - x));
    const { height, lambda } = lossBarrier(lambdas, losses);
    expect(height).toBeCloseTo(1, 12);
    expect(lambda).toBe(0.5);
  });

  it('is 0 on a straight line and in a valley', () => {
    expect(lossBarrier([0, 0.5, 1], [2, 2, 2])).toEqual({ height: 0, lambda: 0 });
    expect(lossBarrier(lambdas, lambdas.map((x) => 3 - x - x * (1 - x)))).toEqual({ height: 0, lambda: 0 });
  });

  it('is infinite or unknown where the loss is', () => {
    expect(lossBarrier([0, 0.5, 1], [1, Infinity, 1])).toEqual({ height: Infinity, lambda: 0.5 });
    expect(lossBarrier([0, 0.5, 1], [1, NaN, 1])).toEqual({ height: NaN, lambda: 0.5 });
  });

  it.each([[[0], [1]], [[0, 0.5], [1, 1]], [[0.1, 1], [1, 1]], [[0, 1], [1]]])('refuses places %j with losses %j', (places, losses) => {
    expect(() => lossBarrier(places, losses)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'lambdas' }) as Error);
  });
});
