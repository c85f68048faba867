// Dual averaging against NumPyro, and its fixed point.
import { describe, expect, it } from 'vitest';
import { finalDualAveraging, initDualAveraging, updateDualAveraging } from '../../../src/inference/adaptation/dualAveraging.js';
import { golden } from '../golden.js';

describe('dual averaging', () => {
  it('follows NumPyro update by update', () => {
    const { targetAcceptance, stepSize, acceptanceRates, states } = golden.dualAveraging;
    let state = initDualAveraging(stepSize);
    const seen = acceptanceRates.map((rate) => {
      state = updateDualAveraging(state, rate, targetAcceptance);
      return [state.logStepSize, state.logStepSizeAverage, state.errorAverage];
    });
    expect(seen.flat()).toBeAllclose(states.flat(), { rtol: 1e-12, atol: 1e-14 });
    expect(state.stepSizeUpdates).toBe(acceptanceRates.length);
    expect(finalDualAveraging(state)).toBeCloseTo(Math.exp(states.at(-1)![1]), 12);
  });

  it('finds the step size whose acceptance is the target', () => {
    // Acceptance falls with the step size; exp(-ε) = 0.7 at ε = 0.357.
    for (const start of [1e-3, 0.3, 10]) {
      let state = initDualAveraging(start);
      for (let i = 0; i < 3000; i++) state = updateDualAveraging(state, Math.exp(-Math.exp(state.logStepSize)), 0.7);
      expect(finalDualAveraging(state)).toBeCloseTo(-Math.log(0.7), 2);
    }
  });

  it('leaves the step size where there was no update', () => {
    expect(finalDualAveraging(initDualAveraging(0.03))).toBeCloseTo(0.03, 12);
  });
});
