// Hidden activations of every engine, against the layers written out.
import { describe, expect, test } from 'vitest';
import { ACTIVATION_FUNCTIONS } from '../../src/network/activation.js';
import { ACTIVATIONS } from '../../src/network/network.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { allEngines, dataOf, hashed, largest, nativeEngines, positionOf, posteriorOf, type Shape } from './support.js';

/** Per hidden layer, [rows, units] in float64. */
function layerByLayer({ network }: Posterior, position: Float32Array, inputs: Float32Array, rows: number): Float64Array[] {
  const outputs: Float64Array[] = [];
  let previous: ArrayLike<number> = inputs;
  network.layers.slice(0, -1).forEach((layer, k) => {
    const weight = network.tensors[2 * k]!.offset;
    const bias = network.tensors[2 * k + 1]!.offset;
    const { value } = ACTIVATION_FUNCTIONS[layer.activation];
    const from = previous;
    previous = Float64Array.from({ length: rows * layer.outputs }, (_, at) => {
      const row = Math.floor(at / layer.outputs);
      const unit = at % layer.outputs;
      let z = position[bias + unit]!;
      for (let i = 0; i < layer.inputs; i++) z += position[weight + unit * layer.inputs + i]! * from[row * layer.inputs + i]!;
      return value(z);
    });
    outputs.push(previous as Float64Array);
  });
  return outputs;
}

const emptyFor = ({ network }: Posterior, rows: number) => network.layers.slice(0, -1).map((layer) => new Float32Array(rows * layer.outputs).fill(NaN));

const WIDTHS = [1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 100, 520];

describe.each(allEngines().map((engine) => [engine.deviceClass, engine] as const))('%s', (_name, engine) => {
  test.each(ACTIVATIONS)('are what comes out of the activation function: %s', (activation) => {
    const shape = { inputs: 6, hidden: [17, 5, 33], outputs: 3, rows: 20 };
    const posterior = posteriorOf(shape, activation, 'gaussian-learned');
    const position = positionOf(posterior);
    // Other rows than the data's, and more of them than a tile holds.
    const inputs = hashed(1100 * 6, 12);
    const potential = engine.potential(posterior, dataOf(posterior, shape.rows), { threads: 1 });
    const outputs = emptyFor(posterior, 1100);
    potential.activations(position, inputs, 1100, outputs);
    layerByLayer(posterior, position, inputs, 1100).forEach((wanted, k) => {
      expect(outputs[k], `layer ${k}`).toBeAllclose(wanted, { rtol: 1e-5, atol: 2e-6 * Math.max(1, largest(wanted)) });
    });
    potential.dispose();
  });

  test('sizes that straddle vector widths', () => {
    const shapes: Shape[] = [
      ...WIDTHS.map((width) => ({ inputs: 3, hidden: [width, 4], outputs: 2, rows: 40 })),
      ...[0, 1, 15, 16, 17, 31, 32, 33, 385].map((rows) => ({ inputs: 5, hidden: [19], outputs: 2, rows })),
    ];
    for (const shape of shapes) {
      const posterior = posteriorOf(shape, 'tanh', 'categorical');
      const position = positionOf(posterior);
      const data = dataOf(posterior, shape.rows);
      const potential = engine.potential(posterior, data, { threads: 1 });
      const outputs = emptyFor(posterior, shape.rows);
      potential.activations(position, data.inputs, shape.rows, outputs);
      layerByLayer(posterior, position, data.inputs, shape.rows).forEach((wanted, k) => {
        expect(outputs[k], JSON.stringify(shape)).toBeAllclose(wanted, { rtol: 1e-5, atol: 2e-6 });
      });
      potential.dispose();
    }
  });

  test('a network without hidden layers has none; what lies past the rows stays', () => {
    const linear = posteriorOf({ inputs: 3, hidden: [], outputs: 2, rows: 4 }, 'relu', 'categorical');
    const none = engine.potential(linear, dataOf(linear, 4), { threads: 1 });
    none.activations(positionOf(linear), hashed(12, 1), 4, []);
    none.dispose();
    const posterior = posteriorOf({ inputs: 3, hidden: [5], outputs: 2, rows: 4 }, 'relu', 'categorical');
    const potential = engine.potential(posterior, dataOf(posterior, 4), { threads: 1 });
    const outputs = new Float32Array(7 * 5).fill(9);
    potential.activations(positionOf(posterior), hashed(30, 1), 6, [outputs]);
    expect([...outputs.subarray(30)]).toEqual([9, 9, 9, 9, 9]);
    expect(outputs.subarray(0, 30).includes(9)).toBe(false);
    potential.dispose();
  });

  test('wrong lengths and disposal are errors', () => {
    const posterior = posteriorOf({ inputs: 3, hidden: [4, 6], outputs: 2, rows: 5 }, 'relu', 'categorical');
    const potential = engine.potential(posterior, dataOf(posterior, 5), { threads: 1 });
    const position = positionOf(posterior);
    const inputs = hashed(15, 1);
    const into = (...lengths: number[]) => () => potential.activations(position, inputs, 5, lengths.map((length) => new Float32Array(length)));
    const mismatch = (message: RegExp): unknown => expect.objectContaining({ code: 'NETWORK_MISMATCH', message: expect.stringMatching(message) as string });
    expect(into(20)).toThrow(mismatch(/1 arrays .* 2 hidden layers/));
    expect(into(20, 29)).toThrow(mismatch(/29 values where 30/));
    expect(() => potential.activations(position.subarray(1), inputs, 5, [])).toThrow(mismatch(/position/));
    expect(() => potential.activations(position, inputs, 6, [])).toThrow(mismatch(/15 values where 18/));
    expect(() => potential.predict(position, inputs, 6, new Float32Array(12))).toThrow(mismatch(/15 values where 18/));
    expect(() => potential.predict(position, inputs, 5, new Float32Array(9))).toThrow(mismatch(/9 values where 10/));
    potential.dispose();
    expect(into(20, 30)).toThrow(/disposed/);
  });
});

test.each(nativeEngines().map((engine) => [engine.deviceClass, engine] as const))('are the same for any number of threads: %s', (_name, engine) => {
  const posterior = posteriorOf({ inputs: 40, hidden: [60, 21], outputs: 7, rows: 1500 }, 'silu', 'categorical');
  const data = dataOf(posterior, 1500);
  const [first, ...others] = [1, 2, 5].map((threads) => {
    const potential = engine.potential(posterior, data, { threads });
    const outputs = emptyFor(posterior, 1500);
    potential.activations(positionOf(posterior), data.inputs, 1500, outputs);
    potential.dispose();
    return outputs;
  });
  for (const other of others) expect(other).toEqual(first);
});
