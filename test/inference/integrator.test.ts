// Leapfrog on the harmonic oscillator, in free fall and on a curved target: order, reversibility, volume, giving up.
import { describe, expect, it } from 'vitest';
import { leapfrog } from '../../src/inference/integrator.js';
import { metricOf, kineticEnergy } from '../../src/inference/metric.js';
import type { Potential } from '../../src/posterior/posterior.js';
import { golden } from './golden.js';
import { diagonalGaussian, gumbel, potentialOf } from './targets.js';

interface Phase {
  readonly q: Float32Array;
  readonly p: Float32Array;
  readonly energy: number;
  readonly stepsTaken: number;
}

function integrate(potential: Potential, q0: readonly number[], p0: readonly number[], inverse: readonly number[], eps: number, steps: number): Phase {
  const q = Float32Array.from(q0);
  const p = Float32Array.from(p0);
  const gradient = new Float32Array(q.length);
  potential.valueAndGradient(q, gradient);
  const end = leapfrog(potential, q, p, gradient, Float32Array.from(inverse), eps, steps, 1e6);
  const recomputed = new Float32Array(q.length);
  expect(potential.valueAndGradient(q, recomputed)).toBe(end.energy);
  expect(gradient).toEqual(recomputed);
  return { q, p, ...end };
}

describe('leapfrog', () => {
  it('follows the harmonic oscillator', () => {
    const oscillator = diagonalGaussian([0], [1]);
    const { q, p } = integrate(oscillator, [0], [1], [1], 0.001, 1000);
    expect([q[0]!, p[0]!]).toBeAllclose([Math.sin(1), Math.cos(1)], { atol: 3e-6 });
  });

  it('follows an oscillator whose mass and width cancel: ω² = M⁻¹ / σ²', () => {
    const { q } = integrate(diagonalGaussian([2], [3]), [5], [0], [9], 0.001, 1000);
    expect(q[0]!).toBeCloseTo(2 + 3 * Math.cos(1), 4);
  });

  it('ends where NumPyro’s velocity Verlet ends', () => {
    const { position, momentum, inverseMassMatrix, stepSize, steps, endPosition, endMomentum, endEnergy } = golden.leapfrog;
    const { q, p, energy } = integrate(gumbel(3), position, momentum, inverseMassMatrix, stepSize, steps);
    expect(q).toBeAllclose(endPosition, { atol: 5e-6 });
    expect(p).toBeAllclose(endMomentum, { atol: 5e-6 });
    expect(energy).toBeCloseTo(endEnergy, 5);
  });

  it('is exact in free fall, whatever the step size', () => {
    const fall = potentialOf(1, (q, g) => {
      g[0] = 2;
      return 2 * q[0]!;
    });
    for (const [eps, steps] of [[0.5, 4], [0.25, 8], [2, 1]] as const) {
      const { q, p } = integrate(fall, [3], [1], [0.5], eps, steps);
      // q = q₀ + M⁻¹p₀t - ½M⁻¹gt² and p = p₀ - gt at t = 2; every number here is a dyadic fraction.
      expect([q[0], p[0]]).toEqual([2, -3]);
    }
  });

  it('is reversible up to float32: forward, momentum flipped, forward again', () => {
    for (const target of [gumbel(5), diagonalGaussian([0, 1, 2, 3, 4], [1, 2, 0.5, 1, 3])]) {
      const q0 = [0.3, -0.7, 1.1, 0.2, 2.5];
      const p0 = [1.2, -0.4, 0.7, -1.5, 0.1];
      const inverse = [1, 0.5, 2, 1.5, 0.25];
      const there = integrate(target, q0, p0, inverse, 0.1, 30);
      const back = integrate(target, [...there.q], [...there.p].map((v) => -v), inverse, 0.1, 30);
      expect(back.q).toBeAllclose(q0, { atol: 1e-5 });
      expect(back.p).toBeAllclose(p0.map((v) => -v), { atol: 1e-5 });
    }
  });

  it('is reversible by a negative step size', () => {
    const there = integrate(gumbel(2), [0.3, -0.7], [1.2, -0.4], [1, 2], 0.1, 30);
    const back = integrate(gumbel(2), [...there.q], [...there.p], [1, 2], -0.1, 30);
    expect(back.q).toBeAllclose([0.3, -0.7], { atol: 1e-5 });
    expect(back.p).toBeAllclose([1.2, -0.4], { atol: 1e-5 });
  });

  it('has an energy error of second order', () => {
    const target = gumbel(3);
    const q0 = [0.5, -0.4, 1];
    const p0 = [1, -0.5, 0.8];
    const metric = metricOf(Float32Array.of(1, 2, 0.5), 3);
    const start = target.valueAndGradient(Float32Array.from(q0), new Float32Array(3)) + kineticEnergy(metric, Float32Array.from(p0));
    const errorAt = (eps: number): number => {
      const { p, energy } = integrate(target, q0, p0, [1, 2, 0.5], eps, Math.round(2 / eps));
      return Math.abs(energy + kineticEnergy(metric, p) - start);
    };
    const errors = [0.2, 0.1, 0.05].map(errorAt);
    // Halving the step quarters the error.
    for (let i = 1; i < errors.length; i++) {
      const order = Math.log2(errors[i - 1]! / errors[i]!);
      expect(order).toBeGreaterThan(1.8);
      expect(order).toBeLessThan(2.2);
    }
  });

  it('keeps the energy bounded over a long time (symplectic), where Euler would not', () => {
    const target = diagonalGaussian([0], [1]);
    const { p, energy } = integrate(target, [1], [0], [1], 0.5, 10_000);
    expect(Math.abs(energy + 0.5 * p[0]! ** 2 - 0.5)).toBeLessThan(0.05);
  });

  it('gives up where the energy passes the limit or is not finite', () => {
    const oscillator = diagonalGaussian([0], [1]);
    const run = (potential: Potential, limit: number): { energy: number; stepsTaken: number } =>
      leapfrog(potential, Float32Array.of(0), Float32Array.of(1), Float32Array.of(0), Float32Array.of(1), 0.5, 50, limit);
    const end = run(oscillator, 0.3);
    expect(end.energy).toBeGreaterThan(0.3);
    expect(end.stepsTaken).toBe(2);
    for (const energy of [NaN, Infinity, -Infinity]) {
      let calls = 0;
      const broken = potentialOf(1, (_, g) => {
        g[0] = 0;
        return ++calls === 3 ? energy : 0;
      });
      expect(run(broken, 1e9)).toEqual({ energy, stepsTaken: 3 });
    }
  });

  it("uses the potential's own trajectory where it has one", () => {
    const oscillator = diagonalGaussian([0], [1]);
    const own: Potential = {
      dimension: 1,
      valueAndGradient: () => {
        throw new Error('not asked');
      },
      trajectory: (q, p, g, inverse, eps, steps, limit) => leapfrog(oscillator, q, p, g, inverse, eps, steps, limit),
    };
    const q = Float32Array.of(0);
    leapfrog(own, q, Float32Array.of(1), Float32Array.of(0), Float32Array.of(1), 0.01, 100, 1e6);
    expect(q[0]!).toBeCloseTo(Math.sin(1), 4);
  });
});
