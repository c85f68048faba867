// Job records, task queue, statuses, failures, objects, snapshots and references, on a real nats-server.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectBus, type Bus } from '../../src/bus/connection.js';
import { deleteJob } from '../../src/bus/deleteJob.js';
import { clearFailures, countFailure, listFailures } from '../../src/bus/failures.js';
import { failureOf } from '../../src/bus/failure.js';
import { createJob, deleteJobRecord, getJob, listJobs, updateJob, watchJobs } from '../../src/bus/jobStore.js';
import { DATA_STORE, REFERENCE_STORE, referencePartKey, RESULT_STORE, snapshotKey, SNAPSHOT_STORE, WORKER_BUCKET, WORKER_TTL_MS } from '../../src/bus/names.js';
import { deleteObject, getDataset, getObject, hasObject, listObjects, putDataset, putObject } from '../../src/bus/objects.js';
import { deleteReferenceParts, getReference, getReferenceParts, publishReference, publishReferencePart } from '../../src/bus/reference.js';
import { deleteSnapshot, loadSnapshot, saveSnapshot } from '../../src/bus/snapshots.js';
import { deleteStatus, latestStatus, publishChainStatus, publishPartitionStatus, watchStatus } from '../../src/bus/status.js';
import { openTasks, type TaskQueue } from '../../src/bus/taskQueue.js';
import { addTask, deleteTasks } from '../../src/bus/tasks.js';
import { announceWorker, listWorkers, withdrawWorker } from '../../src/bus/workers.js';
import { BasinetError } from '../../src/errors.js';
import { type TestServer, useTestServer } from '../support/nats.js';

let server: TestServer;
let bus: Bus;
useTestServer((started, connected) => ([server, bus] = [started, connected]));
const submit = (id: string) => createJob(bus, { id, jobJson: '{}', dataHash: 'ab', nowMs: 5 });

describe('the job store', () => {
  it('creates once, changes by compare-and-set, lists, watches and deletes', async () => {
    const changes: string[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      for await (const { id, job } of watchJobs(bus, { signal: stop.signal })) {
        changes.push(`${id} ${job?.record.state ?? 'deleted'}`);
        if (!job) stop.abort();
      }
    })();
    await submit('one');
    await expect(submit('one')).rejects.toMatchObject({ code: 'JOB_CONFLICT', path: 'name', value: 'one' });
    await expect(submit('One.two')).rejects.toMatchObject({ code: 'JOB_INVALID' });
    const failure = failureOf(new BasinetError('SAMPLER_FAILED', 'no', { path: 'chain 3' }), 3);
    await Promise.all(Array.from({ length: 5 }, () => updateJob(bus, 'one', (job) => ({ ...job, startedAtMs: (job.startedAtMs ?? 0) + 1 }))));
    await updateJob(bus, 'one', (job) => ({ ...job, state: 'failed', failure }));
    expect((await getJob(bus, 'one'))?.record).toEqual({
      id: 'one', jobJson: '{}', dataHash: 'ab', state: 'failed', submittedAtMs: 5, startedAtMs: 5, endedAtMs: null, failure,
    });
    await updateJob(bus, 'one', () => null);
    expect((await listJobs(bus)).map(({ record }) => record.id)).toEqual(['one']);
    await deleteJobRecord(bus, 'one');
    expect(await getJob(bus, 'one')).toBeNull();
    await expect(updateJob(bus, 'one', (job) => job)).rejects.toMatchObject({ code: 'JOB_CONFLICT' });
    await watching;
    expect(changes.at(-1)).toBe('one deleted');
    await submit('one');
  });
});

describe('the task queue', () => {
  it('hands a task out once, again when given back or when its lease lapses, and not while it is kept up', async () => {
    const task = { job: 'tasks', chain: 1, partition: 0 };
    const [a, b] = await Promise.all([openTasks(bus, 'cpu', 3000), openTasks(bus, 'cpu', 3000)]);
    expect(a.leaseMs).toBe(3000);
    expect(await addTask(bus, 'cpu', task)).toBe(true);
    expect(await addTask(bus, 'cpu', task)).toBe(false);
    const first = (await a.next())!;
    expect(first).toMatchObject({ task, deliveries: 1 });
    const waiting = b.next();
    expect(await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 5000, 'kept'))])).toBe('kept');
    first.letGo();
    const second = (await waiting)!;
    expect(second).toMatchObject({ task, deliveries: 2 });
    second.giveBack();
    const third = (await a.next())!;
    await third.done();
    expect(await addTask(bus, 'cpu', task)).toBe(true);
    await deleteTasks(bus, 'tasks');
    const none = a.next();
    a.stop();
    b.stop();
    expect(await none).toBeNull();
    expect(await b.next()).toBeNull();
  });
});

describe('tasks for any class', () => {
  it('are handed to workers of every class, beside those of their own', async () => {
    const of = (chain: number) => ({ job: 'classes', chain, partition: 0 });
    const [cpu, gpu] = await Promise.all([openTasks(bus, 'cpu'), openTasks(bus, 'gpu')]);
    for (const [chain, resources] of (['any', 'any', 'gpu', 'cpu'] as const).entries()) await addTask(bus, resources, of(chain));
    const taken = async (queue: TaskQueue) => {
      const tasks = [await queue.next(), await queue.next()];
      await Promise.all(tasks.map((task) => task!.done()));
      return tasks.map((task) => task!.task.chain);
    };
    const [byCpu, byGpu] = await Promise.all([taken(cpu), taken(gpu)]);
    // Whoever was first took which of the two for any.
    expect([byCpu, byGpu].flat().sort()).toEqual([0, 1, 2, 3]);
    expect(byCpu).toContain(3);
    expect(byGpu).toContain(2);
    cpu.stop();
    gpu.stop();
  });

  it('go back at once where a worker that has room for one finds two', async () => {
    const [one, other] = await Promise.all([openTasks(bus, 'cpu'), openTasks(bus, 'cpu')]);
    const first = one.next();
    await Promise.all((['any', 'cpu'] as const).map((resources, chain) => addTask(bus, resources, { job: 'both', chain, partition: 0 })));
    const second = await other.next();
    expect([(await first)!.task.chain, second!.task.chain].sort()).toEqual([0, 1]);
    await Promise.all([(await first)!.done(), second!.done()]);
    one.stop();
    other.stop();
  });
});

describe('workers', () => {
  const worker = { name: 'node.example-1-ab', resourceClass: 'cpu', slots: 2, engines: ['native'], deviceClasses: ['native-avx2'], gpus: [{ name: 'H100', memoryBytes: 80e9, driver: '550' }] };

  it('are listed as they announce themselves, until they take it back; what is no announcement is left out', async () => {
    await announceWorker(bus, worker);
    await announceWorker(bus, { ...worker, name: 'another', chains: 1 });
    await (await bus.kv(WORKER_BUCKET)).put('garbage', randomBytes(30));
    const found = await listWorkers(bus);
    expect(found.map(({ name }) => name)).toEqual(['another', 'node.example-1-ab']);
    expect(found[1]).toMatchObject(worker);
    await withdrawWorker(bus, worker.name);
    expect((await listWorkers(bus)).map(({ name }) => name)).toEqual(['another']);
  });

  it('go by themselves when they are silent', async () => {
    await announceWorker(bus, worker);
    const { config } = await bus.jsm.streams.info(`KV_${WORKER_BUCKET}`);
    expect(config.max_age).toBe(WORKER_TTL_MS * 1e6);
  });
});

describe('statuses', () => {
  it('keep the latest value per chain and partition', async () => {
    for (let iteration = 1; iteration <= 3; iteration++) await publishChainStatus(bus, 'seen', { chain: 2, iteration, activity: 'warmup' });
    await publishPartitionStatus(bus, 'seen', { partition: 0, finished: true, rhatRawMax: Number.NaN });
    await publishChainStatus(bus, 'other', { chain: 0 });
    const { chains, partitions } = await latestStatus(bus, 'seen');
    expect([...chains.keys()]).toEqual([2]);
    expect(chains.get(2)).toMatchObject({ iteration: 3, activity: 'warmup' });
    expect(partitions.get(0)).toMatchObject({ finished: true, rhatRawMax: Number.NaN });
    const stop = new AbortController();
    const kinds: string[] = [];
    for await (const update of watchStatus(bus, 'seen', { signal: stop.signal, pollMs: 5 })) {
      kinds.push(update.kind);
      if (kinds.length === 2) await publishChainStatus(bus, 'seen', { chain: 2, iteration: 4 });
      if (kinds.length === 3) stop.abort();
    }
    expect(kinds).toEqual(['chain', 'partition', 'chain']);
    await deleteStatus(bus, 'seen');
    expect((await latestStatus(bus, 'seen')).chains.size).toBe(0);
    expect((await latestStatus(bus, 'other')).chains.size).toBe(1);
  });
});

describe('statuses of a chain that was taken over', () => {
  it('are those of the highest epoch, whatever a fenced worker says later', async () => {
    await publishChainStatus(bus, 'zombie', { chain: 0, epoch: 1, activity: 'sampling' });
    const stop = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const update of watchStatus(bus, 'zombie', { signal: stop.signal, pollMs: 5 })) {
        if (update.kind === 'chain') seen.push(`${update.chain.chain}: ${update.chain.epoch} ${update.chain.activity}`);
        if (update.kind === 'partition') stop.abort();
      }
    })();
    await publishChainStatus(bus, 'zombie', { chain: 0, epoch: 2, activity: 'done' });
    await publishChainStatus(bus, 'zombie', { chain: 0, epoch: 1, activity: 'sampling', iteration: 9 });
    await publishChainStatus(bus, 'zombie', { chain: 1, epoch: 1, activity: 'warmup' });
    await publishPartitionStatus(bus, 'zombie', { partition: 0 });
    await watching;
    expect(seen.slice(-2)).toEqual(['0: 2 done', '1: 1 warmup']);
    const { chains } = await latestStatus(bus, 'zombie', 'chain');
    expect(chains.get(0)).toMatchObject({ epoch: 2, activity: 'done' });
    await deleteStatus(bus, 'zombie');
    expect((await latestStatus(bus, 'zombie')).chains.size).toBe(0);
  });
});

describe('failures', () => {
  it('are counted per chain', async () => {
    const failure = { ...failureOf(new Error('boom')), chain: 7 };
    expect(await countFailure(bus, 'bad', failure, 'w')).toBe(1);
    expect(await countFailure(bus, 'bad', failure, 'w')).toBe(2);
    expect((await listFailures(bus, 'bad')).get(7)).toMatchObject({ attempts: 2, worker: 'w', failure: { code: 'INTERNAL', chain: 7 } });
    await clearFailures(bus, 'bad');
    expect((await listFailures(bus, 'bad')).size).toBe(0);
  });
});

describe('objects', () => {
  it('come back as they were, data sets under their hash', async () => {
    const bytes = randomBytes(3 << 20);
    await putObject(bus, RESULT_STORE, 'job/partition-0', bytes);
    await putObject(bus, RESULT_STORE, 'job/partition-0', bytes.subarray(5));
    expect(Buffer.compare((await getObject(bus, RESULT_STORE, 'job/partition-0'))!, bytes.subarray(5))).toBe(0);
    expect(await listObjects(bus, RESULT_STORE, 'job/')).toEqual(['job/partition-0']);
    await deleteObject(bus, RESULT_STORE, 'job/partition-0');
    expect(await hasObject(bus, RESULT_STORE, 'job/partition-0')).toBe(false);
    expect(await getObject(bus, RESULT_STORE, 'job/partition-0')).toBeNull();
    const hash = await putDataset(bus, bytes);
    expect(await putDataset(bus, bytes)).toBe(hash);
    expect(Buffer.compare(await getDataset(bus, hash), bytes)).toBe(0);
    await expect(getDataset(bus, 'cd'.repeat(32))).rejects.toMatchObject({ code: 'DATA_INVALID' });
  });

  it('a data set of which chunks are gone is uploaded again', async () => {
    const bytes = randomBytes(2 << 20);
    const hash = await putDataset(bus, bytes);
    const { nuid } = (await (await bus.objects(DATA_STORE)).info(hash))!;
    await bus.jsm.streams.purge(`OBJ_${DATA_STORE}`, { filter: `$O.${DATA_STORE}.C.${nuid}` });
    await expect(getDataset(bus, hash)).rejects.toMatchObject({ code: 'DATA_INVALID' });
    expect(await putDataset(bus, bytes)).toBe(hash);
    expect(Buffer.compare(await getDataset(bus, hash), bytes)).toBe(0);
  });

  it('of which a part is gone are none, and keep nobody waiting', async () => {
    await putObject(bus, RESULT_STORE, 'job/torn', randomBytes(2 << 20));
    const { nuid } = (await (await bus.objects(RESULT_STORE)).info('job/torn'))!;
    const chunks = `$O.${RESULT_STORE}.C.${nuid}`;
    const second = await bus.jsm.direct.getMessage(`OBJ_${RESULT_STORE}`, { seq: 2, next_by_subj: chunks });
    await bus.jsm.streams.deleteMessage(`OBJ_${RESULT_STORE}`, second!.seq);
    expect(await getObject(bus, RESULT_STORE, 'job/torn')).toBeNull();
    await bus.jsm.streams.purge(`OBJ_${RESULT_STORE}`, { filter: chunks });
    expect(await getObject(bus, RESULT_STORE, 'job/torn')).toBeNull();
  });

  it('are snapshots: replaced by compare-and-set, one object each', async () => {
    const key = snapshotKey('snap', 0);
    expect(await loadSnapshot(bus, key)).toBeNull();
    const first = await saveSnapshot(bus, key, Buffer.from('one'), 0);
    await expect(saveSnapshot(bus, key, Buffer.from('rival'), 0)).rejects.toMatchObject({ code: 'LOG_FENCED' });
    const second = await saveSnapshot(bus, key, Buffer.from('two'), first);
    await expect(saveSnapshot(bus, key, Buffer.from('late'), first)).rejects.toMatchObject({ code: 'LOG_FENCED' });
    const loaded = (await loadSnapshot(bus, key))!;
    expect([Buffer.from(loaded.bytes).toString(), loaded.revision]).toEqual(['two', second]);
    expect(await listObjects(bus, SNAPSHOT_STORE, key)).toHaveLength(1);
    await deleteSnapshot(bus, key);
    expect(await listObjects(bus, SNAPSHOT_STORE, key)).toEqual([]);
    expect(await loadSnapshot(bus, key)).toBeNull();
  });

  it('of a job are all removed with it, those too that a killed writer left without a pointer', async () => {
    await createJob(bus, { id: 'gone', jobJson: '{}', dataHash: await putDataset(bus, randomBytes(10)) });
    await saveSnapshot(bus, snapshotKey('gone', 0), Buffer.from('one'), 0);
    await putObject(bus, SNAPSHOT_STORE, `${snapshotKey('gone', 0)}/stray`, randomBytes(10));
    await saveSnapshot(bus, snapshotKey('gone2', 0), Buffer.from('of another job'), 0);
    await putObject(bus, RESULT_STORE, 'gone/partition-0', randomBytes(10));
    await deleteJob(bus, 'gone');
    expect(await getJob(bus, 'gone')).toBeNull();
    expect(await listObjects(bus, SNAPSHOT_STORE, 'gone.')).toEqual([]);
    expect(await listObjects(bus, SNAPSHOT_STORE, 'gone2.')).toHaveLength(1);
    expect(await listObjects(bus, RESULT_STORE, 'gone/')).toEqual([]);
  });

  it('are references: the first one published is everybody’s', async () => {
    const log = { job: 'ref', createdAtMs: 17 };
    const all = await Promise.all(Array.from({ length: 4 }, (_, i) => publishReference(bus, log, 1, Float32Array.of(i))));
    const winner = (await getReference(bus, log, 1, 1))!;
    expect(all.every((bytes) => bytes.length === 1 && bytes[0] === winner[0])).toBe(true);
    expect(await getReference(bus, log, 2, 1)).toBeNull();
    expect(await getReference(bus, { ...log, createdAtMs: 18 }, 1, 1)).toBeNull();
    await expect(getReference(bus, log, 1, 2)).rejects.toMatchObject({ code: 'LOG_CORRUPT', path: 'reference' });
  });

  it('are parts of a reference, which are there together or not at all; one that is damaged is made again', async () => {
    const log = { job: 'parts', createdAtMs: 17 };
    await publishReferencePart(bus, log, 2, 1, Float64Array.of(3, 4));
    expect(await getReferenceParts(bus, log, 2, 2, 2)).toBeNull();
    await publishReferencePart(bus, log, 2, 0, Float64Array.of(1, 2));
    await publishReferencePart(bus, log, 2, 0, Float64Array.of(9, 9));
    expect(await getReferenceParts(bus, log, 2, 2, 2)).toEqual([Float64Array.of(1, 2), Float64Array.of(3, 4)]);
    const [object] = await listObjects(bus, REFERENCE_STORE, `${referencePartKey(log, 2, 1)}/`);
    await deleteObject(bus, REFERENCE_STORE, object!);
    expect(await getReferenceParts(bus, log, 2, 2, 2)).toBeNull();
    await publishReferencePart(bus, log, 2, 1, Float64Array.of(3, 4));
    expect(await getReferenceParts(bus, log, 2, 2, 2)).toHaveLength(2);
    await deleteReferenceParts(bus, log, 2, 2);
    expect(await getReferenceParts(bus, log, 2, 2, 2)).toBeNull();
    expect(await listObjects(bus, REFERENCE_STORE, 'parts.')).toEqual([]);
  });
});

describe('a connection', () => {
  it('says what is wrong: nobody there, wrong password, no JetStream', async () => {
    const { url, user } = server.server;
    await expect(connectBus({ servers: 'nats://127.0.0.1:1', name: 'test', timeoutMs: 300 })).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    await expect(connectBus({ servers: url, user, pass: 'wrong', name: 'test', timeoutMs: 5000 })).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
      remedy: expect.stringContaining('password') as string,
    });
  });
});
