// basinet evaluate: scores of saved networks and of their ensemble, against NumPy and SciPy.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packPosition } from '../../src/data/parameters.js';
import { writeSafetensors } from '../../src/data/safetensors.js';
import type { JobInput } from '../../src/job/schema.js';
import { denseNetwork } from '../../src/network/dense.js';
import { stateDictOf } from '../../src/network/parameters.js';
import { readSummary } from '../../src/summary/index.js';
import { runCli, temporaryDirectory, writeJob } from '../support/cli.js';
import { runPython } from '../support/python.js';
import { normals, writeTinyJob, writeTinyResults } from '../support/tinyJob.js';

interface Output {
  readonly split: string;
  readonly rows: number;
  readonly networks: { readonly path: string; readonly source: string; readonly scores: Record<string, number> }[];
  readonly ensemble: { readonly members: number; readonly scores: Record<string, number> } | null;
}

/** Two saved networks and a results directory of a tiny job. */
async function prepare(kind: 'categorical' | 'gaussian') {
  const directory = temporaryDirectory();
  const path = writeTinyJob(directory, kind, [6, 5]);
  const results = join(directory, 'results');
  const posterior = await writeTinyResults(path, results);
  const files = [1, 2].map((seed) => {
    const file = join(directory, `network-${seed}.safetensors`);
    writeFileSync(file, packPosition(posterior.tensors, normals(seed, posterior.dimension, 0.7)));
    return file;
  });
  return { directory, path, networks: [...files, results] };
}

/** Reads the files themselves: argv is the directory, standard input the networks. */
const NUMPY = `
import json, os, sys
import numpy as np
from safetensors.numpy import load_file
from scipy.special import log_softmax, logsumexp
from scipy.stats import norm
directory = sys.argv[1]
rows = lambda name: np.loadtxt(f'{directory}/{name}.csv', delimiter=',', skiprows=1)
def load(path):
    if not os.path.isdir(path): return load_file(path)
    return {k[5:]: v for k, v in load_file(f'{path}/summary.safetensors').items() if k.startswith('mean/')}
networks = [{k: v.astype(np.float64) for k, v in load(path).items()} for path in json.load(sys.stdin)]
x, y = rows('test')[:, :4], rows('test')[:, 4]
def forward(p):
    h = x
    for i in (1, 2, 3):
        h = h @ p[f'fc{i}.weight'].T + p[f'fc{i}.bias']
        if i < 3: h = np.tanh(h)
    return h
outputs = np.stack([forward(p) for p in networks])
`;

interface Figures {
  readonly scores: Record<string, number>;
  readonly nearness: { readonly agreement: number; readonly totalVariation: number } | null;
  readonly outOfDistribution: readonly { readonly name: string; readonly rows: number; readonly entropy: { readonly mean: number }; readonly auroc: number }[];
}

describe('basinet evaluate', () => {
  it('scores classifiers and their ensemble as NumPy does', async () => {
    const { directory, path, networks } = await prepare('categorical');
    const { status, stdout, stderr } = await runCli(['evaluate', path, ...networks, '--from', 'mean', '--json']);
    expect(status, stderr).toBe(0);
    const output = JSON.parse(stdout) as Output;
    const expected = JSON.parse(
      runPython(
        `${NUMPY}
y = y.astype(int)
def scores(p):
    confidence, right = p.max(1), p.argmax(1) == y
    bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
    ece = sum(abs(right[bins == b].sum() - confidence[bins == b].sum()) for b in range(15)) / len(y)
    return [right.mean(), -np.log(p[np.arange(len(y)), y]).mean(), ((p - np.eye(3)[y]) ** 2).sum(1).mean(), ece, -(p * np.log(p)).sum(1).mean()]
p = np.exp(log_softmax(outputs, axis=2))
print(json.dumps([*[scores(one) for one in p], scores(p.mean(0))]))`,
        JSON.stringify(networks),
        [directory],
      ),
    ) as number[][];
    expect(output).toMatchObject({ split: 'test', rows: 61, ensemble: { members: 3 } });
    expect(output.networks.map(({ path: file, source }) => [file, source])).toEqual(networks.map((file, i) => [file, i < 2 ? 'network' : 'mean']));
    const found = [...output.networks, output.ensemble!].map(({ scores }) => ['accuracy', 'nll', 'brier', 'ece', 'entropy'].map((key) => scores[key]!));
    expect(found.flat()).toBeAllclose(expected.flat(), { rtol: 2e-5, atol: 1e-6 });
  });

  it('scores regressions with their learned noise, in the units of the data file, as SciPy does', async () => {
    const { directory, path, networks } = await prepare('gaussian');
    const { status, stdout, stderr } = await runCli(['evaluate', path, ...networks, '--from', 'mean', '--json']);
    expect(status, stderr).toBe(0);
    const output = JSON.parse(stdout) as Output;
    const expected = JSON.parse(
      runPython(
        `${NUMPY}
t = rows('train')[:, 4]
f = t.mean() + t.std() * outputs[..., 0]
s = t.std() * np.array([np.exp(p['likelihood.log_noise_std']) for p in networks])
logp, cdf = norm.logpdf(y, f, s), norm.cdf(y, f, s)
def scores(i):
    c = cdf[i].mean(0)
    return [np.sqrt(((f[i].mean(0) - y) ** 2).mean()), -(logsumexp(logp[i], axis=0) - np.log(len(i))).mean(), (abs(c - 0.5) <= 0.25).mean(), (abs(c - 0.5) <= 0.45).mean()]
print(json.dumps([scores(i) for i in ([0], [1], [2], [0, 1, 2])]))`,
        JSON.stringify(networks),
        [directory],
      ),
    ) as number[][];
    const found = [...output.networks, output.ensemble!].map(({ scores }) => ['rmse', 'nll', 'coverage50', 'coverage90'].map((key) => scores[key]!));
    expect(found.flat()).toBeAllclose(expected.flat(), { rtol: 2e-5 });
  });

  it('prints a table, without an ensemble of one', async () => {
    const { path, networks } = await prepare('categorical');
    const one = await runCli(['evaluate', path, networks[0]!]);
    expect(one.stdout).toMatch(/^on 61 test rows +accuracy +NLL +Brier +calibration error +entropy\n.*network-1\.safetensors +\d+\.\d\d% +\d\.\d{4}/);
    expect(one.stdout).not.toContain('ensemble');
    const three = await runCli(['evaluate', path, ...networks, '--from', 'mean']);
    expect(three.stdout).toMatch(/results \(mean\) .*\nensemble of 3 +\d/);
  });

  it.each(['categorical', 'gaussian'] as const)('finds of results what their summary says, of draws and of every form: %s', async (kind) => {
    const { path, networks } = await prepare(kind);
    const results = networks.at(-1)!;
    const { status, stdout, stderr } = await runCli(['evaluate', path, results, '--from', 'all', '--json']);
    expect(status, stderr).toBe(0);
    const output = JSON.parse(stdout) as { against: unknown; networks: (Figures & { source: string; networks: number })[] };
    const { evaluation } = (await readSummary(results)).summary;
    const { predictive, compact } = evaluation!;
    expect(output.against).toEqual({ path: results, source: 'draws' });
    expect(output.networks.map(({ source, networks: count }) => [source, count])).toEqual([['draws', 12], ['aligned', 50], ['raw', 50], ['mean', 1]]);
    const [draws, aligned, raw] = output.networks;
    // The engines may differ: results are written by the reference engine here.
    const alike = (found: object, expected: object) => {
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      expect(Object.values(found) as number[]).toBeAllclose(Object.values(expected) as number[], { rtol: 1e-4, atol: 1e-6 });
    };
    alike(draws!.scores, predictive);
    for (const [i, one] of [aligned!, raw!].entries()) {
      const { form: _form, samples: _samples, scores, ...nearness } = compact[i]!;
      alike(one.scores, scores);
      alike(one.nearness!, nearness);
    }
    expect(draws!.nearness).toEqual(kind === 'categorical' ? { agreement: 1, totalVariation: 0 } : { wasserstein2: 0 });
  });

  it('finds of a single fit its draw and its mean: there is no spread to sample', async () => {
    const directory = temporaryDirectory();
    const job = JSON.parse(readFileSync(writeTinyJob(directory, 'categorical'), 'utf8')) as JobInput;
    const path = writeJob(directory, { ...job, inference: { method: 'map', chains: 1, epochs: 2, batchSize: 20 } });
    const results = join(directory, 'results');
    await writeTinyResults(path, results);
    const { status, stdout, stderr } = await runCli(['evaluate', path, results, '--from', 'all', '--json']);
    expect(status, stderr).toBe(0);
    expect((JSON.parse(stdout) as Output).networks.map(({ source }) => source)).toEqual(['draws', 'mean']);
  });

  it('takes bare files, compares with what it is told to, and scores inputs from elsewhere', async () => {
    const { directory, path, networks } = await prepare('categorical');
    const [network, , results] = networks;
    const bare = join(results!, 'summary.safetensors');
    const elsewhere = join(directory, 'elsewhere.csv');
    writeFileSync(elsewhere, 'a,b,c,d\n9,9,9,9\n-9,8,7,-6\n');
    const { status, stdout, stderr } = await runCli(['evaluate', path, network!, bare, results!, '--against', network!, '--samples', '5', '--ood', elsewhere, '--json']);
    expect(status, stderr).toBe(0);
    const output = JSON.parse(stdout) as { against: unknown; ensemble: unknown; networks: (Figures & { source: string; networks: number })[] };
    expect(output.against).toEqual({ path: network, source: 'network' });
    expect(output.networks.map(({ source, networks: count }) => [source, count])).toEqual([['network', 1], ['aligned', 5], ['draws', 4]]);
    expect(output.networks[0]!.nearness).toEqual({ agreement: 1, totalVariation: 0 });
    expect(output.networks[1]!.nearness!.totalVariation).toBeGreaterThan(0);
    expect(output.ensemble).toBeNull();
    for (const { outOfDistribution } of output.networks) {
      expect(outOfDistribution).toEqual([expect.objectContaining({ name: 'elsewhere.csv', rows: 2, auroc: expect.any(Number) as number })]);
    }
    const text = await runCli(['evaluate', path, results!, '--from', 'draws,raw', '--ood', elsewhere]);
    expect(text.stdout).toMatch(/results \(draws\) .*100\.00% +0\.0000\n.*results \(raw\) .*\n\nagreement and total variation: with .*results \(draws\)\n\non 2 rows of elsewhere\.csv +entropy +median +AUROC\n/);
  });

  it.each<[string, string[], number, string, unknown, RegExp]>([
    ['a form that results do not hold', ['--from', 'low-rank'], 15, 'RESULTS_INVALID', 'low-rank', /aligned, raw.*statistics\.lowRank/],
    ['a source that is none', ['--from', 'aligned,best'], 64, 'USAGE', 'best', /low-rank/],
    ['no samples', ['--samples', '0'], 64, 'USAGE', '0', /1 or more/],
    ['inputs of other columns', ['--ood', 'narrow.csv'], 3, 'DATA_INVALID', 2, /columns/],
    ['nothing to compare with', ['--against', 'nowhere'], 15, 'RESULTS_INVALID', 'nowhere', /results directory/],
  ])('refuses %s', async (_, args, exit, code, value, remedy) => {
    const { directory, path, networks } = await prepare('categorical');
    const narrow = join(directory, 'narrow.csv');
    writeFileSync(narrow, 'a,b\n1,2\n');
    const { status, stdout } = await runCli(['evaluate', path, networks.at(-1)!, '--json', ...args.map((arg) => (arg === 'narrow.csv' ? narrow : arg))]);
    expect(status).toBe(exit);
    const { error } = JSON.parse(stdout) as { error: { code: string; value: unknown; remedy: string } };
    expect(error).toMatchObject({ code, value, remedy: expect.stringMatching(remedy) as string });
  });

  it('refuses the draws of a file, which holds none, and draws that are damaged', async () => {
    const { path, networks } = await prepare('categorical');
    const results = networks.at(-1)!;
    const bare = await runCli(['evaluate', path, join(results, 'summary.safetensors'), '--from', 'draws', '--json']);
    expect([bare.status, JSON.parse(bare.stdout)]).toEqual([15, { error: expect.objectContaining({ code: 'RESULTS_INVALID', value: 'draws' }) as unknown }]);
    rmSync(join(results, 'draws', 'posterior', 'fc1.bias', '1.0.0'));
    const damaged = await runCli(['evaluate', path, results, '--json']);
    expect([damaged.status, JSON.parse(damaged.stdout)]).toEqual([15, { error: expect.objectContaining({ code: 'RESULTS_INVALID', message: expect.stringContaining('a chunk is missing') as string }) as unknown }]);
  });

  it.each<[string, number, string, () => Uint8Array | null, string]>([
    ['NaN', 4, 'NETWORK_MISMATCH', () => packPosition(denseNetwork(4, [{ width: 12, activation: 'tanh' }], 3).tensors, normals(1, 99).fill(NaN, 5, 6)), 'fc1.weight[1, 1] is NaN'],
    ['standard deviations without means', 15, 'RESULTS_INVALID', () => writeSafetensors(new Map([...stateDictOf(denseNetwork(4, [{ width: 12, activation: 'tanh' }], 3).tensors, normals(1, 99))].map(([name, tensor]) => [`std/${name}`, tensor]))), 'holds no tensor mean/<name>, but std/fc1.bias'],
    ['another architecture', 4, 'NETWORK_MISMATCH', () => packPosition(denseNetwork(4, [{ width: 9, activation: 'tanh' }], 3).tensors, normals(1, 75)), 'fc1.weight is [9, 4], not [12, 4]'],
    ['a missing file', 15, 'RESULTS_INVALID', () => null, 'no file at'],
  ])('refuses %s', async (_, exit, code, bytes, message) => {
    const directory = temporaryDirectory();
    const path = writeTinyJob(directory, 'categorical');
    const file = join(directory, 'network.safetensors');
    const content = bytes();
    if (content !== null) writeFileSync(file, content);
    const { status, stdout } = await runCli(['evaluate', path, file, '--json']);
    expect(status).toBe(exit);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; path: string; remedy: string } };
    expect(error).toMatchObject({ code, path: file });
    expect(error.message).toContain(message);
    expect(error.remedy).toBeTruthy();
  });
});
