// compare as a user calls it: two small results directories, a copy with its units shuffled, a file of another tool.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/data/safetensors.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { resolveJob } from '../../src/job/load.js';
import { denseNetwork } from '../../src/network/dense.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { applyPermutations } from '../../src/rebasin/index.js';
import { comparisonSchema, type ComparisonDocument } from '../../src/summary/comparison/document.js';
import { writeResults } from '../../src/summary/index.js';
import { runCli, temporaryDirectory } from '../support/cli.js';
import { runPython } from '../support/python.js';
import { bareFile, randomGaussian } from '../summary/comparison/posteriors.js';
import { drawsOf, fakePictures, sampleJob } from '../summary/fixture.js';

let directory: string;
let posterior: Posterior;
const at = (...names: string[]): string => join(directory, ...names);

/** A run of a small job, as `basinet run` leaves it. */
async function results(name: string, seed: number, raw = true): Promise<Posterior> {
  const job = resolveJob({
    name,
    seed,
    data: { train: { format: 'npy', inputs: 'x.npy', targets: 'y.npy' } },
    // By their names, these layers could follow one another in two orders.
    network: { hidden: [{ width: 5, activation: 'tanh', name: 'stem' }, { width: 5, activation: 'tanh', name: 'body' }] },
    inference: { chains: 2, warmup: 0, draws: 20, leapfrogSteps: 5, stepSize: 0.05, adaptStepSize: false },
    statistics: { raw },
  });
  const data = fakePictures(12, 0);
  const sampled = sampleJob(job, data);
  const partitions = raw ? sampled.partitions : sampled.partitions.map((part) => ({ ...part, raw: null }));
  await writeResults({ outDir: at(name), job, data, posterior: sampled.posterior, partitions, draws: drawsOf(sampled.records), engine: referenceEngine(), version: '1.2.3' });
  return sampled.posterior;
}

beforeAll(async () => {
  directory = temporaryDirectory();
  posterior = await results('one', 1);
  await results('two', 2);
  // The same posterior as `one`, its units in another order.
  cpSync(at('one'), at('copy'), { recursive: true });
  const tensors = readSafetensors(readFileSync(at('one', 'summary.safetensors')));
  const { network } = posterior;
  for (const statistic of ['mean', 'std']) {
    const position = new Float32Array(posterior.dimension);
    for (const { name, offset } of posterior.tensors) position.set(tensors.get(`${statistic}/${name}`)!.data as Float32Array, offset);
    const moved = applyPermutations(network, posterior.tensors, position, [Int32Array.of(1, 2, 0, 4, 3), Int32Array.of(0, 1, 2, 4, 3)]);
    for (const { name, shape, offset, size } of posterior.tensors) tensors.set(`${statistic}/${name}`, { dtype: 'F32', shape, data: moved.slice(offset, offset + size) });
  }
  writeFileSync(at('copy', 'summary.safetensors'), writeSafetensors(tensors));
});

describe('basinet compare', () => {
  it('finds nothing between results and a relabelled copy, and the transpositions that were planted', async () => {
    const { status, stdout, stderr } = await runCli(['compare', at('one'), at('copy'), '--json']);
    expect(status, stderr).toBe(0);
    const document = comparisonSchema.parse(JSON.parse(stdout));
    expect(document).toMatchObject({
      space: 'aligned',
      a: { path: at('one'), kind: 'results', job: 'one', draws: 40 },
      alignment: { groups: [{ name: 'stem', size: 5, transpositions: 3 }, { name: 'body', size: 5, transpositions: 1 }] },
      overall: { weights: posterior.dimension, klAB: 0, klBA: 0, wasserstein2: 0, meanCorrelation: 1, logStdCorrelation: 1 },
      report: null,
    });
    expect(document.overall.meanDistanceBefore!).toBeGreaterThan(0);
    expect(document.tensors.map(({ name }) => name)).toEqual(posterior.tensors.map(({ name }) => name));
  });

  it('compares two jobs as NumPy does, as sampled and left as they are', async () => {
    const { status, stdout } = await runCli(['compare', at('one'), at('two'), '--space', 'raw', '--no-align', '--json']);
    expect(status).toBe(0);
    const { overall, alignment, space } = comparisonSchema.parse(JSON.parse(stdout));
    expect([space, alignment]).toEqual(['raw', null]);
    const script = `
import json, sys
import numpy as np
from safetensors.numpy import load_file
a, b = (load_file(p + '/summary.safetensors') for p in sys.argv[1:])
pick = lambda t, kind: np.concatenate([np.ravel(t[k]) for k in sorted(t) if k.startswith('raw/' + kind)]).astype(np.float64)
m, s, n, t = pick(a, 'mean'), pick(a, 'std'), pick(b, 'mean'), pick(b, 'std')
print(json.dumps([float(np.sum(np.log(t / s) + (s**2 + (m - n)**2) / (2 * t**2) - 0.5)), float(np.sum((m - n)**2 + (s - t)**2)), float(np.corrcoef(m, n)[0, 1])]))`;
    const expected = JSON.parse(runPython(script, '', [at('one'), at('two')])) as number[];
    expect([overall.klAB!, overall.wasserstein2Squared!, overall.meanCorrelation!]).toBeAllclose(expected, { rtol: 1e-9 });
  });

  it('prints tables and writes the page, making its directory', async () => {
    const vi = at('vi.safetensors');
    writeFileSync(vi, bareFile(posterior.tensors, randomGaussian(posterior.dimension, 3)));
    const out = at('pages', 'compare.html');
    const { status, stdout, stderr } = await runCli(['compare', at('one'), vi, '--out', out]);
    expect(status, stderr).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^A +\S+one {3}one, 40 draws\nB +\S+vi\.safetensors\n/);
    expect(stdout).toMatch(/NoT stem +\d of at most 4/);
    for (const { name } of posterior.tensors) expect(stdout.split('\n').filter((line) => line.startsWith(`${name} `))).toHaveLength(2);
    expect(stdout.split('\n').filter((line) => line.startsWith('all '))).toHaveLength(2);
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>[^]*id="moments"/);
  });

  it('counts point masses, whose divergences are infinite', async () => {
    const gaussian = randomGaussian(posterior.dimension, 3);
    gaussian.std[0] = 0;
    writeFileSync(at('map.safetensors'), bareFile(posterior.tensors, gaussian));
    const { status, stdout } = await runCli(['compare', at('one'), at('map.safetensors'), '--json']);
    expect(status).toBe(0);
    const { overall } = JSON.parse(stdout) as ComparisonDocument;
    expect(overall).toMatchObject({ klAB: null, klBA: null, zeroStdA: 0, zeroStdB: 1 });
    expect(overall.wasserstein2).toBeGreaterThan(0);
    const text = (await runCli(['compare', at('one'), at('map.safetensors')])).stdout;
    expect(text).toContain('∞');
    expect(text).toContain('0 of A, 1 of B');
  });

  /** The error of a comparison that must fail, as JSON and (for its remedy) as text. */
  async function refusal(args: readonly string[]): Promise<{ status: number | null; error: { code: string; path: string; value: unknown; message: string; remedy: string } }> {
    const { status, stdout } = await runCli(['compare', ...args, '--json']);
    const text = await runCli(['compare', ...args]);
    expect(text.status).toBe(status);
    expect(text.stdout).toBe('');
    const { error } = JSON.parse(stdout) as { error: { code: string; path: string; value: unknown; message: string; remedy: string } };
    expect(text.stderr).toContain(error.remedy);
    return { status, error };
  }

  it('refuses what is no results directory, with exit status 15', async () => {
    mkdirSync(at('empty'));
    expect(await refusal([at('one'), at('empty')])).toMatchObject({ status: 15, error: { code: 'RESULTS_INVALID', path: at('empty', 'summary.json') } });
    expect(await refusal([at('nowhere'), at('one')])).toMatchObject({ status: 15, error: { code: 'RESULTS_INVALID', path: at('nowhere'), value: at('nowhere') } });
  });

  it('refuses another architecture, with exit status 4 and the first tensor that differs', async () => {
    const other = denseNetwork(64, [{ width: 5, activation: 'tanh', name: 'stem' }, { width: 6, activation: 'tanh', name: 'body' }], 3);
    writeFileSync(at('other.safetensors'), bareFile(other.tensors, randomGaussian(other.dimension, 4)));
    expect(await refusal([at('one'), at('other.safetensors')])).toMatchObject({
      status: 4,
      error: { code: 'NETWORK_MISMATCH', path: 'body.weight', value: { a: [5, 5], b: [6, 5] }, message: `tensor body.weight is [5, 5] in ${at('one')} and [6, 5] in ${at('other.safetensors')}` },
    });
  });

  it('refuses values that are no standard deviations, with exit status 15, their place and value', async () => {
    const gaussian = randomGaussian(posterior.dimension, 3);
    gaussian.std[66] = -1;
    writeFileSync(at('negative.safetensors'), bareFile(posterior.tensors, gaussian));
    const { status, error } = await refusal([at('one'), at('negative.safetensors')]);
    expect(status).toBe(15);
    expect(error).toMatchObject({ code: 'RESULTS_INVALID', path: at('negative.safetensors'), value: -1 });
    expect(error.message).toContain('std/stem.weight[1, 2] is -1');
  });

  it('says which space results hold', async () => {
    await results('aligned-only', 3, false);
    const { status, error } = await refusal([at('aligned-only'), at('one'), '--space', 'raw']);
    expect(status).toBe(15);
    expect(error).toMatchObject({ code: 'RESULTS_INVALID', path: at('aligned-only'), value: 'raw', remedy: expect.stringContaining('--space aligned') as string });
  });

  it('refuses to change signs of activations that are not odd', async () => {
    cpSync(at('one'), at('relu'), { recursive: true });
    const summary = at('relu', 'summary.json');
    writeFileSync(summary, readFileSync(summary, 'utf8').replaceAll('"tanh"', '"relu"'));
    const { status, error } = await refusal([at('relu'), at('two'), '--signs']);
    expect({ status, ...error }).toMatchObject({ status: 64, code: 'USAGE', path: '--signs', message: expect.stringContaining('stem is relu, which is not odd') as string });
  });

  it('refuses a page in the place of what it compares, and options that make no sense', async () => {
    const report = at('one', 'report.html');
    const before = readFileSync(report);
    expect(await refusal([at('one'), at('two'), '--out', report])).toMatchObject({ status: 64, error: { code: 'USAGE', path: '--out', value: report } });
    expect(readFileSync(report).equals(before)).toBe(true);
    expect(await refusal([at('one'), at('two'), '--max-sweeps', '0'])).toMatchObject({ status: 64, error: { path: '--max-sweeps', value: '0' } });
    expect((await runCli(['compare', at('one'), at('two'), '--space', 'both'])).status).toBe(64);
    expect(await refusal([at('one'), at('two'), '--out', join(report, 'deeper.html')])).toMatchObject({ status: 14, error: { code: 'OUTPUT_UNWRITABLE' } });
    expect(existsSync(at('compare.html'))).toBe(false);
  });
});
