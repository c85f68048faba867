// `basinet refold` as a user meets it: results directories and jobs on a cluster, the same statistics again, other references, bad input.
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logSource, refold } from '../../src/aggregator/index.js';
import type { Bus } from '../../src/bus/connection.js';
import { updateJob } from '../../src/bus/jobStore.js';
import { deleteDrawLog } from '../../src/bus/drawLog.js';
import { RESULT_STORE, resultObject } from '../../src/bus/names.js';
import { getDataset, getObject } from '../../src/bus/objects.js';
import { unpackJobData } from '../../src/data/container.js';
import { readSafetensors, writeSafetensors } from '../../src/data/safetensors.js';
import type { JobInput } from '../../src/job/schema.js';
import { recordShape } from '../../src/job/plan.js';
import type { ResultsSummary } from '../../src/summary/summarySchema.js';
import { hashTree, runCli, smallJob, temporaryDirectory, writeJob } from '../support/cli.js';
import { jobEnd, submitTiny, TestCluster, tinyJob } from '../support/cluster.js';
import { startTestServer, type TestServer } from '../support/nats.js';

/** Every draw and every statistic. */
function outcome(directory: string): Record<string, string> {
  return Object.fromEntries(Object.entries(hashTree(directory)).filter(([name]) => name.startsWith('draws/') || name === 'summary.safetensors'));
}
const summaryOf = (directory: string): ResultsSummary => JSON.parse(readFileSync(join(directory, 'summary.json'), 'utf8')) as ResultsSummary;
const job = (name: string, rest: Partial<JobInput> = {}): JobInput => ({ ...smallJob(name, { warmup: 20, draws: 40, leapfrogSteps: 10 }), ...rest });
async function error(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: string; path: string; remedy: string; message: string }> {
  const { stdout, stderr } = await runCli(['refold', ...args, '--json'], env);
  expect(stdout, stderr).toContain('"error"');
  return (JSON.parse(stdout) as { error: { code: string; path: string; remedy: string; message: string } }).error;
}

describe('basinet refold of a results directory', () => {
  const directory = temporaryDirectory();
  const results = join(directory, 'results');

  beforeAll(async () => {
    const { status, stderr } = await runCli(['run', writeJob(directory, job('again', { log: { partitions: 2, slotSeconds: 0.05 } })), '--out', results]);
    expect(status, stderr).toBe(0);
  });

  it('gives the same draws and statistics, bit for bit', async () => {
    const { status, stdout, stderr } = await runCli(['refold', `${results}/`, '--json']);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('folding again: 50%');
    expect(outcome(`${results}-refolded`)).toEqual(outcome(results));
    const [before, after] = [summaryOf(results), JSON.parse(stdout) as ResultsSummary];
    for (const key of ['job', 'model', 'statistics', 'chains', 'sampling', 'alignment', 'evaluation', 'deviceClasses'] as const) expect(after[key]).toEqual(before[key]);
  });

  it('under a mean reference gives what a run of such a job gives', async () => {
    const mean = join(directory, 'mean');
    const run = await runCli(['run', writeJob(temporaryDirectory(), job('again', { log: { partitions: 2, slotSeconds: 0.05 }, rebasin: { reference: 'mean', versions: 3 } })), '--out', mean]);
    expect(run.status, run.stderr).toBe(0);
    const folded = join(directory, 'folded-mean');
    const { status, stderr } = await runCli(['refold', results, '--reference', 'mean', '--versions', '3', '--out', folded]);
    expect(status, stderr).toBe(0);
    expect(outcome(folded)).toEqual(outcome(mean));
    expect(outcome(folded)['summary.safetensors']).not.toBe(outcome(results)['summary.safetensors']);
    for (const path of [mean, folded]) expect(summaryOf(path).alignment).toMatchObject({ reference: 'mean', referenceVersion: 3 });
    expect(readFileSync(join(folded, 'report.html'), 'utf8')).toContain('version 3');
  });

  it('under a saved network, with the layers named as PyTorch names them, and under a fit', async () => {
    const saved = readSafetensors(readFileSync(join(results, 'summary.safetensors')), 'summary');
    const renamed = [['fc1.weight', '0.weight'], ['fc1.bias', '0.bias'], ['fc2.weight', '2.weight'], ['fc2.bias', '2.bias']] as const;
    const file = join(directory, 'network.safetensors');
    writeFileSync(file, writeSafetensors(new Map(renamed.map(([own, name]) => [name, saved.get(`mean/${own}`)!]))));
    const folded = join(directory, 'folded-file');
    expect((await runCli(['refold', results, '--reference', file, '--out', folded])).status).toBe(0);
    const tensors = readSafetensors(readFileSync(join(folded, 'summary.safetensors')), 'folded');
    for (const [own] of renamed) expect(tensors.get(`reference/${own}`)!.data).toEqual(saved.get(`mean/${own}`)!.data);
    expect(summaryOf(folded).alignment).toMatchObject({ reference: 'file', referenceVersion: 1 });
    const run = join(directory, 'run-file');
    const { status: ran, stderr } = await runCli(['run', writeJob(temporaryDirectory(), job('again', { log: { partitions: 2, slotSeconds: 0.05 }, rebasin: { reference: { file } } })), '--out', run]);
    expect(ran, stderr).toBe(0);
    expect(outcome(run)).toEqual(outcome(folded));
    // And again into the same place, under a fit.
    expect(await error([results, '--reference', 'map', '--out', folded])).toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    const { status } = await runCli(['refold', results, '--reference', 'map', '--set', 'rebasin.map.steps=30', '--set', 'statistics.raw=false', '--out', folded, '--overwrite']);
    expect(status).toBe(0);
    expect(summaryOf(folded)).toMatchObject({ alignment: { reference: 'map' }, statistics: { raw: null } });
    expect(readFileSync(join(folded, 'job.yaml'), 'utf8')).toMatch(/steps: 30/);
  });

  it('with and without signs gives what a run of such a job gives, and forgets the activations that are matched no more', async () => {
    const tanh = (rebasin: JobInput['rebasin']): JobInput => ({ ...job('tanh'), network: { hidden: [{ width: 8, activation: 'tanh' }] }, rebasin });
    const runs = { auto: { matching: 'activations', activations: { rows: 100 } }, false: { matching: 'activations', activations: { rows: 100 }, signs: false } } as const;
    for (const [signs, rebasin] of Object.entries(runs)) {
      const { status, stderr } = await runCli(['run', writeJob(temporaryDirectory(), tanh(rebasin)), '--out', join(directory, `tanh-${signs}`)]);
      expect(status, stderr).toBe(0);
    }
    const refolded = async (from: string, ...args: readonly string[]): Promise<Record<string, string>> => {
      const out = join(directory, `tanh-${args.join('')}`);
      const { status, stderr } = await runCli(['refold', join(directory, `tanh-${from}`), ...args, '--out', out, '--overwrite']);
      expect(status, stderr).toBe(0);
      return outcome(out);
    };
    const [auto, without] = [outcome(join(directory, 'tanh-auto')), outcome(join(directory, 'tanh-false'))];
    expect(auto['summary.safetensors']).not.toBe(without['summary.safetensors']);
    expect(await refolded('auto', '--signs', 'false')).toEqual(without);
    expect(await refolded('false', '--signs', 'auto')).toEqual(auto);
    const relabelled = 'draws/alignment/fc1_unit/0';
    expect((await refolded('false', '--signs', 'true'))[relabelled]).toBe(auto[relabelled]);
    await refolded('auto', '--matching', 'weights');
    const resolved = readFileSync(join(directory, 'tanh---matchingweights', 'job.yaml'), 'utf8');
    expect(resolved).toContain('matching: weights');
    expect(resolved).not.toContain('activations:');
  });

  it('keeps what variational inference fitted', async () => {
    const fits = join(directory, 'fits');
    const inference = { method: 'vi', chains: 2, epochs: 5, draws: 10 } as const;
    const run = await runCli(['run', writeJob(directory, { ...smallJob('fits'), inference }), '--out', fits]);
    expect(run.status, run.stderr).toBe(0);
    expect((await runCli(['refold', fits, '--reference', 'first-draw'])).status).toBe(0);
    const fitted = (path: string) => Object.entries(hashTree(path)).filter(([name]) => name.startsWith('variational/'));
    expect(fitted(fits)).toHaveLength(2);
    expect(fitted(`${fits}-refolded`)).toEqual(fitted(fits));
    renameSync(join(fits, 'variational'), join(directory, 'variational-elsewhere'));
    expect(await error([fits, '--overwrite'])).toMatchObject({ code: 'RESULTS_INVALID', path: expect.stringContaining('chain-0') as string });
  });

  it('refuses what cannot be folded, and says why', async () => {
    expect(await error([join(directory, 'nothing')])).toMatchObject({ code: 'RESULTS_INVALID' });
    for (const out of [results, join(results, 'draws')]) expect(await error([results, '--out', out, '--overwrite'])).toMatchObject({ code: 'USAGE', path: '--out' });
    const link = join(directory, 'link');
    symlinkSync(results, link);
    expect(await error([results, '--out', link, '--overwrite'])).toMatchObject({ code: 'USAGE', path: '--out' });
    expect(await error([results, '--versions', '3'])).toMatchObject({ code: 'USAGE', path: '--versions' });
    expect(await error([results, '--reference', 'median'])).toMatchObject({ code: 'USAGE', path: '--reference' });
    expect(await error([results, '--matching', 'guessing'])).toMatchObject({ code: 'JOB_INVALID', path: 'rebasin.matching' });
    expect(await error([results, '--signs', 'true'])).toMatchObject({ code: 'JOB_INVALID', path: 'rebasin.signs', message: expect.stringContaining('relu, which is not odd') as string });
    expect(await error([results, '--signs', 'perhaps'])).toMatchObject({ code: 'JOB_INVALID', path: 'rebasin.signs' });
    expect(await error([results, '--set', 'rebasin.mysterious=1'])).toMatchObject({ code: 'JOB_INVALID', path: 'rebasin.mysterious' });
    expect(await error([results, '--set', 'inference.draws=1'])).toMatchObject({ code: 'USAGE', path: '--set' });
    expect(await error([results, '--reference', 'mean', '--versions', '1'])).toMatchObject({ code: 'JOB_INVALID', path: 'rebasin.versions' });
    expect(await error([results, '--reference', writeJob(directory, job('no-network'))])).toMatchObject({ code: 'DATA_INVALID' });
    const other = writeJob(directory, { ...job('other'), network: { hidden: [{ width: 9, activation: 'relu' }] } });
    expect(await error([results, '--job', other])).toMatchObject({ code: 'NETWORK_MISMATCH', path: 'network' });
  });

  it('refuses results whose draws are damaged or missing, runs that have not ended, and data that are not there', async () => {
    const copy = (name: string): string => {
      const path = join(directory, name);
      cpSync(results, path, { recursive: true });
      return path;
    };
    const lost = copy('lost');
    renameSync(join(lost, 'draws'), join(directory, 'draws-elsewhere'));
    expect(await error([lost])).toMatchObject({ code: 'RESULTS_INVALID' });

    const damaged = copy('damaged');
    const chunk = join(damaged, 'draws', 'posterior', 'fc1.bias', '0.0.0');
    const values = new Float32Array(new Uint8Array(readFileSync(chunk)).buffer);
    values[5] = NaN;
    writeFileSync(chunk, new Uint8Array(values.buffer));
    expect(await error([damaged])).toMatchObject({ code: 'RESULTS_INVALID', message: expect.stringContaining('NaN') as string });

    const moved = copy('moved');
    const yaml = readFileSync(join(moved, 'job.yaml'), 'utf8');
    writeFileSync(join(moved, 'job.yaml'), yaml.replace(/inputs: .*train-images/, 'inputs: gone/train-images'));
    expect(await error([moved])).toMatchObject({ code: 'DATA_INVALID', remedy: expect.stringContaining('--job') as string });
    expect((await runCli(['refold', moved, '--job', join(directory, 'again.json')])).status).toBe(0);
    expect(outcome(`${moved}-refolded`)).toEqual(outcome(results));

    const unfinished = join(directory, 'unfinished');
    mkdirSync(join(unfinished, 'cluster'), { recursive: true });
    writeFileSync(join(unfinished, 'cluster', 'run.json'), '{}');
    expect(await error([unfinished])).toMatchObject({ code: 'JOB_CONFLICT', remedy: expect.stringContaining('--resume') as string });
  });
});

describe('basinet refold of a job on a cluster', () => {
  let server: TestServer;
  let bus: Bus;
  let url: string[];
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    server = await startTestServer();
    bus = await server.connect();
    url = ['--server', server.server.url];
    env = { BASINET_NATS_USER: server.server.user, BASINET_NATS_PASSWORD: server.server.pass };
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('gives the bytes that its aggregator stored, and writes results under another reference', async () => {
    const directory = temporaryDirectory();
    const tiny = tinyJob('on-cluster', { chains: 3, draws: 30 }, { log: { partitions: 2, slotSeconds: 0.02 }, rebasin: { reference: 'mean' } });
    await using cluster = new TestCluster(server);
    const coordinator = await cluster.start('coordinator');
    for (const role of ['aggregator', 'worker'] as const) await cluster.start(role);
    await submitTiny(bus, tiny);
    const record = await jobEnd(bus, tiny.name);
    expect(record.state).toBe('completed');

    const data = unpackJobData(await getDataset(bus, record.dataHash), tiny);
    const folded = await refold({ job: tiny, data, source: logSource(bus, tiny, recordShape(tiny, data.shape)) });
    for (const [partition, bytes] of folded.entries()) {
      const stored = await getObject(bus, RESULT_STORE, resultObject(tiny.name, partition));
      expect(Buffer.compare(bytes, stored!)).toBe(0);
    }

    const out = join(directory, 'own');
    const own = await runCli(['refold', tiny.name, ...url, '--out', out], env);
    expect(own.status, own.stderr).toBe(0);
    expect(summaryOf(out)).toMatchObject({ alignment: { reference: 'mean', referenceVersion: 2 }, deviceClasses: ['reference'], sampling: { draws: 90 } });
    const first = join(directory, 'first');
    expect((await runCli(['refold', tiny.name, ...url, '--reference', 'first-draw', '--out', first], env)).status).toBe(0);
    expect(summaryOf(first).alignment).toMatchObject({ reference: 'first-draw', referenceVersion: 1 });

    expect(await error(['nobody', ...url], env)).toMatchObject({ code: 'JOB_CONFLICT' });
    expect(await error([tiny.name, ...url, '--job', 'job.yaml'], env)).toMatchObject({ code: 'USAGE', path: '--job' });
    // It would find the job finished, and say so.
    await coordinator.drain();
    await updateJob(bus, tiny.name, (now) => ({ ...now, state: 'running' }));
    expect(await error([tiny.name, ...url, '--out', join(directory, 'never')], env)).toMatchObject({ code: 'JOB_CONFLICT', message: expect.stringContaining('has not ended') as string });
    await updateJob(bus, tiny.name, (now) => ({ ...now, state: 'completed' }));
    await deleteDrawLog(bus, tiny.name);
    expect(await error([tiny.name, ...url, '--out', join(directory, 'never')], env)).toMatchObject({ code: 'JOB_CONFLICT' });
  });
});
