// Shuffled controls: what stays, what goes, and what alignment makes of them.
import { describe, expect, it } from 'vitest';
import { denseNetwork } from '../../src/network/dense.js';
import { createAligner, createControl, type ControlKind } from '../../src/rebasin/index.js';
import { normals } from '../support/uniforms.js';

const network = denseNetwork(3, [{ width: 40, activation: 'tanh' }, { width: 9, activation: 'tanh' }], 2);
const { tensors } = network;
const next = normals(1);
const position = Float32Array.from({ length: network.dimension }, next);
const key = { seed: 3, chain: 2, iteration: 70 };
const shuffled = (kind: ControlKind, of = key): Float32Array => createControl(kind, network, tensors).shuffle(of, position).slice();
const tensorOf = (values: Float32Array, name: string): Float32Array => {
  const { offset, size } = tensors.find((tensor) => tensor.name === name)!;
  return values.subarray(offset, offset + size);
};

describe('a shuffled control', () => {
  it.each(['permuted', 'scrambled'] as const)('%s: is a function of the key, and leaves the draw alone', (kind) => {
    const before = position.slice();
    expect(shuffled(kind)).toEqual(shuffled(kind));
    expect(position).toEqual(before);
    for (const other of [{ ...key, seed: 4 }, { ...key, chain: 1 }, { ...key, iteration: 71 }]) expect(shuffled(kind, other)).not.toEqual(shuffled(kind));
    expect(tensorOf(shuffled(kind), 'fc3.bias')).toEqual(tensorOf(position, 'fc3.bias'));
  });

  it('permuted: is the draw again once aligned, for one hidden layer', () => {
    const one = denseNetwork(3, [{ width: 40, activation: 'tanh' }], 2);
    const draw = Float32Array.from({ length: one.dimension }, next);
    const aligner = createAligner(one, one.tensors, Float32Array.from({ length: one.dimension }, next), { maxSweeps: 50 });
    const [direct, control] = [new Float32Array(one.dimension), new Float32Array(one.dimension)];
    aligner.align(draw, direct, null);
    const permuted = createControl('permuted', one, one.tensors).shuffle(key, draw);
    expect(permuted).not.toEqual(draw);
    aligner.align(permuted, control, null);
    expect(control).toEqual(direct);
  });

  it('scrambled: keeps the values of every feature that only one group moves, and no unit', () => {
    const values = shuffled('scrambled');
    const featuresOf = (of: Float32Array): number[][] => {
      const weight = tensorOf(of, 'fc1.weight');
      return [0, 1, 2].map((input) => Array.from({ length: 40 }, (_, unit) => weight[unit * 3 + input]!));
    };
    const [before, after] = [featuresOf(position), featuresOf(values)];
    for (const input of [0, 1, 2]) expect([...after[input]!].sort()).toEqual([...before[input]!].sort());
    const units = (features: number[][]): Set<string> => new Set(features[0]!.map((_, unit) => features.map((feature) => feature[unit]).join()));
    const kept = [...units(after)].filter((unit) => units(before).has(unit));
    expect(kept.length).toBeLessThan(3);
    // Between two groups all that is left is the values of the whole tensor.
    expect([...tensorOf(values, 'fc2.weight')].sort()).toEqual([...tensorOf(position, 'fc2.weight')].sort());
  });

  it('scrambled: puts a value anywhere with the same probability', () => {
    const one = denseNetwork(1, [{ width: 8, activation: 'tanh' }], 1);
    const draw = Float32Array.from({ length: one.dimension }, (_, i) => i);
    const control = createControl('scrambled', one, one.tensors);
    const counts = new Float64Array(64);
    const trials = 8000;
    for (let iteration = 0; iteration < trials; iteration++) {
      control.shuffle({ seed: 1, chain: 0, iteration }, draw).subarray(0, 8).forEach((value, place) => counts[8 * value + place]!++);
    }
    // Chi-squared of an 8 × 8 table of permutations: 49 degrees of freedom, standard deviation 10 or so.
    const chiSquared = counts.reduce((sum, n) => sum + (n - trials / 8) ** 2 / (trials / 8), 0);
    expect(chiSquared * (7 / 8)).toBeLessThan(49 + 4 * Math.sqrt(98));
  });
});
