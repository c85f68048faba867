// Single messages of a draw log: read from the stream's leader, written once.
import { setTimeout as delay } from 'node:timers/promises';
import type { StoredMsg } from '@nats-io/jetstream';
import { BasinetError } from '../errors.js';
import { corrupt } from './bytes.js';
import { decodeDraws, decodeSlot } from './codec.js';
import type { Bus } from './connection.js';
import { logGone } from './drawLog.js';
import { sameBytes, sha256, sha256Hex, toHex } from './hash.js';
import { chunkSubjectOf, drawStream } from './names.js';
import { busError, isAmbiguous, isFull, isNotFound, isStreamGone, isWritten } from './natsErrors.js';
import type { DecodedSlot, Draws, Manifest } from './records.js';

const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 2000;

/** Waits a little longer each time. */
export function backoff(signal?: AbortSignal): () => Promise<void> {
  let ms = RETRY_MIN_MS;
  return async () => {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
    if (signal?.aborted) throw new BasinetError('INTERRUPTED', 'stopped while waiting for NATS');
    ms = Math.min(RETRY_MAX_MS, ms * 2);
  };
}

/**
 * The last message of a subject (wildcards allowed), as the stream's leader knows it; null where there is none.
 * Asks until it gets an answer. Throws JOB_CONFLICT where the log is gone.
 */
export function lastMessage(bus: Bus, job: string, subject: string, signal?: AbortSignal): Promise<StoredMsg | null> {
  return answered(job, subject, signal, () =>
    bus.untilLost(bus.jsm.streams.getMessage(drawStream(job), { last_by_subj: subject })).catch((error: unknown) => {
      if (isNotFound(error)) return null;
      throw error;
    }),
  );
}

/** Every subject under `filter` that has a message. Asks and throws as `lastMessage`. */
export async function subjectsOf(bus: Bus, job: string, filter: string, signal?: AbortSignal): Promise<string[]> {
  const { state } = await answered(job, filter, signal, () => bus.untilLost(bus.jsm.streams.info(drawStream(job), { subjects_filter: filter })));
  return Object.keys(state.subjects ?? {});
}

async function answered<T>(job: string, subject: string, signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
  const wait = backoff(signal);
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (isStreamGone(error)) throw logGone(job);
      if (!isAmbiguous(error)) throw busError(error, `cannot read ${subject}`);
    }
    await wait();
  }
}

export interface WriteOptions {
  /** Gives up waiting for NATS. */
  readonly signal?: AbortSignal | undefined;
  /** Called before an attempt is repeated; what it throws ends the attempts. */
  readonly onAmbiguous?: () => Promise<void> | void;
}

/**
 * Writes a subject that nobody wrote before, and settles what is ambiguous by reading it back: the same bytes there
 * mean success. Throws LOG_FENCED where there are others, LOG_FULL where it was refused for want of room,
 * JOB_CONFLICT where the log is gone.
 */
export async function writeOnce(bus: Bus, job: string, subject: string, payload: Uint8Array, { signal, onAmbiguous }: WriteOptions = {}): Promise<void> {
  const wait = backoff(signal);
  for (;;) {
    try {
      const expect = { lastSubjectSequence: 0, streamName: drawStream(job) };
      const ack = await bus.untilLost(bus.js.publish(subject, payload, { expect, timeout: bus.timeoutMs }));
      if (!ack.duplicate) return;
    } catch (error) {
      if (isFull(error)) throw busError(error, `cannot write ${subject} (${payload.length} bytes)`);
      if (!isWritten(error) && !isAmbiguous(error)) throw busError(error, `cannot write ${subject}`);
    }
    await onAmbiguous?.();
    const there = await lastMessage(bus, job, subject, signal);
    if (there && sameBytes(there.data, payload)) return;
    if (there) {
      throw new BasinetError('LOG_FENCED', `${subject} was written by another worker`, { path: subject, remedy: 'Nothing: the other worker goes on with this chain.' });
    }
    await wait();
  }
}

/** Decodes a message and, for a manifest, fetches and checks its chunks. Throws LOG_CORRUPT. */
export async function resolveSlot(bus: Bus, job: string, subject: string, payload: Uint8Array, signal?: AbortSignal): Promise<DecodedSlot> {
  const { body, ...head } = decodeSlot(payload);
  return { ...head, body: body.kind === 'manifest' ? await fetchChunks(bus, job, subject, body, signal) : body };
}

async function fetchChunks(bus: Bus, job: string, slot: string, manifest: Manifest, signal?: AbortSignal): Promise<Draws> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const hash of manifest.chunks) {
    const subject = chunkSubjectOf(slot, toHex(hash));
    // A direct read may be served by a replica that lags; then the leader is asked.
    const message = (await directMessage(bus, job, subject)) ?? (await lastMessage(bus, job, subject, signal));
    if (!message) throw corrupt(subject, 'is listed in a manifest and does not exist');
    if (!sameBytes(sha256(message.data), hash)) throw corrupt(subject, `holds bytes with hash ${sha256Hex(message.data)}`);
    size += message.data.length;
    if (size > manifest.size) break;
    parts.push(message.data);
  }
  if (size !== manifest.size) throw corrupt(slot, `chunks of ${size} bytes where the manifest says ${manifest.size}`);
  return decodeDraws(Buffer.concat(parts));
}

async function directMessage(bus: Bus, job: string, subject: string): Promise<StoredMsg | null> {
  try {
    return await bus.untilLost(bus.jsm.direct.getMessage(drawStream(job), { last_by_subj: subject }));
  } catch {
    return null;
  }
}
