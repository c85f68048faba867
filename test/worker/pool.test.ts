// A pool of workers that differ: queues by class, chains that stay on what they were begun on, or move where their job lets them.
import { describe, expect, it } from 'vitest';
import { readTail } from '../../src/bus/chainTail.js';
import type { Bus } from '../../src/bus/connection.js';
import { listFailures } from '../../src/bus/failures.js';
import { RESULT_STORE, resultObject } from '../../src/bus/names.js';
import { getObject } from '../../src/bus/objects.js';
import { decodePartitionStatistics } from '../../src/bus/statistics.js';
import { updateJob } from '../../src/bus/jobStore.js';
import { latestStatus } from '../../src/bus/status.js';
import { listWorkers } from '../../src/bus/workers.js';
import { cpuFeatures } from '../../src/engine/native.js';
import { findTfjs } from '../../src/engine/tfjs/load.js';
import { TFJS_NODE } from '../../src/engine/tfjs/location.js';
import { totalIterations } from '../../src/job/plan.js';
import type { Job } from '../../src/job/schema.js';
import { fakeDriver } from '../engine/fakeDriver.js';
import { chainFingerprint, endlessJob, fingerprint, jobEnd, recordsOf, submitTiny, tinyJob, tinyShape, until, useTestCluster, type RoleProcess, type TestCluster } from '../support/cluster.js';

let bus: Bus;
let cluster: TestCluster;
useTestCluster((made, connected) => ([cluster, bus] = [made, connected]));

const best = `native-${cpuFeatures()!.instructionSets[0]}`;
/** One chain, on whatever its worker has. */
const openJob = (name: string, resources: Job['resources'] | object = {}): Job => {
  const job = endlessJob(name, { chains: 1 });
  return { ...job, engine: 'auto', resources: { ...job.resources, ...resources } };
};
/** Null before there is a log. */
const tail = (job: Job) => readTail(bus, { job: job.name, partition: 0, chain: 0 }, tinyShape(job)).catch(() => null);
const status = async (job: Job) => (await latestStatus(bus, job.name, 'chain')).chains.get(0);
const metricsOf = async ({ metricsPort }: RoleProcess) => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
/** The chain gets so many records more, under a claim of this epoch. */
const grows = async (job: Job, epoch: number) => {
  const from = (await tail(job))?.resume?.record.iteration ?? 0;
  await until(`records of epoch ${epoch}`, async () => {
    const now = await tail(job);
    return now !== null && now.epoch >= epoch && (now.resume?.record.iteration ?? 0) > from + 50;
  });
};
/** Cancels the job; what its chain has must be what a worker computes that nobody disturbed. */
const expectAsUndisturbed = async (job: Job) => {
  await updateJob(bus, job.name, (record) => ({ ...record, state: 'cancelled' }));
  const kept = (await recordsOf(bus, job, 0)).filter(({ phase }) => phase === 'sampling').length;
  expect(kept).toBeGreaterThan(10);
  const short = { ...job, inference: { ...job.inference, draws: kept } };
  const twin = { ...short, name: `${job.name}-twin` };
  await submitTiny(bus, twin);
  await until('the twin', async () => (await status(twin))?.activity === 'done');
  expect(await fingerprint(bus, job, totalIterations(short))).toBe(await fingerprint(bus, twin));
};

describe('a chain that loses its worker', () => {
  it('goes on with the instruction set that it was begun with, to the last bit', async () => {
    await cluster.start('coordinator');
    const job = { ...openJob('older'), engine: 'native' as const };
    const older = await cluster.start('worker', {}, { BASINET_ISA: 'portable' });
    await submitTiny(bus, job);
    await grows(job, 1);
    await older.kill();
    const newer = await cluster.start('worker');
    await grows(job, 2);
    expect((await status(job))?.deviceClass).toBe('native-portable');
    await newer.drain();
    await cluster.start('worker', {}, { BASINET_ISA: 'portable' });
    await grows(job, 3);
    await expectAsUndisturbed(job);
  });

  it('waits for a worker that has what it was begun on, while one lives; fails when there is none', async () => {
    await cluster.start('coordinator', { maxAttempts: 2 });
    const jobs = [openJob('one'), openJob('two')] as const;
    const first = await cluster.start('worker', { engine: 'reference' });
    for (const job of jobs) await submitTiny(bus, job);
    for (const job of jobs) await grows(job, 1);
    await first.kill();
    // It has room for one of them.
    const second = await cluster.start('worker', { engine: 'reference', slots: 1 });
    await until('a new owner', async () => (await Promise.all(jobs.map(tail))).some((found) => found?.epoch === 2));
    await cluster.start('worker', { engine: 'native' });
    await until('a chain that waits', async () => (await Promise.all(jobs.map(status))).some((found) => found?.activity === 'waiting'));
    expect((await Promise.all(jobs.map((job) => listFailures(bus, job.name)))).map(({ size }) => size)).toEqual([0, 0]);
    await second.drain();
    const { state, failure } = await jobEnd(bus, 'one');
    expect({ state, code: failure?.code, path: failure?.path }).toEqual({ state: 'failed', code: 'STATE_INVALID', path: 'resources.allowDeviceClassChange' });
    expect(failure?.message).toMatch(/computed on reference; this worker has native-/);
  });

  it('moves where its job lets it, and the log says so', async () => {
    await cluster.start('coordinator');
    await cluster.start('aggregator', { statusSeconds: 0.05 });
    const job = openJob('moves', { allowDeviceClassChange: true });
    const first = await cluster.start('worker', { engine: 'reference' });
    await submitTiny(bus, job);
    await grows(job, 1);
    await first.kill();
    const second = await cluster.start('worker', { engine: 'native' });
    await grows(job, 2);
    expect((await status(job))?.deviceClass).toBe(best);
    expect((await tail(job))?.resume?.deviceClass).toBe(best);
    expect(await metricsOf(second)).toMatch(/basinet_device_class_changes_total\{[^}]*job="moves"[^}]*\} 1/);
    // The same posterior, to the accuracy of float32: the next worker of the first class does not find fault with it.
    await second.drain();
    await cluster.start('worker', { engine: 'reference' });
    await grows(job, 3);
    expect([...(await listFailures(bus, job.name)).values()]).toEqual([]);
  });
});

describe.runIf(findTfjs([TFJS_NODE.cpu]) !== null)('a pool of a native and a tfjs worker', () => {
  it('samples one job, each chain on one engine whoever is killed, to the same bits as by itself', async () => {
    await cluster.start('coordinator');
    await cluster.start('aggregator', { statusSeconds: 0.05 });
    // Not stacked: the width would follow from how many chains a worker has.
    const job = tinyJob('mixed', { draws: 250, leapfrogSteps: 5 }, { engine: 'auto', tfjs: { device: 'cpu', stack: 1 } });
    const start = (engine: string, slots = 1) => cluster.start('worker', { engine, slots });
    let pool = [await start('tfjs')];
    await submitTiny(bus, job);
    const classes = async () => (await Promise.all([0, 1].map((chain) => readTail(bus, { job: job.name, partition: 0, chain }, tinyShape(job)).catch(() => null)))).map((found) => found?.resume?.deviceClass);
    await until('a chain on TensorFlow', async () => (await classes()).some((name) => name?.startsWith('tfjs-cpu')));
    pool.push(await start('native'));
    await until('a chain on either', async () => (await classes()).every((name) => name !== undefined));
    const begun = await classes();
    expect(begun.map((name) => name!.split('-')[0]).sort()).toEqual(['native', 'tfjs']);
    await Promise.all(pool.map((worker) => worker.kill()));
    pool = await Promise.all([start('tfjs'), start('native')]);
    expect(await jobEnd(bus, job.name)).toMatchObject({ state: 'completed', failure: null });
    expect(await classes()).toEqual(begun);
    const { traces } = decodePartitionStatistics((await getObject(bus, RESULT_STORE, resultObject(job.name, 0)))!);
    expect(traces.map(({ devices }) => devices!.map(({ deviceClass }) => deviceClass))).toEqual(begun.map((name) => [name]));
    await Promise.all(pool.map((worker) => worker.drain()));
    for (const engine of ['native', 'tfjs']) {
      const alone = await start(engine, 2);
      const twin = { ...job, name: `mixed-${engine}` };
      await submitTiny(bus, twin);
      await jobEnd(bus, twin.name);
      await alone.drain();
      const chain = begun.findIndex((name) => name!.startsWith(engine));
      expect(await chainFingerprint(bus, job, chain)).toBe(await chainFingerprint(bus, twin, chain));
    }
  });
});

describe('classes', () => {
  // Nothing is computed on it.
  const driver = fakeDriver();

  it('have queues of their own, and one for any; workers say what they are', async () => {
    const coordinator = await cluster.start('coordinator', { reconcileMs: 300 });
    const [forCpu, forGpu, forAny] = ([['for-cpu', 'cpu'], ['for-gpu', 'gpu'], ['for-any', 'any']] as const).map(([name, of]) => openJob(name, { class: of })) as [Job, Job, Job];
    for (const job of [forCpu, forGpu, forAny]) await submitTiny(bus, job);
    await cluster.start('worker', { resourceClass: 'gpu', engine: 'native', slots: 3 }, { PATH: driver.path });
    await grows(forGpu, 1);
    await grows(forAny, 1);
    expect(await status(forCpu)).toBeUndefined();
    const [gpu] = await listWorkers(bus);
    expect(gpu).toMatchObject({ resourceClass: 'gpu', slots: 3, engines: ['native'], gpus: [{ name: 'NVIDIA H100 80GB HBM3', memoryBytes: 81559 * 2 ** 20, driver: '550.54.15' }] });
    const cpu = await cluster.start('worker', { slots: 1 });
    await grows(forCpu, 1);
    await until('the count', async () => /basinet_workers\{class="cpu"[^}]*\} 1\n[^#]*basinet_workers\{class="gpu"[^}]*\} 1/.test(await metricsOf(coordinator)));
    expect(await metricsOf(coordinator)).toMatch(/basinet_worker_slots\{class="gpu"[^}]*\} 3/);
    await cpu.drain();
    expect((await listWorkers(bus)).map(({ resourceClass }) => resourceClass)).toEqual(['gpu']);
  });
});
