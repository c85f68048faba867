// The reference engine against central finite differences, closed forms, and its own float32 face.
import { describe, expect, test } from 'vitest';
import { referenceEngine, referencePotential64 } from '../../src/engine/reference.js';
import type { Dataset } from '../../src/engine/engine.js';
import { denseNetwork } from '../../src/network/dense.js';
import { ACTIVATIONS, type Activation } from '../../src/network/network.js';
import { buildPosterior, type PosteriorSettings } from '../../src/posterior/build.js';
import type { Posterior } from '../../src/posterior/posterior.js';

const LIKELIHOODS: Record<string, PosteriorSettings['likelihood']> = {
  categorical: { kind: 'categorical' },
  gaussian: { kind: 'gaussian', noise: 0.3 },
  'learned gaussian': { kind: 'gaussian', noise: { learned: true, logMean: -1, logStd: 0.5 } },
};

/** Deterministic values in [-1, 1) that no symmetry of the network can hide. */
function wave(length: number, phase: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * phase));
}

function posteriorOf(likelihood: PosteriorSettings['likelihood'], activation: Activation, widths: number[], temperature = 1): Posterior {
  const network = denseNetwork(3, widths.map((width) => ({ width, activation })), 4);
  const layers = { fc1: { weight: 0.7, bias: 2 } };
  return buildPosterior(network, { prior: { weight: 1.3, bias: 0.9, layers }, likelihood, temperature });
}

function dataFor(posterior: Posterior, rows: number): Dataset {
  const { inputs: features, outputs } = posterior.network;
  const targets =
    posterior.likelihood.kind === 'categorical'
      ? Int32Array.from({ length: rows }, (_, row) => (row * 7) % outputs)
      : Float32Array.from(wave(rows * outputs, 2));
  return { rows, features, inputs: Float32Array.from(wave(rows * features, 1)), targets };
}

describe.each(Object.entries(LIKELIHOODS))('%s', (_name, likelihood) => {
  test.each(ACTIVATIONS)('the gradient agrees with finite differences: %s', (activation) => {
    const posterior = posteriorOf(likelihood, activation, [5, 4], 0.5);
    const potential = referencePotential64(posterior, dataFor(posterior, 6));
    const position = wave(posterior.dimension, 3);
    const gradient = new Float64Array(posterior.dimension);
    potential.evaluate(position, gradient);
    const step = 1e-5;
    const numeric = position.map((value, i) => {
      const shifted = (by: number) => potential.evaluate(position.with(i, value + by), null).energy;
      return (shifted(step) - shifted(-step)) / (2 * step);
    });
    expect(gradient).toBeAllclose(numeric, { rtol: 1e-7, atol: 1e-7 });
  });
});

test('without hidden layers the network is linear', () => {
  const posterior = posteriorOf({ kind: 'gaussian', noise: 0.5 }, 'identity', []);
  const data = dataFor(posterior, 3);
  const position = wave(posterior.dimension, 3);
  const { parts } = referencePotential64(posterior, data).evaluate(position, null);
  let energy = 0;
  for (let row = 0; row < 3; row++) {
    for (let o = 0; o < 4; o++) {
      let mean = position[12 + o]!;
      for (let i = 0; i < 3; i++) mean += position[o * 3 + i]! * data.inputs[row * 3 + i]!;
      energy -= logNormal(data.targets[row * 4 + o]!, mean, 0.5);
    }
  }
  expect(parts.likelihood).toBeCloseTo(energy, 10);
});

test('energies hold every normalising constant', () => {
  const posterior = posteriorOf({ kind: 'gaussian', noise: { learned: true, logMean: -1, logStd: 0.5 } }, 'tanh', [2]);
  const data = { rows: 0, features: 3, inputs: new Float32Array(0), targets: new Float32Array(0) };
  const position = wave(posterior.dimension, 3);
  const { energy, parts } = referencePotential64(posterior, data).evaluate(position, null);
  // fc1.weight [2,3], fc1.bias, fc2.weight [4,2], fc2.bias, log noise.
  const stds = [...Array<number>(6).fill(0.7), 2, 2, ...Array<number>(8).fill(1.3), ...Array<number>(4).fill(0.9), 0.5];
  const expected = stds.reduce((sum, std, i) => sum - logNormal(position[i]!, i === 20 ? -1 : 0, std), 0);
  expect(parts.prior).toBeCloseTo(expected, 10);
  expect(parts.likelihood).toBe(0);
  expect(energy).toBe(parts.prior);
});

test('the energy is divided by the temperature, its parts are not', () => {
  const at = (temperature: number) => {
    const posterior = posteriorOf({ kind: 'categorical' }, 'relu', [3], temperature);
    return referencePotential64(posterior, dataFor(posterior, 5)).evaluate(wave(posterior.dimension, 3), null);
  };
  expect(at(0.25).energy).toBeCloseTo(4 * at(1).energy, 9);
  expect(at(0.25).parts).toEqual(at(1).parts);
});

test('large logits overflow nothing, NaN and infinite positions give no finite energy', () => {
  const posterior = posteriorOf({ kind: 'categorical' }, 'relu', [3]);
  const potential = referencePotential64(posterior, dataFor(posterior, 5));
  const position = wave(posterior.dimension, 3);
  expect(Number.isFinite(potential.evaluate(position.map((x) => 1e4 * x), null).parts.likelihood)).toBe(true);
  expect(Number.isFinite(potential.evaluate(position.with(0, NaN), null).energy)).toBe(false);
  expect(Number.isFinite(potential.evaluate(position.with(0, Infinity), null).energy)).toBe(false);
});

describe('the contract', () => {
  const posterior = posteriorOf({ kind: 'categorical' }, 'silu', [5]);
  const data = dataFor(posterior, 7);
  const position = Float32Array.from(wave(posterior.dimension, 3));

  test('is the float64 potential, rounded once', () => {
    const potential = referenceEngine().potential(posterior, data, { threads: 1 });
    const gradient = new Float32Array(posterior.dimension);
    const gradient64 = new Float64Array(posterior.dimension);
    const expected = referencePotential64(posterior, data).evaluate(Float64Array.from(position), gradient64);
    expect(potential.valueAndGradient(position, gradient)).toBe(expected.energy);
    expect(gradient).toEqual(Float32Array.from(gradient64));
    expect(potential.parts()).toEqual(expected.parts);
  });

  test('predicts the logits behind the likelihood', () => {
    const potential = referenceEngine().potential(posterior, data, { threads: 1 });
    const logits = new Float32Array(7 * 4);
    potential.predict(position, data.inputs, 7, logits);
    let nll = 0;
    for (let row = 0; row < 7; row++) {
      const of = Array.from(logits.subarray(4 * row, 4 * row + 4));
      nll += Math.log(of.reduce((sum, logit) => sum + Math.exp(logit), 0)) - of[data.targets[row]!]!;
    }
    potential.valueAndGradient(position, new Float32Array(posterior.dimension));
    expect(potential.parts().likelihood).toBeCloseTo(nll, 4);
  });

  test('refuses data and positions that do not fit, and work after dispose', () => {
    const engine = referenceEngine();
    const bad = (change: Partial<Dataset>) => () => engine.potential(posterior, { ...data, ...change }, { threads: 1 });
    expect(bad({ features: 2 })).toThrow('2 features');
    expect(bad({ rows: 8 })).toThrow('8 rows need 24 inputs');
    expect(bad({ targets: new Float32Array(7) })).toThrow('class labels');
    expect(bad({ targets: Int32Array.of(0, 1, 2, 3, 4, 0, 0) })).toThrow('row 4 has label 4, outside 0 … 3');
    const potential = engine.potential(posterior, data, { threads: 1 });
    expect(() => potential.valueAndGradient(new Float32Array(3), new Float32Array(3))).toThrow('3 values');
    potential.dispose();
    potential.dispose();
    expect(() => potential.valueAndGradient(position, new Float32Array(posterior.dimension))).toThrow('disposed');
  });
});

function logNormal(x: number, mean: number, std: number): number {
  return -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
}
