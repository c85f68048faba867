// SGLD and SGHMC against closed forms: their stationary covariance at a given step size, with and without mini-batches.
import { describe, expect, it } from 'vitest';
import { startChain } from '../../src/inference/run.js';
import type { SghmcSettings, SgldSettings } from '../../src/inference/settings.js';
import type { StochasticPotential } from '../../src/inference/potential.js';
import type { Prior } from '../../src/inference/start.js';
import { createBatches, fillNormal } from '../../src/random/index.js';
import { standardErrorsFrom } from './effectiveSampleSize.js';
import { closedForm, inverseOf, model, PARAMETERS } from './linearRegression.js';
import { diagonalGaussian, gaussianRows, isotropicPrior, sghmcSettings, sgldSettings } from './targets.js';

function drawsOf(potential: StochasticPotential, prior: Prior, inference: SgldSettings | SghmcSettings, seed = 1): Float32Array[] {
  const chain = startChain({ seed, chain: 2, inference, checkpointEvery: 1000 }, potential, prior);
  const draws: Float32Array[] = [];
  for (let record = chain.next(); record !== null; record = chain.next()) if (record.phase === 'sampling') draws.push(record.position);
  return draws;
}

const square = (a: readonly number[], n: number): number[] =>
  a.map((_, at) => Array.from({ length: n }, (__, k) => a[Math.floor(at / n) * n + k]! * a[k * n + (at % n)]!).reduce((sum, v) => sum + v, 0));

/** Of a positive definite matrix, by its powers. */
function largestEigenvalue(a: readonly number[], n: number): number {
  let v = Array.from({ length: n }, (_, i) => 1 + i);
  let norm = 0;
  for (let step = 0; step < 200; step++) {
    v = v.map((_, i) => v.reduce((sum, x, j) => sum + a[i * n + j]! * x, 0));
    norm = Math.hypot(...v);
    v = v.map((x) => x / norm);
  }
  return norm;
}

describe('on linear regression with the full batch', () => {
  // Λ - εΛ²/4 and Λ - h²Λ²/(4 - 2α) are the inverse covariances; steps so long that the correction is up to a third.
  const largest = largestEigenvalue(closedForm(model().data).precision, PARAMETERS);
  const epsilon = 1.2 / largest;
  const h = 0.9 / Math.sqrt(largest);
  const friction = 0.3;
  it.each<[string, SgldSettings | SghmcSettings, number, number]>([
    ['SGLD', sgldSettings({ stepSize: epsilon, warmup: 500, draws: 8000, thin: 8 }), 1, epsilon / 4],
    ['SGLD, temperature 0.5', sgldSettings({ stepSize: epsilon / 2, warmup: 500, draws: 8000, thin: 8 }), 0.5, epsilon / 8],
    ['SGHMC', sghmcSettings({ stepSize: h, friction, warmup: 500, draws: 8000, thin: 8 }), 1, h ** 2 / (4 - 2 * friction)],
    ['SGHMC, all friction', sghmcSettings({ stepSize: h, friction: 1, warmup: 500, draws: 8000, thin: 8 }), 1, h ** 2 / 2],
  ])('%s has the covariance of its step size', (_, inference, temperature, bias) => {
    const { posterior, potential, data } = model(temperature);
    const draws = drawsOf(potential, posterior, inference);
    const { mean, precision } = closedForm(data, temperature);
    const n = PARAMETERS;
    const squared = square(precision, n);
    const covariance = inverseOf(precision.map((v, i) => v - bias * squared[i]!), n);
    // What an exact sampler would have is told apart: the correction is no small one.
    const exact = inverseOf(precision, n);
    let worstOfExact = 0;
    for (let i = 0; i < n; i++) {
      expect(Math.abs(standardErrorsFrom(draws.map((d) => d[i]!), mean[i]!, 300))).toBeLessThan(4.5);
      for (let j = 0; j <= i; j++) {
        const products = draws.map((d) => (d[i]! - mean[i]!) * (d[j]! - mean[j]!));
        expect(Math.abs(standardErrorsFrom(products, covariance[i * n + j]!, 300))).toBeLessThan(4.5);
        worstOfExact = Math.max(worstOfExact, Math.abs(standardErrorsFrom(products, exact[i * n + j]!, 300)));
      }
    }
    expect(worstOfExact).toBeGreaterThan(6);
  });
});

describe('on the mean of a Gaussian with mini-batches', () => {
  const noise = 0.8;
  const prior = 1.5;
  const values = new Float32Array(23 * 2);
  fillNormal({ seed: 9, chain: 0, iteration: 0 }, 'test', values);
  const rows = Array.from({ length: 23 }, (_, r) => [1 + values[2 * r]!, -2 + values[2 * r + 1]!]);
  const precision = rows.length / noise ** 2 + 1 / prior ** 2;
  const size = 5;

  /** N/B Σ y/noise² over the rows of step t (from 0): what pulls q in that step. */
  const batches = createBatches({ seed: 1, chain: 2 }, rows.length, size);
  const pull = (t: number, i: number): number => {
    const batch = batches.at(t);
    return ((rows.length / batch.length) * batch.reduce((sum, row) => sum + rows[row]![i]!, 0)) / noise ** 2;
  };

  it.each<[string, SgldSettings | SghmcSettings, (momentum: number, q: number, b: number) => [number, number], number]>([
    // Given the batches, q is a linear recursion m driven by their means, plus a stationary process of known variance.
    ['SGLD', sgldSettings({ stepSize: 1 / precision, draws: 20_000, batchSize: size }), (_, q, b) => [0, q - (0.5 / precision) * (precision * q - b)], 1 / (precision * (1 - 1 / 4))],
    [
      'SGHMC',
      sghmcSettings({ stepSize: precision ** -0.5, friction: 0.4, draws: 20_000, batchSize: size }),
      (p, q, b) => {
        const momentum = 0.6 * p - precision ** -0.5 * (precision * q - b);
        return [momentum, q + precision ** -0.5 * momentum];
      },
      1 / (precision * (1 - 1 / 3.2)),
    ],
  ])('%s follows its batches, and has the variance of its step size about them', (_, inference, recursion, variance) => {
    const draws = drawsOf(gaussianRows(rows, noise, prior), isotropicPrior(2), inference);
    for (let i = 0; i < 2; i++) {
      let state: [number, number] = [0, 0];
      const residuals: number[] = [];
      for (let t = 0; t < inference.warmup + draws.length; t++) {
        state = recursion(...state, pull(t, i));
        if (t >= inference.warmup) residuals.push(draws[t - inference.warmup]![i]! - state[1]);
      }
      expect(Math.abs(standardErrorsFrom(residuals, 0, 2000))).toBeLessThan(4);
      expect(Math.abs(standardErrorsFrom(residuals.map((r) => r * r), variance, 2000))).toBeLessThan(4);
      // Other batches would not do: their means alone move q more than this.
      expect(Math.max(...residuals.map(Math.abs))).toBeLessThan(6 * Math.sqrt(variance));
    }
  });

  it('a cycle ends where it sampled and begins with descent: without noise, two chains of one start move alike', () => {
    const schedule = { kind: 'cyclical', cycles: 1, exploration: 0.9 } as const;
    const cycle = { warmup: 0, draws: 2, thin: 5, schedule };
    for (const inference of [sgldSettings({ ...cycle, stepSize: 1 / precision }), sghmcSettings({ ...cycle, stepSize: precision ** -0.5 })]) {
      const seen = [1, 2].map((seed) => {
        const energies: number[] = [];
        const chain = startChain({ seed, chain: 0, inference: { ...inference, start: { from: 'prior', scale: 1e-30 } }, checkpointEvery: 10 }, gaussianRows(rows, noise, prior), isotropicPrior(2), {
          onTransition: (_phase, _iteration, { potentialEnergy }) => energies.push(potentialEnergy),
        });
        while (chain.next() !== null);
        return energies;
      });
      expect(seen[0]).toHaveLength(100);
      // The first momentum of SGHMC is random; friction has forgotten it before the exploration ends.
      const alike = seen[0]!.map((energy, t) => Math.abs(energy - seen[1]![t]!) < 1e-5);
      expect(alike.slice(70, 91).every(Boolean)).toBe(true);
      expect(alike.slice(91).some(Boolean)).toBe(false);
    }
  });
});

describe('a chain that runs away', () => {
  it.each([sgldSettings({ stepSize: 1e6 }), sghmcSettings({ stepSize: 1e4 })])('fails with a remedy: $method', (inference) => {
    const potential = gaussianRows([[1], [2]], 0.1, 1);
    const chain = startChain({ seed: 1, chain: 0, inference, checkpointEvery: 10 }, potential, isotropicPrior(1));
    expect(() => {
      while (chain.next() !== null);
    }).toThrow(expect.objectContaining({ code: 'SAMPLER_FAILED', path: 'inference.stepSize' }) as Error);
  });

  it('needs mini-batches, and not larger ones than the data', () => {
    const plain = diagonalGaussian([0], [1]);
    expect(() => startChain({ seed: 1, chain: 0, inference: sgldSettings(), checkpointEvery: 10 }, plain, isotropicPrior(1))).toThrow(expect.objectContaining({ code: 'INTERNAL' }) as Error);
    expect(() => startChain({ seed: 1, chain: 0, inference: sgldSettings({ batchSize: 2 }), checkpointEvery: 10 }, gaussianRows([[1]], 1, 1), isotropicPrior(1))).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }) as Error,
    );
  });
});
