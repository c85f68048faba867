// Whole chains on targets with known moments: mean and variance within k standard errors, after an ESS gate.
import { describe, expect, it } from 'vitest';
import { fillNormal } from '../../src/random/index.js';
import { startChain } from '../../src/inference/run.js';
import type { SamplerPotential } from '../../src/inference/potential.js';
import type { HmcSettings } from '../../src/inference/settings.js';
import { runPython } from '../support/python.js';
import { effectiveSampleSize, standardErrorsFrom } from './effectiveSampleSize.js';
import { correlatedGaussian, diagonalGaussian, gumbel, isotropicPrior, settings } from './targets.js';

/** Draws as series: result[i] is coordinate i over the draws. */
function sample(potential: SamplerPotential, overrides: Partial<HmcSettings>, seed = 1): Float64Array[] {
  const inference = settings(overrides);
  const chain = startChain({ seed, chain: 0, inference, checkpointEvery: 1000 }, potential, isotropicPrior(potential.dimension));
  const series = Array.from({ length: potential.dimension }, () => new Float64Array(inference.draws));
  let draw = 0;
  for (let record = chain.next(); record !== null; record = chain.next()) {
    if (record.phase === 'warmup') continue;
    for (let i = 0; i < series.length; i++) series[i]![draw] = record.position[i]!;
    draw++;
  }
  expect(draw).toBe(inference.draws);
  return series;
}

/** Largest number of standard errors over all coordinates, of the mean and of the second central moment. */
function worst(series: readonly Float64Array[], mean: readonly number[], variance: readonly number[], minimumEss: number): number {
  let largest = 0;
  series.forEach((values, i) => {
    const squares = values.map((x) => (x - mean[i]!) ** 2);
    largest = Math.max(
      largest,
      Math.abs(standardErrorsFrom(values, mean[i]!, minimumEss)),
      Math.abs(standardErrorsFrom(squares, variance[i]!, minimumEss)),
    );
  });
  return largest;
}

describe('effectiveSampleSize', () => {
  it('is n (1 - ρ)/(1 + ρ) for an autoregression, as ArviZ finds', () => {
    const n = 20_000;
    const noise = new Float32Array(n);
    fillNormal({ seed: 1, chain: 0, iteration: 0 }, 'test', noise);
    const series = new Float64Array(n);
    for (let i = 1; i < n; i++) series[i] = 0.6 * series[i - 1]! + noise[i]!;
    const ess = effectiveSampleSize(series);
    expect(ess / n).toBeCloseTo(0.25, 1);
    const script = `
import sys, numpy, arviz
x = numpy.frombuffer(sys.stdin.buffer.read(), dtype='<f8')
print(float(arviz.ess(x[None, :], method='mean')))`;
    expect(ess / Number(runPython(script, new Uint8Array(series.buffer)))).toBeCloseTo(1, 1);
  });
});

describe('HMC has the moments of', () => {
  it.each([1, 2, 10, 100, 1000])('independent normals in %i dimensions', (dimension) => {
    const mean = Array.from({ length: dimension }, (_, i) => Math.sin(i) * 2);
    const std = Array.from({ length: dimension }, (_, i) => 1 + 0.3 * Math.cos(3 * i));
    const series = sample(diagonalGaussian(mean, std), { draws: 3000, trajectoryLength: 1.4, leapfrogSteps: undefined, jitter: 0.3 });
    // The largest of 2000 standard normals stays below 5 with probability 0.999.
    expect(worst(series, mean, std.map((s) => s * s), 300)).toBeLessThan(5);
  });

  it('two normals with correlation 0.95', () => {
    const precision = [1, -0.95, -0.95, 1].map((v) => v / (1 - 0.95 ** 2));
    const [x, y] = sample(correlatedGaussian([1, -2], precision), { draws: 4000, trajectoryLength: 2, leapfrogSteps: undefined, jitter: 0.2 });
    expect(worst([x!, y!], [1, -2], [1, 1], 500)).toBeLessThan(4);
    const product = x!.map((v, i) => (v - 1) * (y![i]! + 2));
    expect(Math.abs(standardErrorsFrom(product, 0.95, 500))).toBeLessThan(4);
  });

  it.each(['identity', 'diagonal'] as const)('a chain of 100 correlated normals, %s mass matrix', (massMatrix) => {
    // Stationary autoregression with ρ = 0.7: tridiagonal precision, unit variances, scaled by 1 … 4.
    const n = 100;
    const rho = 0.7;
    const scale = Array.from({ length: n }, (_, i) => 1 + (3 * i) / (n - 1));
    const precision = new Array<number>(n * n).fill(0);
    for (let i = 0; i < n; i++) {
      precision[i * n + i] = ((i === 0 || i === n - 1 ? 1 : 1 + rho ** 2) / (1 - rho ** 2)) / scale[i]! ** 2;
      if (i > 0) precision[i * n + i - 1] = precision[(i - 1) * n + i] = -rho / (1 - rho ** 2) / (scale[i]! * scale[i - 1]!);
    }
    const mean = new Array<number>(n).fill(0.5);
    const series = sample(correlatedGaussian(mean, precision), { massMatrix, warmup: 300, draws: 3000, leapfrogSteps: 12, jitter: 0.3 });
    expect(worst(series, mean, scale.map((s) => s * s), 300)).toBeLessThan(5);
    const product = series[3]!.map((v, i) => ((v - 0.5) * (series[4]![i]! - 0.5)) / (scale[3]! * scale[4]!));
    expect(Math.abs(standardErrorsFrom(product, rho, 300))).toBeLessThan(4);
  });

  it('a skewed target, whose third moment shows a wrong sign', () => {
    const series = sample(gumbel(3), { draws: 6000, leapfrogSteps: 6, jitter: 0.2 });
    const mean = 0.5772156649015329;
    const variance = Math.PI ** 2 / 6;
    expect(worst(series, [mean, mean, mean], [variance, variance, variance], 1000)).toBeLessThan(4);
    for (const values of series) {
      // Third central moment 2ζ(3).
      const cubes = values.map((x) => (x - mean) ** 3);
      expect(Math.abs(standardErrorsFrom(cubes, 2 * 1.2020569031595942, 500))).toBeLessThan(4);
    }
  });

  it('a target that few steps and low acceptance must not bias', () => {
    const series = sample(gumbel(2), { draws: 20_000, warmup: 0, adaptStepSize: false, stepSize: 1.9, leapfrogSteps: 2 });
    const mean = 0.5772156649015329;
    expect(worst(series, [mean, mean], [Math.PI ** 2 / 6, Math.PI ** 2 / 6], 500)).toBeLessThan(4);
  });
});
