// Readers of the draw log: a partition for ever, or a partition or chain to its current end. Nothing in the log makes them throw.
import type { StoredMsg } from '@nats-io/jetstream';
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { logGone } from './drawLog.js';
import { awaitedLater, follow, nextMessage, type FollowOptions } from './follow.js';
import { sha256 } from './hash.js';
import { chainSubjects, drawStream, parseSlotSubject, partitionSubjects } from './names.js';
import type { RecordShape } from './outline.js';
import type { DecodedSlot } from './records.js';
import { backoff, lastMessage, resolveSlot } from './slots.js';

export interface LogEntry {
  readonly subject: string;
  /** -1 where the subject names none. */
  readonly chain: number;
  /** -1 where the subject names none. */
  readonly slot: number;
  /** Position in the stream. */
  readonly sequence: number;
  /** SHA-256 of the payload, whatever it holds: the next slot's previous hash. */
  readonly hash: Uint8Array;
  /** When the server stored it. */
  readonly time: Date;
  /** Null where it does not decode. */
  readonly body: DecodedSlot | null;
  /** Why it does not decode. */
  readonly error: string | null;
}

export interface ReadOptions {
  /** First stream sequence of interest; default 1. */
  readonly fromSequence?: number;
  /** Ends the iteration. */
  readonly signal?: AbortSignal | undefined;
  /** How often to ask for news at the end of the log; default 250. */
  readonly pollMs?: number;
}

/**
 * Every slot of a partition in stream order, waiting at the end until `signal` aborts; `shape` says how large a manifest may be. Goes on by itself after a lost
 * connection. Throws JOB_CONFLICT where the log is gone, BUS_UNAVAILABLE where the connection is closed for good.
 */
export async function* readPartition(bus: Bus, job: string, partition: number, shape: RecordShape, options: ReadOptions = {}): AsyncGenerator<LogEntry, void, undefined> {
  const { fromSequence = 1, signal, pollMs = 250 } = options;
  for await (const message of follow(bus, inLog(job, partitionSubjects(job, partition), signal), fromSequence, pollMs)) {
    yield await toEntry(bus, job, message, shape, signal);
  }
}

/** Every slot of a chain up to the last there is at the call. */
export function readChain(bus: Bus, job: string, partition: number, chain: number, shape: RecordShape, options: ReadOptions = {}): AsyncGenerator<LogEntry, void, undefined> {
  return readToEnd(bus, job, chainSubjects(job, partition, chain), shape, options);
}

/** As `readPartition`, up to the last slot that there is at the call. */
export function readPartitionToEnd(bus: Bus, job: string, partition: number, shape: RecordShape, options: ReadOptions = {}): AsyncGenerator<LogEntry, void, undefined> {
  return readToEnd(bus, job, partitionSubjects(job, partition), shape, options);
}

async function* readToEnd(bus: Bus, job: string, filter: string, shape: RecordShape, { fromSequence = 1, signal }: ReadOptions): AsyncGenerator<LogEntry, void, undefined> {
  const last = await lastMessage(bus, job, filter, signal);
  const end = last?.seq ?? 0;
  const next = async (sequence: number): Promise<StoredMsg | null> => {
    const wait = backoff(signal);
    while (sequence <= end) {
      const message = await nextMessage(bus, inLog(job, filter, signal), sequence);
      if (message) return message;
      // A replica that lags knows of none, unlike the leader, unless a power failure took it since.
      if (((await lastMessage(bus, job, filter, signal))?.seq ?? 0) < sequence) break;
      await wait();
    }
    return null;
  };
  const fetch = (sequence: number) => awaitedLater(next(sequence));
  let ahead = fetch(fromSequence);
  for (let message = await ahead; message && message.seq <= end; message = await ahead) {
    ahead = fetch(message.seq + 1);
    yield await toEntry(bus, job, message, shape, signal);
  }
}

const inLog = (job: string, filter: string, signal: AbortSignal | undefined): FollowOptions => ({ stream: drawStream(job), filter, signal, gone: () => logGone(job) });

async function toEntry(bus: Bus, job: string, message: StoredMsg, shape: RecordShape, signal?: AbortSignal): Promise<LogEntry> {
  const head = { subject: message.subject, ...parseSlotSubject(message.subject), sequence: message.seq, hash: sha256(message.data), time: message.time };
  if (head.chain < 0 || head.slot < 0) return { ...head, body: null, error: 'its subject names no chain and slot' };
  try {
    return { ...head, body: await resolveSlot(bus, job, message.subject, message.data, shape, signal), error: null };
  } catch (error) {
    if (error instanceof BasinetError && error.code === 'LOG_CORRUPT') return { ...head, body: null, error: error.message };
    throw error;
  }
}
