// Activation functions and their derivatives in float64, as PyTorch defines them.
import { normalCumulative, normalDensity } from './normal.js';
import type { Activation } from './network.js';

/** A function of one pre-activation z, and its derivative there, which is also given the value. */
export interface ActivationFunction {
  readonly value: (z: number) => number;
  readonly derivative: (z: number, value: number) => number;
}

const sigmoid = (z: number): number => {
  // exp of a positive number may overflow; of a negative one it cannot.
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
};

/**
 * ReLU's derivative at 0 is 0; GELU is x·Φ(x) with the exact Φ; softplus has beta = 1 and no linear cut, which
 * PyTorch makes at 20, where the two differ by 2e-9.
 */
export const ACTIVATION_FUNCTIONS: Readonly<Record<Activation, ActivationFunction>> = {
  identity: { value: (z) => z, derivative: () => 1 },
  relu: { value: (z) => (z > 0 ? z : Number.isNaN(z) ? z : 0), derivative: (z) => (z > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, derivative: (_z, a) => 1 - a * a },
  sigmoid: { value: sigmoid, derivative: (_z, a) => a * (1 - a) },
  silu: { value: (z) => z * sigmoid(z), derivative: (z) => sigmoid(z) * (1 + z * sigmoid(-z)) },
  gelu: {
    value: (z) => z * normalCumulative(z),
    derivative: (z) => normalCumulative(z) + z * normalDensity(z),
  },
  softplus: { value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), derivative: sigmoid },
};
