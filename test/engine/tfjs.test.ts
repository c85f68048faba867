// What the contract does not say of the tfjs engine: trajectories on the device, one reading of it, no leaks, rows in blocks.
import { Worker } from 'node:worker_threads';
import { describe, expect, test, vi } from 'vitest';
import type { Dataset, EnginePotential } from '../../src/engine/engine.js';
import { referencePotential64 } from '../../src/engine/reference.js';
import { tfjsEngine } from '../../src/engine/tfjs/engine.js';
import { findTfjs } from '../../src/engine/tfjs/load.js';
import { TFJS_NODE } from '../../src/engine/tfjs/location.js';
import { cutRows, rowsPerBlock } from '../../src/engine/tfjs/rows.js';
import type { TfjsRuntime } from '../../src/engine/tfjs/runtime.js';
import { leapfrog } from '../../src/inference/integrator.js';
import { ACTIVATIONS } from '../../src/network/network.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { dataOf, hashed, largest, LIKELIHOODS, positionOf, posteriorOf, tfjsRuntimes, type LikelihoodName, type Shape } from './support.js';

const SHAPE: Shape = { inputs: 7, hidden: [11], outputs: 3, rows: 300 };

interface Start {
  readonly posterior: Posterior;
  readonly potential: EnginePotential;
  readonly position: Float32Array;
  readonly momentum: Float32Array;
  readonly gradient: Float32Array;
  readonly inverseMassMatrix: Float32Array;
}

function startOf(potential: EnginePotential, posterior: Posterior): Start {
  const position = positionOf(posterior);
  const gradient = new Float32Array(posterior.dimension);
  potential.valueAndGradient(position, gradient);
  const inverseMassMatrix = hashed(posterior.dimension, 8).map((x) => 1 + 0.5 * x);
  return { posterior, potential, position, gradient, momentum: hashed(posterior.dimension, 9), inverseMassMatrix };
}

function follow({ potential, position, momentum, gradient, inverseMassMatrix }: Start, stepSize: number, steps: number, energyLimit = Infinity) {
  return leapfrog(potential, position, momentum, gradient, inverseMassMatrix, stepSize, steps, energyLimit);
}

describe.each(tfjsRuntimes.map((runtime): [string, TfjsRuntime] => [runtime.deviceClass, runtime]))('%s', (_name, runtime) => {
  const engine = tfjsEngine(runtime);

  function start(likelihood: LikelihoodName = 'gaussian-learned', temperature = 1): Start {
    const posterior = posteriorOf(SHAPE, 'tanh', likelihood, temperature);
    return startOf(engine.potential(posterior, dataOf(posterior, SHAPE.rows), { threads: 1 }), posterior);
  }

  /** The same without `trajectory`, so that leapfrog takes its own loop. */
  function stepwise(likelihood: LikelihoodName = 'gaussian-learned', temperature = 1): Start {
    const own = start(likelihood, temperature);
    const potential = { ...own.potential };
    delete potential.trajectory;
    return { ...own, potential };
  }

  test.each([
    ['categorical', 0.003, 1],
    ['gaussian', 0.003, 13],
    ['gaussian-learned', -0.001, 13],
  ] as const)('a trajectory is that of the integrator: %s, %d, %d steps', (likelihood, stepSize, steps) => {
    const a = start(likelihood, 0.5);
    const b = stepwise(likelihood, 0.5);
    const onDevice = follow(a, stepSize, steps);
    const loop = follow(b, stepSize, steps);
    expect(onDevice.stepsTaken).toBe(steps);
    expect(onDevice.energy / loop.energy).toBeCloseTo(1, 6);
    for (const name of ['position', 'momentum', 'gradient'] as const) {
      expect(a[name], name).toBeAllclose(b[name], { rtol: 1e-4, atol: 1e-5 * largest(b[name]) });
    }
    a.potential.dispose();
  });

  test('where a trajectory ends, energy, parts and gradient are those of an evaluation there, to the bit', () => {
    const a = start();
    const { energy } = follow(a, 0.003, 9);
    const parts = a.potential.parts();
    const gradient = new Float32Array(a.posterior.dimension);
    expect(a.potential.valueAndGradient(a.position, gradient)).toBe(energy);
    expect(a.potential.parts()).toEqual(parts);
    expect(gradient).toEqual(a.gradient);
    a.potential.dispose();
  });

  test('there and back', () => {
    const a = start();
    const before = a.position.slice();
    for (const stepSize of [0.001, -0.001]) follow(a, stepSize, 20);
    expect(a.position).toBeAllclose(before, { rtol: 1e-4, atol: 1e-5 });
    a.potential.dispose();
  });

  test.each([[1e4], [1e25]])('a diverging trajectory tells the step and the energy at which the loop ends: step size %d', (stepSize) => {
    const a = start();
    const b = stepwise();
    const onDevice = follow(a, stepSize, 20, 1e6);
    const loop = follow(b, stepSize, 20, 1e6);
    expect(onDevice.stepsTaken).toBe(loop.stepsTaken);
    expect(onDevice.stepsTaken).toBeLessThan(20);
    expect([onDevice.energy]).toBeAllclose([loop.energy], { rtol: 1e-4 });
    a.potential.dispose();
  });

  test('the device is read once in a trajectory, and once in an evaluation', () => {
    const a = start();
    const read = vi.spyOn(runtime.tf.backend() as unknown as { readSync(id: object): unknown }, 'readSync');
    follow(a, 0.001, 25);
    expect(read).toHaveBeenCalledTimes(1);
    a.potential.valueAndGradient(a.position, a.gradient);
    expect(read).toHaveBeenCalledTimes(2);
    read.mockRestore();
    a.potential.dispose();
  });

  test('no tensor is left over: 1,000 trajectories, evaluations, failed calls, disposal', () => {
    const { tf } = runtime;
    const empty = tf.memory();
    const small = posteriorOf({ inputs: 3, hidden: [4], outputs: 2, rows: 20 }, 'gelu', 'gaussian-learned');
    const a = startOf(tfjsEngine(runtime, 2000).potential(small, dataOf(small, 20), { threads: 1 }), small);
    const before = tf.memory();
    for (let i = 0; i < 1000; i++) follow(a, i % 2 ? -1e-3 : 1e-3, 1);
    a.potential.batchValueAndGradient(a.position, Int32Array.of(3, 3, 19), a.gradient);
    a.potential.predict(a.position, hashed(60, 1), 20, new Float32Array(40));
    a.potential.activations(a.position, hashed(60, 1), 20, [new Float32Array(80)]);
    expect(() => a.potential.batchValueAndGradient(a.position, Int32Array.of(20), a.gradient)).toThrow(/row 20/);
    expect(() => a.potential.valueAndGradient(a.position.subarray(1), a.gradient)).toThrow(/position/);
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    a.potential.dispose();
    expect(tf.memory()).toMatchObject({ numTensors: empty.numTensors, numBytes: empty.numBytes });
  });

  test('a potential that cannot be made leaves nothing on the device', () => {
    const { tf } = runtime;
    const before = tf.memory();
    let scalars = 0;
    const failing = Object.create(tf, {
      scalar: {
        value: (...args: Parameters<typeof tf.scalar>) => {
          if (++scalars === 3) throw new Error('out of memory');
          return tf.scalar(...args);
        },
      },
    }) as typeof tf;
    const posterior = posteriorOf(SHAPE, 'gelu', 'gaussian-learned');
    expect(() => tfjsEngine({ ...runtime, tf: failing }).potential(posterior, dataOf(posterior, SHAPE.rows), { threads: 1 })).toThrow('out of memory');
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });

  test.each(Object.keys(LIKELIHOODS) as LikelihoodName[])('rows in blocks give the same, to tolerance: %s', (likelihood) => {
    const shape = { inputs: 5, hidden: [9, 4], outputs: 3, rows: 307 };
    const posterior = posteriorOf(shape, 'silu', likelihood, 2);
    const data = dataOf(posterior, shape.rows);
    const position = positionOf(posterior);
    const batch = Int32Array.from({ length: 200 }, (_, i) => (i * 5) % shape.rows);
    const [whole, cut] = [2 ** 30, 10_000].map((bytes) => {
      const potential = tfjsEngine(runtime, bytes).potential(posterior, data, { threads: 1 });
      const gradient = new Float32Array(posterior.dimension);
      const ofBatch = new Float32Array(posterior.dimension);
      const energies = [potential.valueAndGradient(position, gradient), potential.batchValueAndGradient(position, batch, ofBatch)];
      const outputs = new Float32Array(shape.rows * 3);
      potential.predict(position, data.inputs, shape.rows, outputs);
      potential.dispose();
      return { energies, gradient, ofBatch, outputs };
    });
    expect(cutRows(shape.rows, rowsPerBlock(posterior, 10_000)).length).toBeGreaterThan(5);
    expect(cut!.energies).toBeAllclose(whole!.energies, { rtol: 1e-6 });
    expect(cut!.gradient).toBeAllclose(whole!.gradient, { rtol: 1e-5, atol: 2e-6 * largest(whole!.gradient) });
    expect(cut!.ofBatch).toBeAllclose(whole!.ofBatch, { rtol: 1e-5, atol: 2e-6 * largest(whole!.ofBatch) });
    expect(cut!.outputs).toBeAllclose(whole!.outputs, { rtol: 1e-5, atol: 1e-6 });
  });

  test.each(Object.keys(LIKELIHOODS) as LikelihoodName[])('the energy of 60,000 rows is within 1e-8 of float64: %s', (likelihood) => {
    const posterior = posteriorOf({ inputs: 4, hidden: [6], outputs: 3, rows: 60_000 }, 'tanh', likelihood);
    const data = dataOf(posterior, 60_000);
    const position = positionOf(posterior);
    const potential = engine.potential(posterior, data, { threads: 1 });
    const energy = potential.valueAndGradient(position, new Float32Array(posterior.dimension));
    const wanted = referencePotential64(posterior, data).evaluate(Float64Array.from(position), null).energy;
    expect([energy]).toBeAllclose([wanted], { rtol: 1e-8 });
    potential.dispose();
  });

  test('data, position, gradient and rows may lie in shared memory', () => {
    const posterior = posteriorOf({ inputs: 6, hidden: [20], outputs: 3, rows: 100 }, 'relu', 'gaussian');
    const data = dataOf(posterior, 100);
    const plain = engine.potential(posterior, data, { threads: 1 });
    const wanted = new Float32Array(posterior.dimension);
    const energy = plain.valueAndGradient(positionOf(posterior), wanted);
    const sharing: Dataset = { ...data, inputs: shared(data.inputs), targets: shared(data.targets as Float32Array) };
    const potential = engine.potential(posterior, sharing, { threads: 1 });
    const position = shared(positionOf(posterior));
    const gradient = shared(wanted).fill(0);
    expect(potential.valueAndGradient(position, gradient)).toBe(energy);
    expect(gradient).toEqual(shared(wanted));
    const batch = new Int32Array(new SharedArrayBuffer(400)).map((_, i) => i);
    expect(potential.batchValueAndGradient(position, batch, gradient)).toBe(energy);
    plain.dispose();
    potential.dispose();
  });
});

const onLibtensorflow = tfjsRuntimes.filter(({ backend }) => backend === 'tensorflow').map((runtime): [string, TfjsRuntime] => [runtime.deviceClass, runtime]);

test.each(onLibtensorflow)('what does not fit into memory is an error with the numbers and a smaller setting: %s', (_name, runtime) => {
  const rows = 10_000_000;
  const posterior = posteriorOf({ inputs: 1, hidden: [4_000_000], outputs: 1, rows }, 'relu', 'gaussian');
  const data = { rows, features: 1, inputs: new Float32Array(rows), targets: new Float32Array(rows) };
  // 160 TB in one block: more than a process can address, however freely memory is promised.
  const potential = tfjsEngine(runtime, 2 ** 52).potential(posterior, data, { threads: 1 });
  const before = runtime.tf.memory().numTensors;
  expect(() => potential.valueAndGradient(new Float32Array(posterior.dimension), new Float32Array(posterior.dimension))).toThrow(
    expect.objectContaining({
      code: 'ENGINE_UNAVAILABLE',
      path: 'tfjs.activationBytes',
      message: expect.stringMatching(/12000001 parameters \(481 MB\), 10000000 rows \(80 MB\), activations of 10000000 of them at a time \(800,000,240 MB\)/) as string,
      remedy: expect.stringMatching(/activationBytes to 400000120000000 or less, .*slots/) as string,
    }),
  );
  expect(runtime.tf.memory().numTensors).toBe(before);
  potential.dispose();
});

test.each(onLibtensorflow)('nothing is uploaded on the way: %s', (_name, { tf }) => {
  const backend = tf.findBackend('tensorflow') as unknown as { binding: Binding };
  const { binding } = backend;
  let floats = 0;
  const counting = Object.create(binding, {
    createTensor: {
      value: (shape: number[], type: number, values: unknown) => {
        if (type === binding.TF_FLOAT) floats++;
        return binding.createTensor(shape, type, values);
      },
    },
  }) as Binding;
  const engine = tfjsEngine({ tf, backend: 'tensorflow', deviceClass: 'counting' }, 50_000);
  for (const activation of ACTIVATIONS) {
    for (const likelihood of Object.keys(LIKELIHOODS) as LikelihoodName[]) {
      const posterior = posteriorOf({ ...SHAPE, hidden: [200, 4], rows: 1500 }, activation, likelihood, 2);
      const a = startOf(engine.potential(posterior, dataOf(posterior, 1500), { threads: 1 }), posterior);
      const counts = [1, 4].map((steps) => {
        floats = 0;
        backend.binding = counting;
        follow(a, 1e-4, steps);
        backend.binding = binding;
        return floats;
      });
      // Position, momentum, gradient, ε M⁻¹, ε/2.
      expect(counts, `${activation}, ${likelihood}`).toEqual([5, 5]);
      a.potential.dispose();
    }
  }
});

interface Binding {
  readonly TF_FLOAT: number;
  createTensor(shape: number[], type: number, values: unknown): number;
}

// One thread a chain: the addon is loaded once per thread into one process.
test.each(onLibtensorflow)('threads of one process compute at once: %s', async () => {
  const run = () =>
    new Promise<number[]>((resolve, reject) => {
      new Worker(WORKER, { eval: true, workerData: findTfjs([TFJS_NODE.cpu, TFJS_NODE.gpu]) }).once('message', resolve).once('error', reject);
    });
  const [first, ...others] = await Promise.all([run(), run(), run()]);
  expect(first.every(Number.isFinite)).toBe(true);
  for (const other of others) expect(other).toEqual(first);
});

const WORKER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const tf = require('node:module').createRequire(workerData.path)(workerData.name);
  const values = (rows, columns) => tf.tensor2d(Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)), [rows, columns]);
  const inputs = values(300, 20);
  let weights = values(40, 20);
  for (let step = 0; step < 200; step++) {
    weights = tf.tidy(() => {
      const hidden = tf.tanh(tf.matMul(inputs, weights, false, true));
      return tf.sub(weights, tf.mul(1e-3, tf.matMul(hidden, inputs, true, false)));
    });
  }
  parentPort.postMessage([...weights.dataSync()]);
`;

test('rows are cut into as few blocks as memory allows, evenly, each row once', () => {
  expect(cutRows(10, 4)).toEqual([[0, 3], [3, 6], [6, 10]]);
  expect(cutRows(4, 4)).toEqual([[0, 4]]);
  expect(cutRows(0, 4)).toEqual([]);
  const posterior = posteriorOf(SHAPE, 'tanh', 'gaussian');
  expect(rowsPerBlock(posterior, 1)).toBe(1);
  expect(rowsPerBlock(posterior, 2 ** 30)).toBeGreaterThan(1e6);
});

function shared(values: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
