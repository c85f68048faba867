// Worker and coordinator as processes on a real nats-server, with every kind of death.
import { describe, expect, it } from 'vitest';
import { readTail } from '../../src/bus/chainTail.js';
import { openChain } from '../../src/bus/chainWriter.js';
import type { Bus } from '../../src/bus/connection.js';
import { BALLAST_MESSAGES, createDrawLog, logIdentity } from '../../src/bus/drawLog.js';
import { deleteJob } from '../../src/bus/deleteJob.js';
import { listFailures } from '../../src/bus/failures.js';
import { getJob, updateJob } from '../../src/bus/jobStore.js';
import type { DrawRecord } from '../../src/bus/records.js';
import { latestStatus, type PartitionStatus } from '../../src/bus/status.js';
import { openTasks } from '../../src/bus/taskQueue.js';
import { queuedChains } from '../../src/bus/tasks.js';
import { loadTfjs } from '../../src/engine/tfjs/load.js';
import { DEFAULT_TFJS_SETTINGS } from '../../src/engine/tfjs/settings.js';
import { drawIterations, checkpointIterations, partitionOf, totalIterations } from '../../src/job/plan.js';
import type { Job } from '../../src/job/schema.js';
import { uniforms } from '../support/uniforms.js';
import { endlessJob, fingerprint, jobEnd, recordsOf, submitTiny, tinyJob, tinyShape, until, useTestCluster, type RoleProcess, type TestCluster } from '../support/cluster.js';
import { warmupDraw } from '../support/draws.js';
import { forge, forgeRun } from '../support/forgeries.js';
import type { TestServer } from '../support/nats.js';

const TFJS = { ...DEFAULT_TFJS_SETTINGS, device: 'cpu' } as const;

let server: TestServer;
let bus: Bus;
let cluster: TestCluster;
useTestCluster((made, connected, itsServer) => ([cluster, bus, server] = [made, connected, itsServer]));

/** Chains whose last draw is in the log. */
async function finishedChains(job: Job): Promise<number> {
  const stored = await getJob(bus, job.name).catch(() => null);
  if (stored?.record.state === 'failed') throw new Error(`job ${job.name} failed: ${stored.record.failure?.message ?? ''}`);
  const { chains } = await latestStatus(bus, job.name, 'chain');
  return [...chains.values()].filter(({ activity }) => activity === 'done').length;
}
/** 0 while the server is away, or there are none. */
const slotsOf = async (job: Job) => Math.max(0, ((await logIdentity(bus, job.name).catch(() => null))?.lastSequence ?? 0) - BALLAST_MESSAGES);
const slotsMore = async (job: Job, slots: number) => {
  const from = await slotsOf(job);
  await until(`${slots} more slots`, async () => (await slotsOf(job)) >= from + slots);
};
const metricsOf = async ({ metricsPort }: RoleProcess) => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
/** Of each chain, as the log has it. */
const epochs = async (job: Job) => Promise.all(chainNumbers(job).map(async (chain) => (await readTail(bus, { job: job.name, partition: partitionOf(job, chain), chain }, tinyShape(job))).epoch));
const chainNumbers = (job: Job) => Array.from({ length: job.inference.chains }, (_, chain) => chain);

/** The same job, never disturbed. */
async function undisturbed(job: Job): Promise<string> {
  const twin = { ...job, name: `${job.name}-twin` };
  await submitTiny(bus, twin);
  await until('the twin', async () => (await finishedChains(twin)) === twin.inference.chains);
  return fingerprint(bus, twin);
}

/** Lets every chain of an endless job go on for a while and cancels it; what it has must be what a job of as many draws has that nobody disturbed. */
async function expectUndisturbed(job: Job): Promise<void> {
  const kept = () => Promise.all(chainNumbers(job).map(async (chain) => (await recordsOf(bus, job, chain)).filter(({ phase }) => phase === 'sampling').length));
  const before = await kept();
  await until('more draws of every chain', async () => (await kept()).every((draws, chain) => draws > before[chain]! + 10));
  await updateJob(bus, job.name, (record) => ({ ...record, state: 'cancelled' }));
  const short = { ...job, inference: { ...job.inference, draws: Math.min(...(await kept())) } };
  expect(await fingerprint(bus, job, totalIterations(short))).toBe(await undisturbed(short));
}

/** The records of a job that another of its kind leaves, and none of the roles that made them. */
async function recordsBefore(old: Job): Promise<DrawRecord[][]> {
  const coordinator = await cluster.start('coordinator');
  const worker = await cluster.start('worker');
  await submitTiny(bus, old);
  await until('the old chains', async () => (await finishedChains(old)) === old.inference.chains);
  await coordinator.drain();
  await worker.drain();
  return Promise.all(chainNumbers(old).map((chain) => recordsOf(bus, old, chain)));
}

/** Puts records into a chain of a job as a worker would that takes `shape` for that of the job. */
async function writeChain(job: Job, chain: number, records: readonly DrawRecord[], shape = tinyShape(job)): Promise<void> {
  const { writer } = await openChain(bus, { job: job.name, partition: 0, chain, worker: 'old', deviceClass: 'reference', shape, slotBytes: 4096, slotSeconds: 1 });
  for (const record of records) await writer.append(record);
  await writer.close();
}

/** Submits a job, of which chains were sampled to their ends by a worker that has another probe in mind. */
async function writeSkewed(job: Job, chains: readonly number[]): Promise<void> {
  const old = { ...job, name: `${job.name}-old`, probe: { rows: 4 } };
  const records = await recordsBefore(old);
  await submitTiny(bus, job);
  await createDrawLog(bus, { job: job.name, maxBytes: 16 << 20 });
  for (const chain of chains) await writeChain(job, chain, records[chain]!, tinyShape(old));
}

describe('a worker', () => {
  it('samples a job from end to end, with the records of its grid', async () => {
    const coordinator = await cluster.start('coordinator');
    const worker = await cluster.start('worker');
    await cluster.start('aggregator');
    const job = tinyJob('whole');
    await submitTiny(bus, job);
    expect(await jobEnd(bus, job.name)).toMatchObject({ state: 'completed', failure: null });
    for (let chain = 0; chain < 2; chain++) {
      const records = await recordsOf(bus, job, chain);
      expect(records.map(({ iteration }) => iteration)).toEqual([...checkpointIterations(job), ...drawIterations(job)]);
      expect(records.every(({ phase, probeOutputs }) => (phase === 'sampling') === (probeOutputs?.length === 5))).toBe(true);
    }
    // The job can be complete a moment before its worker has said the last word.
    await until('the last words', async () => (await finishedChains(job)) === 2 && (await queuedChains(bus, job.name)).size === 0);
    const { chains } = await latestStatus(bus, job.name);
    expect(chains.get(1)).toMatchObject({ activity: 'done', drawsDone: 60, drawsWanted: 60, iteration: 100, deviceClass: 'reference', epoch: 1 });
    expect(await metricsOf(worker)).toContain('basinet_claims_total{');
    expect(await worker.drain()).toBe(0);
    expect(await coordinator.drain()).toBe(0);
  });

  it('killed at random draws leaves chains that are bit-identical to undisturbed ones', async () => {
    await cluster.start('coordinator');
    const job = endlessJob('killed', { massMatrix: 'diagonal' });
    let worker = await cluster.start('worker');
    await submitTiny(bus, job);
    const uniform = uniforms(2026);
    for (let kills = 0; kills < 4; kills++) {
      await slotsMore(job, 3 + Math.floor(uniform() * 8));
      await worker.kill();
      worker = await cluster.start('worker');
    }
    await until('new owners', async () => (await epochs(job)).every((epoch) => epoch > 1));
    await expectUndisturbed(job);
    // Of a chain taken over, the epochs say so.
    const { chains } = await latestStatus(bus, job.name, 'chain');
    expect(Math.max(...[...chains.values()].map(({ epoch }) => epoch))).toBeGreaterThan(1);
  });

  it.skipIf(!loadTfjs(TFJS).available)('that computes its chains as one leaves chains that are bit-identical, whoever they are computed with after its death', async () => {
    await cluster.start('coordinator');
    const job = endlessJob('stacked', { massMatrix: 'diagonal', leapfrogSteps: 3 }, { engine: 'tfjs', tfjs: { ...TFJS, stack: 2 } });
    let workers = [await cluster.start('worker')];
    await submitTiny(bus, job);
    // Both chains by one worker, then each by another, alone in its stack; then together again.
    for (const slots of [[1, 1], [2]]) {
      await slotsMore(job, 6);
      await Promise.all(workers.map((worker) => worker.kill()));
      workers = await Promise.all(slots.map((count) => cluster.start('worker', { slots: count })));
    }
    await until('new owners', async () => (await epochs(job)).every((epoch) => epoch >= 2));
    await expectUndisturbed(job);
    const { chains } = await latestStatus(bus, job.name, 'chain');
    expect([...chains.values()].map(({ deviceClass }) => deviceClass)).toEqual([expect.stringMatching(/^tfjs-cpu-.*-x2$/), expect.stringMatching(/-x2$/)]);
    // And the worker is drained, though its chains wait for each other's device.
    expect(await Promise.all(workers.map((worker) => worker.drain()))).toEqual([0]);
  });

  it('that takes over a chain behind a forged slot goes on from what readers count', async () => {
    await cluster.start('coordinator');
    const job = endlessJob('forged', { massMatrix: 'diagonal' });
    let worker = await cluster.start('worker');
    await submitTiny(bus, job);
    await slotsMore(job, 8);
    await until('draws', async () => (await Promise.all(chainNumbers(job).map((chain) => recordsOf(bus, job, chain)))).every((records) => records.at(-1)?.phase === 'sampling'));
    for (const forgery of ['a longer position', 'a draw too far'] as const) {
      await slotsMore(job, 8);
      await worker.kill();
      for (const chain of chainNumbers(job)) await forge(bus, { job: job.name, partition: 0, chain }, tinyShape(job), forgery);
      worker = await cluster.start('worker');
    }
    await until('new owners', async () => (await epochs(job)).every((epoch) => epoch === 3));
    await expectUndisturbed(job);
    expect([...(await listFailures(bus, job.name)).values()]).toEqual([]);
  });

  it('drained keeps what it has and leaves the rest to others', async () => {
    await cluster.start('coordinator');
    const job = endlessJob('drained');
    const first = await cluster.start('worker');
    await submitTiny(bus, job);
    await slotsMore(job, 8);
    expect(await first.drain()).toBe(0);
    expect((await latestStatus(bus, job.name, 'chain')).chains.get(0)).toMatchObject({ activity: 'stopped' });
    expect(await queuedChains(bus, job.name)).toEqual(new Set([0, 1]));
    await cluster.start('worker');
    await expectUndisturbed(job);
  });

  it('shares a job with another, which takes over when it dies', async () => {
    await cluster.start('coordinator');
    const job = endlessJob('shared', { chains: 4 });
    const [a, b] = await Promise.all([cluster.start('worker'), cluster.start('worker')]);
    await submitTiny(bus, job);
    const statuses = async () => [...(await latestStatus(bus, job.name, 'chain')).chains.values()];
    await until('all chains run', async () => (await statuses()).filter(({ iteration }) => iteration > 10).length === 4);
    expect(new Set((await statuses()).map(({ worker }) => worker)).size).toBe(2);
    await a.kill();
    // Two slots for four chains: the other takes over what it has room for.
    await b.drain();
    await cluster.start('worker', { slots: 4 });
    await until('new owners', async () => (await epochs(job)).every((epoch) => epoch > 1));
    await expectUndisturbed(job);
  });

  it('that slept through its lease finds itself fenced, and lives on', async () => {
    await cluster.start('coordinator');
    const job = endlessJob('zombie');
    const zombie = await cluster.start('worker');
    await submitTiny(bus, job);
    await slotsMore(job, 8);
    zombie.child.kill('SIGSTOP');
    await cluster.start('worker');
    await until('a takeover', async () => (await epochs(job)).every((epoch) => epoch > 1));
    zombie.child.kill('SIGCONT');
    await until('two fences', async () => /basinet_fences_total\{[^}]*\} 2/.test(await metricsOf(zombie)));
    expect(await zombie.drain()).toBe(0);
    await expectUndisturbed(job);
  });

  it('survives a restart of the server', async () => {
    await cluster.start('coordinator');
    const job = endlessJob('restarted');
    await cluster.start('worker');
    await submitTiny(bus, job);
    await slotsMore(job, 8);
    const patient = bus;
    bus = await server.connect({ timeoutMs: 1000 });
    await server.restart();
    await slotsMore(job, 8);
    await server.restart({ kill: true });
    await slotsMore(job, 8);
    bus = patient;
    await expectUndisturbed(job);
  });

  it.each([
    // On a busy machine the job may end before anybody looks again.
    { name: 'midway', draws: 1000, isTime: ({ drawsFolded, finished }: PartitionStatus, before: number) => finished || drawsFolded > before + 20 },
    { name: 'at the end', draws: 300, isTime: ({ finished }: PartitionStatus) => finished },
  ])('and an aggregator survive a power failure after which the server lacks what it had confirmed: $name', async ({ draws, isTime }) => {
    await cluster.start('coordinator', { reconcileMs: 500 });
    await cluster.start('worker');
    await cluster.start('aggregator', { statusSeconds: 0.05, leaseSeconds: 1, snapshotSeconds: 0.1 });
    const job = tinyJob('powerless', { draws, leapfrogSteps: 200 });
    await submitTiny(bus, job);
    const partition = async () => (await latestStatus(bus, job.name, 'partition').catch(() => null))?.partitions.get(0);
    await until('draws', async () => ((await partition())?.drawsFolded ?? 0) > 20);
    const powerFailure = await server.restartPoint();
    let before: number | undefined;
    await until('draws that will be lost', async () => {
      const status = await partition();
      before ??= status?.drawsFolded;
      return status !== undefined && isTime(status, before!);
    });
    await powerFailure();
    expect(await jobEnd(bus, job.name)).toMatchObject({ state: 'completed', failure: null });
    expect(await fingerprint(bus, job)).toBe(await undisturbed(job));
  });
});

describe('a coordinator', () => {
  it('takes a job for a new one that was deleted, submitted and started again while it slept', async () => {
    const sleeper = await cluster.start('coordinator', { reconcileMs: 100 });
    await cluster.start('worker');
    await cluster.start('aggregator');
    const job = tinyJob('again');
    await submitTiny(bus, job);
    await jobEnd(bus, job.name);
    sleeper.child.kill('SIGSTOP');
    await deleteJob(bus, job.name);
    await submitTiny(bus, job);
    // What another coordinator did before it died.
    await createDrawLog(bus, { job: job.name, maxBytes: 16 << 20 });
    await updateJob(bus, job.name, (record) => ({ ...record, state: 'running', startedAtMs: Date.now() }));
    sleeper.child.kill('SIGCONT');
    expect(await jobEnd(bus, job.name)).toMatchObject({ state: 'completed' });
    for (const chain of [0, 1]) expect((await recordsOf(bus, job, chain)).at(-1)?.iteration).toBe(totalIterations(job));
  });
});

describe('a job that cannot go on', () => {
  it('fails with the chain’s error after a few attempts, and keeps its log', async () => {
    await cluster.start('coordinator', { maxAttempts: 2 });
    await cluster.start('worker');
    // No prior draw of this scale has a finite energy.
    const job = tinyJob('hopeless', { start: { from: 'prior', scale: 1e30 } }, { network: { hidden: [{ width: 4, activation: 'relu' }] } });
    await submitTiny(bus, job);
    const ended = await jobEnd(bus, job.name);
    expect(ended).toMatchObject({ state: 'failed', failure: { code: 'SAMPLER_FAILED' } });
    expect([...(await listFailures(bus, job.name)).values()].some(({ attempts }) => attempts >= 2)).toBe(true);
    expect(await logIdentity(bus, job.name)).not.toBeNull();
  });

  it('fails where its log is full, and goes on when it is given room', async () => {
    const coordinator = await cluster.start('coordinator', { maxAttempts: 2 });
    await cluster.start('worker');
    const job = tinyJob('full', { draws: 200 }, { log: { warmupCheckpointEvery: 10, slotSeconds: 0.02, maxBytes: 32 << 10 } });
    await submitTiny(bus, job);
    expect(await jobEnd(bus, job.name)).toMatchObject({ state: 'failed', failure: { code: 'LOG_FULL' } });
    await createDrawLog(bus, { job: job.name, maxBytes: 16 << 20 });
    await updateJob(bus, job.name, (record) => ({ ...record, state: 'submitted' }));
    await until('the end', async () => (await finishedChains(job)) === 2);
    const roomy = { ...job, name: 'roomy', log: { ...job.log, maxBytes: 16 << 20 } };
    expect(await fingerprint(bus, job)).toBe(await undisturbed(roomy));
    await coordinator.drain();
  });

  it('fails where only workers of another device class are there to go on', async () => {
    await cluster.start('coordinator', { maxAttempts: 2 });
    const job = tinyJob('foreign');
    await submitTiny(bus, job);
    await until('a log', async () => (await logIdentity(bus, job.name)) !== null);
    const { writer } = await openChain(bus, { job: job.name, partition: 0, chain: 1, worker: 'elsewhere', deviceClass: 'native-elsewhere', shape: tinyShape(job), slotBytes: 1, slotSeconds: 1 });
    await writer.append(warmupDraw(10, 17));
    await writer.close();
    await cluster.start('worker');
    const { state, failure } = await jobEnd(bus, job.name);
    expect([state, failure?.code, failure?.chain]).toEqual(['failed', 'STATE_INVALID', 1]);
    expect(failure?.remedy).toContain('native-elsewhere');
  });

  it.each([
    { name: 'all chains', skewed: [0, 1] },
    { name: 'the chain that the reference is of', skewed: [0] },
  ])('goes on where a worker of another version wrote what readers refuse: $name', async ({ skewed }) => {
    const job = tinyJob('skewed');
    await writeSkewed(job, skewed);
    await cluster.start('coordinator', { maxAttempts: 2, reconcileMs: 100 });
    await cluster.start('aggregator', { statusSeconds: 0.05 });
    await cluster.start('worker');
    expect(await jobEnd(bus, job.name)).toMatchObject({ state: 'completed', failure: null });
    expect(await fingerprint(bus, job)).toBe(await undisturbed(job));
  });

  it('goes on where forged slots passed for the ends of its chains, until readers had refused them', async () => {
    const job = tinyJob('forged');
    const records = await recordsBefore({ ...job, name: 'forged-old' });
    await submitTiny(bus, job);
    await createDrawLog(bus, { job: job.name, maxBytes: 16 << 20 });
    const last = totalIterations(job);
    // Chain 0 passes for complete; chain 1 is gone on with from what is forged.
    for (const [chain, forged] of [[0, [last - 1, last]], [1, [last - 21, last - 20]]] as const) {
      await writeChain(job, chain, records[chain]!.filter(({ iteration }) => iteration <= last - 30));
      await forgeRun(bus, { job: job.name, partition: 0, chain }, tinyShape(job), forged);
    }
    await cluster.start('coordinator', { maxAttempts: 2, reconcileMs: 100 });
    await cluster.start('worker');
    const ends = () => Promise.all([0, 1].map(async (chain) => (await readTail(bus, { job: job.name, partition: 0, chain }, tinyShape(job))).resume?.record.iteration));
    await until('two deceptions', async () => (await ends()).every((end) => end === last) && (await queuedChains(bus, job.name)).size === 0);
    await cluster.start('aggregator', { statusSeconds: 0.05 });
    expect(await jobEnd(bus, job.name)).toMatchObject({ state: 'completed', failure: null });
    expect(await fingerprint(bus, job)).toBe(await undisturbed(job));
  });

  it('fails where only workers of another version are there, which take their chains for done, with the first reason', async () => {
    const job = tinyJob('skewed');
    await writeSkewed(job, [0, 1]);
    await cluster.start('coordinator', { maxAttempts: 2, reconcileMs: 100 });
    await cluster.start('aggregator', { statusSeconds: 0.05 });
    await until('a refusal', async () => [...(await latestStatus(bus, job.name, 'partition').catch(() => null))?.partitions.values() ?? []].some(({ chains }) => chains.some(({ firstQuarantined }) => firstQuarantined)));
    const queue = await openTasks(bus, 'cpu');
    void (async () => {
      for (let leased = await queue.next(); leased; leased = await queue.next()) await leased.done();
    })();
    const { state, failure } = await jobEnd(bus, job.name);
    queue.stop();
    expect({ state, code: failure?.code }).toEqual({ state: 'failed', code: 'LOG_CORRUPT' });
    expect(failure?.path).toMatch(/^draws\.skewed\.0\.[01]\.\d+$/);
    expect(failure?.message).toMatch(/: size$/);
  });

  it('is left alone when it is cancelled', async () => {
    await cluster.start('coordinator');
    const worker = await cluster.start('worker');
    const job = endlessJob('cancelled');
    await submitTiny(bus, job);
    await slotsMore(job, 8);
    await updateJob(bus, job.name, (record) => ({ ...record, state: 'cancelled' }));
    await until('no task', async () => (await queuedChains(bus, job.name)).size === 0);
    await until('no chain', async () => (await metricsOf(worker)).includes('basinet_chains_active{role="worker"} 0'));
    expect((await getJob(bus, job.name))?.record.state).toBe('cancelled');
    expect((await recordsOf(bus, job, 0)).at(-1)!.iteration).toBeLessThan(totalIterations(job));
  });
});
