// Results of every method: figures that it does not have are absent, and what variational inference fitted can be compared.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/data/safetensors.js';
import { referenceEngine } from '../../src/engine/reference.js';
import type { ChainRecord } from '../../src/inference/chain.js';
import { gridOf } from '../../src/job/plan.js';
import { resolveJob } from '../../src/job/load.js';
import type { Job, JobInput } from '../../src/job/schema.js';
import { comparePosteriors } from '../../src/summary/comparison/compare.js';
import { readComparedPosterior } from '../../src/summary/comparison/posterior.js';
import { readFitted } from '../../src/summary/fitted.js';
import { readSummary, writeResults } from '../../src/summary/index.js';
import { renderSummary } from '../../src/cli/summaryText.js';
import { runPython } from '../support/python.js';
import { drawsOf, fakePictures, sampleJob } from './fixture.js';

const data = fakePictures(60, 45);
const jobOf = (inference: NonNullable<JobInput['inference']>): Job =>
  resolveJob({
    name: `pictures-${inference.method ?? 'hmc'}`,
    data: { train: { format: 'idx', inputs: 'images', targets: 'labels' } },
    network: { hidden: [{ width: 6, activation: 'tanh' }] },
    inference: { chains: 2, ...inference },
    log: { warmupCheckpointEvery: 5 },
  });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'basinet-methods-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function write(job: Job, outDir = join(directory, job.inference.method)) {
  const { posterior, partitions, records } = sampleJob(job, data);
  const fitted = (chain: number) => {
    const { mean, logStd } = (records.get(chain) as ChainRecord[]).find(({ iteration }) => iteration === gridOf(job).warmup)!.kernel!.arrays as Record<string, Float32Array>;
    return Promise.resolve({ mean: mean!, std: logStd!.map(Math.exp), elbo: -1.25 });
  };
  const summary = await writeResults({
    outDir,
    overwrite: true,
    job,
    data,
    posterior,
    partitions,
    draws: drawsOf(records),
    ...(job.inference.method === 'vi' && { fitted }),
    engine: referenceEngine(),
    version: '1.2.3',
  });
  return { outDir, summary, posterior, fitted, report: await readFile(join(outDir, 'report.html'), 'utf8') };
}

describe.each<[NonNullable<JobInput['inference']>, string, string[]]>([
  [{ method: 'map', epochs: 20, batchSize: 20 }, 'MAP chains', ['iteration', 'lp', 'potential_energy']],
  [{ method: 'sgld', warmup: 20, draws: 8, thin: 2, batchSize: 20 }, 'SGLD chains', ['iteration', 'lp', 'potential_energy', 'step_size']],
  [{ method: 'sghmc', warmup: 20, draws: 8, thin: 2, batchSize: 20 }, 'SGHMC chains', ['iteration', 'kinetic_energy', 'lp', 'potential_energy', 'step_size']],
  [{ method: 'vi', epochs: 20, batchSize: 20, draws: 8 }, 'variational chains', ['iteration', 'lp', 'potential_energy']],
])('results of $method', (inference, words, statistics) => {
  it('say the method and leave out what it does not have', async () => {
    const { outDir, summary, report } = await write(jobOf(inference));
    expect((await readSummary(outDir)).summary).toEqual(summary);
    expect(summary.sampling).toMatchObject({ method: inference.method, acceptanceRate: null, divergences: 0, ebfmiMin: null });
    for (const chain of summary.chains) expect(chain).toMatchObject({ acceptanceRate: null, ebfmi: null, leapfrogSteps: 0 });
    expect(report).toContain(words);
    expect(report).not.toMatch(/Acceptance|E-BFMI|NaN/);
    const text = renderSummary(summary, outDir);
    expect(text).toContain(words);
    expect(text).not.toMatch(/acceptance|NaN/);
    const found = runPython(
      `
import sys, json, warnings
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    import arviz as az, xarray as xr
    data = az.InferenceData.from_datatree(xr.open_datatree(sys.argv[1] + '/draws', engine='zarr'))
print(json.dumps([sorted(data.sample_stats.data_vars), bool(data.sample_stats.lp.notnull().all())]))`,
      '',
      [outDir],
    );
    expect(JSON.parse(found)).toEqual([statistics, true]);
  });
});

describe('what variational inference fitted', () => {
  it('is a file a chain, of the network’s tensors, that compare takes as a posterior', async () => {
    const { outDir, summary, posterior, fitted } = await write(jobOf({ method: 'vi', epochs: 20, batchSize: 20, draws: 8 }));
    expect((await readdir(join(outDir, 'variational'))).sort()).toEqual(['chain-0.safetensors', 'chain-1.safetensors']);
    expect(summary.files.map(({ path }) => path)).toContain('variational/chain-1.safetensors');
    const path = join(outDir, 'variational', 'chain-1.safetensors');
    const file = readSafetensors(await readFile(path));
    const { mean, std, elbo } = await fitted(1);
    for (const { name, shape, offset, size } of posterior.tensors) {
      expect(file.get(`mean/${name}`)).toMatchObject({ shape });
      expect(file.get(`mean/${name}`)!.data).toEqual(mean.slice(offset, offset + size));
      expect(file.get(`std/${name}`)!.data).toEqual(std.slice(offset, offset + size));
    }
    expect(await readFitted(outDir, posterior.tensors, 1)).toEqual({ mean, std, elbo });
    await expect(readFitted(outDir, posterior.tensors, 2)).rejects.toMatchObject({ code: 'RESULTS_INVALID', path: expect.stringContaining('chain-2') as string });
    const [a, b] = [await readComparedPosterior(path, 'aligned'), await readComparedPosterior(join(outDir, 'variational', 'chain-0.safetensors'), 'aligned')];
    expect(comparePosteriors(a, a).overall.wasserstein2).toBe(0);
    expect(comparePosteriors(a, b).overall.wasserstein2).toBeGreaterThan(0);
  });

  it('goes with the results that it belongs to', async () => {
    const { outDir } = await write(jobOf({ method: 'vi', epochs: 2, batchSize: 20, draws: 4 }));
    await write(jobOf({ method: 'map', epochs: 2, batchSize: 20 }), outDir);
    expect(await readdir(outDir)).not.toContain('variational');
  });
});
