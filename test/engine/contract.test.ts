// The contract of every engine: reference, and native with each instruction set of this machine.
import { describe, expect, test } from 'vitest';
import { ACTIVATIONS } from '../../src/network/network.js';
import { referencePotential64 } from '../../src/engine/reference.js';
import { allEngines, dataOf, hashed, largest, LIKELIHOODS, positionOf, posteriorOf, type LikelihoodName, type Shape } from './support.js';
import golden from '../golden/gradients.json' with { type: 'json' };

// Float32 forward and backward passes: a few units in the last place of the largest element.
const GRADIENT = { rtol: 1e-5, share: 2e-6 };
const ENERGY = 1e-6;

const WIDTHS = [1, 2, 4, 15, 16, 17, 31, 32, 33, 100];
const ROWS = [1, 2, 7, 383, 384, 385, 1000];
const SHAPES: readonly Shape[] = [
  ...WIDTHS.map((width) => ({ inputs: 3, hidden: [width], outputs: 4, rows: 40 })),
  ...WIDTHS.map((width) => ({ inputs: width, hidden: [6], outputs: 2, rows: 40 })),
  ...WIDTHS.map((width) => ({ inputs: 5, hidden: [9], outputs: width, rows: 40 })),
  ...ROWS.map((rows) => ({ inputs: 5, hidden: [7], outputs: 3, rows })),
  { inputs: 5, hidden: [], outputs: 3, rows: 50 },
  { inputs: 33, hidden: [100, 65, 64], outputs: 33, rows: 130 },
  { inputs: 100, hidden: [70], outputs: 10, rows: 1000 },
  { inputs: 600, hidden: [48], outputs: 10, rows: 70 },
];

describe.each(allEngines().map((engine) => [engine.deviceClass, engine] as const))('%s', (_name, engine) => {
  describe.each(Object.keys(LIKELIHOODS) as LikelihoodName[])('%s', (likelihood) => {
    test.each(ACTIVATIONS)('the gradient agrees with finite differences: %s', (activation) => {
      const shape = { inputs: 4, hidden: [17, 6], outputs: 3, rows: 50 };
      const posterior = posteriorOf(shape, activation, likelihood, 0.5);
      const data = dataOf(posterior, shape.rows);
      const position = positionOf(posterior);
      const oracle = referencePotential64(posterior, data);
      const step = 1e-5;
      const numeric = Float64Array.from(position, (value, i) => {
        const shifted = (by: number) => oracle.evaluate(Float64Array.from(position).with(i, value + by), null).energy;
        return (shifted(step) - shifted(-step)) / (2 * step);
      });
      using scope = open(engine.potential(posterior, data, { threads: 1 }));
      const gradient = new Float32Array(posterior.dimension);
      scope.potential.valueAndGradient(position, gradient);
      expect(gradient).toBeAllclose(numeric, { rtol: GRADIENT.rtol, atol: GRADIENT.share * largest(numeric) });
    });

    test.each(ACTIVATIONS)('energy, gradient and outputs agree with PyTorch: %s', (activation) => {
      const wanted = golden.cases.find((c) => c.activation === activation && c.likelihood === likelihood)!;
      const posterior = posteriorOf(golden, activation, likelihood, golden.temperature);
      const data = dataOf(posterior, golden.rows);
      const position = hashed(posterior.dimension, 3);
      using scope = open(engine.potential(posterior, data, { threads: 1 }));
      const gradient = new Float32Array(posterior.dimension);
      const energy = scope.potential.valueAndGradient(position, gradient);
      const parts = scope.potential.parts();
      expect(parts.prior / wanted.prior).toBeCloseTo(1, 6);
      expect(parts.likelihood / wanted.data).toBeCloseTo(1, 6);
      expect((energy * golden.temperature) / (wanted.prior + wanted.data)).toBeCloseTo(1, 6);
      expect(gradient).toBeAllclose(wanted.gradient, { rtol: GRADIENT.rtol, atol: GRADIENT.share * largest(wanted.gradient) });
      const outputs = new Float32Array(2 * golden.outputs);
      scope.potential.predict(position, data.inputs, 2, outputs);
      expect(outputs).toBeAllclose(wanted.outputs, { rtol: 1e-5, atol: 1e-6 });
    });
  });

  test.each([
    ['tanh', 'categorical'],
    ['gelu', 'gaussian-learned'],
    ['relu', 'gaussian'],
  ] as const)('sizes that straddle vector widths: %s, %s', (activation, likelihood) => {
    for (const shape of SHAPES) {
      const posterior = posteriorOf(shape, activation, likelihood);
      const data = dataOf(posterior, shape.rows);
      const position = positionOf(posterior);
      const wanted = new Float64Array(posterior.dimension);
      const oracle = referencePotential64(posterior, data);
      const { parts } = oracle.evaluate(Float64Array.from(position), wanted);
      using scope = open(engine.potential(posterior, data, { threads: 1 }));
      const gradient = new Float32Array(posterior.dimension);
      scope.potential.valueAndGradient(position, gradient);
      expect(gradient, JSON.stringify(shape)).toBeAllclose(wanted, { rtol: GRADIENT.rtol, atol: GRADIENT.share * largest(wanted) });
      const found = scope.potential.parts();
      expect([found.prior, found.likelihood]).toBeAllclose([parts.prior, parts.likelihood], { rtol: ENERGY, atol: 1e-6 });
      const outputs = new Float32Array(shape.rows * shape.outputs);
      const exact = new Float64Array(outputs.length);
      scope.potential.predict(position, data.inputs, shape.rows, outputs);
      oracle.predict(Float64Array.from(position), data.inputs, shape.rows, exact);
      expect(outputs).toBeAllclose(exact, { rtol: 1e-5, atol: 2e-6 * Math.max(1, largest(exact)) });
    }
  });

  test('a position that is not finite has an energy that is not finite', () => {
    const shape = { inputs: 4, hidden: [20, 5], outputs: 3, rows: 40 };
    for (const likelihood of Object.keys(LIKELIHOODS) as LikelihoodName[]) {
      for (const activation of ACTIVATIONS) {
        const posterior = posteriorOf(shape, activation, likelihood);
        using scope = open(engine.potential(posterior, dataOf(posterior, shape.rows), { threads: 1 }));
        const gradient = new Float32Array(posterior.dimension);
        for (const bad of [NaN, Infinity, -Infinity]) {
          for (const at of [0, 81, posterior.dimension - 1]) {
            const position = positionOf(posterior).with(at, bad);
            expect(scope.potential.valueAndGradient(position, gradient), `${activation} ${bad} at ${at}`).not.toSatisfy(Number.isFinite);
          }
        }
        // And nothing of it stays behind.
        expect(scope.potential.valueAndGradient(positionOf(posterior), gradient)).toSatisfy(Number.isFinite);
        expect(gradient.every(Number.isFinite)).toBe(true);
      }
    }
  });

  test('no rows: the prior alone', () => {
    const posterior = posteriorOf({ inputs: 3, hidden: [4], outputs: 2, rows: 0 }, 'tanh', 'gaussian');
    using scope = open(engine.potential(posterior, dataOf(posterior, 0), { threads: 2 }));
    const position = positionOf(posterior);
    const gradient = new Float32Array(posterior.dimension);
    const energy = scope.potential.valueAndGradient(position, gradient);
    expect(scope.potential.parts()).toEqual({ prior: energy, likelihood: 0 });
    expect(gradient[0]).toBeCloseTo(position[0]! / 0.7 ** 2, 5);
  });

  test('wrong lengths are errors, and so is any use after disposal', () => {
    const posterior = posteriorOf({ inputs: 3, hidden: [4], outputs: 2, rows: 5 }, 'relu', 'categorical');
    const data = dataOf(posterior, 5);
    expect(() => engine.potential(posterior, { ...data, inputs: data.inputs.subarray(1) }, { threads: 1 })).toThrow(/15 inputs/);
    expect(() => engine.potential(posterior, { ...data, targets: Int32Array.of(0, 1, 2, 0, 1) }, { threads: 1 })).toThrow(/label 2/);
    const potential = engine.potential(posterior, data, { threads: 1 });
    const position = positionOf(posterior);
    const gradient = new Float32Array(posterior.dimension);
    expect(() => potential.valueAndGradient(position.subarray(1), gradient)).toThrow(expect.objectContaining({ code: 'NETWORK_MISMATCH' }));
    potential.dispose();
    potential.dispose();
    expect(() => potential.valueAndGradient(position, gradient)).toThrow(/disposed/);
    expect(() => potential.predict(position, data.inputs, 5, new Float32Array(10))).toThrow(/disposed/);
  });
});

function open(potential: ReturnType<ReturnType<typeof allEngines>[number]['potential']>) {
  return { potential, [Symbol.dispose]: () => potential.dispose() };
}
