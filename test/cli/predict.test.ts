// basinet predict: files that NumPy reads, with what NumPy predicts from the draws themselves; every source, and what is refused.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packPosition } from '../../src/data/parameters.js';
import { runCli, temporaryDirectory, writeJob } from '../support/cli.js';
import { runPython } from '../support/python.js';
import { normals, writeTinyJob, writeTinyResults } from '../support/tinyJob.js';

/** A job, its results, a saved network and a file of inputs without targets. */
async function prepare(kind: 'categorical' | 'gaussian') {
  const directory = temporaryDirectory();
  const job = writeTinyJob(directory, kind, [6]);
  const results = join(directory, 'results');
  const posterior = await writeTinyResults(job, results);
  const network = join(directory, 'network.safetensors');
  writeFileSync(network, packPosition(posterior.tensors, normals(1, posterior.dimension, 0.7)));
  const inputs = join(directory, 'inputs.npy');
  runPython(`import sys, numpy as np; np.save(sys.argv[1], np.random.default_rng(2).normal(size=(7, 4)))`, '', [inputs]);
  return { directory, job, results, network, inputs };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;
let classes: Prepared;
let reals: Prepared;
beforeAll(async () => {
  classes = await prepare('categorical');
  reals = await prepare('gaussian');
});

/** Predicts from the draws; argv: directory. `f` are the outputs [draws, rows, outputs]. */
const NUMPY = `
import sys, json
import numpy as np, xarray as xr
from scipy import special, stats
from safetensors.numpy import load_file
directory = sys.argv[1]
x = np.load(f'{directory}/inputs.npy')
d = xr.open_datatree(f'{directory}/results/draws', engine='zarr').posterior
p = {k: (v := d[k]).values.astype(np.float64).reshape((-1,) + v.shape[2:]) for k in d.data_vars}
h = np.tanh(np.einsum('soi,ri->sro', p['fc1.weight'], x) + p['fc1.bias'][:, None])
f = np.einsum('soi,sri->sro', p['fc2.weight'], h) + p['fc2.bias'][:, None]
`;

async function predict({ job, directory }: Prepared, model: string, out: string, ...args: string[]): Promise<string> {
  const file = join(directory, out);
  const { status, stderr } = await runCli(['predict', model, '--job', job, '--out', file, ...args]);
  expect(status, stderr).toBe(0);
  return file;
}

describe('basinet predict', () => {
  it('loses no row of text without a header, whatever the training rows are', async () => {
    const { inputs, network } = classes;
    const directory = temporaryDirectory();
    runPython('import sys, numpy as np; np.save(sys.argv[1], np.arange(7) % 3)', '', [join(directory, 'y.npy')]);
    const job = writeJob(directory, { name: 'arrays', data: { train: { format: 'npy', inputs, targets: 'y.npy' } }, network: { hidden: [{ width: 6, activation: 'tanh' }] } });
    const rows = async (name: string, text: string): Promise<number> => {
      const file = join(directory, name);
      writeFileSync(file, text);
      const { status, stdout, stderr } = await runCli(['predict', network, '--job', job, '--inputs', file, '--json']);
      expect(status, stderr + stdout).toBe(0);
      return (JSON.parse(stdout) as { rows: number }).rows;
    };
    expect(await rows('bare.csv', '1,2,3,4\n5,6,7,8\n')).toBe(2);
    expect(await rows('named.csv', 'a,b,c,d\n5,6,7,8\n')).toBe(1);
    expect(await rows('pandas.tsv', '0\t1\t2\t3\n5\t6\t7\t8\n')).toBe(1);
  });

  it('asks for the job of a file', async () => {
    const { status, stderr } = await runCli(['predict', classes.network]);
    expect([status, stderr]).toEqual([64, expect.stringMatching(/is a file[\s\S]*add --job JOB/) as string]);
  });

  it('writes class probabilities, entropy and mutual information that NumPy reads and finds too', async () => {
    const npy = await predict(classes, classes.results, 'p.npy', '--inputs', classes.inputs);
    const tensors = await predict(classes, classes.results, 'p.safetensors', '--inputs', classes.inputs);
    const csv = await predict(classes, classes.results, 'new/p.csv', '--inputs', classes.inputs);
    const out = runPython(
      `${NUMPY}
s = special.softmax(f, axis=2); q = s.mean(0); h = stats.entropy(q, axis=1); m = h - stats.entropy(s, axis=2).mean(0)
a, t, c = np.load(sys.argv[2]), load_file(sys.argv[3]), np.genfromtxt(sys.argv[4], delimiter=',', names=True)
assert a.dtype == np.float64 and a.shape == (7, 3) and sorted(t) == ['entropy', 'mutual_information', 'probabilities']
close = lambda u, v: np.testing.assert_allclose(u, v, rtol=2e-5, atol=1e-6)
close(a, q); close(t['probabilities'], q); close(t['entropy'], h); close(t['mutual_information'], m)
assert c.dtype.names == ('class', 'p0', 'p1', 'p2', 'entropy', 'mutual_information')
assert (np.column_stack([c['p0'], c['p1'], c['p2']]) == a).all() and (c['class'] == a.argmax(1)).all() and (c['entropy'] == t['entropy']).all()
print('same')`,
      '',
      [classes.directory, npy, tensors, csv],
    );
    expect(out.trim()).toBe('same');
  });

  it('writes means and standard deviations of reals in the units of the data file', async () => {
    const npy = await predict(reals, reals.results, 'p.npy', '--inputs', reals.inputs);
    const tensors = await predict(reals, reals.results, 'p.safetensors', '--inputs', reals.inputs);
    const csv = await predict(reals, reals.results, 'p.csv', '--inputs', reals.inputs);
    const out = runPython(
      `${NUMPY}
y = np.loadtxt(f'{directory}/train.csv', delimiter=',', skiprows=1)[:, 4]
mean = y.mean() + y.std() * f.mean(0)
outputs = y.std() * f.std(0)
std = np.sqrt(outputs ** 2 + y.std() ** 2 * (np.exp(p['likelihood.log_noise_std']) ** 2).mean(0))
(m, s), t, c = np.load(sys.argv[2]), load_file(sys.argv[3]), np.genfromtxt(sys.argv[4], delimiter=',', names=True)
close = lambda u, v: np.testing.assert_allclose(u, v, rtol=2e-5, atol=1e-5)
assert m.shape == (7, 1)
close(m, mean); close(s, std); close(t['mean'], mean); close(t['std'], std); close(t['output_std'], outputs); close(t['entropy'], stats.norm(0, std[:, 0]).entropy())
assert c.dtype.names == ('mean_0', 'std_0', 'output_std_0', 'entropy') and (c['std_0'] == s[:, 0]).all()
print('same')`,
      '',
      [reals.directory, npy, tensors, csv],
    );
    expect(out.trim()).toBe('same');
  });

  it('takes saved networks, forms, means and bare files, by default on the test rows', async () => {
    const sources: [model: string, args: string[], source: string, networks: number][] = [
      [classes.network, [], 'network', 1],
      [classes.results, ['--samples', '5'], 'draws', 4],
      [classes.results, ['--from', 'raw', '--samples', '5'], 'raw', 5],
      [classes.results, ['--from', 'mean'], 'mean', 1],
      [join(classes.results, 'summary.safetensors'), [], 'aligned', 50],
    ];
    for (const [model, args, source, networks] of sources) {
      const { status, stdout, stderr } = await runCli(['predict', model, '--job', classes.job, '--json', ...args]);
      expect(status, stderr).toBe(0);
      const output = JSON.parse(stdout) as { predictions: { probabilities: { shape: number[]; data: number[] } } };
      expect(output).toMatchObject({ source, networks, inputs: 'test', rows: 61, out: null });
      const { shape, data } = output.predictions.probabilities;
      expect(shape).toEqual([61, 3]);
      expect(data[0]! + data[1]! + data[2]!).toBeCloseTo(1, 12);
    }
  });

  it('finds the job of results by itself where its data are, and else says what to do', async () => {
    const { status, stdout } = await runCli(['predict', classes.results, '--json']);
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'DATA_INVALID', remedy: expect.stringContaining('--job') as string } });
    for (const name of ['train.csv', 'test.csv']) writeFileSync(join(classes.results, name), readFileSync(join(classes.directory, name)));
    const found = await runCli(['predict', classes.results]);
    expect(found.stdout).toMatch(/^61 rows \(test\), predictions of 12 networks averaged \(draws\)\n.*\nentropy \(nats\) /);
  });

  it.each<[string, () => string[], number, string, RegExp]>([
    ['a form that is not there', () => [classes.results, '--from', 'control'], 15, 'RESULTS_INVALID', /aligned, raw/],
    ['a choice of a saved network', () => [classes.network, '--from', 'aligned'], 64, 'USAGE', /leave --from out/],
    ['several at once', () => [classes.results, '--from', 'draws,raw'], 64, 'USAGE', /draws, raw/],
    ['a file of no known format', () => [classes.results, '--out', 'p.txt'], 64, 'USAGE', /\.npy, \.safetensors, \.csv/],
    ['to write over what it reads', () => [classes.network, '--out', classes.network], 64, 'USAGE', /another file/],
    ['inputs of other columns', () => [classes.results, '--inputs', join(reals.directory, 'narrow.csv')], 3, 'DATA_INVALID', /columns/],
    ['results of another job', () => [reals.results], 4, 'NETWORK_MISMATCH', /./],
  ])('refuses %s', async (_, args, exit, code, remedy) => {
    writeFileSync(join(reals.directory, 'narrow.csv'), 'a,b\n1,2\n');
    const { status, stdout } = await runCli(['predict', ...args(), '--job', classes.job, '--json']);
    expect(status).toBe(exit);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code, remedy: expect.stringMatching(remedy) as string } });
    expect(existsSync('p.txt')).toBe(false);
  });
});
