// What surrounds an aggregator in a test: a running job with its data, writers of its chains, its results.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { storedKeys } from '../../src/aggregator/cleanup.js';
import { PartitionFold } from '../../src/aggregator/fold.js';
import { refold } from '../../src/aggregator/refold.js';
import { partitionStatistics } from '../../src/aggregator/statistics.js';
import { openChain } from '../../src/bus/chainWriter.js';
import type { Bus } from '../../src/bus/connection.js';
import { createDrawLog } from '../../src/bus/drawLog.js';
import { createJob, listJobs, updateJob, type JobState } from '../../src/bus/jobStore.js';
import { REFERENCE_BUCKET, RESULT_STORE, resultObject } from '../../src/bus/names.js';
import { getObject, putDataset } from '../../src/bus/objects.js';
import { latestStatus } from '../../src/bus/status.js';
import { BasinetError } from '../../src/errors.js';
import { chainsOf, partitionOf } from '../../src/job/plan.js';
import type { Role } from '../../src/metrics/index.js';
import { startAggregator, type AggregatorOptions } from '../../src/aggregator/index.js';
import { sourceOf, wholeLog, type TestJob } from './foldJob.js';
import type { TestServer } from './nats.js';

/** Times of an aggregator that is not waited for. */
export const QUICK = { snapshotSeconds: 0.02, statusSeconds: 0.05, leaseSeconds: 1 };

/** An aggregator in this process; its words go to `log`. */
export async function startQuickly(server: TestServer, log: string[], options: Partial<AggregatorOptions> = {}): Promise<Role> {
  const { url, user, pass } = server.server;
  return watchRole(await startAggregator({ connection: { servers: url, user, pass }, log: (line) => void log.push(line), ...QUICK, ...options }));
}

/** Ends every job that runs, so that aggregators of later tests need not fold it again. */
export async function endJobs(bus: Bus): Promise<void> {
  for (const { record } of await listJobs(bus)) if (record.state === 'running') await setState(bus, record.id, 'completed');
}

/** Submits a job as a coordinator leaves it: running, with data and an empty log. */
export async function submit(bus: Bus, { job, packed }: TestJob): Promise<void> {
  await putDataset(bus, packed.bytes);
  await createDrawLog(bus, { job: job.name, maxBytes: 64 << 20 });
  await createJob(bus, { id: job.name, jobJson: JSON.stringify(job), dataHash: packed.hash });
  await setState(bus, job.name, 'running');
}

export async function setState(bus: Bus, id: string, state: JobState): Promise<void> {
  await updateJob(bus, id, (record) => ({ ...record, state }));
}

/** Writes a chain's records from where the log stands, `pauseMs` between two; up to `until` of them in all. Claims it again where it is fenced. */
export async function writeChain(bus: Bus, test: TestJob, chain: number, options: { readonly pauseMs?: number; readonly until?: number } = {}): Promise<void> {
  for (;;) {
    try {
      return await writeOn(bus, test, chain, options);
    } catch (error) {
      if (!(error instanceof BasinetError && error.code === 'LOG_FENCED')) throw error;
    }
  }
}

async function writeOn(bus: Bus, test: TestJob, chain: number, { pauseMs = 0, until = Infinity }): Promise<void> {
  const { name, log } = test.job;
  const options = { job: name, partition: partitionOf(test.job, chain), chain, worker: `w${chain}`, deviceClass: 'reference', shape: test.model.shape, slotBytes: log.slotBytes, slotSeconds: log.slotSeconds };
  const { writer, resume } = await openChain(bus, options);
  for (const record of test.records(chain).slice(0, until)) {
    if (record.iteration <= (resume?.record.iteration ?? 0)) continue;
    await writer.append(record);
    if (pauseMs > 0) await sleep(pauseMs);
  }
  await writer.close();
}

/** The bytes that a partition's aggregator must arrive at, whatever happens to it. */
export function expectedStatistics(test: TestJob, partition: number): Buffer {
  const fold = new PartitionFold(test.model, partition);
  fold.setReference({ version: 1, position: test.records(0).find(({ phase }) => phase === 'sampling')!.position });
  for (const entry of wholeLog(test, chainsOf(test.job, partition)).entries) fold.fold(entry);
  return Buffer.from(partitionStatistics(fold));
}

/** As `expectedStatistics`, of all partitions of a job with any reference. */
export async function refoldedStatistics(test: TestJob): Promise<Buffer[]> {
  const folded = await refold({ job: test.job, data: test.data, source: sourceOf(test) });
  return folded.map((bytes) => Buffer.from(bytes));
}

export async function storedStatistics(bus: Bus, test: TestJob, partition: number): Promise<Buffer | null> {
  const bytes = await getObject(bus, RESULT_STORE, resultObject(test.job.name, partition));
  return bytes && Buffer.from(bytes);
}

/** Whether a partition still shows an older version of the reference than the newest that is published. */
export async function isCatchingUp(bus: Bus, { job }: TestJob): Promise<boolean> {
  const published = (await storedKeys(bus, REFERENCE_BUCKET, job.name)).filter((key) => /^\d+-\d+$/.test(key.slice(job.name.length + 1)));
  const { partitions } = await latestStatus(bus, job.name);
  return [...partitions.values()].some(({ referenceVersion }) => referenceVersion > 0 && referenceVersion < published.length);
}

const failures: unknown[] = [];

/** Ends every `until` with the role's error, should it fail: what they wait for will not come. */
export function watchRole(role: Role): Role {
  role.done.catch((error: unknown) => failures.push(error));
  return role;
}

/** Waits as long as it takes. */
export async function until<T>(what: () => Promise<T | null | undefined | false> | T | null | undefined | false): Promise<T> {
  for (;;) {
    const value = await what();
    if (value !== null && value !== undefined && value !== false) return value;
    if (failures.length > 0) throw failures[0];
    await sleep(20);
  }
}

const PROGRAM = `
  import { startAggregator } from ${JSON.stringify(fileURLToPath(new URL('../../dist/aggregator/index.js', import.meta.url)))};
  const role = await startAggregator(JSON.parse(process.env.AGGREGATOR_OPTIONS));
  process.send('ready');
  process.once('disconnect', () => void role.abort());
  await role.done;
`;

/** An aggregator in a process of its own, from dist/ (npm test builds it); resolves when it is ready. */
export async function spawnAggregator({ server }: TestServer, options: object): Promise<ChildProcess> {
  const connection = { servers: server.url, user: server.user, pass: server.pass };
  const child = fork('-', [], {
    execArgv: ['--input-type=module', '--eval', PROGRAM],
    env: { ...process.env, AGGREGATOR_OPTIONS: JSON.stringify({ connection, ...options }) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const died = once(child, 'exit').then(([code, signal]) => Promise.reject(new Error(`the aggregator ended with ${String(signal ?? code)} before it was ready`)));
  await Promise.race([once(child, 'message'), died]);
  died.catch(() => undefined);
  return child;
}

export async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
