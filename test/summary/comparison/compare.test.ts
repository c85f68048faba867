// Two posteriors compared: what SciPy makes of the same files, planted permutations undone, and what is refused.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSafetensors, type Tensor } from '../../../src/data/safetensors.js';
import { denseNetwork } from '../../../src/network/dense.js';
import { withLearnedNoise } from '../../../src/posterior/build.js';
import { numTranspositions } from '../../../src/rebasin/index.js';
import { comparePosteriors } from '../../../src/summary/comparison/compare.js';
import { readComparedPosterior } from '../../../src/summary/comparison/posterior.js';
import { runPython } from '../../support/python.js';
import { shuffled } from '../../support/shuffled.js';
import { bareFile, posteriorOf, randomGaussian, relabelled } from './posteriors.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'basinet-compare-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const networkOf = (inputs: number, widths: readonly number[], outputs: number) => denseNetwork(inputs, widths.map((width) => ({ width, activation: 'tanh' })), outputs);

describe('comparePosteriors', () => {
  /** Python writes both files, B noisy and shuffled, aligns with SciPy's assignment, and compares. */
  const ORACLE = `
import json, sys
import numpy as np
from safetensors.numpy import save_file
from scipy.optimize import linear_sum_assignment
from scipy import stats
folder, inputs, width, outputs, seed = sys.argv[1], *map(int, sys.argv[2:])
rng = np.random.default_rng(seed)
shapes = {'fc1.weight': (width, inputs), 'fc1.bias': (width,), 'fc2.weight': (outputs, width), 'fc2.bias': (outputs,)}
def move(t, p): return {'fc1.weight': t['fc1.weight'][p], 'fc1.bias': t['fc1.bias'][p], 'fc2.weight': t['fc2.weight'][:, p], 'fc2.bias': t['fc2.bias']}
mA = {k: rng.normal(size=s).astype(np.float32) for k, s in shapes.items()}
sA = {k: rng.gamma(4, 0.05, size=s).astype(np.float32) for k, s in shapes.items()}
p = rng.permutation(width)
mB = move({k: (v + 0.2 * rng.normal(size=v.shape)).astype(np.float32) for k, v in mA.items()}, p)
sB = move({k: (v * rng.gamma(9, 0.1, size=v.shape)).astype(np.float32) for k, v in sA.items()}, p)
save = lambda name, m, s, dtype: save_file({**{'mean/' + k: np.ascontiguousarray(v.astype(dtype)) for k, v in m.items()}, **{'std/' + k: np.ascontiguousarray(v.astype(dtype)) for k, v in s.items()}}, f'{folder}/{name}.safetensors')
save('a', mA, sA, np.float32); save('b', mB, sB, np.float64)
rows = lambda t: np.concatenate([t['fc1.weight'], t['fc1.bias'][:, None], t['fc2.weight'].T], 1).astype(np.float64)
_, q = linear_sum_assignment(rows(mA) @ rows(mB).T, maximize=True)
moved = move(mB, q); spread = move(sB, q)
seen, cycles = set(), 0
for i in range(width):
    cycles += i not in seen
    while i not in seen: seen.add(i); i = int(q[i])
def figures(a, s, b, t, given):
    a, s, b, t, given = (np.ravel(v).astype(np.float64) for v in (a, s, b, t, given))
    kl = lambda m, u, n, v: float(np.sum(np.log(v / u) + (u ** 2 + (m - n) ** 2) / (2 * v ** 2) - 0.5))
    w = float(np.sum((a - b) ** 2 + (s - t) ** 2))
    r = lambda x, y: float(stats.pearsonr(x, y).statistic) if len(x) > 1 else None
    return [kl(a, s, b, t), kl(b, t, a, s), w, float(np.linalg.norm(a - given)), float(np.linalg.norm(a - b)), r(a, b), r(np.log(s), np.log(t)), float(stats.gmean(t / s)), *np.quantile(t / s, [.25, .5, .75]).tolist()]
join = lambda t: np.concatenate([np.ravel(t[k]) for k in shapes])
print(json.dumps({'transpositions': width - cycles, 'all': figures(*map(join, (mA, sA, moved, spread, mB))), **{k: figures(mA[k], sA[k], moved[k], spread[k], mB[k]) for k in shapes}}))`;

  it.each([
    [1, 1, 1],
    [3, 7, 2],
    [40, 64, 10],
  ])('has the figures that Python finds in its own files, %i-%i-%i', async (inputs, width, outputs) => {
    const expected = JSON.parse(runPython(ORACLE, '', [directory, ...[inputs, width, outputs, 4].map(String)])) as Record<string, (number | null)[]> & { transpositions: number };
    const { alignment, overall, byTensor } = comparePosteriors(await readComparedPosterior(join(directory, 'a.safetensors'), 'aligned'), await readComparedPosterior(join(directory, 'b.safetensors'), 'aligned'));
    expect(alignment!.groups).toEqual([{ name: 'fc1', size: width, transpositions: expected.transpositions, flips: 0 }]);
    expect(byTensor.map(({ name }) => name)).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias']);
    for (const figures of [...byTensor, { ...overall, name: 'all' }]) {
      const { geometricMean, q25, median, q75 } = figures.stdRatio;
      const found = [figures.klAB, figures.klBA, figures.wasserstein2Squared, figures.meanDistanceBefore, figures.meanDistance, figures.meanCorrelation, figures.logStdCorrelation, geometricMean, q25, median, q75];
      expect(found).toBeAllclose(expected[figures.name]!.map((value) => value ?? NaN), { rtol: 1e-9 });
    }
  });

  it.each([[[]], [[12]], [[12, 9]], [[33, 17, 24]]])('undoes the permutations of a copy, hidden layers %j: nothing is left, NoT is what was planted', (widths) => {
    const network = networkOf(6, widths, 3);
    const a = randomGaussian(network.dimension, 1);
    const planted = network.groups.map(({ size }, g) => shuffled(size, 20 + g));
    const { alignment, overall, byTensor, b } = comparePosteriors(posteriorOf(network.tensors, a), posteriorOf(network.tensors, relabelled(network, network.tensors, a, planted)));
    expect(alignment!.groups.map(({ transpositions }) => transpositions)).toEqual(planted.map(numTranspositions));
    for (const figures of [overall, ...byTensor]) expect(figures).toMatchObject({ klAB: 0, klBA: 0, wasserstein2: 0, meanCorrelation: 1, logStdCorrelation: 1, meanDistance: 0, stdRatio: { geometricMean: 1 } });
    if (widths.length > 0) expect(overall.meanDistanceBefore).toBeGreaterThan(1);
    expect(b).toEqual(a);
  });

  it('carries a learned noise along', () => {
    const network = networkOf(3, [7], 1);
    const tensors = withLearnedNoise(network);
    const a = randomGaussian(network.dimension + 1, 2);
    const b = relabelled(network, tensors, a, [shuffled(7, 3)]);
    const { overall, byTensor } = comparePosteriors(posteriorOf(tensors, a), posteriorOf(tensors, b));
    expect(overall.klAB).toBe(0);
    expect(byTensor.at(-1)).toMatchObject({ name: 'likelihood.log_noise_std', weights: 1 });
  });

  it('takes the order of the layers from whichever side declares it', () => {
    // By their names alone these layers, equally wide, would be read in the order a, fc3, z.
    const network = denseNetwork(4, [{ width: 4, activation: 'tanh', name: 'z' }, { width: 4, activation: 'tanh', name: 'a' }], 4);
    const a = randomGaussian(network.dimension, 3);
    const planted = [Int32Array.of(1, 2, 3, 0), Int32Array.of(1, 0, 2, 3)];
    const b = relabelled(network, network.tensors, a, planted);
    for (const declared of [[network, null], [null, network], [network, network]] as const) {
      const { overall, alignment } = comparePosteriors(posteriorOf(network.tensors, a, 'one', declared[0]), posteriorOf(network.tensors, b, 'two', declared[1]));
      expect(overall.wasserstein2).toBe(0);
      expect(alignment!.groups.map(({ name, transpositions }) => [name, transpositions])).toEqual([['z', 3], ['a', 1]]);
    }
  });

  it('leaves the units alone where it is told to: then A and B change sides exactly', () => {
    const network = networkOf(5, [8, 6], 2);
    const [a, b] = [1, 2].map((seed) => posteriorOf(network.tensors, randomGaussian(network.dimension, seed)));
    const there = comparePosteriors(a!, b!, { align: false });
    const back = comparePosteriors(b!, a!, { align: false });
    expect(there.alignment).toBeNull();
    expect(there.overall.meanDistance).toBe(there.overall.meanDistanceBefore);
    expect([back.overall.klAB, back.overall.klBA, back.overall.wasserstein2]).toEqual([there.overall.klBA, there.overall.klAB, there.overall.wasserstein2]);
    // Alignment brings means closer, in whichever direction.
    expect(comparePosteriors(a!, b!).overall.meanDistance).toBeLessThan(there.overall.meanDistance);
  });

  it('compares any tensors without alignment, convolutions too, and says why it cannot align them', () => {
    const tensors = [{ name: 'conv.weight', shape: [2, 3, 2, 2], offset: 0, size: 24 }];
    const [a, b] = [1, 2].map((seed) => posteriorOf(tensors, randomGaussian(24, seed), `file${seed}`));
    expect(comparePosteriors(a!, b!, { align: false }).byTensor[0]).toMatchObject({ name: 'conv.weight', shape: [2, 3, 2, 2], weights: 24 });
    expect(() => comparePosteriors(a!, b!)).toThrowError(expect.objectContaining({ code: 'NETWORK_MISMATCH', message: expect.stringContaining('conv.weight [2, 3, 2, 2]') as string }) as Error);
  });

  it.each([
    ['another shape', networkOf(5, [9], 2).tensors, 'fc1.weight', { a: [8, 5], b: [9, 5] }, 'tensor fc1.weight is [8, 5] in one and [9, 5] in two'],
    ['a tensor less', networkOf(5, [8], 2).tensors.slice(0, 3), 'fc2.bias', { a: [2], b: null }, 'tensor fc2.bias is [2] in one and missing in two'],
    ['a tensor more', withLearnedNoise(networkOf(5, [8], 2)), 'likelihood.log_noise_std', { a: null, b: [1] }, 'tensor likelihood.log_noise_std is missing in one and [1] in two'],
  ])('refuses %s, naming the first tensor that differs', (_, tensors, path, value, message) => {
    const mine = networkOf(5, [8], 2);
    const last = tensors.at(-1)!;
    expect(() => comparePosteriors(posteriorOf(mine.tensors, randomGaussian(mine.dimension, 1), 'one'), posteriorOf(tensors, randomGaussian(last.offset + last.size, 2), 'two'))).toThrowError(
      expect.objectContaining({ code: 'NETWORK_MISMATCH', path, value, message, remedy: expect.stringContaining('one architecture') as string }) as Error,
    );
  });
});

describe('readComparedPosterior', () => {
  const network = networkOf(2, [3], 1);
  const file = (name: string, content: Uint8Array): string => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  const tensor = (shape: number[], values: readonly number[]): Tensor => ({ dtype: 'F32', shape, data: Float32Array.from(values) });
  const safetensors = (entries: Record<string, Tensor>) => writeSafetensors(new Map(Object.entries(entries)));

  it('reads a bare file in either space; one that holds raw tensors in the space asked for', async () => {
    const [aligned, raw] = [randomGaussian(network.dimension, 1), randomGaussian(network.dimension, 2)];
    const mean = async (path: string, space: 'aligned' | 'raw') => (await readComparedPosterior(path, space)).tensors.get('fc1.bias')!.mean;
    const bare = file('bare.safetensors', bareFile(network.tensors, aligned));
    expect(await mean(bare, 'raw')).toEqual(aligned.mean.slice(6, 9));
    const rawOnly = file('raw.safetensors', bareFile(network.tensors, raw, 'raw/'));
    expect(await mean(rawOnly, 'raw')).toEqual(raw.mean.slice(6, 9));
    await expect(mean(rawOnly, 'aligned')).rejects.toMatchObject({ code: 'RESULTS_INVALID', path: rawOnly, message: expect.stringContaining('holds no tensor mean/<name>') as string });
  });

  it('reads half precision and .npz as other tools write them', async () => {
    const path = join(directory, 'half.safetensors');
    const archive = join(directory, 'half.npz');
    runPython(
      `import sys, numpy as np
from safetensors.numpy import save_file
t = {'mean/w.weight': np.array([[1.5, -2]], dtype=np.float16), 'std/w.weight': np.array([[0.25, 0.5]], dtype=np.float16)}
save_file(t, sys.argv[1]); np.savez(sys.argv[2], **t)`,
      '',
      [path, archive],
    );
    const expected = { shape: [1, 2], mean: Float32Array.of(1.5, -2), std: Float32Array.of(0.25, 0.5) };
    for (const saved of [path, archive]) expect((await readComparedPosterior(saved, 'aligned')).tensors.get('w.weight')).toEqual(expected);
  });

  it('reads what the Python of docs/compare.md writes', async () => {
    const page = readFileSync(new URL('../../../docs/compare.md', import.meta.url), 'utf8');
    const [, code] = /```python\n(.*?)```/s.exec(page)!;
    // PyTorch itself is too large for the test's interpreter.
    const script = `import os, sys, numpy as np
os.chdir(sys.argv[1])
means = {'fc1.weight': np.ones((2, 3)), 'fc1.bias': np.ones(2)}
stds = {name: 0.5 * mean for name, mean in means.items()}
${code!.replace('safetensors.torch', 'safetensors.numpy')}`;
    runPython(script, '', [directory]);
    const { tensors } = await readComparedPosterior(join(directory, 'vi.safetensors'), 'aligned');
    expect(tensors.get('fc1.weight')).toEqual({ shape: [2, 3], mean: new Float32Array(6).fill(1), std: new Float32Array(6).fill(0.5) });
    expect(tensors.size).toBe(2);
  });

  it.each([
    ['a negative standard deviation', { 'mean/w.weight': tensor([2, 2], [1, 2, 3, 4]), 'std/w.weight': tensor([2, 2], [1, 1, -0.5, 1]) }, -0.5, 'std/w.weight[1, 0] is -0.5', /finite and not negative/],
    ['NaN', { 'mean/w.weight': tensor([2, 2], [1, 2, 3, 4]), 'std/w.weight': tensor([2, 2], [1, 1, 1, NaN]) }, NaN, 'std/w.weight[1, 1] is NaN', /two or more/],
    ['an infinite mean', { 'mean/b': tensor([], [Infinity]), 'std/b': tensor([], [1]) }, Infinity, 'mean/b is Infinity', /all finite/],
    ['a mean without its standard deviation', { 'mean/w.weight': tensor([1, 1], [1]) }, 'std/w.weight', 'holds no tensor std/w.weight', /std\/<name>/],
    ['a standard deviation without its mean', { 'mean/w.weight': tensor([1, 1], [1]), 'std/w.weight': tensor([1, 1], [1]), 'std/w.bias': tensor([1], [1]) }, 'mean/w.bias', 'holds no tensor mean/w.bias', /mean\/<name>/],
    ['two shapes', { 'mean/w.weight': tensor([1, 2], [1, 1]), 'std/w.weight': tensor([2, 1], [1, 1]) }, [2, 1], 'std of w.weight is [2, 1], its mean [1, 2]', /one shape/],
    ['a state_dict', { 'w.weight': tensor([1, 1], [1]) }, ['w.weight'], 'holds no tensor mean/<name>, but w.weight', /mean\/<name>/],
  ])('refuses %s', async (_, entries, value, message, remedy) => {
    const path = file('bad.safetensors', safetensors(entries));
    await expect(readComparedPosterior(path, 'aligned')).rejects.toMatchObject({ code: 'RESULTS_INVALID', path, value, message: expect.stringContaining(message) as string, remedy: expect.stringMatching(remedy) as string });
  });

  it('refuses what is not there, what is no results directory, and what is no safetensors file', async () => {
    const nowhere = join(directory, 'nowhere');
    await expect(readComparedPosterior(nowhere, 'aligned')).rejects.toMatchObject({ code: 'RESULTS_INVALID', path: nowhere, value: nowhere, remedy: expect.stringContaining('results directory') as string });
    await expect(readComparedPosterior(directory, 'aligned')).rejects.toMatchObject({ code: 'RESULTS_INVALID', path: join(directory, 'summary.json') });
    await expect(readComparedPosterior(file('garbage', new Uint8Array([1, 2, 3])), 'aligned')).rejects.toMatchObject({ code: 'DATA_INVALID', remedy: expect.stringContaining('safetensors') as string });
  });
});
