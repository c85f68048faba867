// Any number of threads gives the same bits; many worker threads of one process evaluate at once; shared memory works.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, test, vi } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { loadAddon } from '../../src/engine/addon.js';
import { nativeEngine } from '../../src/engine/native.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { dataOf, nativeEngines, positionOf, posteriorOf, type Shape } from './support.js';

const SHAPES: readonly Shape[] = [
  { inputs: 13, hidden: [50], outputs: 1, rows: 506 },
  { inputs: 100, hidden: [128], outputs: 10, rows: 1000 },
  { inputs: 64, hidden: [100, 33], outputs: 5, rows: 4001 },
];

/** Bytes of energy and gradient at the usual position. */
function evaluation(engine: Engine, posterior: Posterior, rows: number, threads: number): Uint8Array {
  const potential = engine.potential(posterior, dataOf(posterior, rows), { threads });
  const gradient = new Float32Array(posterior.dimension);
  const energy = potential.valueAndGradient(positionOf(posterior), gradient);
  potential.dispose();
  return Buffer.concat([new Uint8Array(Float64Array.of(energy).buffer), new Uint8Array(gradient.buffer)]);
}

describe.each(nativeEngines().map((engine) => [engine.deviceClass, engine] as const))('%s', (_name, engine) => {
  test.each(SHAPES)('bit-identical for 1, 2, 3 and 5 threads: $inputs-$hidden-$outputs, $rows rows', (shape) => {
    const posterior = posteriorOf(shape, 'tanh', shape.outputs === 1 ? 'gaussian' : 'categorical');
    const single = evaluation(engine, posterior, shape.rows, 1);
    for (const threads of [2, 3, 5]) expect(evaluation(engine, posterior, shape.rows, threads), `${threads} threads`).toEqual(single);
  });

  test('predictions are the same for any number of threads', () => {
    const posterior = posteriorOf({ inputs: 40, hidden: [60], outputs: 7, rows: 1500 }, 'silu', 'categorical');
    const data = dataOf(posterior, 1500);
    const [first, ...others] = [1, 2, 5].map((threads) => {
      const potential = engine.potential(posterior, data, { threads });
      const outputs = new Float32Array(1500 * 7);
      potential.predict(positionOf(posterior), data.inputs, 1500, outputs);
      potential.dispose();
      return outputs;
    });
    for (const other of others) expect(other).toEqual(first);
  });

  test('data, position and gradient may lie in shared memory', () => {
    const posterior = posteriorOf({ inputs: 6, hidden: [20], outputs: 3, rows: 100 }, 'relu', 'categorical');
    const { rows, features, inputs, targets } = dataOf(posterior, 100);
    const data = { rows, features, inputs: shared(inputs), targets: shared(targets as Int32Array) };
    const potential = engine.potential(posterior, data, { threads: 2 });
    const gradient = shared(new Float32Array(posterior.dimension));
    const energy = potential.valueAndGradient(shared(positionOf(posterior)), gradient);
    const plain = evaluation(engine, posterior, 100, 1);
    expect(Buffer.concat([new Uint8Array(Float64Array.of(energy).buffer), new Uint8Array(Float32Array.from(gradient).buffer)])).toEqual(plain);
    potential.dispose();
  });
});

test('a detached data buffer is an error, not a crash', () => {
  const posterior = posteriorOf({ inputs: 6, hidden: [20], outputs: 3, rows: 100 }, 'relu', 'gaussian');
  const data = dataOf(posterior, 100);
  const potential = nativeEngine().potential(posterior, data, { threads: 1 });
  structuredClone(data.inputs, { transfer: [data.inputs.buffer as ArrayBuffer] });
  expect(() => potential.valueAndGradient(positionOf(posterior), new Float32Array(posterior.dimension))).toThrow(/inputs/);
});

test('worker threads of one process evaluate at once, and end without disposing', async () => {
  const status = loadAddon();
  if (!status.available) throw new Error(status.reason);
  const shape = { inputs: 30, hidden: [40], outputs: 4, rows: 800 };
  const posterior = posteriorOf(shape, 'gelu', 'categorical');
  const create = vi.spyOn(status.addon as unknown as { createPotential(...args: unknown[]): unknown }, 'createPotential');
  const expected = evaluation(nativeEngine(), posterior, shape.rows, 1);
  const parameters = create.mock.calls[0]!;
  create.mockRestore();
  const run = (threads: number) =>
    new Promise<Uint8Array[]>((resolve, reject) => {
      const worker = new Worker(WORKER, {
        eval: true,
        workerData: { path: fileURLToPath(new URL('../../build/basinet.node', import.meta.url)), parameters: parameters.with(1, threads), position: positionOf(posterior) },
      });
      worker.once('message', resolve).once('error', reject);
    });
  for (const results of await Promise.all([run(1), run(2), run(3), run(1)])) {
    for (const result of results) expect(Buffer.from(result)).toEqual(expected);
  }
});

const WORKER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { path, parameters, position } = workerData;
  const addon = require(path);
  const results = [];
  for (let handles = 0; handles < 5; handles++) {
    const handle = addon.createPotential(...parameters);
    for (let i = 0; i < 20; i++) {
      const gradient = new Float32Array(position.length);
      const energy = addon.evaluatePotential(handle, position, gradient, new Float64Array(3));
      if (i === 19) results.push(Buffer.concat([new Uint8Array(Float64Array.of(energy).buffer), new Uint8Array(gradient.buffer)]));
    }
  }
  parentPort.postMessage(results);
`;

function shared<T extends Float32Array | Int32Array>(values: T): T {
  const copy = new (values.constructor as new (buffer: SharedArrayBuffer) => T)(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
