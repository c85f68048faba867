// The aggregator on a real nats-server: results that nothing changes, whoever is killed and whatever is in the log.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { storedKeys } from '../../src/aggregator/cleanup.js';
import type { AggregatorOptions } from '../../src/aggregator/index.js';
import type { Bus } from '../../src/bus/connection.js';
import { createDrawLog, deleteDrawLog } from '../../src/bus/drawLog.js';
import { LEASE_BUCKET, REFERENCE_BUCKET, slotSubject, SNAPSHOT_BUCKET, snapshotKey } from '../../src/bus/names.js';
import { loadSnapshot } from '../../src/bus/snapshots.js';
import { decodePartitionStatistics } from '../../src/bus/statistics.js';
import { deleteStatus, latestStatus } from '../../src/bus/status.js';
import { decodeSnapshot } from '../../src/aggregator/snapshot.js';
import type { Role } from '../../src/metrics/index.js';
import { endJobs, expectedStatistics, kill, QUICK, setState, spawnAggregator, startQuickly, storedStatistics, submit, until, writeChain } from '../support/foldCluster.js';
import { testJob, type TestJob } from '../support/foldJob.js';
import { type TestServer, useTestServer } from '../support/nats.js';
import { uniforms } from '../support/uniforms.js';

let server: TestServer;
let bus: Bus;
useTestServer((started, connected) => ([server, bus] = [started, connected]));

afterEach(() => endJobs(bus));

const log: string[] = [];
const start = (options: Partial<AggregatorOptions> = {}): Promise<Role> => startQuickly(server, log, options);
const chains = [0, 1, 2, 3];
const writeAll = (test: TestJob, options = {}): Promise<unknown> => Promise.all(chains.map((chain) => writeChain(bus, test, chain, options)));
const finished = (test: TestJob, partition = 0): Promise<unknown> => until(async () => (await latestStatus(bus, test.job.name)).partitions.get(partition)?.finished);
const folded = async (test: TestJob, partition = 0): Promise<number> => (await latestStatus(bus, test.job.name)).partitions.get(partition)?.drawsFolded ?? 0;
const metricsOf = async (role: Role): Promise<string> => (await fetch(`http://127.0.0.1:${role.metricsPort}/metrics`)).text();
const metric = async (role: Role, name: string, job: string): Promise<number> =>
  Number((await metricsOf(role)).split('\n').find((line) => line.startsWith(name) && line.includes(`job="${job}"`))?.split(' ').at(-1) ?? 0);

describe('an aggregator', () => {
  it('folds a running job, says how it goes, stores the results and forgets what it no longer needs', async () => {
    const test = testJob('role-plain', { log: { partitions: 2, slotBytes: 2000, slotSeconds: 0.05 } });
    await using role = await start();
    await submit(bus, test);
    await writeAll(test, { pauseMs: 5 });
    await finished(test, 0);
    await finished(test, 1);
    for (const partition of [0, 1]) expect(await storedStatistics(bus, test, partition)).toEqual(expectedStatistics(test, partition));

    const { partitions } = await latestStatus(bus, 'role-plain');
    expect(partitions.get(1)).toMatchObject({ drawsFolded: 40, slotsQuarantined: 0, finished: true });
    expect(partitions.get(1)?.chains).toMatchObject([{ chain: 1, draws: 20, iteration: 46, epoch: 1, finished: true }, { chain: 3 }]);
    expect(partitions.get(0)!.rhatRawMax).toBeGreaterThan(partitions.get(0)!.rhatAlignedMax);
    const text = await metricsOf(role);
    expect(text).toMatch(/basinet_rhat\{.*side="aligned",stat="max".*\} \d/);
    expect(text).toMatch(/basinet_transpositions\{.*chain="3",group="fc1".*\} \d/);
    expect(await metric(role, 'basinet_draws_folded_total', 'role-plain')).toBe(40);

    expect(await storedKeys(bus, REFERENCE_BUCKET, 'role-plain')).toHaveLength(1);
    await setState(bus, 'role-plain', 'completed');
    await until(async () => (await Promise.all([SNAPSHOT_BUCKET, REFERENCE_BUCKET, LEASE_BUCKET].map((bucket) => storedKeys(bus, bucket, 'role-plain')))).flat().length === 0);
    expect(await metricsOf(role)).not.toContain('basinet_rhat{job="role-plain"');
  });

  it('says again that it has finished, where that was lost', async () => {
    const test = testJob('role-again');
    await using role = await start();
    await submit(bus, test);
    await writeAll(test);
    await finished(test);
    await deleteStatus(bus, 'role-again');
    await finished(test);
    expect(role.name).toBe('aggregator');
  });

  it('drains with a snapshot, from which the next one goes on', async () => {
    const test = testJob('role-drain');
    await submit(bus, test);
    const first = await start({ snapshotSeconds: 1000 });
    await Promise.all(chains.map((chain) => writeChain(bus, test, chain, { until: 12 })));
    await until(async () => (await folded(test)) === 40);
    await first.drain();
    await first.done;
    const snapshot = await loadSnapshot(bus, snapshotKey('role-drain', 0));
    expect(decodeSnapshot(snapshot!.bytes).live.fold.chains.map(({ trace }) => trace.iteration.length)).toEqual([10, 10, 10, 10]);
    await writeAll(test);
    await using second = await start();
    await finished(test);
    expect(await metric(second, 'basinet_draws_folded_total', 'role-drain')).toBe(40);
    expect(await storedStatistics(bus, test, 0)).toEqual(expectedStatistics(test, 0));
  });

  it('is killed with SIGKILL again and again, and the results are the same bytes', async () => {
    const test = testJob('role-kill', { inference: { chains: 4, warmup: 6, draws: 150, leapfrogSteps: 5 } });
    await submit(bus, test);
    const writing = writeAll(test, { pauseMs: 20 });
    const next = uniforms(2026);
    for (let i = 0; i < 5; i++) {
      const child = await spawnAggregator(server, { ...QUICK, name: 'killed' });
      await sleep(50 + 500 * next());
      await kill(child);
    }
    await writing;
    const child = await spawnAggregator(server, { ...QUICK, name: 'killed' });
    await finished(test);
    await kill(child);
    expect(await storedStatistics(bus, test, 0)).toEqual(expectedStatistics(test, 0));
  });

  it('takes over the partitions of one that is gone, once its lease has run out', async () => {
    const test = testJob('role-takeover');
    await submit(bus, test);
    const child = await spawnAggregator(server, { ...QUICK, name: 'gone' });
    await Promise.all(chains.map((chain) => writeChain(bus, test, chain, { until: 9 })));
    await until(async () => (await folded(test)) > 0);
    await using other = await start({ name: 'other' });
    await sleep(500);
    expect(await metricsOf(other)).toContain('basinet_partitions_active{role="aggregator"} 0');
    expect(await metric(other, 'basinet_draws_folded_total', 'role-takeover')).toBe(0);
    await kill(child);
    await writeAll(test);
    await finished(test);
    expect(await metric(other, 'basinet_draws_folded_total', 'role-takeover')).toBeGreaterThan(0);
    expect(await storedStatistics(bus, test, 0)).toEqual(expectedStatistics(test, 0));
  });

  it('and another believe to own the same partition: snapshots keep them apart, the bytes are the same', async () => {
    const test = testJob('role-two', { inference: { chains: 4, warmup: 6, draws: 100, leapfrogSteps: 5 } });
    await submit(bus, test);
    // Under one name they take each other's lease for their own.
    const roles = await Promise.all([start({ name: 'same' }), start({ name: 'same' })]);
    await writeAll(test, { pauseMs: 5 });
    await finished(test);
    expect(await storedStatistics(bus, test, 0)).toEqual(expectedStatistics(test, 0));
    for (const role of roles) await role.drain();
    await Promise.all(roles.map(({ done }) => done));
  });

  it('folds no more partitions at once than it may', async () => {
    const test = testJob('role-few', { log: { partitions: 3, slotBytes: 2000, slotSeconds: 0.05 } });
    await submit(bus, test);
    await using role = await start({ maxPartitions: 1 });
    const active = async () => Number(/basinet_partitions_active\{[^}]*\} (\d+)/.exec(await metricsOf(role))?.[1]);
    await until(async () => (await active()) > 0);
    for (let look = 0; look < 20; look++) {
      expect(await active()).toBeLessThanOrEqual(1);
      await sleep(20);
    }
    await writeAll(test);
    for (const partition of [0, 1, 2]) await finished(test, partition);
    for (const partition of [0, 1, 2]) expect(await storedStatistics(bus, test, partition)).toEqual(expectedStatistics(test, partition));
  });

  it('quarantines what does not belong into the log, and goes on', async () => {
    const test = testJob('role-garbage');
    await submit(bus, test);
    await writeChain(bus, test, 0, { until: 5 });
    await bus.js.publish('draws.role-garbage.0.0.7', randomBytes(500));
    await bus.js.publish('draws.role-garbage.0.nobody.x', randomBytes(10));
    await bus.js.publish(slotSubject('role-garbage', 0, 9, 0), randomBytes(10));
    const last = (await until(() => bus.jsm.streams.getMessage('basinet-draws-role-garbage', { last_by_subj: 'draws.role-garbage.0.0.1' }))).data;
    await bus.js.publish('draws.role-garbage.0.1.0', last);
    await using role = await start();
    await writeAll(test);
    await finished(test);
    const statistics = decodePartitionStatistics((await storedStatistics(bus, test, 0))!);
    const expected = decodePartitionStatistics(expectedStatistics(test, 0));
    expect(statistics.quarantined.map(({ reason }) => reason)).toEqual(['slot', 'subject', 'subject', 'previous-hash']);
    expect({ ...statistics, quarantined: [], slotsQuarantined: 0 }).toEqual({ ...expected, quarantined: [], slotsQuarantined: 0 });
    expect(await metricsOf(role)).toMatch(/basinet_slots_quarantined_total\{.*reason="subject".*\} 2/);
  });

  it('folds a log that was made anew under the same name from its start', async () => {
    const old = testJob('role-renewed', { inference: { chains: 4, warmup: 6, draws: 40, thin: 1, leapfrogSteps: 5 }, log: { slotBytes: 500, slotSeconds: 0.05 } });
    await submit(bus, old);
    const first = await start();
    await Promise.all(chains.map((chain) => writeChain(bus, old, chain, { until: 20 })));
    await until(async () => (await folded(old)) > 50);
    await first.drain();

    await deleteDrawLog(bus, 'role-renewed');
    await createDrawLog(bus, { job: 'role-renewed', maxBytes: 64 << 20 });
    // The same job with other draws, as another seed would give them.
    const renewed: TestJob = { ...old, records: (chain) => old.records(chain).map((record) => ({ ...record, position: record.position.map((value) => 1.5 * value) })) };
    log.length = 0;
    await using second = await start();
    await Promise.all(chains.map((chain) => writeChain(bus, renewed, chain, { until: 20 })));
    await until(() => log.some((line) => line.includes('the draw log was made anew since')));
    expect(await metric(second, 'basinet_snapshots_rejected_total', 'role-renewed')).toBe(1);
    await until(async () => (await metric(second, 'basinet_draws_folded_total', 'role-renewed')) > 50);

    // And under a fold that runs.
    await deleteDrawLog(bus, 'role-renewed');
    await createDrawLog(bus, { job: 'role-renewed', maxBytes: 64 << 20 });
    await writeAll(renewed);
    await finished(renewed);
    expect(await storedStatistics(bus, renewed, 0)).toEqual(expectedStatistics(renewed, 0));
  });

  it('outlives a restart of the server', async () => {
    const test = testJob('role-restart');
    await submit(bus, test);
    await using role = await start();
    await Promise.all(chains.map((chain) => writeChain(bus, test, chain, { until: 9 })));
    await until(async () => (await folded(test)) > 0);
    await server.restart();
    await writeAll(test);
    await finished(test);
    expect(await storedStatistics(bus, test, 0)).toEqual(expectedStatistics(test, 0));
    expect(role.name).toBe('aggregator');
  });

  it('cannot start on a port that is taken, and ends once', async () => {
    const role = await start();
    await expect(start({ metricsPort: role.metricsPort })).rejects.toMatchObject({ code: 'USAGE', path: 'metricsPort' });
    await expect(start({ snapshotSeconds: 0 })).rejects.toMatchObject({ code: 'USAGE', path: 'snapshotSeconds' });
    await expect(start({ maxPartitions: 0.5 })).rejects.toMatchObject({ code: 'USAGE', path: 'maxPartitions' });
    expect((await fetch(`http://127.0.0.1:${role.metricsPort}/healthz`)).status).toBe(200);
    await Promise.all([role.drain(), role.abort(), role.drain()]);
    await role.done;
    await expect(fetch(`http://127.0.0.1:${role.metricsPort}/healthz`)).rejects.toThrow();
  });
});
