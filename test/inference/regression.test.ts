// Bayesian linear regression through the reference engine: HMC against the closed-form posterior.
import { describe, expect, it } from 'vitest';
import type { Dataset, EnginePotential } from '../../src/engine/engine.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { startChain } from '../../src/inference/run.js';
import type { InferenceSettings } from '../../src/inference/settings.js';
import { denseNetwork } from '../../src/network/dense.js';
import { buildPosterior } from '../../src/posterior/build.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { fillNormal } from '../../src/random/index.js';
import { standardErrorsFrom } from './effectiveSampleSize.js';
import { settings } from './targets.js';

const ROWS = 40;
const FEATURES = 4;
const NOISE = 0.5;
const WEIGHT_STD = 2;
const BIAS_STD = 3;

/** Correlated inputs of unequal scale, targets from known weights. */
function dataset(): Dataset {
  const z = new Float32Array(ROWS * (FEATURES + 1));
  fillNormal({ seed: 4, chain: 0, iteration: 0 }, 'test', z);
  const inputs = new Float32Array(ROWS * FEATURES);
  const targets = new Float32Array(ROWS);
  for (let r = 0; r < ROWS; r++) {
    const row = z.subarray(r * (FEATURES + 1));
    let target = -1 + NOISE * row[FEATURES]!;
    for (let f = 0; f < FEATURES; f++) {
      const x = (row[f]! + 0.6 * row[0]!) * (f === 2 ? 0.3 : 1);
      inputs[r * FEATURES + f] = x;
      target += (f - 1.5) * x;
    }
    targets[r] = target;
  }
  return { rows: ROWS, features: FEATURES, inputs, targets };
}

/** Inverse of a symmetric positive definite matrix (row-major), by Gauss and Jordan. */
function inverseOf(matrix: readonly number[], n: number): number[] {
  const a = [...matrix];
  const inverse = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let pivot = 0; pivot < n; pivot++) {
    const scale = a[pivot * n + pivot]!;
    for (let j = 0; j < n; j++) {
      a[pivot * n + j]! /= scale;
      inverse[pivot * n + j]! /= scale;
    }
    for (let i = 0; i < n; i++) {
      if (i === pivot) continue;
      const factor = a[i * n + pivot]!;
      for (let j = 0; j < n; j++) {
        a[i * n + j]! -= factor * a[pivot * n + j]!;
        inverse[i * n + j]! -= factor * inverse[pivot * n + j]!;
      }
    }
  }
  return inverse;
}

/** Mean and covariance of (weights, bias): (XᵀX/σ² + S⁻¹)⁻¹, times the temperature. */
function closedForm(data: Dataset, temperature: number): { mean: number[]; covariance: number[] } {
  const n = FEATURES + 1;
  const precision = new Array<number>(n * n).fill(0);
  const b = new Array<number>(n).fill(0);
  for (let r = 0; r < ROWS; r++) {
    const x = [...data.inputs.subarray(r * FEATURES, (r + 1) * FEATURES), 1];
    for (let i = 0; i < n; i++) {
      b[i]! += (x[i]! * data.targets[r]!) / NOISE ** 2;
      for (let j = 0; j < n; j++) precision[i * n + j]! += (x[i]! * x[j]!) / NOISE ** 2;
    }
  }
  for (let i = 0; i < n; i++) precision[i * n + i]! += 1 / (i < FEATURES ? WEIGHT_STD : BIAS_STD) ** 2;
  const covariance = inverseOf(precision, n);
  const mean = b.map((_, i) => b.reduce((sum, v, j) => sum + covariance[i * n + j]! * v, 0));
  return { mean, covariance: covariance.map((v) => v * temperature) };
}

function model(temperature: number): { posterior: Posterior; potential: EnginePotential; data: Dataset } {
  const posterior = buildPosterior(denseNetwork(FEATURES, [], 1), {
    prior: { weight: WEIGHT_STD, bias: BIAS_STD, layers: {} },
    likelihood: { kind: 'gaussian', noise: NOISE },
    temperature,
  });
  const data = dataset();
  return { posterior, data, potential: referenceEngine().potential(posterior, data, { threads: 1 }) };
}

describe('Bayesian linear regression', () => {
  it.each<[string, number, Partial<InferenceSettings>]>([
    ['identity mass matrix', 1, { trajectoryLength: 0.3, leapfrogSteps: undefined, jitter: 0.3 }],
    ['diagonal mass matrix', 1, { massMatrix: 'diagonal', leapfrogSteps: 5, jitter: 0.3 }],
    ['MAP start', 1, { leapfrogSteps: 6, jitter: 0.3, start: { from: 'map', scale: 0.1, steps: 100, learningRate: 0.05 } }],
    ['temperature 0.5', 0.5, { leapfrogSteps: 6, jitter: 0.3 }],
  ])('has the closed-form posterior: %s', (_, temperature, overrides) => {
    const { posterior, potential, data } = model(temperature);
    const inference = settings({ warmup: 300, draws: 4000, ...overrides });
    const chain = startChain({ seed: 6, chain: 1, inference, checkpointEvery: 100 }, potential, posterior);
    const draws: Float32Array[] = [];
    for (let record = chain.next(); record !== null; record = chain.next()) {
      if (record.phase === 'sampling') draws.push(record.position);
      // The parts are those of this very position.
      const { priorEnergy, likelihoodEnergy, potentialEnergy } = record.info;
      expect((priorEnergy + likelihoodEnergy) / temperature).toBeCloseTo(potentialEnergy, 6);
    }
    const { mean, covariance } = closedForm(data, temperature);
    const n = FEATURES + 1;
    for (let i = 0; i < n; i++) {
      expect(Math.abs(standardErrorsFrom(draws.map((d) => d[i]!), mean[i]!, 400))).toBeLessThan(4.5);
      for (let j = 0; j <= i; j++) {
        const products = draws.map((d) => (d[i]! - mean[i]!) * (d[j]! - mean[j]!));
        expect(Math.abs(standardErrorsFrom(products, covariance[i * n + j]!, 400))).toBeLessThan(4.5);
      }
    }
  });
});
