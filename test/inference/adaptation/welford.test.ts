// Window variances against NumPyro and against two passes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finalWelford, initWelford, resetWelford, updateWelford } from '../../../src/inference/adaptation/welford.js';
import { golden } from '../golden.js';

describe('the window', () => {
  it("gives NumPyro's regularised variances", () => {
    const { samples, inverseMassMatrix } = golden.welford;
    const state = initWelford(4);
    for (const sample of samples) updateWelford(state, Float32Array.from(sample));
    expect(finalWelford(state)!).toBeAllclose(inverseMassMatrix, { rtol: 1e-6 });
  });

  it('agrees with two passes, far from the origin too', () => {
    const value = fc.float({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), fc.constantFrom(0, 1e4), (values, shift) => {
        const samples = Float32Array.from(values, (v) => v + shift);
        const state = initWelford(1);
        for (const x of samples) updateWelford(state, Float32Array.of(x));
        const mean = samples.reduce((a, b) => a + b, 0) / samples.length;
        const squares = samples.reduce((a, b) => a + (b - mean) ** 2, 0);
        expect([state.mean[0]!, state.sumSquares[0]!]).toBeAllclose([mean, squares], { rtol: 1e-9, atol: 1e-7 });
      }),
    );
  });

  it('gives nothing below two positions, and forgets on reset', () => {
    const state = initWelford(2);
    expect(finalWelford(state)).toBeNull();
    updateWelford(state, Float32Array.of(1, 2));
    expect(finalWelford(state)).toBeNull();
    updateWelford(state, Float32Array.of(3, 2));
    // n/(n+5) · s² + 10⁻³ · 5/(n+5)
    expect(finalWelford(state)!).toBeAllclose([(2 / 7) * 2 + (1e-3 * 5) / 7, (1e-3 * 5) / 7], { rtol: 1e-6 });
    resetWelford(state);
    expect(state).toEqual(initWelford(2));
  });
});
