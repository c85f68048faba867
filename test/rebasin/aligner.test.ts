// Weight matching without signs: planted permutations, unchanged functions, objectives that never fall; TypeScript and native.
import { describe, expect, it } from 'vitest';
import { denseNetwork } from '../../src/network/dense.js';
import type { Network } from '../../src/network/network.js';
import {
  applyPermutations,
  composePermutations,
  createAligner,
  equalPermutations,
  identityPermutation,
  identityRelabelling,
  invertPermutation,
  numTranspositions,
  type Relabelling,
} from '../../src/rebasin/index.js';
import { groupFeatures } from '../../src/rebasin/groupFeatures.js';
import { referenceMatchingKernels } from '../../src/rebasin/kernels.js';
import { nativeMatchingKernels } from '../../src/rebasin/native.js';
import { WeightMatcher } from '../../src/rebasin/weightMatching.js';
import { everyPermutation } from '../support/everyPermutation.js';
import { forwardTanh } from '../support/forward.js';
import { shuffled } from '../support/shuffled.js';
import { chooseStreamKernels, streamKernelSets } from '../support/streamKernels.js';
import { normals } from '../support/uniforms.js';

const paths = nativeMatchingKernels() === null ? [['reference', false] as const] : [['reference', false] as const, ['native', true] as const];

function networkOf(inputs: number, widths: readonly number[], outputs: number): Network {
  return denseNetwork(inputs, widths.map((width) => ({ width, activation: 'tanh' })), outputs);
}

function randomPosition(network: Network, seed: number): Float32Array {
  const next = normals(seed);
  return Float32Array.from({ length: network.dimension }, next);
}

/** As a start that changes no signs. */
function unsigned(permutations: readonly Int32Array[]): Relabelling {
  return { permutations, signs: permutations.map(() => null) };
}

/** Random permutations of every group. */
function planted(network: Network, seed: number): Int32Array[] {
  return network.groups.map((group, g) => shuffled(group.size, seed + g));
}

const architectures: readonly [string, number, number[], number][] = [
  ['one hidden layer', 20, [33], 3],
  ['two hidden layers', 20, [33, 17], 3],
  ['three hidden layers', 20, [33, 17, 24], 3],
  ['four hidden layers', 20, [33, 17, 24, 9], 3],
  // Descent from the identity alone finds less than half of these.
  ['four wide hidden layers behind two inputs', 2, [64, 64, 64, 64], 3],
];

describe.each(paths)('alignment, %s', (_, native) => {
  for (const [name, inputs, widths, outputs] of architectures) {
    it.each([0, 0.05, 0.3])(`recovers planted permutations of ${name} with noise of %s`, (noise) => {
      const network = networkOf(inputs, widths, outputs);
      for (let seed = 1; seed <= 5; seed++) {
        const reference = randomPosition(network, seed);
        const error = normals(seed + 100);
        const draw = reference.map((weight) => weight + noise * error());
        const hidden = planted(network, 10 * seed);
        const shuffledDraw = applyPermutations(network, network.tensors, draw, hidden);
        const aligned = new Float32Array(network.dimension);
        const result = createAligner(network, network.tensors, reference, { maxSweeps: 50, signs: false, native }).align(shuffledDraw, aligned, null);
        expect(result.permutations).toEqual(hidden.map(invertPermutation));
        expect(result.transpositions).toEqual(hidden.map(numTranspositions));
        expect(aligned).toEqual(draw);
        expect(result.distanceAfter).toBeLessThanOrEqual(result.distanceBefore);
      }
    });

    it(`never changes the function of ${name}`, () => {
      const network = networkOf(inputs, widths, outputs);
      const aligned = new Float32Array(network.dimension);
      const draw = randomPosition(network, 8);
      createAligner(network, network.tensors, randomPosition(network, 7), { maxSweeps: 50, signs: false, native }).align(draw, aligned, null);
      const input = Float32Array.from({ length: inputs }, normals(9));
      expect(forwardTanh(network, aligned, input)).toBeAllclose(forwardTanh(network, draw, input), { rtol: 1e-12, atol: 1e-12 });
    });

    it(`brings unrelated networks of ${name} closer, and never undoes a warm start`, () => {
      const network = networkOf(inputs, widths, outputs);
      const reference = randomPosition(network, 1);
      const aligner = createAligner(network, network.tensors, reference, { maxSweeps: 50, signs: false, native });
      const aligned = new Float32Array(network.dimension);
      for (let seed = 2; seed < 6; seed++) {
        const draw = randomPosition(network, seed);
        const identity = network.groups.map((group) => identityPermutation(group.size));
        const cold = aligner.align(draw, aligned, null);
        expect(cold.objective).toBeGreaterThan(permutedProduct(network, reference, draw, identity));
        expect(cold.distanceAfter).toBeLessThan(cold.distanceBefore);
        expect(cold.objective).toBeCloseTo(permutedProduct(network, reference, draw, cold.permutations), 9);
        expect(aligned).toEqual(applyPermutations(network, network.tensors, draw, cold.permutations));
        const again = aligner.align(draw, aligned, cold);
        expect(again.permutations).toEqual(cold.permutations);
        expect(again.sweeps).toBe(1);
        const start = planted(network, seed);
        const warm = aligner.align(draw, aligned, unsigned(start));
        expect(warm.objective).toBeGreaterThanOrEqual(permutedProduct(network, reference, draw, start));
        if (widths.length === 1) expect(warm.permutations).toEqual(cold.permutations);
      }
    });
  }

  it('gains with every sweep over three groups', () => {
    const network = networkOf(10, [12, 14, 13], 2);
    const reference = randomPosition(network, 1);
    const kernels = native ? nativeMatchingKernels()! : referenceMatchingKernels;
    const start = identityRelabelling(network.groups.map(({ size }) => size));
    const descend = (draw: Float32Array, maxSweeps: number) => {
      const matcher = new WeightMatcher(groupFeatures(network, network.tensors), reference, kernels, { signed: [false, false, false], maxSweeps, orders: 1 });
      return [...matcher.matches(draw, start, { seed: 0, chain: 0, iteration: 0 })];
    };
    for (let seed = 2; seed < 12; seed++) {
      const draw = randomPosition(network, seed);
      let before = -Infinity;
      for (let sweeps = 0; ; sweeps++) {
        const [match, ...others] = descend(draw, sweeps);
        expect(others).toEqual([]);
        const objective = permutedProduct(network, reference, draw, match!.permutations);
        if (objective === before) {
          // The last sweep changed nothing; no more are made.
          expect(descend(draw, sweeps + 1)[0]).toEqual(match);
          break;
        }
        expect(objective).toBeGreaterThan(before);
        before = objective;
      }
    }
  });

  it('finds the best of all permutations for one narrow hidden layer', () => {
    const network = networkOf(3, [5], 2);
    const reference = randomPosition(network, 1);
    const aligner = createAligner(network, network.tensors, reference, { maxSweeps: 50, signs: false, native });
    for (let seed = 2; seed < 8; seed++) {
      const draw = randomPosition(network, seed);
      const best = Math.max(...everyPermutation(5).map((p) => permutedProduct(network, reference, draw, [p])));
      expect(aligner.align(draw, new Float32Array(network.dimension), null).objective).toBeCloseTo(best, 9);
    }
  });

  it('leaves a draw alone that no permutation brings closer', () => {
    const network = networkOf(4, [6, 5], 2);
    const zeros = new Float32Array(network.dimension);
    const aligned = new Float32Array(network.dimension);
    const result = createAligner(network, network.tensors, zeros, { maxSweeps: 50, signs: false, native }).align(randomPosition(network, 1), aligned, null);
    expect(result.transpositions).toEqual([0, 0]);
    expect(aligned).toEqual(randomPosition(network, 1));
    const start = planted(network, 3);
    expect(createAligner(network, network.tensors, zeros, { maxSweeps: 50, signs: false, native }).align(zeros, aligned, unsigned(start)).permutations).toEqual(start);
  });

  it('moves nothing where there is no hidden layer, and leaves parameters of the likelihood where they are', () => {
    const linear = networkOf(4, [], 2);
    const aligned = new Float32Array(linear.dimension);
    const result = createAligner(linear, linear.tensors, randomPosition(linear, 1), { maxSweeps: 50, signs: false, native }).align(randomPosition(linear, 2), aligned, null);
    expect(result).toMatchObject({ permutations: [], transpositions: [], objective: 0, sweeps: 0 });
    expect(aligned).toEqual(randomPosition(linear, 2));

    const network = networkOf(4, [7], 1);
    const tensors = [...network.tensors, { name: 'likelihood.log_noise_std', shape: [1], offset: network.dimension, size: 1 }];
    const draw = Float32Array.from([...randomPosition(network, 2), 0.25]);
    const out = new Float32Array(draw.length);
    createAligner(network, tensors, Float32Array.from([...randomPosition(network, 1), -1]), { maxSweeps: 50, signs: false, native }).align(draw, out, null);
    expect(out.at(-1)).toBe(0.25);
  });

  it('refuses positions and starts that do not fit', () => {
    const network = networkOf(4, [7], 1);
    const aligner = createAligner(network, network.tensors, randomPosition(network, 1), { maxSweeps: 50, signs: false, native });
    const draw = randomPosition(network, 2);
    const out = new Float32Array(draw.length);
    expect(() => aligner.align(draw.subarray(1), out, null)).toThrow(expect.objectContaining({ code: 'NETWORK_MISMATCH' }));
    expect(() => aligner.align(draw, out.subarray(1), null)).toThrow(expect.objectContaining({ code: 'NETWORK_MISMATCH' }));
    expect(() => aligner.align(draw, out, unsigned([]))).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => aligner.align(draw, out, unsigned([new Int32Array(7)]))).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'start.fc1[1]' }));
    draw[3] = NaN;
    expect(() => aligner.align(draw, out, null)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'position[3]' }));
    expect(() => createAligner(network, network.tensors, draw.subarray(2), { maxSweeps: 1, native })).toThrow('reference has');
  });
});

describe.each(streamKernelSets)('matching in the addon, %s', (set) => {
  it('has the same similarities to the last bit, at sizes that straddle vector widths', () => {
    expect(chooseStreamKernels(set)).toBe(true);
    for (const size of [1, 2, 3, 4, 7, 8, 9, 16, 17, 23, 24, 25, 31, 33, 50]) {
      for (const features of [1, 5, 37]) {
        const next = normals(size * features);
        const [a, b] = [0, 1].map(() => Float32Array.from({ length: size * features }, next)) as [Float32Array, Float32Array];
        const [expected, actual] = [0, 1].map(() => new Float64Array(size * size)) as [Float64Array, Float64Array];
        referenceMatchingKernels.similarityMatrix(a, b, size, features, expected);
        nativeMatchingKernels()!.similarityMatrix(a, b, size, features, actual);
        expect(actual).toEqual(expected);
      }
    }
  });

  it('aligns to the same bits', () => {
    expect(chooseStreamKernels(set)).toBe(true);
    for (const widths of [[40], [33, 17], [9, 9, 9]]) {
      const network = networkOf(50, widths, 3);
      const reference = randomPosition(network, 1);
      for (let seed = 2; seed < 5; seed++) {
        const draw = randomPosition(network, seed);
        const [a, b] = [true, false].map((native) => createAligner(network, network.tensors, reference, { maxSweeps: 50, signs: false, native }).align(draw, new Float32Array(draw.length), null));
        expect(a).toEqual(b);
      }
    }
  });
});

describe('permutations', () => {
  const network = networkOf(5, [8, 6], 2);
  const position = randomPosition(network, 3);

  it('compose as applying one after the other does', () => {
    const [first, second] = [planted(network, 1), planted(network, 2)];
    const inTurn = applyPermutations(network, network.tensors, applyPermutations(network, network.tensors, position, first), second);
    const atOnce = applyPermutations(network, network.tensors, position, first.map((p, g) => composePermutations(p, second[g]!)));
    expect(inTurn).toEqual(atOnce);
  });

  it('are undone by their inverses', () => {
    const p = planted(network, 4);
    const there = applyPermutations(network, network.tensors, position, p);
    expect(applyPermutations(network, network.tensors, there, p.map(invertPermutation))).toEqual(position);
    expect(equalPermutations(composePermutations(p[0]!, invertPermutation(p[0]!)), identityPermutation(8))).toBe(true);
  });

  it('count their transpositions', () => {
    expect(numTranspositions(Int32Array.of())).toBe(0);
    expect(numTranspositions(identityPermutation(5))).toBe(0);
    expect(numTranspositions(Int32Array.of(1, 0, 2, 4, 3))).toBe(2);
    expect(numTranspositions(Int32Array.of(1, 2, 3, 4, 0))).toBe(4);
  });

  it('move rows and columns together', () => {
    const small = networkOf(1, [2], 1);
    // fc1.weight [2,1], fc1.bias [2], fc2.weight [1,2], fc2.bias [1]
    const swapped = applyPermutations(small, small.tensors, Float32Array.of(1, 2, 3, 4, 5, 6, 7), [Int32Array.of(1, 0)]);
    expect(swapped).toEqual(Float32Array.of(2, 1, 4, 3, 6, 5, 7));
  });
});

function permutedProduct(network: Network, reference: Float32Array, draw: Float32Array, permutations: readonly Int32Array[]): number {
  const permuted = applyPermutations(network, network.tensors, draw, permutations);
  const names = new Set(network.groups.flatMap((group) => group.axes.map((axis) => axis.tensor)));
  let sum = 0;
  for (const { name, offset, size } of network.tensors) {
    if (!names.has(name)) continue;
    for (let i = offset; i < offset + size; i++) sum += reference[i]! * permuted[i]!;
  }
  return sum;
}
