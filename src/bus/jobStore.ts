// Job records in KV bucket basinet-jobs, changed by compare-and-set only.
import type { KvEntry } from '@nats-io/kv';
import { BasinetError } from '../errors.js';
import { strictly } from './codec.js';
import { corrupt } from './bytes.js';
import type { Bus } from './connection.js';
import { failureFromWire, failureToWire, type FailureRecord } from './failure.js';
import { follow } from './follow.js';
import { keysOf } from './keys.js';
import { checkJobName, JOB_BUCKET } from './names.js';
import { isWritten, busError } from './natsErrors.js';
import { wire } from './wire.js';

export type JobState = 'submitted' | 'running' | 'completed' | 'failed' | 'cancelled';
/** In the order of the wire's numbers, from 1. */
const STATES: readonly JobState[] = ['submitted', 'running', 'completed', 'failed', 'cancelled'];

export interface JobRecord {
  readonly id: string;
  /** The resolved job. */
  readonly jobJson: string;
  /** SHA-256 (hex) of the data set, its name in the object store basinet-data. */
  readonly dataHash: string;
  readonly state: JobState;
  /** Milliseconds since the Unix epoch; null: not yet. */
  readonly submittedAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Where state is `failed`. */
  readonly failure: FailureRecord | null;
}

export interface StoredJob {
  readonly record: JobRecord;
  readonly revision: number;
}

/** Whether a job in this state never changes again by itself. */
export const isEnded = (state: JobState): boolean => state === 'completed' || state === 'failed' || state === 'cancelled';

export function encodeJob(record: JobRecord): Uint8Array {
  const { id, jobJson, dataHash, submittedAtMs, startedAtMs, endedAtMs, failure } = record;
  return wire.JobRecord.encode({
    id,
    jobJson,
    dataHash,
    state: STATES.indexOf(record.state) + 1,
    submittedAtMs,
    startedAtMs: startedAtMs ?? 0,
    endedAtMs: endedAtMs ?? 0,
    ...(failure ? { failure: failureToWire(failure) } : {}),
  }).finish();
}

/** Throws LOG_CORRUPT. */
export function decodeJob(bytes: Uint8Array): JobRecord {
  return strictly('job', () => {
    const job = wire.JobRecord.decode(bytes);
    const state = STATES[job.state - 1];
    if (!state) throw corrupt('job.state', `${job.state} is no state`, job.state);
    return {
      id: job.id,
      jobJson: job.jobJson,
      dataHash: job.dataHash,
      state,
      submittedAtMs: job.submittedAtMs,
      startedAtMs: job.startedAtMs || null,
      endedAtMs: job.endedAtMs || null,
      failure: job.failure ? failureFromWire(job.failure) : null,
    };
  });
}

const conflict = (job: string, message: string, remedy: string): BasinetError => new BasinetError('JOB_CONFLICT', message, { path: 'name', value: job, remedy });

/** Writes a new job in state `submitted`. Throws JOB_CONFLICT where one of that name exists. */
export async function createJob(bus: Bus, { id, jobJson, dataHash, nowMs = Date.now() }: { id: string; jobJson: string; dataHash: string; nowMs?: number }): Promise<StoredJob> {
  const record: JobRecord = { id: checkJobName(id), jobJson, dataHash, state: 'submitted', submittedAtMs: nowMs, startedAtMs: null, endedAtMs: null, failure: null };
  const kv = await bus.kv(JOB_BUCKET);
  try {
    return { record, revision: await kv.create(id, encodeJob(record)) };
  } catch (error) {
    if (!isWritten(error)) throw busError(error, `cannot submit job ${id}`);
    throw conflict(id, `a job named ${id} exists already`, 'Choose another name, or delete that job first.');
  }
}

/** Null where there is none. */
export async function getJob(bus: Bus, id: string): Promise<StoredJob | null> {
  const kv = await bus.kv(JOB_BUCKET);
  const entry = await kv.get(checkJobName(id));
  return entry ? stored(entry) : null;
}

/**
 * Reads, changes and writes until nobody came between. `change` returns null to leave the job as it is.
 * Returns the job as it then stands. Throws JOB_CONFLICT where there is none.
 */
export async function updateJob(bus: Bus, id: string, change: (record: JobRecord) => JobRecord | null): Promise<StoredJob> {
  const kv = await bus.kv(JOB_BUCKET);
  for (;;) {
    const current = await getJob(bus, id);
    if (!current) throw conflict(id, `there is no job named ${id}`, 'List the jobs to see their names.');
    const record = change(current.record);
    if (!record) return current;
    try {
      return { record, revision: await kv.update(id, encodeJob(record), current.revision) };
    } catch (error) {
      if (!isWritten(error)) throw busError(error, `cannot change job ${id}`);
    }
  }
}

/** Removes the record only. Idempotent. */
export async function deleteJobRecord(bus: Bus, id: string): Promise<void> {
  const kv = await bus.kv(JOB_BUCKET);
  await kv.purge(checkJobName(id));
}

/** Every job, in order of submission. */
export async function listJobs(bus: Bus): Promise<StoredJob[]> {
  const ids = await keysOf(bus, JOB_BUCKET);
  const jobs = await Promise.all(ids.map((id) => getJob(bus, id)));
  return jobs.filter((job) => job !== null).sort((a, b) => a.record.submittedAtMs - b.record.submittedAtMs || (a.record.id < b.record.id ? -1 : 1));
}

/** A job as it stands, or its deletion. */
export type JobChange = { readonly id: string; readonly job: StoredJob | null };

/** The jobs there are (or the one named), then every change, until `signal` aborts; all again after a lost connection. Records that do not decode are passed over. */
export async function* watchJobs(bus: Bus, { id, signal, pollMs = 500 }: { id?: string; signal?: AbortSignal; pollMs?: number } = {}): AsyncGenerator<JobChange, void, undefined> {
  await bus.kv(JOB_BUCKET);
  const prefix = `$KV.${JOB_BUCKET}.`;
  const filter = prefix + (id === undefined ? '>' : checkJobName(id));
  const gone = () => new BasinetError('BUS_UNAVAILABLE', `the bucket ${JOB_BUCKET} does not exist`, { remedy: 'Restart the roles of this cluster.' });
  // Read directly: the client's own watch can wait for messages that were replaced while it began.
  for await (const message of follow(bus, { stream: `KV_${JOB_BUCKET}`, filter, signal, gone, anew: true }, 1, pollMs)) {
    const key = message.subject.slice(prefix.length);
    const deleted = ['DEL', 'PURGE'].includes(message.header?.get('KV-Operation') ?? '');
    const job = deleted ? null : storedJob(message.data, message.seq);
    if (deleted || job) yield { id: key, job };
  }
}

const stored = (entry: KvEntry): StoredJob | null => (entry.operation === 'PUT' ? storedJob(entry.value, entry.revision) : null);

function storedJob(value: Uint8Array, revision: number): StoredJob | null {
  try {
    return { record: decodeJob(value), revision };
  } catch (error) {
    if (error instanceof BasinetError) return null;
    throw error;
  }
}
