// `basinet barrier` as a user calls it: against NumPy, against the evaluation of single networks, and what it refuses.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { packPosition } from '../../src/data/parameters.js';
import { readJobData, type JobData } from '../../src/data/read.js';
import { readSafetensors, writeSafetensors } from '../../src/data/safetensors.js';
import { selectEngine } from '../../src/engine/select.js';
import { initMap, stepMap } from '../../src/inference/map.js';
import { resolveJob } from '../../src/job/load.js';
import { modelOf } from '../../src/job/plan.js';
import type { JobInput } from '../../src/job/schema.js';
import { denseNetwork } from '../../src/network/dense.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { randomPermutationWithTranspositions } from '../../src/random/index.js';
import { applyPermutations } from '../../src/rebasin/index.js';
import { createTestSet } from '../../src/summary/evaluation/evaluate.js';
import { launchChromium } from '../support/chromium.js';
import { runCli, smallJob, temporaryDirectory, writeJob } from '../support/cli.js';
import { runPython } from '../support/python.js';
import { normals } from '../support/uniforms.js';

interface Curve {
  loss: number[];
  accuracy?: number[];
  rmse?: number[];
  barrier: number;
  barrierAt: number;
}
interface Document {
  report: string | null;
  alignment: { groups: { name: string; size: number; transpositions: number; permutation: number[]; signs: number[] | null }[]; distanceBefore: number; distanceAfter: number };
  lambdas: number[];
  raw: { train: Curve; test: Curve | null };
  aligned: { train: Curve; test: Curve | null };
}

async function barrier(args: readonly string[]): Promise<Document> {
  const { status, stdout, stderr } = await runCli(['barrier', ...args, '--json']);
  expect(status, stderr + stdout).toBe(0);
  return JSON.parse(stdout) as Document;
}

const save = (path: string, posterior: Posterior, position: Float32Array): string => {
  writeFileSync(path, packPosition(posterior.tensors, position));
  return path;
};

describe('basinet barrier between a trained network and a relabelled copy', () => {
  const input = smallJob('copies');
  const { engine } = selectEngine('auto');
  let directory: string;
  let job: string;
  let data: JobData;
  let posterior: Posterior;
  let trained: Float32Array;
  let files: [string, string];

  beforeAll(async () => {
    directory = temporaryDirectory();
    job = writeJob(directory, input);
    data = await readJobData(resolveJob(input), '.');
    posterior = modelOf(resolveJob(input), data.shape).posterior;
    const potential = engine.potential(posterior, data.train, { threads: 1 });
    let state = initMap(Float32Array.from({ length: posterior.dimension }, normals(1)).map((x) => 0.1 * x));
    for (let step = 0; step < 150; step++) state = stepMap(state, potential, 0.02);
    potential.dispose();
    trained = state.bestPosition;
    const permutation = randomPermutationWithTranspositions({ seed: 1, chain: 0, iteration: 0 }, 'permutation', 8, 6);
    const copy = applyPermutations(posterior.network, posterior.tensors, trained, [permutation]);
    files = [save(join(directory, 'a.safetensors'), posterior, trained), save(join(directory, 'b.safetensors'), posterior, copy)];
  });

  it('finds a barrier, and none once the copy is aligned', async () => {
    const result = await barrier([job, ...files]);
    expect(result.alignment).toMatchObject({ groups: [{ name: 'fc1', size: 8, transpositions: 6 }], distanceAfter: 0 });
    expect(result.alignment.distanceBefore).toBeGreaterThan(1);
    expect(result.lambdas).toEqual(Array.from({ length: 25 }, (_, i) => i / 24));
    for (const split of ['train', 'test'] as const) {
      expect(result.raw[split]!.barrier).toBeGreaterThan(0.1);
      expect(result.aligned[split]!.barrier).toBeGreaterThanOrEqual(0);
      expect(result.aligned[split]!.barrier).toBeLessThan(1e-6);
      const { loss, accuracy } = result.aligned[split]!;
      expect(loss).toBeAllclose(loss.map(() => loss[0]!), { rtol: 1e-6 });
      expect(accuracy).toEqual(accuracy!.map(() => accuracy![0]!));
      // The height is what the curve says.
      const raw = result.raw[split]!;
      const excess = raw.loss.map((value, i) => value - ((1 - i / 24) * raw.loss[0]! + (i / 24) * raw.loss[24]!));
      expect(raw.barrier).toBeCloseTo(Math.max(...excess), 12);
      expect(raw.barrierAt).toBe(excess.indexOf(Math.max(...excess)) / 24);
    }
  });

  it('begins and ends with the evaluation of the networks themselves', async () => {
    const other = Float32Array.from({ length: posterior.dimension }, normals(2)).map((x) => 0.1 * x);
    const result = await barrier([job, files[0], save(join(directory, 'other.safetensors'), posterior, other), '--points', '3']);
    expect(result.lambdas).toEqual([0, 0.5, 1]);
    for (const [split, rows] of [['train', data.train], ['test', data.test!]] as const) {
      for (const [end, position] of [[0, trained], [2, other]] as const) {
        const testSet = createTestSet(engine, posterior, rows, { threads: 1, scaling: data.targetScaling });
        const evaluator = testSet.evaluator(1);
        evaluator.add(position);
        const { averageDraw } = evaluator.finish() as { averageDraw: { nll: number; accuracy: number } };
        testSet.dispose();
        expect(result.raw[split]!.loss[end]).toBeCloseTo(averageDraw.nll, 12);
        expect(result.raw[split]!.accuracy![end]).toBe(averageDraw.accuracy);
        expect(result.aligned[split]!.loss[end]).toBeCloseTo(averageDraw.nll, 5);
      }
    }
  });

  it('prints the curves, the barriers and the alignment as tables', async () => {
    const { status, stdout } = await runCli(['barrier', job, ...files, '--points', '5']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/λ +train loss +aligned +train accuracy +aligned +test loss +aligned +test accuracy +aligned/);
    for (const lambda of ['0.000', '0.250', '0.500', '0.750', '1.000']) expect(stdout).toMatch(new RegExp(`^ *${lambda} `, 'm'));
    expect(stdout).toMatch(/barrier \(nats per row\) +raw +at λ +aligned +at λ\ntrain .*\ntest /);
    expect(stdout).toMatch(/NoT fc1 \(of 7\) +6/);
  });

  it('takes networks under the names that PyTorch gives layers', async () => {
    const sequential = files.map((file, i) => {
      const path = join(directory, `sequential-${i}.safetensors`);
      writeFileSync(path, writeSafetensors(new Map([...readSafetensors(readFileSync(file), file)].map(([name, tensor]) => [name.replace('fc1', '0').replace('fc2', '2'), tensor]))));
      return path;
    });
    const { raw, aligned, alignment } = await barrier([job, ...files, '--points', '3']);
    expect(await barrier([job, ...sequential, '--points', '3'])).toMatchObject({ raw, aligned, alignment });
  });

  it('writes one page that needs nothing else, without errors in Chromium', async () => {
    const page = join(directory, 'pages', 'barrier.html');
    const result = await barrier([job, ...files, '--points', '9', '--out', page]);
    expect(result.report).toBe(page);
    expect(readFileSync(page, 'utf8')).not.toMatch(/<script|src="(?!data:)|href="(?!#|data:)/);
    const browser = await launchChromium();
    try {
      const tab = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      const complaints: string[] = [];
      const requests: string[] = [];
      tab.on('console', (message) => complaints.push(message.text()));
      tab.on('pageerror', (error) => complaints.push(error.message));
      tab.on('request', (request) => requests.push(request.url()));
      await tab.goto(pathToFileURL(page).href);
      expect(complaints).toEqual([]);
      expect(requests.filter((request) => !request.startsWith('data:'))).toEqual([pathToFileURL(page).href]);
      expect(await tab.locator('h1').textContent()).toBe('copies');
      for (const id of ['loss-train', 'accuracy-train', 'loss-test', 'accuracy-test']) {
        const chart = tab.locator(`figure#${id} svg`);
        expect(await chart.getAttribute('aria-label'), id).toContain('along the line from A to B');
        const box = await chart.boundingBox();
        expect(box!.width * box!.height, id).toBeGreaterThan(40_000);
      }
      expect(await tab.locator('figure#transpositions td').allTextContents()).toEqual(['fc1', '8', '6']);
      expect(await tab.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
    } finally {
      await browser.close();
    }
  });

  it('refuses networks that are not the job’s, and options that mean nothing', async () => {
    const { tensors } = posterior;
    const path = join(directory, 'bad.safetensors');
    const attempt = (args: readonly string[] = []) => runCli(['barrier', job, files[0], path, ...args, '--json']);
    const error = (stdout: string) => (JSON.parse(stdout) as { error: { code: string; message: string; path: string; remedy: string } }).error;

    writeFileSync(path, packPosition(tensors.slice(0, -1), trained));
    const missing = await attempt();
    expect(missing.status).toBe(4);
    expect(error(missing.stdout)).toMatchObject({ code: 'NETWORK_MISMATCH', path, message: expect.stringContaining('missing: fc2.bias [10]') as string, remedy: expect.stringContaining('fc1.weight') as string });

    save(path, posterior, trained.with(3, NaN));
    const notFinite = await attempt();
    expect(notFinite.status).toBe(4);
    expect(error(notFinite.stdout)).toMatchObject({ code: 'NETWORK_MISMATCH', path, message: expect.stringContaining('fc1.weight[0, 3] is NaN') as string });

    const wider = denseNetwork(784, [{ width: 9, activation: 'relu' }], 10);
    writeFileSync(path, packPosition(wider.tensors, new Float32Array(wider.dimension)));
    const other = await attempt();
    expect(other.status).toBe(4);
    expect(error(other.stdout)).toMatchObject({ code: 'NETWORK_MISMATCH', message: expect.stringContaining('fc1.weight is [9, 784], not [8, 784]') as string });

    const before = readFileSync(files[0]);
    for (const out of [files[0], job]) expect(error((await runCli(['barrier', job, ...files, '--out', out, '--json'])).stdout)).toMatchObject({ code: 'USAGE', path: '--out', value: out });
    expect(readFileSync(files[0]).equals(before)).toBe(true);

    writeFileSync(path, 'garbage');
    expect((await attempt()).status).toBe(3);
    save(path, posterior, trained);
    expect((await attempt(['--points', '2'])).status).toBe(64);
    expect((await attempt(['--out', directory])).status).toBe(14);
    expect((await runCli(['barrier', join(directory, 'none.yaml'), ...files])).status).toBe(2);
  });
});

const NUMPY = `
import json, sys
import numpy as np
from scipy.special import erf, logsumexp
from scipy.stats import norm
given = json.load(sys.stdin)
act = {'tanh': np.tanh, 'gelu': lambda x: 0.5 * x * (1 + erf(x / np.sqrt(2))), 'softplus': lambda x: np.logaddexp(0, x)}
def forward(tensors, x):
    for i, name in enumerate(given['activations'], 1):
        x = act[name](x @ tensors[f'fc{i}.weight'].T + tensors[f'fc{i}.bias'])
    i = len(given['activations']) + 1
    return x @ tensors[f'fc{i}.weight'].T + tensors[f'fc{i}.bias']
load = lambda d: {k: np.float32(v['data']).astype(float).reshape(v['shape']) for k, v in d.items()}
A, B = load(given['a']), load(given['b'])
rows = {split: np.loadtxt(sys.argv[1] + f'/{split}.csv', delimiter=',', skiprows=1, ndmin=2) for split in ('train', 'test')}
outputs = given['outputs']
x = {s: r[:, :-outputs] for s, r in rows.items()}
y = {s: r[:, -outputs:] for s, r in rows.items()}
mx, sx = x['train'].mean(0), x['train'].std(0)
out = {}
for split in rows:
    loss, metric = [], []
    for l in np.linspace(0, 1, given['points']):
        t = {k: (1 - l) * A[k] + l * B[k] for k in A}
        f = forward(t, (x[split] - mx) / sx)
        if given['kind'] == 'categorical':
            target = y[split][:, 0].astype(int)
            loss.append(float((logsumexp(f, axis=1) - f[np.arange(len(f)), target]).mean()))
            metric.append(float((f.argmax(1) == target).mean()))
        else:
            my, sy = y['train'].mean(0), y['train'].std(0)
            f = my + sy * f
            loss.append(float(-norm.logpdf(y[split], f, sy * np.exp(t['likelihood.log_noise_std'])).sum(1).mean()))
            metric.append(float(np.sqrt(((f - y[split]) ** 2).mean())))
    line = np.linspace(loss[0], loss[-1], len(loss))
    out[split] = {'loss': loss, 'metric': metric, 'barrier': float((np.array(loss) - line).max())}
print(json.dumps(out))`;

describe.each([
  ['categorical', 'accuracy', ['gelu', 'tanh'], 1],
  ['gaussian', 'rmse', ['softplus', 'tanh'], 2],
] as const)('basinet barrier of a %s job', (kind, metric, activations, targets) => {
  it('has the losses, the metric and the barrier that NumPy computes', async () => {
    const directory = temporaryDirectory();
    const next = normals(7);
    const columns = ['x0', 'x1', 'x2', ...Array.from({ length: targets }, (_, i) => `y${i}`)];
    for (const [split, rows] of [['train', 60], ['test', 35]] as const) {
      const lines = Array.from({ length: rows }, () => {
        const inputs = [5 + 2 * next(), next(), 0.1 * next()];
        const outputs = Array.from({ length: targets }, (_, i) => (kind === 'categorical' ? Math.floor(Math.abs(2 * next())) % 3 : 10 * (i + 1) + 3 * next()));
        return [...inputs, ...outputs].join(',');
      });
      writeFileSync(join(directory, `${split}.csv`), [columns.join(','), ...lines].join('\n'));
    }
    const source = (split: string) => ({ format: 'csv' as const, file: `${split}.csv`, targets: columns.slice(3) });
    const input: JobInput = {
      name: kind,
      data: { train: source('train'), test: source('test'), inputs: { standardize: true }, ...(kind === 'categorical' ? { targets: { classes: 3 } } : { targets: { standardize: true } }) },
      network: { hidden: activations.map((activation, i) => ({ width: 9 - i, activation })) },
      likelihood: kind === 'categorical' ? { kind } : { kind, noise: { learned: true } },
    };
    const path = writeJob(directory, input);
    const { posterior } = modelOf(resolveJob(input), { features: 3, outputs: kind === 'categorical' ? 3 : targets });
    const [a, b] = [1, 2].map((seed) => Float32Array.from({ length: posterior.dimension }, normals(seed))) as [Float32Array, Float32Array];
    const result = await barrier([path, save(join(directory, 'a.safetensors'), posterior, a), save(join(directory, 'b.safetensors'), posterior, b), '--points', '11']);
    // NumPy is given what B's aligned copy must be: permutations and signs are checked where alignment is.
    const aligned = applyPermutations(posterior.network, posterior.tensors, b, permutationsOf(result), signsOf(result));
    expect(signsOf(result).map((signs) => signs === null)).toEqual([true, false]);
    for (const [which, end] of [['raw', b], ['aligned', aligned]] as const) {
      const dict = (position: Float32Array) => Object.fromEntries(posterior.tensors.map(({ name, shape, offset, size }) => [name, { shape, data: Array.from(position.subarray(offset, offset + size)) }]));
      const given = JSON.stringify({ a: dict(a), b: dict(end), activations, outputs: targets, kind, points: 11 });
      const expected = JSON.parse(runPython(NUMPY, given, [directory])) as Record<'train' | 'test', { loss: number[]; metric: number[]; barrier: number }>;
      for (const split of ['train', 'test'] as const) {
        const curve = result[which][split]!;
        expect(curve.loss, `${which} ${split}`).toBeAllclose(expected[split].loss, { rtol: 2e-5 });
        expect(curve[metric], `${which} ${split}`).toBeAllclose(expected[split].metric, { rtol: 2e-5 });
        expect(curve.barrier).toBeCloseTo(expected[split].barrier, 4);
      }
    }
  });
});

function permutationsOf({ alignment }: Document): Int32Array[] {
  return alignment.groups.map(({ permutation }) => Int32Array.from(permutation));
}

function signsOf({ alignment }: Document): (Int8Array | null)[] {
  return alignment.groups.map(({ signs }) => signs && Int8Array.from(signs));
}
