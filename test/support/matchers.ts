// toBeAllclose: elementwise |actual - expected| <= atol + rtol·|expected|, NaN equal to NaN, as numpy.testing.assert_allclose.
import { expect } from 'vitest';

interface Tolerance {
  readonly rtol?: number;
  readonly atol?: number;
}

expect.extend({
  toBeAllclose(actual: ArrayLike<number>, expected: ArrayLike<number>, { rtol = 1e-7, atol = 0 }: Tolerance = {}) {
    if (actual.length !== expected.length) {
      return { pass: false, message: () => `lengths differ: ${actual.length} and ${expected.length}` };
    }
    let worst = -1;
    let worstExcess = 0;
    let bad = 0;
    for (let i = 0; i < actual.length; i++) {
      const a = actual[i]!;
      const e = expected[i]!;
      if (Object.is(a, e) || a === e || (Number.isNaN(a) && Number.isNaN(e))) continue;
      const excess = Math.abs(a - e) / (atol + rtol * Math.abs(e));
      if (excess <= 1) continue;
      bad++;
      if (worst < 0 || Number.isNaN(excess) || excess > worstExcess) {
        worst = i;
        worstExcess = excess;
      }
    }
    return {
      pass: bad === 0,
      message: () =>
        bad === 0
          ? 'expected the arrays to differ'
          : `${bad} of ${actual.length} elements differ; worst at ${worst}: got ${actual[worst]}, expected ${expected[worst]} (rtol ${rtol}, atol ${atol})`,
    };
  },
});

declare module 'vitest' {
  interface Matchers {
    toBeAllclose(expected: ArrayLike<number>, tolerance?: Tolerance): void;
  }
}
