// The stream of one job's draw log: made, enlarged, identified, deleted.
import { DiscardPolicy, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { sha256 } from './hash.js';
import { making, whenMade } from './made.js';
import { ballastSubject, drawStream, drawStreamSubjects } from './names.js';
import { apiCode, busError, isNotFound, isStreamGone } from './natsErrors.js';

const STREAM_NAME_IN_USE = 10058;

/**
 * How many empty messages begin a log, read by nobody. nats-server 2.9.10 asks whether a message's payload and headers fit below
 * max_bytes, stores some 60 to 180 bytes beside them, and where those pass the limit drops the stream's first messages,
 * `discard: new` or not. These are what it drops: one to three, and what is free then is smaller than any message of a writer,
 * so that it happens once for each value of max_bytes.
 */
export const BALLAST_MESSAGES = 32;

export interface DrawLogOptions {
  readonly job: string;
  /** Size limit in bytes; what passes it is refused, and nothing of a chain is ever dropped. */
  readonly maxBytes: number;
  readonly replicas?: number;
}

/** What tells one log from another of the same name: for readers that resume. */
export interface LogIdentity {
  readonly createdAtMs: number;
  /** 1, whatever ballast is left; higher where more than that is gone. */
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** Idempotent: a log that exists is kept, and enlarged where `maxBytes` asks for more. Throws LOG_FULL where the server has no such room. */
export async function createDrawLog(bus: Bus, options: DrawLogOptions): Promise<void> {
  const lastSequence = await createStream(bus, options);
  // Where another creator does the same there are more of them, which does no harm; where it died midway there are enough now.
  const missing = Math.max(0, BALLAST_MESSAGES - lastSequence);
  try {
    await Promise.all(Array.from({ length: missing }, (_, i) => bus.js.publish(ballastSubject(options.job, lastSequence + i), undefined, { timeout: bus.timeoutMs })));
  } catch (error) {
    throw busError(error, `cannot begin the draw log of job ${options.job}`);
  }
}

/** Returns the last sequence in it. */
async function createStream(bus: Bus, { job, maxBytes, replicas = bus.replicas }: DrawLogOptions): Promise<number> {
  const name = drawStream(job);
  try {
    const { state } = await making(bus.nc, bus.jsm, name, () =>
      bus.jsm.streams.add({
        name,
        subjects: drawStreamSubjects(job),
        storage: StorageType.File,
        retention: RetentionPolicy.Limits,
        discard: DiscardPolicy.New,
        max_bytes: maxBytes,
        num_replicas: replicas,
        deny_delete: true,
        deny_purge: true,
        allow_direct: true,
      }),
    );
    return state.last_seq;
  } catch (error) {
    if (apiCode(error) !== STREAM_NAME_IN_USE) throw busError(error, `cannot create the draw log of job ${job} (${maxBytes} bytes)`);
  }
  await whenMade(bus.nc, bus.jsm, name);
  const { config, state } = await bus.jsm.streams.info(name);
  if (config.max_bytes >= 0 && config.max_bytes < maxBytes) {
    try {
      await bus.jsm.streams.update(name, { ...config, max_bytes: maxBytes });
    } catch (cause) {
      throw busError(cause, `cannot enlarge the draw log of job ${job} to ${maxBytes} bytes`);
    }
  }
  return state.last_seq;
}

/** Idempotent. */
export async function deleteDrawLog(bus: Bus, job: string): Promise<void> {
  try {
    await whenMade(bus.nc, bus.jsm, drawStream(job));
    await bus.jsm.streams.delete(drawStream(job));
  } catch (error) {
    if (!isStreamGone(error)) throw busError(error, `cannot delete the draw log of job ${job}`);
  }
}

/** Null where the job has no draw log. */
export async function logIdentity(bus: Bus, job: string): Promise<LogIdentity | null> {
  try {
    await whenMade(bus.nc, bus.jsm, drawStream(job));
    const { created, state } = await bus.jsm.streams.info(drawStream(job));
    return { createdAtMs: Date.parse(created), firstSequence: Math.max(1, state.first_seq - BALLAST_MESSAGES), lastSequence: state.last_seq };
  } catch (error) {
    if (isStreamGone(error)) return null;
    throw busError(error, `cannot read the draw log of job ${job}`);
  }
}

/** SHA-256 of the message at a stream sequence; null where there is none. For readers that check whether the log is the one they knew. */
export async function messageHash(bus: Bus, job: string, sequence: number): Promise<Uint8Array | null> {
  try {
    await whenMade(bus.nc, bus.jsm, drawStream(job));
    const message = await bus.jsm.streams.getMessage(drawStream(job), { seq: sequence });
    return message && sha256(message.data);
  } catch (error) {
    if (isNotFound(error) || isStreamGone(error)) return null;
    throw busError(error, `cannot read the draw log of job ${job}`);
  }
}

/** JOB_CONFLICT: the log was deleted under whoever reads or writes it. */
export const logGone = (job: string): BasinetError =>
  new BasinetError('JOB_CONFLICT', `the draw log of job ${job} does not exist`, { value: job, remedy: 'Submit the job again.' });
