// Targets with known moments, written out in TypeScript, and the settings that tests vary.
import type { SamplerPotential, StochasticPotential } from '../../src/inference/potential.js';
import type { HmcSettings, MapSettings, SghmcSettings, SgldSettings, VariationalSettings } from '../../src/inference/settings.js';
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

/**
 * Rows y ~ Normal(q, noise²) in each coordinate, with a Normal(0, prior²) prior: a posterior of precision N/noise² + 1/prior² and
 * mean Σy/noise² over that. Mini-batches as the engines have them. Counts its evaluations.
 */
export function gaussianRows(rows: readonly (readonly number[])[], noise: number, prior: number): StochasticPotential & { readonly evaluations: number } {
  const dimension = rows[0]!.length;
  const all = Int32Array.from(rows, (_, row) => row);
  let evaluations = 0;
  let parts = { prior: NaN, likelihood: NaN };
  function evaluate(q: Float32Array, batch: Int32Array, gradient: Float32Array): number {
    evaluations++;
    parts = { prior: 0, likelihood: 0 };
    for (let i = 0; i < dimension; i++) {
      let pull = 0;
      for (const row of batch) {
        const residual = (q[i]! - rows[row]![i]!) / noise;
        parts.likelihood += ((rows.length / batch.length) * residual * residual) / 2;
        pull += residual / noise;
      }
      parts.prior += (q[i]! / prior) ** 2 / 2;
      gradient[i] = q[i]! / prior ** 2 + (rows.length / batch.length) * pull;
    }
    return parts.prior + parts.likelihood;
  }
  return {
    dimension,
    rows: rows.length,
    valueAndGradient: (q, gradient) => evaluate(q, all, gradient),
    batchValueAndGradient: evaluate,
    parts: () => parts,
    get evaluations() {
      return evaluations;
    },
  };
}

/** One tensor with a Normal(0, std²) prior on every element. */
export function isotropicPrior(dimension: number, std = 1): Prior {
  return {
    dimension,
    temperature: 1,
    tensors: [{ name: 'q', shape: [dimension], offset: 0, size: dimension }],
    priors: [{ mean: 0, std }],
  };
}

export function settings(overrides: Partial<HmcSettings> = {}): HmcSettings {
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

export function mapSettings(overrides: Partial<MapSettings> = {}): MapSettings {
  return { method: 'map', epochs: 20, batchSize: 'full', optimizer: 'adam', learningRate: 0.05, start: { from: 'prior', scale: 1 }, ...overrides };
}

const STOCHASTIC = { warmup: 100, draws: 200, thin: 1, batchSize: 'full', schedule: { kind: 'constant' }, start: { from: 'prior', scale: 1 } } as const;

export function sgldSettings(overrides: Partial<SgldSettings> = {}): SgldSettings {
  return { ...STOCHASTIC, method: 'sgld', stepSize: 0.01, ...overrides };
}

export function sghmcSettings(overrides: Partial<SghmcSettings> = {}): SghmcSettings {
  return { ...STOCHASTIC, method: 'sghmc', stepSize: 0.1, friction: 0.2, ...overrides };
}

export function variationalSettings(overrides: Partial<VariationalSettings> = {}): VariationalSettings {
  return { method: 'vi', epochs: 20, batchSize: 'full', learningRate: 0.02, initialStd: 0.05, draws: 10, start: { from: 'prior', scale: 1 }, ...overrides };
}
