// Alignment to the common mean: planted copies found, distances that never rise, an end that no relabelling improves.
import { describe, expect, it } from 'vitest';
import { denseNetwork } from '../../src/network/dense.js';
import type { Network } from '../../src/network/network.js';
import {
  alignToMean,
  applyPermutations,
  composePermutations,
  createAligner,
  euclideanDistance,
  identityPermutation,
  invertPermutation,
  numTranspositions,
} from '../../src/rebasin/index.js';
import { everyPermutation } from '../support/everyPermutation.js';
import { shuffled } from '../support/shuffled.js';
import { normals } from '../support/uniforms.js';

const LIMITS = { maxSweeps: 50, maxIterations: 50, signs: false };

function networkOf(inputs: number, widths: readonly number[], outputs: number): Network {
  return denseNetwork(inputs, widths.map((width) => ({ width, activation: 'tanh' })), outputs);
}

function randomPosition(network: Network, seed: number): Float32Array {
  return Float32Array.from({ length: network.dimension }, normals(seed));
}

/** Copies of one network, each with noise of its own and then relabelled, the first one too. */
function relabelledCopies(network: Network, count: number, noise: number, seed: number) {
  const original = randomPosition(network, seed);
  return Array.from({ length: count }, (_, k) => {
    const error = normals(1000 * seed + k);
    const noisy = original.map((weight) => weight + noise * error());
    const hidden = network.groups.map((group, g) => shuffled(group.size, 100 * seed + 10 * k + g));
    return { noisy, hidden, given: applyPermutations(network, network.tensors, noisy, hidden) };
  });
}

describe('alignment to the common mean', () => {
  it.each([
    ['one hidden layer', 12, [21], 0],
    ['one hidden layer', 12, [21], 0.5],
    ['two hidden layers', 12, [21, 17], 0.5],
    ['three hidden layers', 12, [21, 17, 19], 0.3],
    // Descent from where alignment to the first copy ended does not find these.
    ['four wide hidden layers behind two inputs', 2, [64, 64, 64, 64], 0.5],
  ])('aligns relabelled copies of %s to each other', (_, inputs, widths, noise) => {
    const network = networkOf(inputs, widths, 3);
    for (let seed = 1; seed <= 3; seed++) {
      const copies = relabelledCopies(network, 8, noise, seed);
      const { mean, networks, converged, squaredDistances } = alignToMean(network, network.tensors, copies.map(({ given }) => given), LIMITS);
      expect(converged).toBe(true);
      // Everything comes out with the labels of the first copy.
      const labels = copies[0]!.hidden;
      networks.forEach(({ aligned, permutations, transpositions, distanceBefore, distanceAfter }, k) => {
        const { noisy, hidden, given } = copies[k]!;
        expect(permutations).toEqual(hidden.map((own, g) => composePermutations(invertPermutation(own), labels[g]!)));
        expect(transpositions).toEqual(permutations.map(numTranspositions));
        expect(aligned).toEqual(applyPermutations(network, network.tensors, noisy, labels));
        expect(distanceBefore).toBe(euclideanDistance(mean, given));
        expect(distanceAfter).toBe(euclideanDistance(mean, aligned));
      });
      expect(mean).toBeAllclose(mean.map((_, i) => networks.reduce((sum, { aligned }) => sum + aligned[i]!, 0) / networks.length), { rtol: 1e-6, atol: 1e-7 });
      expect(squaredDistances.at(-1)).toBeCloseTo(networks.reduce((sum, { distanceAfter }) => sum + distanceAfter ** 2, 0), noise === 0 ? 9 : 2);
    }
  });

  it('finds copies whose noise hides them from the first one', () => {
    // Against one noisy copy some units are matched wrongly; the mean of the others shows where they belong.
    const network = networkOf(10, [30], 2);
    const copies = relabelledCopies(network, 12, 0.9, 4);
    const positions = copies.map(({ given }) => given);
    const truth = copies.map(({ hidden }) => composePermutations(invertPermutation(hidden[0]!), copies[0]!.hidden[0]!));
    const right = (permutations: readonly Int32Array[]) => permutations.reduce((sum, p, k) => sum + p.reduce((n, unit, i) => n + Number(unit === truth[k]![i]), 0), 0);
    const first = createAligner(network, network.tensors, positions[0]!, { maxSweeps: 50, signs: false });
    const toFirst = positions.map((position) => first.align(position, new Float32Array(network.dimension), null).permutations[0]!);
    const { networks, squaredDistances } = alignToMean(network, network.tensors, positions, LIMITS);
    expect(right(networks.map(({ permutations }) => permutations[0]!))).toBeGreaterThan(right(toFirst));
    expect(squaredDistances.at(-1)).toBeLessThan(squaredDistances[0]!);
  });

  it.each([[[14]], [[14, 11]], [[9, 10, 8]]])('never moves unrelated networks of hidden widths %j apart', (widths) => {
    const network = networkOf(6, widths, 2);
    for (let seed = 1; seed <= 5; seed++) {
      const positions = Array.from({ length: 6 }, (_, k) => randomPosition(network, 10 * seed + k));
      const { squaredDistances, iterations, converged, networks } = alignToMean(network, network.tensors, positions, LIMITS);
      expect(converged).toBe(true);
      expect(squaredDistances).toHaveLength(iterations + 1);
      for (let i = 1; i < squaredDistances.length; i++) expect(squaredDistances[i]).toBeLessThanOrEqual(squaredDistances[i - 1]!);
      expect(squaredDistances.at(-1)).toBeLessThan(squaredDistances[0]!);
      expect(networks[0]!.permutations).toEqual(network.groups.map(({ size }) => identityPermutation(size)));
    }
  });

  it('ends where aligning any network to the mean again changes nothing', () => {
    for (const widths of [[14], [9, 10, 8]]) {
      const network = networkOf(6, widths, 2);
      const positions = Array.from({ length: 4 }, (_, k) => randomPosition(network, 70 + k));
      const { mean, networks } = alignToMean(network, network.tensors, positions, LIMITS);
      const aligner = createAligner(network, network.tensors, mean, { maxSweeps: 50, signs: false });
      networks.forEach((own, k) => {
        const { permutations } = aligner.align(positions[k]!, new Float32Array(network.dimension), own);
        expect(permutations).toEqual(own.permutations);
      });
    }
  });

  it('ends where no relabelling of one network brings all closer, by trying every one', () => {
    const network = networkOf(3, [4], 2);
    for (let seed = 1; seed <= 5; seed++) {
      const positions = Array.from({ length: 5 }, (_, k) => randomPosition(network, 10 * seed + k));
      const { networks, squaredDistances } = alignToMean(network, network.tensors, positions, LIMITS);
      const final = networks.map(({ aligned }) => aligned);
      expect(totalSquaredDistance(final)).toBeCloseTo(squaredDistances.at(-1)!, 6);
      for (const [k, position] of positions.entries()) {
        for (const permutation of everyPermutation(4)) {
          const moved = final.with(k, applyPermutations(network, network.tensors, position, [permutation]));
          expect(totalSquaredDistance(moved)).toBeGreaterThan(totalSquaredDistance(final) - 1e-4);
        }
      }
    }
  });

  it('says when it was stopped, and goes on to the same end', () => {
    const network = networkOf(6, [20], 2);
    const positions = Array.from({ length: 8 }, (_, k) => randomPosition(network, k + 1));
    const stopped = alignToMean(network, network.tensors, positions, { ...LIMITS, maxIterations: 1 });
    expect(stopped).toMatchObject({ converged: false, iterations: 1 });
    const whole = alignToMean(network, network.tensors, positions, LIMITS);
    expect(whole.squaredDistances.slice(0, 2)).toEqual(stopped.squaredDistances);
    expect(alignToMean(network, network.tensors, positions, { ...LIMITS, native: false })).toEqual(whole);
  });

  it('carries parameters of the likelihood along, and takes networks without hidden layers', () => {
    const network = networkOf(3, [], 1);
    const tensors = [...network.tensors, { name: 'likelihood.log_noise_std', shape: [1], offset: network.dimension, size: 1 }];
    const { mean, networks, iterations } = alignToMean(network, tensors, [Float32Array.of(1, 2, 3, 4, 5), Float32Array.of(3, 4, 5, 6, 7)], LIMITS);
    expect(mean).toEqual(Float32Array.of(2, 3, 4, 5, 6));
    expect(networks.map(({ aligned }) => aligned[4])).toEqual([5, 7]);
    expect(iterations).toBe(1);
  });

  it('refuses what has no mean', () => {
    const network = networkOf(3, [4], 2);
    const good = randomPosition(network, 1);
    const attempt = (positions: readonly Float32Array[], limits = LIMITS) => () => alignToMean(network, network.tensors, positions, limits);
    const error = (code: string, path: string) => expect.objectContaining({ code, path, remedy: expect.any(String) as string }) as Error;
    expect(attempt([good])).toThrow(error('ARGUMENT_INVALID', 'positions'));
    expect(attempt([good, good.subarray(1)])).toThrow(error('NETWORK_MISMATCH', 'position'));
    expect(attempt([good, good.with(5, NaN)])).toThrow(error('ARGUMENT_INVALID', 'position[5]'));
    expect(attempt([good.with(5, NaN), good])).toThrow(error('ARGUMENT_INVALID', 'position[5]'));
    expect(attempt([good, good], { ...LIMITS, maxIterations: 0 })).toThrow(error('ARGUMENT_INVALID', 'maxIterations'));
  });
});

/** Σ_k ‖θ̄ − θ_k‖², the plain way. */
function totalSquaredDistance(positions: readonly Float32Array[]): number {
  let total = 0;
  for (let i = 0; i < positions[0]!.length; i++) {
    const mean = positions.reduce((sum, position) => sum + position[i]!, 0) / positions.length;
    for (const position of positions) total += (position[i]! - mean) ** 2;
  }
  return total;
}
