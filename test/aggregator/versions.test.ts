// References in versions on a real nats-server: results that no kill and no power failure changes, and readers that never see two versions mixed.
import { Packr } from 'msgpackr';
import type { ChildProcess } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import type { AggregatorOptions } from '../../src/aggregator/index.js';
import type { Folds, LogFold } from '../../src/aggregator/logFold.js';
import { References } from '../../src/aggregator/reference.js';
import { decodeSnapshot } from '../../src/aggregator/snapshot.js';
import { diagnose } from '../../src/aggregator/statistics.js';
import { StatusReporter } from '../../src/aggregator/statusReporter.js';
import { newFold } from '../../src/aggregator/storedState.js';
import { float32Of } from '../../src/bus/bytes.js';
import type { Bus } from '../../src/bus/connection.js';
import { logIdentity } from '../../src/bus/drawLog.js';
import { getJob } from '../../src/bus/jobStore.js';
import { RESULT_STORE, resultObject, snapshotKey } from '../../src/bus/names.js';
import { putObject } from '../../src/bus/objects.js';
import { publishReference } from '../../src/bus/reference.js';
import { loadSnapshot, saveSnapshot } from '../../src/bus/snapshots.js';
import { decodePartitionStatistics, encodePartitionStatistics } from '../../src/bus/statistics.js';
import { latestStatus, watchStatus, type PartitionStatus } from '../../src/bus/status.js';
import { collectResults } from '../../src/cli/collectResults.js';
import { createMetrics, type Role } from '../../src/metrics/index.js';
import { jobEnd, submitTiny, TestCluster, tinyJob } from '../support/cluster.js';
import { endJobs, isCatchingUp, kill, QUICK, refoldedStatistics, spawnAggregator, startQuickly, storedStatistics, submit, until, writeChain } from '../support/foldCluster.js';
import { testJob, wholeLog, type TestJob } from '../support/foldJob.js';
import { type TestServer, useTestServer } from '../support/nats.js';
import { normals } from '../support/uniforms.js';

let server: TestServer;
let bus: Bus;
useTestServer((started, connected) => ([server, bus] = [started, connected]));
afterEach(() => endJobs(bus));

const two = { partitions: 2, slotBytes: 2000, slotSeconds: 0.05 };
const lines: string[] = [];
const start = (options: Partial<AggregatorOptions> = {}): Promise<Role> => startQuickly(server, lines, options);
const write = (test: TestJob, chains: readonly number[] = [0, 1, 2, 3], options = {}): Promise<unknown> => Promise.all(chains.map((chain) => writeChain(bus, test, chain, options)));
/** Undefined also while the server restarts. */
const statusOf = async (test: TestJob, partition: number): Promise<PartitionStatus | undefined> => (await latestStatus(bus, test.job.name).catch(() => null))?.partitions.get(partition);
const partitionsOf = (test: TestJob): number[] => Array.from({ length: test.job.log.partitions }, (_, partition) => partition);

async function finished(test: TestJob): Promise<void> {
  for (const partition of partitionsOf(test)) await until(async () => (await statusOf(test, partition))?.finished);
}

async function expectResults(test: TestJob): Promise<void> {
  const expected = await refoldedStatistics(test);
  for (const partition of partitionsOf(test)) expect((await storedStatistics(bus, test, partition))!.equals(expected[partition]!)).toBe(true);
}

/** Every status of the partitions, in order, until `stop`. */
function statuses(test: TestJob): { readonly seen: PartitionStatus[][]; stop: () => Promise<void> } {
  const over = new AbortController();
  const seen: PartitionStatus[][] = partitionsOf(test).map(() => []);
  const watching = (async () => {
    for await (const update of watchStatus(bus, test.job.name, { signal: over.signal, pollMs: 5 })) if (update.kind === 'partition') seen[update.partition.partition]!.push(update.partition);
  })();
  return {
    seen,
    /** Once it has seen every partition finished. */
    stop: async () => {
      await until(() => seen.every((partition) => partition.some(({ finished }) => finished)));
      over.abort();
      await watching;
    },
  };
}

describe('a mean reference', () => {
  it('is made in versions, each of which replaces the one before at one place of the log', async () => {
    const test = testJob('versions-plain', { log: two, rebasin: { reference: 'mean', versions: 3 }, inference: { chains: 4, warmup: 6, draws: 60, leapfrogSteps: 5 } });
    await submit(bus, test);
    const watched = statuses(test);
    await using role = await start();
    await write(test, [0, 1, 2, 3], { pauseMs: 15 });
    await finished(test);
    await watched.stop();
    await expectResults(test);
    for (const partition of watched.seen) {
      expect(new Set(partition.map(({ referenceVersion }) => referenceVersion)).has(3)).toBe(true);
      for (const [i, now] of partition.entries()) {
        const before = partition[Math.max(0, i - 1)]!;
        expect(now.referenceVersion).toBeGreaterThanOrEqual(before.referenceVersion);
        expect(now.streamSequence).toBeGreaterThanOrEqual(before.streamSequence);
        expect(now.drawsFolded).toBeGreaterThanOrEqual(before.drawsFolded);
        if (now.finished) expect(now.referenceVersion).toBe(3);
      }
    }
    expect(watched.seen.flat().some(({ referenceVersion, drawsFolded }) => referenceVersion < 3 && drawsFolded > 0)).toBe(true);
    const text = await (await fetch(`http://127.0.0.1:${role.metricsPort}/metrics`)).text();
    expect(text).toMatch(/basinet_reference_version\{.*partition="1".*\} 3/);
    expect(text).toMatch(/basinet_draws_folded_total\{.*partition="1".*\} 120/);
    // How much of them depends on where the live fold stands when a version comes.
    expect(text).toMatch(/basinet_draws_refolded_total\{.*partition="1".*\} [1-9]/);

    // What no aggregator leaves behind: results of two versions.
    const statistics = decodePartitionStatistics((await storedStatistics(bus, test, 1))!);
    await putObject(bus, RESULT_STORE, resultObject('versions-plain', 1), encodePartitionStatistics({ ...statistics, referenceVersion: 2 }));
    const { record } = (await getJob(bus, 'versions-plain'))!;
    const collected = collectResults(bus, record, { outDir: '/nowhere', elapsedSeconds: 0, onProgress: () => undefined });
    await expect(collected).rejects.toMatchObject({ code: 'JOB_FAILED', path: 'partition 1', value: 2 });
  });

  /** A new version takes a second or so to catch up. */
  const slow = (name: string): TestJob =>
    testJob(name, {
      log: two,
      rebasin: { reference: 'mean', versions: 3 },
      network: { hidden: [{ width: 110, activation: 'tanh' }, { width: 110, activation: 'tanh' }] },
      inference: { chains: 4, warmup: 6, draws: 60, leapfrogSteps: 5 },
    });

  it('gives the same results when its aggregators are killed while a new version catches up', async () => {
    const test = slow('versions-kill');
    await submit(bus, test);
    const spawn = (): Promise<ChildProcess[]> => Promise.all(['a', 'b'].map((name) => spawnAggregator(server, { ...QUICK, name, maxPartitions: 1 })));
    let roles = await spawn();
    await write(test);
    for (let kills = 0; kills < 2; kills++) {
      await until(async () => (await isCatchingUp(bus, test)) || (await statusOf(test, 0))?.finished);
      await Promise.all(roles.map(kill));
      roles = await spawn();
    }
    await finished(test);
    await Promise.all(roles.map(kill));
    await expectResults(test);
  });

  it('goes on from a snapshot in the middle of its catching up', async () => {
    const test = slow('versions-drain');
    await submit(bus, test);
    const first = await start({ name: 'same' });
    await write(test);
    await until(() => isCatchingUp(bus, test));
    await first.drain();
    await first.done;
    const saved = await Promise.all(partitionsOf(test).map((partition) => loadSnapshot(bus, snapshotKey(test.job.name, partition))));
    const successors = saved.map((snapshot) => decodeSnapshot(snapshot!.bytes)).flatMap(({ live, successor }) => (successor === null ? [] : [{ live, successor }]));
    expect(successors.length).toBeGreaterThan(0);
    for (const { live, successor } of successors) {
      expect(successor.fold.referenceVersion).toBeGreaterThan(live.fold.referenceVersion);
      expect(successor.position.sequence).toBeLessThan(live.position.sequence);
    }
    await using second = await start({ name: 'same' });
    await finished(test);
    await expectResults(test);
    expect(second.name).toBe('aggregator');
  });

  it('is replaced at once where nothing is folded yet', async () => {
    const test = testJob('versions-empty', { log: two, rebasin: { reference: 'mean' } });
    await submit(bus, test);
    const log = { job: 'versions-empty', createdAtMs: (await logIdentity(bus, 'versions-empty'))!.createdAtMs };
    // A server that lost the log's end still has what was made of it.
    await publishReference(bus, log, 1, test.records(0).find(({ phase }) => phase === 'sampling')!.position);
    await using role = await start();
    for (const partition of partitionsOf(test)) await until(async () => (await statusOf(test, partition))?.referenceVersion === 1);
    const { reference } = decodePartitionStatistics((await refoldedStatistics(test))[0]!);
    await publishReference(bus, log, 2, float32Of(Uint8Array.from(reference), 'reference'));
    for (const partition of partitionsOf(test)) await until(async () => (await statusOf(test, partition))?.referenceVersion === 2);
    await write(test);
    await finished(test);
    await expectResults(test);
    expect(role.name).toBe('aggregator');
  });

  it('survives a power failure that costs the server versions, and the end of the log', async () => {
    const test = testJob('versions-power', { log: two, rebasin: { reference: 'mean' } });
    await submit(bus, test);
    await using role = await start();
    // Partition 0 has all its draws; partition 1 not yet those that the mean takes.
    await write(test, [0, 2]);
    await write(test, [1, 3], { until: 8 });
    await until(async () => (await statusOf(test, 0))?.drawsFolded === 40 && (await statusOf(test, 1))?.drawsFolded === 14);
    const lose = await server.restartPoint();
    await write(test, [1, 3]);
    await finished(test);
    await expectResults(test);
    await lose();
    await until(async () => (await statusOf(test, 1))?.drawsFolded === 14);
    await write(test, [1, 3]);
    await finished(test);
    await expectResults(test);
    expect(role.name).toBe('aggregator');
  });
});

it('a status never shows figures of one version beside the number of another', async () => {
  const test = testJob('versions-status', { rebasin: { reference: 'mean' } });
  const { entries } = wholeLog(test, [0, 1, 2, 3]);
  const job = { id: 'versions-status', hash: new Uint8Array(0), model: test.model, fitMap: () => Promise.resolve(null) };
  const folded = (version: number, position: Float32Array, count: number): LogFold => {
    const live = newFold(job, 0, { createdAtMs: 1, firstSequence: 1 }, { version, position });
    for (const entry of entries.slice(0, count)) live.take(entry);
    return live;
  };
  const dimension = 4 * 6 + 6 + 6 * 3 + 3;
  // Draws that any reference puts into one order have the same R-hat under both: so one fold lacks some.
  const first = folded(1, test.records(0)[0]!.position, entries.length - 4);
  const second = folded(2, Float32Array.from({ length: dimension }, normals(5)), entries.length);
  const folds: Folds = { live: first, successor: second };
  const reporter = new StatusReporter(bus, job, folds, createMetrics('aggregator'), { statusMs: 10, now: () => performance.now(), onNewLog: () => undefined });
  const stop = new AbortController();
  const running = reporter.run(stop.signal);
  await until(async () => (await statusOf(test, 0))?.referenceVersion === 1);
  folds.live = second;
  folds.successor = null;
  const versions = [diagnose(first.fold), diagnose(second.fold)].map(({ aligned }) => aligned.max);
  expect(versions[0]).not.toBe(versions[1]);
  await reporter.repeat();
  stop.abort();
  await running;
  expect(await statusOf(test, 0)).toMatchObject({ referenceVersion: 2, rhatAlignedMax: versions[1] });
});

it('a reference that the server lost is put back by those who hold it; another one in its place is noticed', async () => {
  const test = testJob('versions-lost', { rebasin: { reference: 'mean' } });
  const log = { job: 'versions-lost', createdAtMs: 1 };
  const references = new References(bus, { model: test.model, fitMap: () => Promise.resolve(null) }, log);
  const noise = normals(8);
  const position = Float32Array.from({ length: test.model.shape.dimension }, noise);
  expect(await references.newest(0)).toBeNull();
  expect(await references.restore({ version: 2, position })).toBe(true);
  expect(await references.newest(0)).toEqual({ version: 2, position });
  expect(await references.newest(2)).toBeNull();
  expect(await references.restore({ version: 2, position: position.map((value) => -value) })).toBe(false);
  expect(await references.known(2)).toEqual({ version: 2, position });
});

describe('another first reference', () => {
  it('is a fit, made by one aggregator in a thread of its own', async () => {
    const test = testJob('versions-map', { log: two, engine: 'reference', rebasin: { reference: 'map', map: { steps: 100 } } });
    await submit(bus, test);
    await using cluster = new TestCluster(server);
    await Promise.all(['a', 'b'].map((name) => cluster.start('aggregator', { ...QUICK, name, maxPartitions: 1 })));
    await write(test);
    await finished(test);
    await expectResults(test);
  });

  it('is a fit that fails, and the job with it', async () => {
    const job = tinyJob('versions-unfit', { draws: 20 }, { rebasin: { reference: 'map', map: { scale: 1e39 } } });
    await using cluster = new TestCluster(server);
    for (const role of ['coordinator', 'aggregator', 'worker'] as const) await cluster.start(role, role === 'aggregator' ? QUICK : {});
    await submitTiny(bus, job);
    expect(await jobEnd(bus, job.name)).toMatchObject({ state: 'failed', failure: { code: 'SAMPLER_FAILED', path: 'rebasin.map.scale', chain: 0 } });
  });

  it('is a file, which travels with the data', async () => {
    const noise = normals(3);
    const test = testJob('versions-file', { log: two, rebasin: { reference: { file: 'saved.safetensors' } } }, Float32Array.from({ length: 4 * 6 + 6 + 6 * 3 + 3 }, noise));
    await submit(bus, test);
    await using role = await start();
    await write(test);
    await finished(test);
    await expectResults(test);
    expect(role.name).toBe('aggregator');
  });
});

it('a snapshot of an older format is not read: the log is folded again', async () => {
  const test = testJob('versions-old');
  await submit(bus, test);
  const old = new Packr({ structuredClone: true, moreTypes: true }).pack({ format: 'basinet partition snapshot', version: 1, snapshot: { position: { sequence: 3 }, fold: {} } });
  await saveSnapshot(bus, snapshotKey('versions-old', 0), old, 0);
  await using role = await start();
  await write(test);
  await finished(test);
  await expectResults(test);
  expect(lines.some((line) => line.includes('versions-old') && line.includes('version 1, not version 4'))).toBe(true);
  expect(role.name).toBe('aggregator');
});
