// Targets with known moments, written out in TypeScript, and the settings that tests vary.
import type { SamplerPotential } from '../../src/inference/potential.js';
import type { InferenceSettings } from '../../src/inference/settings.js';
import type { Prior } from '../../src/inference/start.js';

/** A potential from a function that writes the gradient and returns U. Counts its evaluations. */
export function potentialOf(
  dimension: number,
  evaluate: (q: Float32Array, gradient: Float32Array) => number,
): SamplerPotential & { readonly evaluations: number } {
  let evaluations = 0;
  return {
    dimension,
    valueAndGradient(position, gradient) {
      evaluations++;
      return evaluate(position, gradient);
    },
    get evaluations() {
      return evaluations;
    },
  };
}

/** Independent Normal(mean_i, std_i²). */
export function diagonalGaussian(mean: readonly number[], std: readonly number[]): ReturnType<typeof potentialOf> {
  return potentialOf(mean.length, (q, gradient) => {
    let energy = 0;
    for (let i = 0; i < q.length; i++) {
      const z = (q[i]! - mean[i]!) / std[i]!;
      energy += 0.5 * z * z;
      gradient[i] = z / std[i]!;
    }
    return energy;
  });
}

/** Normal(mean, precision⁻¹), precision row-major [n, n]. */
export function correlatedGaussian(mean: readonly number[], precision: readonly number[]): ReturnType<typeof potentialOf> {
  const n = mean.length;
  return potentialOf(n, (q, gradient) => {
    let energy = 0;
    for (let i = 0; i < n; i++) {
      let g = 0;
      for (let j = 0; j < n; j++) g += precision[i * n + j]! * (q[j]! - mean[j]!);
      gradient[i] = g;
      energy += 0.5 * g * (q[i]! - mean[i]!);
    }
    return energy;
  });
}

/** Standard Gumbel in each coordinate: U = q + exp(-q). Mean 0.5772, variance π²/6, skewness 1.14: signs matter. */
export function gumbel(dimension: number): ReturnType<typeof potentialOf> {
  return potentialOf(dimension, (q, gradient) => {
    let energy = 0;
    for (let i = 0; i < q.length; i++) {
      const e = Math.exp(-q[i]!);
      energy += q[i]! + e;
      gradient[i] = 1 - e;
    }
    return energy;
  });
}

/** One tensor with a Normal(0, std²) prior on every element. */
export function isotropicPrior(dimension: number, std = 1): Prior {
  return {
    dimension,
    tensors: [{ name: 'q', shape: [dimension], offset: 0, size: dimension }],
    priors: [{ mean: 0, std }],
  };
}

export function settings(overrides: Partial<InferenceSettings> = {}): InferenceSettings {
  return {
    method: 'hmc',
    warmup: 200,
    draws: 500,
    thin: 1,
    leapfrogSteps: 8,
    maxLeapfrogSteps: 10_000,
    jitter: 0,
    stepSize: 0.1,
    adaptStepSize: true,
    targetAcceptance: 0.8,
    massMatrix: 'identity',
    divergenceThreshold: 1000,
    start: { from: 'prior', scale: 1 },
    ...overrides,
  };
}
