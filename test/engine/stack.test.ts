// Stacks of chains: what one chain gets depends neither on the others, nor on their number, nor on its place, to the bit.
import { describe, expect, test } from 'vitest';
import type { EnginePotential } from '../../src/engine/engine.js';
import { potentialOver } from '../../src/engine/potentialOver.js';
import { stackedClass, widthOf, type Stack, type StackRequest, type StackResult, type TrajectoryRequest } from '../../src/engine/stack.js';
import { tfjsEngine } from '../../src/engine/tfjs/engine.js';
import type { TfjsRuntime } from '../../src/engine/tfjs/runtime.js';
import { ACTIVATIONS } from '../../src/network/network.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { dataOf, hashed, largest, LIKELIHOODS, positionOf, posteriorOf, tfjsRuntimes, type LikelihoodName, type Shape } from './support.js';

/** Chain k of a posterior: its position, momentum, step size, mass matrix and mini-batch are its own. */
function requestOf(kind: 'gradient' | 'batch' | 'trajectory', posterior: Posterior, rows: number, chain: number): StackRequest {
  const { dimension } = posterior;
  const position = positionOf(posterior).map((x, i) => x + 0.05 * Math.sin(i + chain));
  const gradient = hashed(dimension, 20 + chain);
  if (kind === 'gradient') return { kind, position, gradient };
  if (kind === 'batch') return { kind, position, gradient, rows: Int32Array.from({ length: 21 }, (_, i) => (i * (chain + 3) + chain) % rows) };
  const inverseMassMatrix = hashed(dimension, 30 + chain).map((x) => 1 + 0.5 * x);
  return { kind, position, gradient, momentum: hashed(dimension, 40 + chain), inverseMassMatrix, stepSize: 1e-3 * (1 + chain / 8), steps: 3, energyLimit: Infinity };
}

const hex = (array: Float32Array) => Buffer.from(array.slice().buffer).toString('base64');
/** Everything that a request is answered with. */
const answerOf = (request: StackRequest, result: StackResult) => [result, ...Object.values(request).map((value: unknown) => (value instanceof Float32Array ? hex(value) : ''))];

/** Answers of the chains at these places of one run. */
function run(stack: Stack, chains: readonly number[], request: (chain: number) => StackRequest): unknown[] {
  const requests = chains.map(request);
  return stack.run(requests).map((result, k) => answerOf(requests[k]!, result));
}

// Rows and units that straddle vectors, products that are vectors, sums of more than one block, a single row.
const SHAPES: readonly Shape[] = [
  { inputs: 7, hidden: [11], outputs: 3, rows: 301 },
  { inputs: 13, hidden: [50], outputs: 1, rows: 506 },
  { inputs: 5, hidden: [], outputs: 2, rows: 48 },
  { inputs: 3, hidden: [1, 17, 4], outputs: 5, rows: 33 },
  { inputs: 40, hidden: [70], outputs: 10, rows: 64 },
  { inputs: 2, hidden: [3], outputs: 1100, rows: 5 },
  { inputs: 4, hidden: [6], outputs: 2, rows: 1 },
];

describe.each(tfjsRuntimes.map((runtime): [string, TfjsRuntime] => [runtime.deviceClass, runtime]))('%s', (_name, runtime) => {
  const engine = tfjsEngine(runtime);

  function expectIndependent(posterior: Posterior, rows: number, width: number, bytes?: number): void {
    const stack = tfjsEngine(runtime, bytes).stack!(posterior, dataOf(posterior, rows), width);
    for (const kind of ['gradient', 'batch', 'trajectory'] as const) {
      const request = (chain: number) => requestOf(kind, posterior, rows, chain);
      const all = Array.from({ length: width }, (_, chain) => chain);
      const wanted = run(stack, all, request);
      const what = `${kind}, width ${width}, ${posterior.network.tensors.map(({ shape }) => shape.join('×')).join(' ')}, ${rows} rows`;
      for (const places of [all.toReversed(), [...all.slice(1), 0], all.slice(width >> 1), [0], [width - 1]]) {
        expect(run(stack, places, request), what).toEqual(places.map((chain) => wanted[chain]));
      }
    }
    stack.dispose();
  }

  test.each([2, 3, 8])('shapes in a stack of %d', (width) => {
    for (const shape of SHAPES) expectIndependent(posteriorOf(shape, 'tanh', 'categorical'), shape.rows, width);
  });

  test.each(Object.keys(LIKELIHOODS) as LikelihoodName[])('activation functions, and a width beyond a vector: %s', (likelihood) => {
    for (const activation of ACTIVATIONS) expectIndependent(posteriorOf(SHAPES[0]!, activation, likelihood, 0.5), 301, 3);
    expectIndependent(posteriorOf(SHAPES[3]!, 'silu', likelihood), 33, 19);
    // In blocks of rows, the last of which is filled up with rows that the data do not have.
    expectIndependent(posteriorOf(SHAPES[0]!, 'gelu', likelihood), 301, 3, 80_000);
  });

  test.each(Object.keys(LIKELIHOODS) as LikelihoodName[])('a stack agrees with the engine by itself, to tolerance: %s', (likelihood) => {
    for (const [shape, bytes] of [...SHAPES.map((shape) => [shape, 2 ** 30] as const), [SHAPES[0]!, 80_000] as const]) {
      const posterior = posteriorOf(shape, 'silu', likelihood, 2);
      const data = dataOf(posterior, shape.rows);
      const alone = engine.stack!(posterior, data, 1);
      const stack = tfjsEngine(runtime, bytes).stack!(posterior, data, 3);
      for (const kind of ['gradient', 'batch', 'trajectory'] as const) {
        const [together, apart] = [0, 1].map(() => [0, 1, 2].map((chain) => requestOf(kind, posterior, shape.rows, chain)));
        const results = stack.run(together!);
        apart!.forEach((request, k) => {
          const [own] = alone.run([request]);
          expect([results[k]!.prior, results[k]!.likelihood]).toBeAllclose([own!.prior, own!.likelihood], { rtol: 1e-6, atol: 1e-6 });
          expect(results[k]!.stepsTaken).toBe(own!.stepsTaken);
          for (const name of ['position', 'gradient', 'momentum'] as const) {
            const wanted = (request as unknown as Record<string, Float32Array | undefined>)[name];
            if (wanted) expect((together![k] as unknown as Record<string, Float32Array>)[name], `${kind} ${name}`).toBeAllclose(wanted, { rtol: 1e-4, atol: 1e-5 * largest(wanted) });
          }
        });
      }
      alone.dispose();
      stack.dispose();
    }
  });

  test.each(Object.keys(LIKELIHOODS) as LikelihoodName[])('a chain that diverges tells the step at which it does alone, and leaves the others alone: %s', (likelihood) => {
    const { rows } = SHAPES[0]!;
    const posterior = posteriorOf(SHAPES[0]!, 'relu', likelihood);
    const stack = engine.stack!(posterior, dataOf(posterior, rows), 4);
    for (const stepSize of [1e4, 1e25]) {
      const request = (chain: number): StackRequest => {
        const own = { ...(requestOf('trajectory', posterior, rows, chain) as TrajectoryRequest), steps: 9, energyLimit: 1e6 };
        return chain === 1 || chain === 3 ? { ...own, stepSize } : own;
      };
      const undisturbed = run(stack, [0, 2], request);
      const [first, bad, third, worse] = run(stack, [0, 1, 2, 3], request) as [StackResult][];
      expect([first, third]).toEqual(undisturbed);
      const alone = engine.stack!(posterior, dataOf(posterior, rows), 1);
      for (const [chain, [found]] of [[1, bad!], [3, worse!]] as const) {
        const [wanted] = alone.run([request(chain)]);
        expect(found.stepsTaken).toBe(wanted!.stepsTaken);
        expect(found.stepsTaken).toBeLessThan(9);
        expect([found.energy]).toBeAllclose([wanted!.energy], { rtol: 1e-4 });
      }
      alone.dispose();
    }
    // A position that is not finite to begin with.
    const request = (chain: number) => requestOf('gradient', posterior, rows, chain);
    const [undisturbed] = run(stack, [0], request);
    const spoilt = request(1);
    spoilt.position[3] = NaN;
    const good = request(0);
    const results = stack.run([spoilt, good]);
    expect(results[0]!.energy).toBeNaN();
    expect(answerOf(good, results[1]!)).toEqual(undisturbed);
    stack.dispose();
  });

  test('where a trajectory ends, energy and gradient are those of an evaluation there, whoever else was in the stack', () => {
    const posterior = posteriorOf(SHAPES[1]!, 'tanh', 'gaussian-learned');
    const stack = engine.stack!(posterior, dataOf(posterior, 506), 4);
    const requests = [0, 1, 2, 3].map((chain) => requestOf('trajectory', posterior, 506, chain));
    stack.run(requests).forEach((end, k) => {
      const gradient = new Float32Array(posterior.dimension);
      const [there] = stack.run([{ kind: 'gradient', position: requests[k]!.position, gradient }]);
      expect({ ...there, stepsTaken: 3 }).toEqual(end);
      expect(gradient).toEqual((requests[k] as { gradient: Float32Array }).gradient);
    });
    stack.dispose();
  });

  test('no tensor is left over after 1,000 stacked trajectories and disposal', () => {
    const { tf } = runtime;
    const empty = tf.memory();
    const posterior = posteriorOf({ inputs: 3, hidden: [4], outputs: 2, rows: 20 }, 'gelu', 'gaussian-learned');
    const stack = tfjsEngine(runtime, 4000).stack!(posterior, dataOf(posterior, 20), 3);
    const before = tf.memory();
    const requests = [0, 1].map((chain) => ({ ...requestOf('trajectory', posterior, 20, chain), steps: 1, stepSize: 1e-6 }));
    for (let i = 0; i < 1000; i++) stack.run(requests);
    stack.run([requestOf('batch', posterior, 20, 0)]);
    stack.run([requestOf('gradient', posterior, 20, 0)]);
    expect(tf.memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
    stack.dispose();
    stack.dispose();
    expect(() => stack.run([requestOf('gradient', posterior, 20, 0)])).toThrow(/disposed/);
    expect(tf.memory()).toMatchObject({ numTensors: empty.numTensors, numBytes: empty.numBytes });
  });
});

const onLibtensorflow = tfjsRuntimes.filter(({ backend }) => backend === 'tensorflow');

test.skipIf(onLibtensorflow.length === 0)('what does not fit into memory names the stack', () => {
  const rows = 10_000_000;
  const posterior = posteriorOf({ inputs: 1, hidden: [400_000], outputs: 1, rows }, 'relu', 'gaussian');
  const data = { rows, features: 1, inputs: new Float32Array(rows), targets: new Float32Array(rows) };
  const stack = tfjsEngine(onLibtensorflow[0]!, 2 ** 52).stack!(posterior, data, 4);
  const vector = () => new Float32Array(posterior.dimension);
  expect(() => stack.run([{ kind: 'gradient', position: vector(), gradient: vector() }])).toThrow(
    expect.objectContaining({ code: 'ENGINE_UNAVAILABLE', message: expect.stringContaining('a stack of 4 chains of 1200001 parameters (193 MB)') as string, remedy: expect.stringContaining('tfjs.stack') as string }),
  );
  stack.dispose();
});

test('a device class says how many chains are computed as one', () => {
  expect([1, 4, 12].map((width) => stackedClass('tfjs-gpu-a-2', width))).toEqual(['tfjs-gpu-a-2', 'tfjs-gpu-a-2-x4', 'tfjs-gpu-a-2-x12']);
  expect(['tfjs-gpu-a-2', 'tfjs-gpu-a-2-x4', 'tfjs-gpu-a-2-x12'].map((name) => widthOf(name, 'tfjs-gpu-a-2'))).toEqual([1, 4, 12]);
  for (const other of ['tfjs-gpu-b-2-x4', 'tfjs-gpu-a-2-x04', 'tfjs-gpu-a-2-x257', 'tfjs-gpu-a-2-x1', 'tfjs-gpu-a-2-x0', 'tfjs-gpu-a-2-tf32', '']) expect(widthOf(other, 'tfjs-gpu-a-2'), other).toBeNull();
});

test('a potential answers by what it is given, and is disposed of once', () => {
  const posterior = posteriorOf({ inputs: 3, hidden: [4], outputs: 2, rows: 5 }, 'relu', 'gaussian');
  let disposals = 0;
  const potential: EnginePotential = potentialOver(posterior, 5, () => ({ energy: 3, prior: 1, likelihood: 2, stepsTaken: 0 }), () => disposals++);
  const vector = new Float32Array(posterior.dimension);
  expect(potential.valueAndGradient(vector, vector)).toBe(3);
  expect(potential.parts()).toEqual({ prior: 1, likelihood: 2 });
  potential.dispose();
  potential.dispose();
  expect(disposals).toBe(1);
});
