// Bayesian linear regression with its closed-form posterior, for methods to be held against.
import type { Dataset, EnginePotential } from '../../src/engine/engine.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { denseNetwork } from '../../src/network/dense.js';
import { buildPosterior } from '../../src/posterior/build.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { fillNormal } from '../../src/random/index.js';

const ROWS = 40;
const FEATURES = 4;
const NOISE = 0.5;
const WEIGHT_STD = 2;
const BIAS_STD = 3;

/** Weights and bias. */
export const PARAMETERS = FEATURES + 1;

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
export function inverseOf(matrix: readonly number[], n: number): number[] {
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

/** Mean, covariance (XᵀX/σ² + S⁻¹)⁻¹ times the temperature, and its inverse, of (weights, bias). */
export function closedForm(data: Dataset, temperature = 1): { mean: number[]; covariance: number[]; precision: number[] } {
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
  return { mean, covariance: covariance.map((v) => v * temperature), precision: precision.map((v) => v / temperature) };
}

export function model(temperature = 1): { posterior: Posterior; potential: EnginePotential; data: Dataset } {
  const posterior = buildPosterior(denseNetwork(FEATURES, [], 1), {
    prior: { weight: WEIGHT_STD, bias: BIAS_STD, layers: {} },
    likelihood: { kind: 'gaussian', noise: NOISE },
    temperature,
  });
  const data = dataset();
  return { posterior, data, potential: referenceEngine().potential(posterior, data, { threads: 1 }) };
}
