// Activation functions against SciPy, their derivatives against finite differences, and the ends of the number line.
import { describe, expect, test } from 'vitest';
import { ACTIVATION_FUNCTIONS } from '../../src/network/activation.js';
import { ACTIVATIONS } from '../../src/network/network.js';
import { normalCumulative, normalDensity } from '../../src/network/normal.js';
import { runPython } from '../support/python.js';

const POINTS = [-50, -38.5, -20, -8, -5, -4.0001, -3.9999, -2, -1, -0.5, -1e-3, 0, 1e-8, 0.1, 0.7, 1, 2.5, 3.9999, 4, 4.5, 7, 20, 35];

const expected = JSON.parse(
  runPython(
    `
import json, sys, numpy as np
from scipy.special import ndtr, expit, log1p
z = np.array(json.load(sys.stdin))
print(json.dumps({"cdf": ndtr(z).tolist(), "pdf": (np.exp(-z*z/2)/np.sqrt(2*np.pi)).tolist(), "identity": z.tolist(), "relu": np.maximum(z, 0).tolist(),
  "tanh": np.tanh(z).tolist(), "sigmoid": expit(z).tolist(), "silu": (z*expit(z)).tolist(), "gelu": (z*ndtr(z)).tolist(), "softplus": np.logaddexp(0, z).tolist()}))`,
    JSON.stringify(POINTS),
  ),
) as Record<string, number[]>;

test('the normal distribution, into its tails', () => {
  expect(POINTS.map(normalCumulative)).toBeAllclose(expected.cdf!, { rtol: 1e-9, atol: 1e-300 });
  expect(POINTS.map(normalCumulative)).toBeAllclose(expected.cdf!, { rtol: 0, atol: 1e-15 });
  expect(POINTS.map(normalDensity)).toBeAllclose(expected.pdf!, { rtol: 1e-13, atol: 1e-300 });
  expect([-Infinity, Infinity, NaN].map(normalCumulative)).toEqual([0, 1, NaN]);
});

describe.each(ACTIVATIONS)('%s', (name) => {
  const { value, derivative } = ACTIVATION_FUNCTIONS[name];

  test('values', () => {
    expect(POINTS.map(value)).toBeAllclose(expected[name]!, { rtol: 1e-9, atol: 1e-15 });
  });

  test('derivatives', () => {
    const h = 1e-5;
    for (const z of POINTS) {
      // The kink of ReLU has no derivative; PyTorch takes 0, and so do we.
      if (name === 'relu' && Math.abs(z) < h) continue;
      expect(derivative(z, value(z))).toBeCloseTo((value(z + h) - value(z - h)) / (2 * h), 8);
    }
    if (name === 'relu') expect(derivative(0, 0)).toBe(0);
  });

  test('far out they stay finite, and NaN stays NaN', () => {
    for (const z of [-1e30, -800, 800, 1e30]) {
      expect(Number.isFinite(value(z)), `value at ${z}`).toBe(true);
      expect(Number.isFinite(derivative(z, value(z))), `derivative at ${z}`).toBe(true);
    }
    expect(value(NaN)).toBeNaN();
  });
});
