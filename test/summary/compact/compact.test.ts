// Compact posteriors read from files and sampled: moments in closed form, purity, NumPy's arithmetic, and what is refused.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSafetensors, type Tensor } from '../../../src/data/safetensors.js';
import { denseNetwork } from '../../../src/network/dense.js';
import { fillNormal } from '../../../src/random/index.js';
import type { CompactForm } from '../../../src/summary/compact/forms.js';
import { formsHeld, readForm, readFormMean, readStatistics } from '../../../src/summary/compact/read.js';
import { compactSamples } from '../../../src/summary/compact/sample.js';
import { temporaryDirectory } from '../../support/cli.js';
import { runPython } from '../../support/python.js';
import { normals } from '../../support/tinyJob.js';

const network = denseNetwork(2, [{ width: 3, activation: 'tanh' }], 2);
const posterior = { network, tensors: network.tensors };
const RANK = 2;

/** Numbers for every tensor of the low-rank form and of the raw one, as a summary holds them. */
function tensors(): Map<string, Tensor> {
  const entries = network.tensors.flatMap(({ name, shape, offset, size }): [string, Tensor][] => {
    const of = (seed: number, rank = 0): Float32Array => normals(100 * seed + offset, Math.max(1, rank) * size);
    const tensor = (data: Float32Array, ...rank: number[]): Tensor => ({ dtype: 'F32', shape: [...rank, ...shape], data });
    return [
      [`mean/${name}`, tensor(of(1))],
      [`std/${name}`, tensor(of(2).map(Math.abs))],
      [`residual_std/${name}`, tensor(of(3).map((value) => Math.abs(value) / 2))],
      [`factor/${name}`, tensor(of(4, RANK), RANK)],
      [`raw/mean/${name}`, tensor(of(5))],
      [`raw/std/${name}`, tensor(of(6).map(Math.abs))],
    ];
  });
  return new Map(entries);
}

function save(entries: ReadonlyMap<string, Tensor>): string {
  const path = join(temporaryDirectory(), 'summary.safetensors');
  writeFileSync(path, writeSafetensors(entries));
  return path;
}

const formIn = async (path: string, name: CompactForm['name']) => readForm(posterior, await readStatistics(path), name);

describe('compact forms', () => {
  it('are read out of one file, each with its own tensors', async () => {
    const path = save(tensors());
    expect(formsHeld((await readStatistics(path)).tensors.keys())).toEqual(['aligned', 'raw', 'low-rank']);
    const [aligned, raw, lowRank] = await Promise.all((['aligned', 'raw', 'low-rank'] as const).map((name) => formIn(path, name)));
    const { offset, size } = network.tensors[2]!;
    const given = (name: string) => tensors().get(`${name}/fc2.weight`)!.data;
    expect(aligned!.mean.slice(offset, offset + size)).toEqual(given('mean'));
    expect(aligned!.factors).toEqual([]);
    expect(raw!.std.slice(offset, offset + size)).toEqual(given('raw/std'));
    expect(lowRank!.mean).toEqual(aligned!.mean);
    expect(lowRank!.std.slice(offset, offset + size)).toEqual(given('residual_std'));
    expect(lowRank!.factors.map((factor) => factor.slice(offset, offset + size))).toEqual([given('factor').slice(0, size), given('factor').slice(size)]);
    expect(readFormMean(posterior, await readStatistics(path), 'raw')).toEqual(raw!.mean);
  });

  const changed = (name: string, change: (tensor: Tensor) => Tensor | null) => () => {
    const entries = tensors();
    const tensor = change(entries.get(name)!);
    if (tensor === null) entries.delete(name);
    else entries.set(name, tensor);
    return entries;
  };
  const withValue = (value: number) => (tensor: Tensor) => ({ ...tensor, data: Float32Array.from(tensor.data as Float32Array, (x, i) => (i === 4 ? value : x)) }) as Tensor;
  const without = (prefix: string) => () => new Map([...tensors()].filter(([name]) => !name.startsWith(prefix)));
  it.each<[string, CompactForm['name'], () => Map<string, Tensor>, string, unknown, RegExp]>([
    ['a form that is not there', 'control', tensors, 'holds no tensor control/mean/<name>, only aligned, raw, low-rank', 'control', /aligned, raw, low-rank/],
    ['a low-rank form without factors', 'low-rank', without('factor/'), 'holds no tensor factor/<name>, only aligned, raw', 'low-rank', /aligned, raw/],
    ['a low-rank form without residuals', 'low-rank', without('residual_std/'), 'holds no tensor residual_std/fc1.bias', 'residual_std/fc1.bias', /std\/<name>/],
    ['a missing mean', 'raw', changed('raw/mean/fc2.bias', () => null), 'holds no tensor raw/mean/fc2.bias', 'raw/mean/fc2.bias', /mean\/<name>/],
    ['NaN in a standard deviation', 'aligned', changed('std/fc1.weight', withValue(NaN)), 'std/fc1.weight[2, 0] is NaN', NaN, /two or more/],
    ['a negative residual', 'low-rank', changed('residual_std/fc1.weight', withValue(-1)), 'residual_std/fc1.weight[2, 0] is -1', -1, /not negative/],
    ['an infinite factor', 'low-rank', changed('factor/fc1.weight', withValue(Infinity)), 'factor/fc1.weight[0, 2, 0] is Infinity', Infinity, /finite/],
    ['factors of two ranks', 'low-rank', changed('factor/fc2.bias', () => ({ dtype: 'F32', shape: [3, 2], data: new Float32Array(6) })), 'factor/fc2.bias is [3, 2], not [2, 2]', [3, 2], /of one rank/],
  ])('refuse %s', async (_, name, entries, message, value, remedy) => {
    const path = save(entries());
    await expect(formIn(path, name)).rejects.toMatchObject({ code: 'RESULTS_INVALID', path, value, message: expect.stringContaining(message) as string, remedy: expect.stringMatching(remedy) as string });
  });

  it('refuse another architecture', async () => {
    const wider = denseNetwork(2, [{ width: 4, activation: 'tanh' }], 2);
    const reading = readStatistics(save(tensors())).then((file) => readForm({ network: wider, tensors: wider.tensors }, file, 'low-rank'));
    await expect(reading).rejects.toMatchObject({ code: 'NETWORK_MISMATCH', message: expect.stringContaining('fc1.weight is [3, 2], not [4, 2]') as string });
  });
});

describe('compactSamples', () => {
  const form: CompactForm = {
    name: 'low-rank',
    mean: Float32Array.of(1, -2, 0, 5),
    std: Float32Array.of(0.5, 0, 2, 1),
    factors: [Float32Array.of(1, 1, -1, 0), Float32Array.of(0, 2, 0.5, 0)],
  };

  it('have the mean and the covariance of the form, to five standard errors', () => {
    const count = 20_000;
    const samples = [...compactSamples(form, 3, count)];
    const covariance = (i: number, j: number) => form.factors.reduce((sum, factor) => sum + factor[i]! * factor[j]!, i === j ? form.std[i]! ** 2 : 0);
    for (let i = 0; i < 4; i++) {
      const mean = samples.reduce((sum, sample) => sum + sample[i]!, 0) / count;
      expect(Math.abs(mean - form.mean[i]!)).toBeLessThan(5 * Math.sqrt(covariance(i, i) / count));
      for (let j = 0; j < 4; j++) {
        const product = samples.reduce((sum, sample) => sum + (sample[i]! - form.mean[i]!) * (sample[j]! - form.mean[j]!), 0) / count;
        // Of normals, the variance of a product is c_ii c_jj + c_ij².
        const error = Math.sqrt((covariance(i, i) * covariance(j, j) + covariance(i, j) ** 2) / count);
        expect(Math.abs(product - covariance(i, j))).toBeLessThan(5 * error);
      }
    }
  });

  it('are a pure function of seed, form and number: a sample is the same however many are taken', () => {
    const ten = [...compactSamples(form, 3, 10)];
    expect([...compactSamples(form, 3, 4)]).toEqual(ten.slice(0, 4));
    expect(new Set(ten.map((sample) => sample.join())).size).toBe(10);
    expect([...compactSamples(form, 4, 1)]).not.toEqual(ten.slice(0, 1));
    expect([...compactSamples({ ...form, name: 'aligned' }, 3, 1)]).not.toEqual(ten.slice(0, 1));
  });

  it('are what NumPy makes of the same normal numbers', async () => {
    const path = save(tensors());
    const samples = [...compactSamples(await formIn(path, 'low-rank'), 9, 3)];
    const given = samples.map((_, iteration) => {
      const out = new Float32Array(network.dimension + RANK);
      fillNormal({ seed: 9, chain: 3, iteration }, 'compact', out);
      return Array.from(out);
    });
    const expected = JSON.parse(
      runPython(
        `
import sys, json
import numpy as np
from safetensors.numpy import load_file
t = load_file(sys.argv[1])
names, n = ['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias'], ${network.dimension}
flat = lambda prefix: np.concatenate([t[prefix + name].ravel() for name in names]).astype(np.float64)
factor = np.concatenate([t['factor/' + name].reshape(${RANK}, -1) for name in names], axis=1).astype(np.float64)
e = np.array(json.load(sys.stdin))
print(json.dumps((flat('mean/') + flat('residual_std/') * e[:, :n] + e[:, n:] @ factor).astype(np.float32).tolist()))`,
        JSON.stringify(given),
        [path],
      ),
    ) as number[][];
    for (const [i, sample] of samples.entries()) expect(sample).toBeAllclose(expected[i]!, { rtol: 1e-6, atol: 1e-6 });
  });
});
