// A regression job's results: units of the data file, learned noise, unequal chains, thinned evaluation, and its report.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engine/reference.js';
import { resolveJob } from '../../src/job/load.js';
import { readSummary, writeResults, type ResultsSummary } from '../../src/summary/index.js';
import { launchChromium } from '../support/chromium.js';
import { runPython } from '../support/python.js';
import { drawsOf, fakeSine, sampleJob, type SampledJob } from './fixture.js';

const job = resolveJob({
  name: 'sine',
  seed: 5,
  data: { train: { format: 'csv', file: 'sine.csv', targets: ['y'] }, targets: { standardize: true } },
  network: { hidden: [{ width: 5, activation: 'tanh' }, { width: 4, activation: 'tanh' }] },
  likelihood: { kind: 'gaussian', noise: { learned: true } },
  inference: { chains: 2, warmup: 60, draws: 41, leapfrogSteps: 12, stepSize: 0.02, start: { from: 'map', steps: 80, learningRate: 0.05 } },
});
const data = fakeSine(40, 25);

let directory: string;
let sampled: SampledJob;
let written: ResultsSummary;

const write = (outDir: string, options: { maxEvaluatedDraws?: number; draws?: SampledJob['records']; compactSamples?: number } = {}) =>
  writeResults({
    outDir,
    job: { ...job, evaluation: { compactSamples: options.compactSamples ?? 50 } },
    data,
    posterior: sampled.posterior,
    partitions: sampled.partitions,
    draws: drawsOf(options.draws ?? sampled.records),
    engine: referenceEngine(),
    version: '1.2.3',
    ...(options.maxEvaluatedDraws === undefined ? {} : { maxEvaluatedDraws: options.maxEvaluatedDraws }),
  });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'basinet-regression-'));
  sampled = sampleJob(job, data);
  written = await write(join(directory, 'all'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('regression results', () => {
  it('score the predictive in the units of the data file, as NumPy and SciPy do', () => {
    const test = data.test!;
    const script = `
import json, sys
import numpy as np, xarray as xr
from scipy.stats import norm
from scipy.special import logsumexp
given = json.load(sys.stdin)
d = xr.open_datatree(sys.argv[1] + '/draws', engine='zarr').posterior.to_dataset()
p = {k: v.values.astype(np.float64).reshape((-1,) + v.shape[2:]) for k, v in d.data_vars.items()}
x = np.array(given['inputs']).reshape(-1, 2); y = 10 + 4 * np.array(given['targets'])
h = x[None]
for i in (1, 2, 3):
    h = np.einsum('soi,sri->sro', p[f'fc{i}.weight'], np.broadcast_to(h, (len(p['fc1.bias']),) + h.shape[1:])) + p[f'fc{i}.bias'][:, None]
    if i < 3: h = np.tanh(h)
f = 10 + 4 * h[..., 0]; s = 4 * np.exp(p['likelihood.log_noise_std'])
logp = norm.logpdf(y, f, s); cdf = norm.cdf(y, f, s)
cover = lambda c, level: float((np.abs(c - 0.5) <= level / 2).mean())
print(json.dumps({
  'predictive': [float(np.sqrt(((f.mean(0) - y) ** 2).mean())), float(-(logsumexp(logp, axis=0) - np.log(len(s))).mean()), cover(cdf.mean(0), 0.5), cover(cdf.mean(0), 0.9)],
  'single': [float(np.sqrt(((f - y) ** 2).mean(1)).mean()), float(-logp.mean()), cover(cdf, 0.5), cover(cdf, 0.9)]}))`;
    const input = JSON.stringify({ inputs: Array.from(test.inputs), targets: Array.from(test.targets) });
    const out = JSON.parse(runPython(script, input, [join(directory, 'all')])) as { predictive: number[]; single: number[] };
    if (written.evaluation?.kind !== 'gaussian') throw new Error('expected a gaussian evaluation');
    const numbers = ({ rmse, nll, coverage50, coverage90 }: Record<'rmse' | 'nll' | 'coverage50' | 'coverage90', number | null>) => [rmse!, nll!, coverage50!, coverage90!];
    expect(numbers(written.evaluation.predictive)).toBeAllclose(out.predictive, { rtol: 1e-5 });
    expect(numbers(written.evaluation.averageDraw)).toBeAllclose(out.single, { rtol: 1e-5 });
  });

  it('count draws, groups and tensors of the likelihood', async () => {
    expect(written.model.tensors.map(({ name }) => name)).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias', 'fc3.weight', 'fc3.bias', 'likelihood.log_noise_std']);
    expect(written.alignment.groups.map(({ name, size }) => [name, size])).toEqual(written.model.groups.map(({ name, size }) => [name, size]));
    expect(written.alignment.distanceAfter!).toBeLessThan(written.alignment.distanceBefore!);
    const results = await readSummary(join(directory, 'all'));
    expect(results.tensor('raw', 'std', 'likelihood.log_noise_std').shape).toEqual([1]);
    expect(results.tensors.get('reference/fc3.bias')!.data).toEqual(sampled.records.get(0)!.find(({ iteration }) => iteration === 61)!.position.slice(-2, -1));
  });

  it('evaluates evenly spaced draws where there are too many, and says so', async () => {
    const { evaluation } = await write(join(directory, 'thinned'), { maxEvaluatedDraws: 10 });
    expect(evaluation).toMatchObject({ draws: 10, drawsAvailable: 82 });
  });

  it('sample the forms as often as the job wants, or not at all', async () => {
    expect(written.evaluation!.compact.map(({ form, samples }) => [form, samples])).toEqual([['aligned', 50], ['raw', 50]]);
    const without = join(directory, 'without');
    const { evaluation } = await write(without, { compactSamples: 0 });
    expect(evaluation).toEqual({ ...written.evaluation, compact: [] });
    expect(await readFile(join(without, 'report.html'), 'utf8')).not.toContain('id="compact"');
  });

  it('shows predictions, intervals and heat maps in Chromium', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      await page.goto(pathToFileURL(join(directory, 'all', 'report.html')).href);
      expect(complaints).toEqual([]);
      for (const id of ['predicted-0', 'calibration', 'forms', 'rhat', 'transpositions-0', 'transpositions-1', 'energy']) {
        const box = await page.locator(`figure#${id} svg`).first().boundingBox();
        expect(box!.width * box!.height, id).toBeGreaterThan(40_000);
      }
      const maps = page.locator('figure#first-layer .maps > div > img');
      expect(await maps.count()).toBe(4);
      expect((await maps.first().boundingBox())!.height).toBeGreaterThan(100);
    } finally {
      await browser.close();
    }
  });

  it('refuses a log that lacks a draw of the statistics, and leaves no half-written store', async () => {
    const records = new Map(sampled.records);
    records.set(1, records.get(1)!.filter(({ iteration }) => iteration !== 75));
    const outDir = join(directory, 'lacking');
    await expect(write(outDir, { draws: records })).rejects.toMatchObject({ code: 'LOG_CORRUPT', path: 'chain 1', value: 75 });
    await expect(readSummary(outDir)).rejects.toMatchObject({ code: 'RESULTS_INVALID' });
    await expect(write(outDir)).resolves.toBeDefined();
  });

  it('skips records that were never folded', async () => {
    const records = new Map(sampled.records);
    const chain = [...records.get(0)!];
    const stray = chain.findIndex(({ iteration }) => iteration === 70);
    chain.splice(stray, 0, { ...chain[stray]!, info: { ...chain[stray]!.info, potentialEnergy: 1e9 } });
    records.set(0, chain);
    const { evaluation } = await write(join(directory, 'stray'), { draws: records });
    expect(evaluation).toEqual(written.evaluation);
  });
});
