// Mini-batch gradients of every engine, against a potential over a copy of the batch's rows.
import { describe, expect, test } from 'vitest';
import type { Dataset, EnginePotential } from '../../src/engine/engine.js';
import { referencePotential64 } from '../../src/engine/reference.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { createBatches } from '../../src/random/index.js';
import { allEngines, dataOf, hashed, largest, LIKELIHOODS, nativeEngines, positionOf, posteriorOf, type LikelihoodName, type Shape } from './support.js';

const GRADIENT = { rtol: 1e-5, share: 2e-6 };

/** Sizes and orders of batches of `rows` rows: the largest is neither first nor last, so that what is reused shows. */
function batchesOf(rows: number): Int32Array[] {
  const last = rows - 1;
  return [
    Int32Array.of(last),
    Int32Array.of(0, last, last, 0, Math.floor(rows / 2), last),
    Int32Array.from({ length: 3 * rows + 1 }, (_, i) => (i * 5) % rows),
    ...[15, 16, 17, 400, 31, 33, 100].map((size) => Int32Array.from({ length: size }, (_, i) => (i * 11 + 3) % rows)),
    Int32Array.of(0),
  ];
}

/** The rows of a batch as a data set of their own. */
function copyOf(data: Dataset, batch: Int32Array): Dataset {
  const width = data.targets.length / data.rows;
  const inputs = Float32Array.from(Array.from(batch).flatMap((row) => [...data.inputs.subarray(row * data.features, (row + 1) * data.features)]));
  const targets = Array.from(batch).flatMap((row) => [...data.targets.subarray(row * width, (row + 1) * width)]);
  return {
    rows: batch.length,
    features: data.features,
    inputs,
    targets: data.targets instanceof Int32Array ? Int32Array.from(targets) : Float32Array.from(targets),
  };
}

/** (prior + N/B · likelihood) / T in float64, from energies and gradients of whole data sets. */
function expected(posterior: Posterior, data: Dataset, batch: Int32Array, position: Float32Array) {
  const at = Float64Array.from(position);
  const share = data.rows / batch.length;
  const none = { ...data, rows: 0, inputs: data.inputs.subarray(0, 0), targets: data.targets.subarray(0, 0) };
  const prior = new Float64Array(posterior.dimension);
  const both = new Float64Array(posterior.dimension);
  referencePotential64(posterior, none).evaluate(at, prior);
  const { parts } = referencePotential64(posterior, copyOf(data, batch)).evaluate(at, both);
  const likelihood = share * parts.likelihood;
  return {
    energy: (parts.prior + likelihood) / posterior.temperature,
    parts: { prior: parts.prior, likelihood },
    gradient: prior.map((p, i) => p + share * (both[i]! - p)),
  };
}

describe.each(allEngines().map((engine) => [engine.deviceClass, engine] as const))('%s', (_name, engine) => {
  describe.each(Object.keys(LIKELIHOODS) as LikelihoodName[])('%s', (likelihood) => {
    test.each<[string, Shape]>([
      ['a few rows', { inputs: 5, hidden: [9], outputs: 3, rows: 40 }],
      ['wide enough for panels that are not kept', { inputs: 600, hidden: [33], outputs: 17, rows: 500 }],
      ['batches that have more partial sums than the data', { inputs: 100, hidden: [100], outputs: 2, rows: 60 }],
      ['no hidden layer', { inputs: 4, hidden: [], outputs: 2, rows: 7 }],
    ])('is the energy of the batch times N/B, and its gradient: %s', (_what, shape) => {
      const posterior = posteriorOf(shape, 'gelu', likelihood, 0.5);
      const data = dataOf(posterior, shape.rows);
      const position = positionOf(posterior);
      using potential = open(engine.potential(posterior, data, { threads: 1 }));
      expect(potential.rows).toBe(shape.rows);
      for (const batch of batchesOf(shape.rows)) {
        const wanted = expected(posterior, data, batch, position);
        const gradient = new Float32Array(posterior.dimension);
        const energy = potential.batchValueAndGradient(position, batch, gradient);
        const parts = potential.parts();
        expect([energy, parts.prior, parts.likelihood], `${batch.length} rows`).toBeAllclose(
          [wanted.energy, wanted.parts.prior, wanted.parts.likelihood],
          // One row weighs N times, and so does the rounding of its outputs.
          { rtol: 1e-5, atol: 1e-5 },
        );
        const atol = GRADIENT.share * largest(wanted.gradient);
        expect(gradient, `${batch.length} rows`).toBeAllclose(wanted.gradient, { rtol: GRADIENT.rtol, atol });
      }
    });

    test('all rows in order are the whole potential, to the bit', () => {
      for (const shape of [{ inputs: 13, hidden: [50], outputs: 4, rows: 506 }, { inputs: 300, hidden: [40], outputs: 3, rows: 1100 }]) {
        const posterior = posteriorOf(shape, 'tanh', likelihood, 2);
        const position = positionOf(posterior);
        using potential = open(engine.potential(posterior, dataOf(posterior, shape.rows), { threads: 1 }));
        const whole = new Float32Array(posterior.dimension);
        const batch = new Float32Array(posterior.dimension);
        const energy = potential.valueAndGradient(position, whole);
        const parts = potential.parts();
        expect(potential.batchValueAndGradient(position, Int32Array.from({ length: shape.rows }, (_, i) => i), batch)).toBe(energy);
        expect(potential.parts()).toEqual(parts);
        expect(batch).toEqual(whole);
        // A mini-batch in between leaves nothing behind.
        potential.batchValueAndGradient(position, Int32Array.of(3, 1), batch);
        expect(potential.valueAndGradient(position, batch)).toBe(energy);
        expect(batch).toEqual(whole);
      }
    });

    test('the gradient agrees with finite differences of the energy', () => {
      const shape = { inputs: 4, hidden: [17, 6], outputs: 3, rows: 50 };
      const posterior = posteriorOf(shape, 'tanh', likelihood, 0.5);
      const data = dataOf(posterior, shape.rows);
      const position = positionOf(posterior);
      const batch = Int32Array.of(7, 7, 41, 0, 49);
      const oracle = referencePotential64(posterior, data);
      const step = 1e-5;
      const numeric = Float64Array.from(position, (value, i) => {
        const shifted = (by: number) => oracle.evaluate(Float64Array.from(position).with(i, value + by), null, batch).energy;
        return (shifted(step) - shifted(-step)) / (2 * step);
      });
      using potential = open(engine.potential(posterior, data, { threads: 1 }));
      const gradient = new Float32Array(posterior.dimension);
      potential.batchValueAndGradient(position, batch, gradient);
      expect(gradient).toBeAllclose(numeric, { rtol: GRADIENT.rtol, atol: GRADIENT.share * largest(numeric) });
    });
  });

  test('batches of an epoch average to the whole gradient', () => {
    const shape = { inputs: 8, hidden: [20], outputs: 3, rows: 120 };
    const posterior = posteriorOf(shape, 'relu', 'categorical');
    const position = positionOf(posterior);
    using potential = open(engine.potential(posterior, dataOf(posterior, shape.rows), { threads: 1 }));
    const whole = new Float32Array(posterior.dimension);
    const energy = potential.valueAndGradient(position, whole);
    const batches = createBatches({ seed: 1, chain: 2 }, shape.rows, 24);
    const gradient = new Float32Array(posterior.dimension);
    const mean = new Float64Array(posterior.dimension);
    let meanEnergy = 0;
    for (let b = 0; b < batches.perEpoch; b++) {
      meanEnergy += potential.batchValueAndGradient(position, batches.at(b), gradient) / batches.perEpoch;
      gradient.forEach((g, i) => (mean[i]! += g / batches.perEpoch));
    }
    expect(meanEnergy).toBeCloseTo(energy, 3);
    expect(mean).toBeAllclose(whole, { rtol: 1e-5, atol: 2e-6 * largest(whole) });
  });

  test('no batch, rows that are not there, wrong lengths and disposal are errors', () => {
    const posterior = posteriorOf({ inputs: 3, hidden: [4], outputs: 2, rows: 5 }, 'relu', 'categorical');
    const potential = engine.potential(posterior, dataOf(posterior, 5), { threads: 1 });
    const position = positionOf(posterior);
    const gradient = new Float32Array(posterior.dimension);
    const at = (...rows: number[]) => () => potential.batchValueAndGradient(position, Int32Array.of(...rows), gradient);
    expect(at()).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'rows' }));
    expect(at(0, 5)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'rows[1]', value: 5 }));
    expect(at(-1)).toThrow(/row -1.*0 … 4/);
    expect(() => potential.batchValueAndGradient(position.subarray(1), Int32Array.of(0), gradient)).toThrow(
      expect.objectContaining({ code: 'NETWORK_MISMATCH' }),
    );
    potential.dispose();
    expect(at(0)).toThrow(/disposed/);
  });
});

describe.each(nativeEngines().map((engine) => [engine.deviceClass, engine] as const))('threads: %s', (_name, engine) => {
  test.each([
    { inputs: 64, hidden: [50, 33], outputs: 5, rows: 1001 },
    { inputs: 300, hidden: [80], outputs: 4, rows: 600 },
  ])('a batch gives the same bits for 1, 2, 3 and 5 of them: $inputs-$hidden-$outputs', (shape) => {
    const posterior = posteriorOf(shape, 'softplus', 'gaussian-learned');
    const data = dataOf(posterior, shape.rows);
    const position = positionOf(posterior);
    const sizes = [100, 500, 200, 2 * shape.rows, 1];
    const evaluations = (threads: number) => {
      using potential = open(engine.potential(posterior, data, { threads }));
      return sizes.map((size) => {
        const batch = Int32Array.from(hashed(size, size), (x) => Math.floor((x + 1) * 0.5 * shape.rows));
        const gradient = new Float32Array(posterior.dimension);
        const energy = potential.batchValueAndGradient(position, batch, gradient);
        return Buffer.concat([new Uint8Array(Float64Array.of(energy).buffer), new Uint8Array(gradient.buffer)]);
      });
    };
    const single = evaluations(1);
    for (const threads of [2, 3, 5]) expect(evaluations(threads), `${threads} threads`).toEqual(single);
  });
});

function open(potential: EnginePotential): EnginePotential & Disposable {
  return Object.assign(potential, { [Symbol.dispose]: () => potential.dispose() });
}
