// validate, explain, log-prob, align and doctor as a user calls them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packPosition } from '../../src/data/parameters.js';
import { readSafetensors } from '../../src/data/safetensors.js';
import { readJobData } from '../../src/data/read.js';
import { referencePotential64 } from '../../src/engine/reference.js';
import { loadTfjs } from '../../src/engine/tfjs/load.js';
import { DEFAULT_TFJS_SETTINGS } from '../../src/engine/tfjs/settings.js';
import type { Explanation } from '../../src/job/explain.js';
import { resolveJob } from '../../src/job/load.js';
import { modelOf } from '../../src/job/plan.js';
import type { JobInput } from '../../src/job/schema.js';
import { denseNetwork } from '../../src/network/dense.js';
import { fillNormal, randomPermutation } from '../../src/random/index.js';
import { applyPermutations, invertPermutation, numTranspositions } from '../../src/rebasin/index.js';
import { runCli, smallJob, temporaryDirectory, writeJob } from '../support/cli.js';

const key = { seed: 11, chain: 0, iteration: 0 };

function normal(size: number, scale = 0.1): Float32Array {
  const out = new Float32Array(size);
  fillNormal(key, 'momentum', out);
  return out.map((value) => value * scale);
}

describe('basinet validate', () => {
  it('accepts a good job and says what it is', async () => {
    const { status, stdout } = await runCli(['validate', writeJob(temporaryDirectory(), smallJob('good')), '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, dimension: 784 * 8 + 8 + 80 + 10, trainRows: 300, testRows: 200 });
  });

  it('names every mistake with path, value and remedy', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'bad.yaml');
    writeFileSync(path, 'name: Bad Name\ndata: { train: { format: idx, inputs: a, targets: b } }\nnetwork: { hidden: [{ width: -3 }] }\ninferense: {}\n');
    const { status, stdout, stderr } = await runCli(['validate', path]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    for (const part of ['network.hidden[0].width', '-3', 'inferense', 'inference', 'name']) expect(stderr).toContain(part);
  });

  it('names the data file that is missing', async () => {
    const job = smallJob('nodata');
    const path = writeJob(temporaryDirectory(), { ...job, data: { ...job.data, train: { format: 'idx', inputs: 'nowhere', targets: 'nowhere' } } });
    const { status, stdout } = await runCli(['validate', path, '--json']);
    expect(status).toBe(3);
    const { error } = JSON.parse(stdout) as { error: { code: string; path: string; remedy: string } };
    expect(error.code).toBe('DATA_INVALID');
    expect(error.path).toContain('nowhere');
    expect(error.remedy).toBeTruthy();
  });
});

describe('basinet explain', () => {
  it('counts parameters, groups, FLOPs, bytes, and measures the time', async () => {
    const { status, stdout } = await runCli(['explain', writeJob(temporaryDirectory(), smallJob('e')), '--json']);
    expect(status).toBe(0);
    const e = JSON.parse(stdout) as { parameters: number; groups: unknown[]; flopsPerGradient: number; time: { gradientsPerSecond: number; secondsPerStep: number | null; seconds: number } };
    expect(e.parameters).toBe(784 * 8 + 8 + 80 + 10);
    expect(e.groups).toEqual([{ name: 'fc1', size: 8, tensors: ['fc1.weight', 'fc1.bias', 'fc2.weight'] }]);
    expect(e.flopsPerGradient).toBe(4 * 784 * 8 * 300 + 6 * 80 * 300);
    expect(e.time.gradientsPerSecond).toBeGreaterThan(0);
    expect(e.time.seconds).toBeGreaterThan(0);
    expect(e.time.secondsPerStep).toBeNull();
  });

  it.skipIf(!loadTfjs({ ...DEFAULT_TFJS_SETTINGS, device: 'cpu' }).available)('measures a stack of chains, and says so in the device class', async () => {
    const classWith = async (stack: number) => {
      const job: JobInput = { ...smallJob('stacked'), engine: 'tfjs', tfjs: { device: 'cpu', stack } };
      const { stdout } = await runCli(['explain', writeJob(temporaryDirectory(), job), '--json']);
      const { engine, time } = JSON.parse(stdout) as Explanation & { engine: { deviceClass: string } };
      expect(time!.gradientsPerSecond).toBeGreaterThan(0);
      return engine.deviceClass;
    };
    expect(await classWith(3)).toBe(`${await classWith(1)}-x3`);
  });

  it.each(['map', 'sgld', 'sghmc', 'vi'] as const)('measures a step of %s on mini-batches', async (method) => {
    const job: JobInput = { ...smallJob('steps'), inference: { method, chains: 3, batchSize: 50 } };
    const { status, stdout } = await runCli(['explain', writeJob(temporaryDirectory(), job), '--json']);
    expect(status).toBe(0);
    const { gradients, time } = JSON.parse(stdout) as Explanation;
    expect(time!.secondsPerStep).toBeGreaterThan(0);
    expect(time!.chainsAtOnce).toBe(Math.min(3, availableParallelism()));
    expect(time!.seconds).toBeCloseTo((gradients.steps * time!.secondsPerStep!) / time!.chainsAtOnce + gradients.fullBatches / time!.gradientsPerSecond, 9);
    expect((await runCli(['explain', writeJob(temporaryDirectory(), job)])).stdout).toMatch(/one step here +[\d.]+ ms, \d+ chains? at once/);
  });
});

describe('basinet log-prob', () => {
  it('agrees with the float64 reference, and its gradient with it', async () => {
    const directory = temporaryDirectory();
    const input = smallJob('lp');
    const job = resolveJob(input);
    const data = await readJobData(job, '.');
    const { posterior } = modelOf(job, data.shape);
    const position = normal(posterior.dimension);
    writeFileSync(join(directory, 'w.safetensors'), packPosition(posterior.tensors, position));
    const gradientFile = join(directory, 'g.safetensors');
    const { status, stdout } = await runCli(['log-prob', writeJob(directory, input), '--params', join(directory, 'w.safetensors'), '--gradient', gradientFile, '--json']);
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as { logProb: number; logPrior: number; logLikelihood: number; gradientNorm: number };
    const expected = new Float64Array(posterior.dimension);
    const energy = referencePotential64(posterior, data.train).evaluate(Float64Array.from(position), expected).energy;
    expect(result.logProb).toBeCloseTo(-energy, 2);
    expect(result.logPrior + result.logLikelihood).toBeCloseTo(result.logProb, 6);
    expect(result.gradientNorm).toBeCloseTo(Math.hypot(...expected), 3);
    const tensors = readSafetensors(readFileSync(gradientFile));
    const { offset, size } = posterior.tensors.find((t) => t.name === 'fc2.weight')!;
    expect(tensors.get('fc2.weight')!.data as Float32Array).toBeAllclose(expected.subarray(offset, offset + size).map((g) => -g), { rtol: 1e-3, atol: 1e-3 });
  });

  it('does not write the gradient over the parameters', async () => {
    const file = join(temporaryDirectory(), 'w.safetensors');
    const { status, stderr } = await runCli(['log-prob', writeJob(temporaryDirectory(), smallJob('lp')), '--params', file, '--gradient', file]);
    expect(status).toBe(64);
    expect(stderr).toContain(`${file} would be written over`);
  });

  it('refuses parameters of another network, naming the tensors', async () => {
    const directory = temporaryDirectory();
    const other = denseNetwork(784, [{ width: 9, activation: 'relu' }], 10);
    writeFileSync(join(directory, 'w.safetensors'), packPosition(other.tensors, normal(other.dimension)));
    const { status, stderr } = await runCli(['log-prob', writeJob(directory, smallJob('lp')), '--params', join(directory, 'w.safetensors')]);
    expect(status).toBe(4);
    expect(stderr).toContain('fc1.weight is [9, 784], not [8, 784]');
  });
});

describe('basinet align', () => {
  it('undoes planted permutations of saved networks, with their exact NoT', async () => {
    const directory = temporaryDirectory();
    const network = denseNetwork(6, [{ width: 12, activation: 'relu' }, { width: 9, activation: 'relu' }], 3);
    const reference = normal(network.dimension, 1);
    const planted = network.groups.map((group, g) => randomPermutation({ ...key, iteration: g + 1 }, 'permutation', group.size));
    const shuffled = applyPermutations(network, network.tensors, reference, planted);
    writeFileSync(join(directory, 'reference.safetensors'), packPosition(network.tensors, reference));
    writeFileSync(join(directory, 'shuffled.safetensors'), packPosition(network.tensors, shuffled));
    const { status, stdout } = await runCli(['align', join(directory, 'reference.safetensors'), join(directory, 'shuffled.safetensors'), '--out', join(directory, 'aligned'), '--json']);
    expect(status).toBe(0);
    const { aligned } = JSON.parse(stdout) as { aligned: { distanceAfter: number; groups: { transpositions: number; permutation: number[] }[] }[] };
    expect(aligned[0]!.distanceAfter).toBe(0);
    for (const [g, group] of aligned[0]!.groups.entries()) {
      expect(group.permutation).toEqual(Array.from(invertPermutation(planted[g]!)));
      expect(group.transpositions).toBe(numTranspositions(planted[g]!));
    }
    expect(readFileSync(join(directory, 'aligned', 'shuffled.safetensors')).equals(readFileSync(join(directory, 'reference.safetensors')))).toBe(true);
  });

  it('carries a learned noise along, as results of a regression hold one', async () => {
    const directory = temporaryDirectory();
    const network = denseNetwork(3, [{ width: 7, activation: 'tanh' }], 1);
    const tensors = [...network.tensors, { name: 'likelihood.log_noise_std', shape: [1], offset: network.dimension, size: 1 }];
    const reference = normal(network.dimension + 1, 1);
    const permutation = randomPermutation(key, 'permutation', 7);
    const shuffled = applyPermutations(network, tensors, reference, [permutation]);
    writeFileSync(join(directory, 'reference.safetensors'), packPosition(tensors, reference));
    writeFileSync(join(directory, 'shuffled.safetensors'), packPosition(tensors, shuffled));
    const { status, stderr } = await runCli(['align', join(directory, 'reference.safetensors'), join(directory, 'shuffled.safetensors'), '--out', join(directory, 'aligned')]);
    expect(status, stderr).toBe(0);
    expect(readFileSync(join(directory, 'aligned', 'shuffled.safetensors')).equals(readFileSync(join(directory, 'reference.safetensors')))).toBe(true);
  });

  it('refuses to write over its reference', async () => {
    const directory = temporaryDirectory();
    const network = denseNetwork(6, [{ width: 4, activation: 'relu' }], 3);
    const [reference, other] = ['', 'other'].map((name) => join(directory, name, 'w.safetensors')) as [string, string];
    mkdirSync(join(directory, 'other'));
    for (const [i, file] of [reference, other].entries()) writeFileSync(file, packPosition(network.tensors, normal(network.dimension, i + 1)));
    const { status, stderr } = await runCli(['align', reference, other, '--out', directory]);
    expect(status).toBe(64);
    expect(stderr).toContain('would be written over');
    expect(readFileSync(reference)).toEqual(Buffer.from(packPosition(network.tensors, normal(network.dimension, 1))));
  });

  it.each([
    ['a network of another shape', () => packPosition(denseNetwork(6, [{ width: 5, activation: 'relu' }], 3).tensors, normal(53)), 'wrong shape'],
    ['NaN', () => packPosition(denseNetwork(6, [{ width: 4, activation: 'relu' }], 3).tensors, normal(43).fill(Number.NaN, 7, 8)), 'is NaN'],
    ['garbage', () => new Uint8Array([1, 2, 3]), 'safetensors'],
  ])('refuses %s', async (_, bytes, message) => {
    const directory = temporaryDirectory();
    const network = denseNetwork(6, [{ width: 4, activation: 'relu' }], 3);
    writeFileSync(join(directory, 'reference.safetensors'), packPosition(network.tensors, normal(network.dimension)));
    writeFileSync(join(directory, 'other.safetensors'), bytes());
    const { status, stderr } = await runCli(['align', join(directory, 'reference.safetensors'), join(directory, 'other.safetensors')]);
    expect([3, 4]).toContain(status);
    expect(stderr).toContain(message);
    expect(stderr).toContain('remedy');
  });
});

describe('basinet doctor', () => {
  it('tells engines, nats-server and measured gradients', async () => {
    const { status, stdout } = await runCli(['doctor', '--json']);
    expect(status).toBe(0);
    const { checks, gradients } = JSON.parse(stdout) as { checks: { name: string; ok: boolean }[]; gradients: { engine: string; gradientsPerSecond: number }[] };
    expect(checks.map((c) => c.name)).toEqual(['node', 'cpu', 'memory', 'disk', 'engine', 'nats-server', 'gpu', 'tfjs']);
    expect(gradients.find((g) => g.engine === 'reference')!.gradientsPerSecond).toBeGreaterThan(0);
  });

  it('says what is missing without the native engine', async () => {
    const { stdout } = await runCli(['doctor'], { BASINET_NATIVE: 'off' });
    expect(stdout).toMatch(/✗ engine +reference.*BASINET_NATIVE=off/);
    expect(stdout).toContain('→');
  });
});

describe('the command line', () => {
  it('explains itself and its exit codes', async () => {
    const { status, stdout } = await runCli(['--help']);
    expect(status).toBe(0);
    for (const word of ['run', 'validate', 'explain', 'log-prob', 'align', 'barrier', 'compare', 'prune', 'evaluate', 'doctor', 'JOB_INVALID', '130']) expect(stdout).toContain(word);
  });

  it('ends with 64 on a wrong command, also as JSON', async () => {
    expect((await runCli(['sample'])).status).toBe(64);
    const { status, stdout } = await runCli(['run', 'x.yaml', '--frobnicate', '--json']);
    expect(status).toBe(64);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE' } });
  });
});
