// Weight matching with signs: planted relabellings, brute force over n!·2ⁿ, unchanged functions; TypeScript and native.
import { describe, expect, it } from 'vitest';
import { selectEngine } from '../../src/engine/select.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { denseNetwork } from '../../src/network/dense.js';
import type { Network } from '../../src/network/network.js';
import { buildPosterior } from '../../src/posterior/build.js';
import { alignToMean, applyPermutations, composeRelabellings, createAligner, invertRelabelling, isOdd, numFlips, signedGroups, type Relabelling } from '../../src/rebasin/index.js';
import { nativeMatchingKernels } from '../../src/rebasin/native.js';
import { ACTIVATIONS } from '../../src/network/network.js';
import { ACTIVATION_FUNCTIONS } from '../../src/network/activation.js';
import { everyPermutation } from '../support/everyPermutation.js';
import { networkOf, randomPosition, randomRelabelling } from '../support/relabelled.js';
import { normals } from '../support/uniforms.js';

const paths = nativeMatchingKernels() === null ? [['reference', false] as const] : [['reference', false] as const, ['native', true] as const];
const DEPTHS: readonly number[][] = [[33], [33, 17], [33, 17, 24]];
const relabel = (network: Network, position: Float32Array, { permutations, signs }: Relabelling) => applyPermutations(network, network.tensors, position, permutations, signs);

/** ⟨reference, values⟩ over all tensors but the output bias, which no group touches. */
function product(network: Network, reference: Float32Array, values: Float32Array): number {
  const end = network.tensors.at(-1)!.offset;
  return values.subarray(0, end).reduce((sum, value, i) => sum + value * reference[i]!, 0);
}

/** All 2ⁿ n! relabellings of n units. */
function everyRelabelling(n: number): { permutation: Int32Array; signs: Int8Array }[] {
  const signs = Array.from({ length: 2 ** n }, (_, bits) => Int8Array.from({ length: n }, (__, i) => ((bits >> i) & 1 ? -1 : 1)));
  return everyPermutation(n).flatMap((permutation) => signs.map((own) => ({ permutation, signs: own })));
}

describe.each(paths)('alignment of order and signs, %s', (_, native) => {
  const options = { maxSweeps: 50, signs: true, native } as const;

  describe.each(DEPTHS.map((widths) => ({ widths, network: networkOf(20, widths, 3) })))('hidden layers $widths', ({ network }) => {
    it.each([0, 0.05, 0.3])('recovers planted orders and signs with noise of %s', (noise) => {
      for (let seed = 1; seed <= 4; seed++) {
        const reference = randomPosition(network, seed);
        const error = normals(seed + 100);
        const draw = reference.map((weight) => weight + noise * error());
        const planted = randomRelabelling(network, seed);
        const aligned = new Float32Array(network.dimension);
        const result = createAligner(network, network.tensors, reference, options).align(relabel(network, draw, planted), aligned, null);
        expect({ permutations: result.permutations, signs: result.signs }).toEqual(invertRelabelling(planted));
        expect(aligned).toEqual(draw);
      }
    });

    it('never changes the function, on any engine', () => {
      const posterior = buildPosterior(network, { prior: { layers: {} }, likelihood: { kind: 'categorical' }, temperature: 1 });
      const draw = randomPosition(network, 8);
      const aligned = new Float32Array(network.dimension);
      const { signs } = createAligner(network, network.tensors, randomPosition(network, 7), options).align(draw, aligned, null);
      expect(signs.every((own) => numFlips(own) > 0)).toBe(true);
      const inputs = Float32Array.from({ length: 5 * network.inputs }, normals(9));
      for (const engine of [referenceEngine(), selectEngine('auto').engine]) {
        const potential = engine.potential(posterior, { rows: 5, features: network.inputs, inputs, targets: new Int32Array(5) }, { threads: 1 });
        const [before, after] = [draw, aligned].map((position) => {
          const outputs = new Float32Array(5 * network.outputs);
          potential.predict(position, inputs, 5, outputs);
          return outputs;
        });
        expect(after!).toBeAllclose(before!, { rtol: 1e-5, atol: 1e-5 });
        // Nor does the prior tell them apart.
        const energy = (position: Float32Array) => potential.valueAndGradient(position, new Float32Array(network.dimension));
        expect(energy(aligned)).toBeCloseTo(energy(draw), 2);
        potential.dispose();
      }
    });

    it('never falls behind its start, nor behind orders alone from there', () => {
      for (let seed = 2; seed < 5; seed++) {
        const reference = randomPosition(network, 1);
        const draw = randomPosition(network, seed);
        const aligned = new Float32Array(network.dimension);
        const aligner = createAligner(network, network.tensors, reference, options);
        const start = randomRelabelling(network, seed);
        const warm = aligner.align(draw, aligned, start);
        expect(warm.objective).toBeGreaterThanOrEqual(product(network, reference, relabel(network, draw, start)));
        expect(warm.objective).toBeCloseTo(product(network, reference, aligned), 9);
        expect(aligned).toEqual(relabel(network, draw, warm));
        const unsigned = createAligner(network, network.tensors, reference, { ...options, signs: false }).align(draw, aligned, null);
        expect(aligner.align(draw, aligned, unsigned).objective).toBeGreaterThan(unsigned.objective);
        const again = aligner.align(draw, aligned, warm);
        expect({ ...again, sweeps: 0 }).toEqual({ ...warm, sweeps: 0 });
        expect(again.sweeps).toBe(1);
      }
    });
  });

  it.each([1, 2, 3, 4])('is the best of all n!·2ⁿ relabellings of one hidden layer of %i units', (width) => {
    const network = networkOf(3, [width], 2);
    for (let seed = 1; seed < 8; seed++) {
      const [reference, draw] = [randomPosition(network, 100 + seed), randomPosition(network, seed)];
      const best = Math.max(...everyRelabelling(width).map(({ permutation, signs }) => product(network, reference, relabel(network, draw, { permutations: [permutation], signs: [signs] }))));
      expect(createAligner(network, network.tensors, reference, options).align(draw, new Float32Array(network.dimension), null).objective).toBeCloseTo(best, 9);
    }
  });

  it('of two hidden layers is a local optimum below the best of all, which several orders come up to', () => {
    const network = networkOf(2, [3, 3], 2);
    const all = everyRelabelling(3);
    let reached = 0;
    for (let seed = 1; seed < 7; seed++) {
      const [reference, draw] = [randomPosition(network, 100 + seed), randomPosition(network, seed)];
      const value = (a: (typeof all)[number], b: (typeof all)[number]) =>
        product(network, reference, relabel(network, draw, { permutations: [a.permutation, b.permutation], signs: [a.signs, b.signs] }));
      const best = all.reduce((most, a) => all.reduce((more, b) => Math.max(more, value(a, b)), most), -Infinity);
      const result = createAligner(network, network.tensors, reference, { ...options, orders: 30 }).align(draw, new Float32Array(network.dimension), null);
      expect(result.objective).toBeLessThanOrEqual(best + 1e-9);
      if (result.objective > best - 1e-9) reached++;
      const found = result.permutations.map((permutation, g) => ({ permutation, signs: result.signs[g]! }));
      for (const other of all) {
        expect(value(other, found[1]!)).toBeLessThanOrEqual(result.objective + 1e-9);
        expect(value(found[0]!, other)).toBeLessThanOrEqual(result.objective + 1e-9);
      }
    }
    expect(reached).toBeGreaterThanOrEqual(4);
  });

  it('changes signs only of layers whose activation is odd', () => {
    const network = denseNetwork(6, [{ width: 9, activation: 'relu' }, { width: 8, activation: 'tanh' }, { width: 7, activation: 'gelu' }], 3);
    const reference = randomPosition(network, 1);
    const planted = { ...randomRelabelling(network, 2), signs: [null, randomRelabelling(network, 2).signs[1]!, null] };
    const aligned = new Float32Array(network.dimension);
    const result = createAligner(network, network.tensors, reference, { maxSweeps: 50, native }).align(relabel(network, reference, planted), aligned, null);
    expect({ permutations: result.permutations, signs: result.signs }).toEqual(invertRelabelling(planted));
    expect(aligned).toEqual(reference);
  });

  it('leaves a draw alone that nothing brings closer', () => {
    const network = networkOf(4, [6, 5], 2);
    const draw = randomPosition(network, 1);
    const aligner = createAligner(network, network.tensors, new Float32Array(network.dimension), options);
    const start = randomRelabelling(network, 3);
    const { permutations, signs } = aligner.align(draw, new Float32Array(network.dimension), start);
    expect({ permutations, signs }).toEqual(start);
  });

  it('finds relabelled copies of one network when all are aligned to their mean', () => {
    for (const widths of DEPTHS) {
      const network = networkOf(12, widths, 3);
      const original = randomPosition(network, 5);
      const planted = [1, 2, 3, 4].map((k) => randomRelabelling(network, k));
      const given = planted.map((own) => relabel(network, original, own));
      const { networks, mean, squaredDistances } = alignToMean(network, network.tensors, given, { ...options, maxIterations: 50 });
      expect(mean).toEqual(given[0]);
      expect(squaredDistances.at(-1)).toBe(0);
      networks.forEach(({ permutations, signs, aligned }, k) => {
        expect({ permutations, signs }).toEqual(composeRelabellings(invertRelabelling(planted[k]!), planted[0]!));
        expect(aligned).toEqual(given[0]);
      });
    }
  });
});

it.skipIf(nativeMatchingKernels() === null)('gives the same bits in TypeScript and in the addon', () => {
  for (const widths of DEPTHS) {
    const network = networkOf(20, widths, 3);
    const [a, b] = [true, false].map((native) => createAligner(network, network.tensors, randomPosition(network, 1), { maxSweeps: 50, orders: 3, native }).align(randomPosition(network, 2), new Float32Array(network.dimension), null));
    expect(a).toEqual(b);
  }
});

describe('which signs are free', () => {
  it('those of odd functions, and no others are odd', () => {
    for (const activation of ACTIVATIONS) {
      const { value } = ACTIVATION_FUNCTIONS[activation];
      expect([0.1, 0.7, 2, 5].every((z) => value(-z) === -value(z)), activation).toBe(isOdd(activation));
    }
  });

  it('a layer that is not odd is refused where all are to change', () => {
    const network = networkOf(3, [4], 2, 'relu');
    const create = () => createAligner(network, network.tensors, randomPosition(network, 1), { maxSweeps: 50, signs: true });
    expect(create).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'signs', value: true, message: expect.stringContaining('fc1, relu') as string, remedy: expect.stringContaining('auto') as string }));
    expect([signedGroups(network, 'auto'), signedGroups(network, false)]).toEqual([[false], [false]]);
  });

  it('a start that changes others is refused', () => {
    const network = networkOf(3, [4], 2, 'relu');
    const aligner = createAligner(network, network.tensors, randomPosition(network, 1), { maxSweeps: 50 });
    const start = { permutations: [Int32Array.of(0, 1, 2, 3)], signs: [Int8Array.of(1, -1, 1, 1)] };
    expect(() => aligner.align(randomPosition(network, 2), new Float32Array(network.dimension), start)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'start.fc1' }));
  });
});
