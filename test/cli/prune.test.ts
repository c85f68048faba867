// basinet prune, end to end: files and curves against NumPy and SciPy, and what it refuses.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packPosition } from '../../src/data/parameters.js';
import { writeSafetensors, type Tensor } from '../../src/data/safetensors.js';
import { denseNetwork } from '../../src/network/dense.js';
import { stateDictOf } from '../../src/network/parameters.js';
import { randomPermutation } from '../../src/random/index.js';
import { applyPermutations, numTranspositions } from '../../src/rebasin/index.js';
import { runCli, temporaryDirectory } from '../support/cli.js';
import { runPython } from '../support/python.js';
import { normals, writeTinyJob, writeTinyResults } from '../support/tinyJob.js';

const network = denseNetwork(4, [{ width: 12, activation: 'tanh' }], 3);
const PRUNABLE = 4 * 12 + 12 * 3;
const mean = normals(1, network.dimension);
const std = normals(2, network.dimension).map(Math.abs);
const planted = randomPermutation({ seed: 1, chain: 0, iteration: 0 }, 'test', 12);
/** Close to the mean, under another labelling. */
const own = applyPermutations(network, network.tensors, mean.map((value, i) => value + 0.1 * normals(3, network.dimension)[i]!), [planted]);

function statistics(values: Readonly<Record<string, Float32Array>>, of = network): Uint8Array {
  const named = Object.entries(values).flatMap(([statistic, one]) => [...stateDictOf(of.tensors, one)].map(([name, tensor]): [string, Tensor] => [`${statistic}/${name}`, tensor]));
  return writeSafetensors(new Map(named));
}

let directory: string;
let job: string;
let file: string;
let summary: string;

beforeAll(() => {
  directory = temporaryDirectory();
  job = writeTinyJob(directory, 'categorical');
  file = join(directory, 'network.safetensors');
  summary = join(directory, 'summary.safetensors');
  writeFileSync(file, packPosition(network.tensors, own));
  writeFileSync(summary, statistics({ mean, std }));
});

const prune = (...args: string[]) => runCli(['prune', job, file, '--summary', summary, ...args]);

interface Output {
  readonly prunable: number;
  readonly alignment: { readonly groups: { readonly name: string; readonly transpositions: number }[] };
  readonly curves: { readonly criterion: string; readonly points: { readonly keep: number; readonly kept: number; readonly scores: { readonly accuracy: number; readonly nll: number } }[] }[];
  readonly written: { readonly network: string; readonly mask: string; readonly kept: number } | null;
}

/** Aligns with SciPy, ranks with a stable argsort, and scores; reads the files themselves. */
const NUMPY = `
import json, sys
import numpy as np
from safetensors.numpy import load_file
from scipy.optimize import linear_sum_assignment
from scipy.special import log_softmax
directory = sys.argv[1]
net = load_file(f'{directory}/network.safetensors')
summary = load_file(f'{directory}/summary.safetensors')
features = lambda p: np.hstack([p['fc1.weight'], p['fc1.bias'][:, None], p['fc2.weight'].T]).astype(np.float64)
part = lambda s: {k.split('/')[1]: v for k, v in summary.items() if k.startswith(s)}
_, columns = linear_sum_assignment(features(part('mean')) @ features(net).T, maximize=True)
back = np.argsort(columns)
relabel = lambda p: {'fc1.weight': p['fc1.weight'][back], 'fc2.weight': p['fc2.weight'][:, back]}
weights = ['fc1.weight', 'fc2.weight']
flat = lambda p: np.concatenate([p[k].ravel() for k in weights]).astype(np.float64)
m, s, w = flat(relabel(part('mean'))), flat(relabel(part('std'))), flat(net)
order = lambda criterion: np.argsort({'std': -s, 'snr': np.abs(m) / s, 'magnitude': np.abs(w)}[criterion], kind='stable')
def pruned(criterion, keep):
    mask = np.ones(len(w), np.uint8)
    mask[order(criterion)[:len(w) - int(np.floor(keep * len(w) + 0.5))]] = 0
    first = net['fc1.weight'].size
    masks = {'fc1.weight': mask[:first].reshape(net['fc1.weight'].shape), 'fc2.weight': mask[first:].reshape(net['fc2.weight'].shape)}
    return {**net, **{k: net[k] * masks[k] for k in weights}}, masks
rows = np.loadtxt(f'{directory}/test.csv', delimiter=',', skiprows=1)
x, y = rows[:, :4], rows[:, 4].astype(int)
def scores(p):
    p = {k: v.astype(np.float64) for k, v in p.items()}
    logp = log_softmax(np.tanh(x @ p['fc1.weight'].T + p['fc1.bias']) @ p['fc2.weight'].T + p['fc2.bias'], axis=1)
    return [float((logp.argmax(1) == y).mean()), float(-logp[np.arange(len(y)), y].mean())]
`;

describe('basinet prune', () => {
  it('draws the curves of all four criteria as NumPy does, in the network’s own labelling', async () => {
    const { status, stdout, stderr } = await prune('--criterion', 'all', '--json');
    expect(status, stderr).toBe(0);
    const { prunable, alignment, curves, written } = JSON.parse(stdout) as Output;
    expect(prunable).toBe(PRUNABLE);
    expect(written).toBeNull();
    expect(alignment.groups).toMatchObject([{ name: 'fc1', transpositions: numTranspositions(planted) }]);
    expect(curves.map(({ criterion }) => criterion)).toEqual(['std', 'snr', 'magnitude', 'random']);
    const fractions = curves[0]!.points.map(({ keep }) => keep);
    expect(fractions).toEqual([1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.01]);
    expect(curves[3]!.points.map(({ kept }) => kept)).toEqual(fractions.map((keep) => Math.round(keep * PRUNABLE)));
    const script = `${NUMPY}
fractions = json.load(sys.stdin)
print(json.dumps([[scores(pruned(criterion, keep)[0]) for keep in fractions] for criterion in ('std', 'snr', 'magnitude')]))`;
    const expected = JSON.parse(runPython(script, JSON.stringify(fractions), [directory])) as number[][][];
    for (const [c, points] of expected.entries()) {
      expect(curves[c]!.points.flatMap(({ scores }) => [scores.accuracy, scores.nll]), curves[c]!.criterion).toBeAllclose(points.flat(), { rtol: 2e-5 });
    }
  });

  it.each(['std', 'snr', 'magnitude'])('writes a network and a mask by %s that NumPy makes too', async (criterion) => {
    const out = join(directory, `by-${criterion}.safetensors`);
    const { status, stdout, stderr } = await prune('--criterion', criterion, '--keep', '0.3', '--out', out, '--json');
    expect(status, stderr).toBe(0);
    const { written } = JSON.parse(stdout) as Output;
    expect(written).toEqual({ network: out, mask: join(directory, `by-${criterion}.mask.safetensors`), keep: 0.3, kept: 25 });
    const verdict = runPython(
      `${NUMPY}
expected, masks = pruned('${criterion}', 0.3)
found, mask = load_file(sys.argv[2]), load_file(sys.argv[3])
assert found.keys() == expected.keys() and all(np.array_equal(found[k], expected[k]) for k in expected), 'network'
assert mask.keys() == {'mask/' + k for k in expected} and all(v.dtype == np.uint8 for v in mask.values()), 'mask'
assert all(np.array_equal(mask['mask/' + k], masks.get(k, np.ones_like(net[k]))) for k in expected), 'values'
assert all(np.array_equal(found[k], net[k] * mask['mask/' + k]) for k in expected), 'product'
print('same')`,
      '',
      [directory, written!.network, written!.mask],
    );
    expect(verdict.trim()).toBe('same');
  });

  it('changes nothing where all is kept, prunes all weights where none is, and biases where they are asked for', async () => {
    const out = join(directory, 'all.safetensors');
    await prune('--keep', '1', '--out', out);
    expect(readFileSync(out).equals(readFileSync(file))).toBe(true);
    const nonZero = 'import sys, numpy as np\nfrom safetensors.numpy import load_file\nprint(sum(np.count_nonzero(v) for v in load_file(sys.argv[1]).values()))';
    await prune('--keep', '0', '--out', out);
    expect(Number(runPython(nonZero, '', [out]))).toBe(12 + 3);
    await prune('--keep', '0', '--out', out, '--biases');
    expect(Number(runPython(nonZero, '', [out]))).toBe(0);
  });

  it('prunes at random by the seed alone', async () => {
    const masks: Buffer[] = [];
    for (const [i, seed] of ['1', '1', '2'].entries()) {
      const out = join(directory, `random-${i}.safetensors`);
      expect((await prune('--criterion', 'random', '--seed', seed, '--keep', '0.5', '--out', out)).status).toBe(0);
      masks.push(readFileSync(join(directory, `random-${i}.mask.safetensors`)));
    }
    expect(masks[0]!.equals(masks[1]!)).toBe(true);
    expect(masks[0]!.equals(masks[2]!)).toBe(false);
  });

  it('takes the names of a PyTorch file, and keeps them', async () => {
    const names: Record<string, string> = { 'fc1.weight': '0.weight', 'fc1.bias': '0.bias', 'fc2.weight': '2.weight', 'fc2.bias': '2.bias' };
    const sequential = join(directory, 'sequential.safetensors');
    writeFileSync(sequential, writeSafetensors(new Map([...stateDictOf(network.tensors, own)].map(([name, tensor]) => [names[name]!, tensor]))));
    const out = join(directory, 'sequential-pruned.safetensors');
    const { status, stderr } = await runCli(['prune', job, sequential, '--summary', summary, '--keep', '0.3', '--out', out]);
    expect(status, stderr).toBe(0);
    const keys = 'import sys\nfrom safetensors.numpy import load_file\nprint(*[k for f in sys.argv[1:] for k in sorted(load_file(f))])';
    expect(runPython(keys, '', [out, join(directory, 'sequential-pruned.mask.safetensors')]).trim()).toBe('0.bias 0.weight 2.bias 2.weight mask/0.bias mask/0.weight mask/2.bias mask/2.weight');
  });

  it('prints a table and writes a page that needs nothing else', async () => {
    const report = join(directory, 'report.html');
    const { status, stdout, stderr } = await prune('--criterion', 'all', '--keep', '0.25', '--report', report);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain(`NoT fc1 (of 11)`);
    expect(stdout).toMatch(/kept +weights +std accuracy +std NLL +snr accuracy +snr NLL/);
    expect(stdout).toMatch(/\n +25% +21 /);
    const html = readFileSync(report, 'utf8');
    for (const part of ['id="accuracy"', 'id="nll"', 'id="points"', 'id="layers"', 'id="transpositions"', '<svg role="img"', 'tiny-categorical']) expect(html).toContain(part);
    expect(html).not.toMatch(/(src|href)="http|@import|<script/);
  });

  it('prunes a regression, its noise left as it is', async () => {
    const place = temporaryDirectory();
    const path = writeTinyJob(place, 'gaussian', [5, 4]);
    const net = denseNetwork(4, [{ width: 5, activation: 'tanh' }, { width: 4, activation: 'tanh' }], 1);
    const tensors = [...net.tensors, { name: 'likelihood.log_noise_std', shape: [1], offset: net.dimension, size: 1 }];
    const saved = join(place, 'network.safetensors');
    writeFileSync(saved, packPosition(tensors, normals(4, net.dimension + 1, 0.5)));
    writeFileSync(join(place, 'summary.safetensors'), statistics({ mean: normals(5, net.dimension), std: normals(6, net.dimension).map(Math.abs) }, net));
    const out = join(place, 'pruned.safetensors');
    const { status, stdout, stderr } = await runCli(['prune', path, saved, '--summary', join(place, 'summary.safetensors'), '--keep', '0', '--out', out]);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/std RMSE +std NLL/);
    const noise = 'import sys\nfrom safetensors.numpy import load_file\nprint(load_file(sys.argv[1])["likelihood.log_noise_std"] == load_file(sys.argv[2])["likelihood.log_noise_std"])';
    expect(runPython(noise, '', [saved, out]).trim()).toBe('[ True]');
  });

  const other = denseNetwork(4, [{ width: 9, activation: 'tanh' }], 3);
  it.each([
    ['a fraction above 1', ['--keep', '1.5'], {}, 64, 'USAGE', '--keep', '1.5'],
    ['a fraction below 0', ['--keep=-0.1'], {}, 64, 'USAGE', '--keep', '-0.1'],
    ['a fraction that is no number', ['--keep', 'half'], {}, 64, 'USAGE', '--keep', 'half'],
    ['a seed that is none', ['--seed', '-1'], {}, 64, 'USAGE', '--seed', '-1'],
    ['--out without --keep', ['--out', 'p.safetensors'], {}, 64, 'USAGE', '--out', 'p.safetensors'],
    ['--out of all criteria', ['--out', 'p.safetensors', '--keep', '0.5', '--criterion', 'all'], {}, 64, 'USAGE', '--out', 'p.safetensors'],
    ['NaN weights', [], { network: packPosition(network.tensors, own.map((value, i) => (i === 7 ? NaN : value))) }, 4, 'NETWORK_MISMATCH', 'network', null],
    ['a network of another architecture', [], { network: packPosition(other.tensors, normals(1, other.dimension)) }, 4, 'NETWORK_MISMATCH', 'network', ['fc1.bias', 'fc1.weight', 'fc2.bias', 'fc2.weight']],
    ['a summary of another architecture', [], { summary: statistics({ mean: normals(1, other.dimension), std: normals(1, other.dimension).map(Math.abs) }, other) }, 4, 'NETWORK_MISMATCH', 'summary', undefined],
    ['a summary without std', [], { summary: statistics({ mean }) }, 15, 'RESULTS_INVALID', 'summary', undefined],
    ['a NaN std', [], { summary: statistics({ mean, std: std.map((value, i) => (i === 0 ? NaN : value)) }) }, 15, 'RESULTS_INVALID', 'summary', null],
    ['a missing network', [], { network: null }, 3, 'DATA_INVALID', 'network', null],
    ['a missing summary', [], { summary: null }, 15, 'RESULTS_INVALID', 'summary', undefined],
  ] as const)('refuses %s', async (_, args, files: { network?: Uint8Array | null; summary?: Uint8Array | null }, exit, code, path, value) => {
    const place = temporaryDirectory();
    const [network_, summary_] = (['network', 'summary'] as const).map((name) => {
      if (files[name] === undefined) return name === 'network' ? file : summary;
      const target = join(place, `${name}.safetensors`);
      if (files[name] !== null) writeFileSync(target, files[name]);
      return target;
    });
    const { status, stdout } = await runCli(['prune', job, network_!, '--summary', summary_!, '--json', ...args]);
    const { error } = JSON.parse(stdout) as { error: { code: string; path: string; value: unknown; remedy: string } };
    expect(error.code).toBe(code);
    expect(status).toBe(exit);
    expect(error.path).toContain(path);
    if (value !== undefined) expect(error.value).toEqual(value);
    expect(error.remedy).toBeTruthy();
    expect(existsSync('p.safetensors')).toBe(false);
  });

  it('takes a results directory as it takes the file in it, and writes over none of its files', async () => {
    const place = temporaryDirectory();
    const path = writeTinyJob(place, 'categorical');
    const results = join(place, 'results');
    await writeTinyResults(path, results);
    const outputs = [results, join(results, 'summary.safetensors')].map(async (source) => runCli(['prune', path, file, '--summary', source, '--json']));
    const [whole, bare] = (await Promise.all(outputs)).map(({ stdout }) => JSON.parse(stdout) as Output & { readonly summary: string });
    expect(whole!.curves[0]!.points).toHaveLength(12);
    expect({ ...whole, summary: '' }).toEqual({ ...bare, summary: '' });
    for (const [option, target, ...more] of [['--report', 'report.html'], ['--out', 'summary.safetensors', '--keep', '0.5']]) {
      const before = readFileSync(join(results, target!));
      const { status, stdout } = await runCli(['prune', path, file, '--summary', results, option!, join(results, target!), ...more, '--json']);
      expect(status).toBe(64);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE', path: option, value: join(results, target!) } });
      expect(readFileSync(join(results, target!)).equals(before)).toBe(true);
    }
  });

  it('never writes over the network', async () => {
    const before = readFileSync(file);
    const { status, stderr } = await prune('--out', file, '--keep', '0.5');
    expect(status).toBe(64);
    expect(stderr).toContain('would be written over');
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
