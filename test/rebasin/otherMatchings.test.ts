// Activation and first-layer matching against NumPy and SciPy, planted relabellings, and what they cannot do without.
import { describe, expect, it } from 'vitest';
import { hiddenActivations } from '../../src/engine/activations.js';
import type { Engine } from '../../src/engine/engine.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { selectEngine } from '../../src/engine/select.js';
import type { Network } from '../../src/network/network.js';
import { buildPosterior } from '../../src/posterior/build.js';
import { applyPermutations, createAligner, invertRelabelling, numTranspositions, type AlignerOptions } from '../../src/rebasin/index.js';
import { runPython } from '../support/python.js';
import { networkOf, randomPosition, randomRelabelling } from '../support/relabelled.js';
import { normals } from '../support/uniforms.js';

const ROWS = 40;
const engines = [...new Map([referenceEngine(), selectEngine('auto').engine].map((engine) => [engine.name, engine])).values()];

function activationsOf(network: Network, engine: Engine = referenceEngine()) {
  const posterior = buildPosterior(network, { prior: { layers: {} }, likelihood: { kind: 'categorical' }, temperature: 1 });
  const inputs = Float32Array.from({ length: ROWS * network.inputs }, normals(17));
  return { inputs, activations: hiddenActivations(engine, posterior, { rows: ROWS, features: network.inputs, inputs, targets: new Int32Array(ROWS) }, 1).at };
}

/** S of every group of networks given as tensors, matched by SciPy; `similarities(a, b)` comes before it. */
const ORACLE = `
import json, sys
import numpy as np
from scipy.optimize import linear_sum_assignment
given = json.load(sys.stdin)
load = lambda d: {k: np.array(v['data'], float).reshape(v['shape']) for k, v in d.items()}
depth, signed, centered = given['depth'], given['signed'], given['centered']
x = np.array(given['inputs'], float).reshape(given['rows'], -1)
act = np.tanh if given['activation'] == 'tanh' else lambda z: np.logaddexp(0, z)
def hidden(t):
    out, h = [], x
    for k in range(1, depth + 1):
        h = act(h @ t[f'fc{k}.weight'].T + t[f'fc{k}.bias'])
        out.append(h)
    return out
def match(S):
    rows, columns = linear_sum_assignment(abs(S) if signed else S, maximize=True)
    s = np.where(S[rows, columns] < 0, -1, 1) if signed else np.ones(len(S), int)
    return columns, s, float((s * S[rows, columns]).sum())
a, b = load(given['reference']), load(given['draw'])
out = []
if given['matching'] == 'activations':
    for p, q in zip(hidden(a), hidden(b)):
        S = (p - p.mean(0)).T @ (q - q.mean(0)) if centered else p.T @ q
        out.append(match(S))
else:
    unit = lambda w: w / np.linalg.norm(w, axis=1, keepdims=True)
    columns, signs = np.arange(x.shape[1]), np.ones(x.shape[1])
    for k in range(1, depth + 1):
        w = b[f'fc{k}.weight'][:, columns] * signs
        out.append(match(unit(a[f'fc{k}.weight']) @ unit(w).T))
        columns, signs = out[-1][:2]
print(json.dumps([[p.tolist(), s.tolist(), value] for p, s, value in out]))`;

type Matched = [permutation: number[], signs: number[], objective: number][];

function inPython(network: Network, reference: Float32Array, draw: Float32Array, settings: Record<string, unknown>): Matched {
  const dict = (position: Float32Array) => Object.fromEntries(network.tensors.map(({ name, shape, offset, size }) => [name, { shape, data: Array.from(position.subarray(offset, offset + size)) }]));
  const inputs = Array.from(activationsOf(network).inputs);
  const about = { depth: network.groups.length, rows: ROWS, inputs, activation: network.layers[0]!.activation };
  return JSON.parse(runPython(ORACLE, JSON.stringify({ reference: dict(reference), draw: dict(draw), ...about, centered: false, ...settings }))) as Matched;
}

describe.each([
  ['tanh', true],
  ['tanh', false],
  // Never 0, as a ReLU can be: then two units could be as good as each other.
  ['softplus', false],
] as const)('matching of %s networks, signs %s', (activation, signs) => {
  it.each([[[12]], [[12, 9]], [[9, 11, 10]]])('is what SciPy finds on what NumPy computes, hidden layers %j', (widths) => {
    const network = networkOf(6, widths, 3, activation);
    const [reference, draw] = [randomPosition(network, 1), randomPosition(network, 2)];
    const check = (options: Omit<AlignerOptions, 'maxSweeps'>, expected: Matched): void => {
      const aligned = new Float32Array(network.dimension);
      const result = createAligner(network, network.tensors, reference, { maxSweeps: 50, signs, ...options }).align(draw, aligned, null);
      expect(result.permutations.map((p) => Array.from(p))).toEqual(expected.map(([permutation]) => permutation));
      expect(result.signs.map((s) => s && Array.from(s))).toEqual(expected.map(([, own]) => (signs ? own : null)));
      expect([result.objective]).toBeAllclose([expected.reduce((sum, [, , value]) => sum + value, 0)], { rtol: 1e-5 });
      expect(result.transpositions).toEqual(result.permutations.map(numTranspositions));
      expect(result.sweeps).toBe(1);
      expect(aligned).toEqual(applyPermutations(network, network.tensors, draw, result.permutations, result.signs));
    };
    for (const centered of [false, true]) {
      const expected = inPython(network, reference, draw, { matching: 'activations', signed: signs, centered });
      for (const engine of engines) check({ matching: 'activations', activations: { activations: activationsOf(network, engine).activations, centered } }, expected);
    }
    const expected = inPython(network, reference, draw, { matching: 'first-layer', signed: signs });
    for (const native of [false, true]) check({ matching: 'first-layer', native }, expected);
  });
});

describe.each(['activations', 'first-layer'] as const)('%s', (matching) => {
  const optionsFor = (network: Network): AlignerOptions => ({ maxSweeps: 50, matching, activations: matching === 'activations' ? { activations: activationsOf(network).activations, centered: true } : null });

  it.each([[[33]], [[33, 17]], [[33, 17, 24]]])('recovers planted orders and signs, hidden layers %j', (widths) => {
    const network = networkOf(20, widths, 3);
    for (let seed = 1; seed <= 3; seed++) {
      const reference = randomPosition(network, seed);
      const error = normals(seed + 100);
      const draw = reference.map((weight) => weight + 0.05 * error());
      const planted = randomRelabelling(network, seed);
      const aligned = new Float32Array(network.dimension);
      const given = applyPermutations(network, network.tensors, draw, planted.permutations, planted.signs);
      const { permutations, signs } = createAligner(network, network.tensors, reference, optionsFor(network)).align(given, aligned, null);
      expect({ permutations, signs }).toEqual(invertRelabelling(planted));
      expect(aligned).toEqual(draw);
    }
  });

  it('keeps the start where nothing tells units apart', () => {
    const network = networkOf(4, [6, 5], 2);
    const start = randomRelabelling(network, 3);
    const aligner = createAligner(network, network.tensors, new Float32Array(network.dimension), optionsFor(network));
    const { permutations, signs, objective } = aligner.align(randomPosition(network, 1), new Float32Array(network.dimension), start);
    expect({ permutations, signs }).toEqual(start);
    expect(objective).toBe(0);
  });

  it('has nothing to do without hidden layers', () => {
    const network = networkOf(4, [], 2);
    const aligned = new Float32Array(network.dimension);
    const result = createAligner(network, network.tensors, randomPosition(network, 1), optionsFor(network)).align(randomPosition(network, 2), aligned, null);
    expect(result).toMatchObject({ permutations: [], signs: [], objective: 0, sweeps: 0 });
    expect(aligned).toEqual(randomPosition(network, 2));
  });
});

describe('activation matching', () => {
  const network = networkOf(4, [6, 5], 2);
  const create = (activations: AlignerOptions['activations']) => () => createAligner(network, network.tensors, randomPosition(network, 1), { maxSweeps: 50, matching: 'activations', activations: activations! });

  it('of centred activations does not see what a unit always puts out', () => {
    const relu = networkOf(4, [8], 2, 'relu');
    const { activations } = activationsOf(relu);
    const shifted = (by: number) => createAligner(relu, relu.tensors, randomPosition(relu, 1), { maxSweeps: 50, matching: 'activations', activations: { activations: (position) => activations(position).map((values) => values.map((v, i) => v + by * (i % 8))), centered: true } });
    const align = (by: number) => shifted(by).align(randomPosition(relu, 2), new Float32Array(relu.dimension), null).permutations;
    expect(align(10)).toEqual(align(0));
  });

  it('cannot do without activations, nor with those of another network', () => {
    expect(create(null)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'activations', remedy: expect.any(String) as string }));
    const others = [[], [new Float32Array(6)], [new Float32Array(0), new Float32Array(0)], [new Float32Array(12), new Float32Array(5)], [new Float32Array(7), new Float32Array(5)]];
    for (const values of others) expect(create({ activations: () => values, centered: false })).toThrow(expect.objectContaining({ code: 'NETWORK_MISMATCH' }));
    const [first] = [new Float32Array(6)];
    expect(create({ activations: () => [first], centered: false })).toThrow(expect.objectContaining({ path: 'activations.fc2' }));
  });
});
