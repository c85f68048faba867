// Pruning: orders, masks and counts against NumPy, whatever the labelling of the network.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonNumbers } from '../../../src/cli/output.js';
import { readSafetensors, writeSafetensors, type Tensor } from '../../../src/data/safetensors.js';
import { denseNetwork } from '../../../src/network/dense.js';
import { randomPermutation } from '../../../src/random/index.js';
import { applyPermutations, numTranspositions } from '../../../src/rebasin/index.js';
import { PRUNING_CRITERIA, removalOrder, type PruningInput } from '../../../src/summary/prune/criteria.js';
import { PRUNING_FRACTIONS, pruningPoints } from '../../../src/summary/prune/curve.js';
import { encodePruned } from '../../../src/summary/prune/encode.js';
import { uncertaintyInLabellingOf } from '../../../src/summary/prune/labelling.js';
import { applyMask, keptCount, prunablePlaces, pruningMask } from '../../../src/summary/prune/mask.js';
import { runPython } from '../../support/python.js';
import { networkOf, randomRelabelling } from '../../support/relabelled.js';
import { normals } from '../../support/tinyJob.js';

const network = denseNetwork(5, [{ width: 11, activation: 'relu' }, { width: 8, activation: 'relu' }], 3);
const mean = normals(1, network.dimension);
const std = normals(2, network.dimension).map(Math.abs);
const position = normals(3, network.dimension);
const input: PruningInput = { places: prunablePlaces(network, false), position, mean, std, seed: 5 };

describe('removalOrder', () => {
  it('is NumPy’s for every criterion, ties and infinities included', () => {
    // A few values only, so that most scores are tied.
    const coarse = (values: Float32Array) => values.map((value) => Math.round(value));
    const tied = { ...input, position: coarse(position), mean: coarse(mean), std: coarse(std) };
    const script = `
import json, sys
import numpy as np
given = json.load(sys.stdin)
def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & 0xFFFFFFFF, (p0 >> 32) ^ c[3] ^ k[1], p0 & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c
def words(seed):
    block = 0
    while True:
        yield from philox((block, 0, 0, 8), (seed, 0))
        block += 1
def shuffled(n, seed):
    stream, p = words(seed), list(range(n))
    for i in range(n - 1, 0, -1):
        word = next(w for w in stream if w < 2**32 - 2**32 % (i + 1))
        j = word % (i + 1)
        p[i], p[j] = p[j], p[i]
    return np.array(p)
out = []
for case in given:
    places = np.array(case['places'])
    w, m, s = (np.array(case[k], dtype=np.float64)[places] for k in ('position', 'mean', 'std'))
    with np.errstate(divide='ignore', invalid='ignore'):
        snr = np.where(m == 0, 0, np.abs(m) / s)
    scores = {'std': -s, 'snr': snr, 'magnitude': np.abs(w)}
    orders = {k: places[np.argsort(v, kind='stable')].tolist() for k, v in scores.items()}
    orders['random'] = places[shuffled(len(places), case['seed'])].tolist()
    out.append(orders)
print(json.dumps(out))`;
    const cases = [input, tied, { ...input, places: prunablePlaces(network, true), seed: 4294967295 }];
    const expected = JSON.parse(runPython(script, JSON.stringify(cases, jsonNumbers))) as Record<string, number[]>[];
    for (const [i, one] of cases.entries()) for (const criterion of PRUNING_CRITERIA) expect([...removalOrder(criterion, one)], criterion).toEqual(expected[i]![criterion]);
  });

  it('refuses NaN with its place', () => {
    const place = input.places[7]!;
    const holed = (values: Float32Array) => values.map((value, i) => (i === place ? NaN : value));
    for (const [criterion, bad] of [['std', { std: holed(std) }], ['snr', { mean: holed(mean) }], ['magnitude', { position: holed(position) }]] as const) {
      expect(() => removalOrder(criterion, { ...input, ...bad })).toThrowError(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: `[${place}]` }));
    }
  });
});

describe('masks', () => {
  const order = removalOrder('std', input);

  it('keep exactly the number asked for, are nested, and leave biases alone', () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const masks = [less, more].map((keep) => pruningMask(order, network.dimension, keep));
        expect(order.filter((place) => masks[0]![place] === 1)).toHaveLength(Math.round(less * order.length));
        expect(masks[0]!.every((kept, i) => kept <= masks[1]![i]!)).toBe(true);
        const biases = prunablePlaces(network, true).filter((place) => !order.includes(place));
        expect(biases.length).toBe(11 + 8 + 3);
        expect(biases.every((place) => masks[0]![place] === 1)).toBe(true);
      }),
    );
  });

  it('of 1 change nothing, and of 0 leave nothing that can be pruned', () => {
    expect(applyMask(position, pruningMask(order, network.dimension, 1))).toEqual(position);
    const pruned = applyMask(position, pruningMask(order, network.dimension, 0));
    expect(order.every((place) => Object.is(pruned[place], 0))).toBe(true);
    expect(pruned.filter((value) => value !== 0)).toHaveLength(11 + 8 + 3);
    expect(applyMask(position, pruningMask(prunablePlaces(network, true), network.dimension, 0)).every((value) => value === 0)).toBe(true);
  });

  it.each([-0.1, 1.1, NaN, Infinity])('refuse to keep %s', (keep) => {
    expect(() => pruningMask(order, network.dimension, keep)).toThrowError(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'keep', value: keep }));
  });

  it('of every fraction of the curve are what is scored, a learned noise left as it is', () => {
    const noisy = Float32Array.from([...position, -1.5]);
    const seen: Float32Array[] = [];
    const scores = { accuracy: 0, nll: 0, brier: 0, ece: 0, entropy: 0 };
    const score = (pruned: Float32Array) => {
      seen.push(pruned);
      return scores;
    };
    const points = pruningPoints({ order, tensors: network.tensors, position: noisy, fractions: PRUNING_FRACTIONS, score });
    expect(points.map(({ kept }) => kept)).toEqual(PRUNING_FRACTIONS.map((keep) => keptCount(keep, order.length)));
    for (const [i, pruned] of seen.entries()) {
      expect(pruned.filter((value) => value === 0)).toHaveLength(order.length - points[i]!.kept);
      expect(pruned.at(-1)).toBe(-1.5);
      const kept = network.tensors.map(({ name, offset, size }) => [name, pruned.subarray(offset, offset + size).filter((value) => value !== 0).length]);
      expect(points[i]!.tensors).toEqual(Object.fromEntries(kept));
    }
  });
});

describe('uncertaintyInLabellingOf', () => {
  it('gives the mean the network’s own signs, and leaves deviations positive', () => {
    const tanh = networkOf(5, [11, 8], 3);
    const { permutations, signs } = randomRelabelling(tanh, 4);
    const own = applyPermutations(tanh, tanh.tensors, mean, permutations, signs);
    const labelled = uncertaintyInLabellingOf(tanh, own, { mean, std }, { maxSweeps: 50 });
    expect(labelled.mean).toEqual(own);
    expect(labelled.std).toEqual(applyPermutations(tanh, tanh.tensors, std, permutations));
  });

  it('lets masks follow the network’s own labelling: a permuted mean gets the permuted mask', () => {
    const planted = network.groups.map((group, g) => randomPermutation({ seed: 1, chain: 0, iteration: g }, 'test', group.size));
    const permute = (values: Float32Array) => applyPermutations(network, network.tensors, values, planted);
    const permuted = permute(mean);
    const own = uncertaintyInLabellingOf(network, permuted, { mean, std }, { maxSweeps: 50 });
    expect(own.alignment.transpositions).toEqual(planted.map(numTranspositions));
    expect(own.alignment.transpositions.every((n) => n > 0)).toBe(true);
    expect(own.mean).toEqual(permuted);
    expect(own.std).toEqual(permute(std));
    for (const criterion of ['std', 'snr', 'magnitude'] as const) {
      for (const keep of [0.1, 0.5, 0.9]) {
        const plain = pruningMask(removalOrder(criterion, { ...input, position: mean }), network.dimension, keep);
        const mask = pruningMask(removalOrder(criterion, { ...input, ...own, position: permuted }), network.dimension, keep);
        expect(mask, criterion).toEqual(Uint8Array.from(permute(Float32Array.from(plain))));
        expect(mask).not.toEqual(plain);
      }
    }
  });
});

describe('encodePruned', () => {
  it('writes zeros and nothing else into the network’s own tensors, whatever their type', () => {
    const layout = denseNetwork(2, [], 2).tensors;
    const names = new Map([['fc1.weight', '0.weight'], ['fc1.bias', '0.bias']]);
    const saved = new Map<string, Tensor>([
      ['0.weight', { dtype: 'F16', shape: [2, 2], data: Uint16Array.of(0xbc00, 0x3c01, 0x8000, 0x4000) }],
      ['0.bias', { dtype: 'F64', shape: [2], data: Float64Array.of(0.1, -0.2) }],
      ['likelihood.log_noise_std', { dtype: 'F32', shape: [1], data: Float32Array.of(-1) }],
    ]);
    const { network: pruned, mask } = encodePruned(saved, layout, names, Uint8Array.of(0, 1, 1, 0, 1, 0));
    expect(readSafetensors(pruned)).toEqual(
      new Map<string, Tensor>([
        ['0.bias', { dtype: 'F64', shape: [2], data: Float64Array.of(0.1, 0) }],
        ['likelihood.log_noise_std', saved.get('likelihood.log_noise_std')!],
        ['0.weight', { dtype: 'F16', shape: [2, 2], data: Uint16Array.of(0, 0x3c01, 0x8000, 0) }],
      ]),
    );
    expect([...readSafetensors(mask)]).toEqual([
      ['mask/0.bias', { dtype: 'U8', shape: [2], data: Uint8Array.of(1, 0) }],
      ['mask/0.weight', { dtype: 'U8', shape: [2, 2], data: Uint8Array.of(0, 1, 1, 0) }],
    ]);
    expect(encodePruned(saved, layout, names, new Uint8Array(6).fill(1)).network).toEqual(writeSafetensors(saved, { format: 'pt' }));
  });
});
