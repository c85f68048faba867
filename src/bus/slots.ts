// Single messages of a draw log: read from the stream's leader, written once.
import { setTimeout as delay } from 'node:timers/promises';
import type { StoredMsg } from '@nats-io/jetstream';
import { BasinetError } from '../errors.js';
import { corrupt } from './bytes.js';
import { decodeChunked, decodeSlot, strictly } from './codec.js';
import type { Bus } from './connection.js';
import { logGone } from './drawLog.js';
import { sameBytes, sha256, sha256Hex, toHex } from './hash.js';
import { whenMade } from './made.js';
import { chunkSubjectOf, drawStream } from './names.js';
import { busError, isAmbiguous, isFull, isNotFound, isStreamGone, isWritten } from './natsErrors.js';
import { maxManifestBytes, type RecordShape } from './outline.js';
import type { DecodedSlot, Manifest } from './records.js';

const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 2000;

const interrupted = () => new BasinetError('INTERRUPTED', 'stopped while waiting for NATS');

/** Waits a little longer each time. */
export function backoff(signal?: AbortSignal): () => Promise<void> {
  let ms = RETRY_MIN_MS;
  return async () => {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
    if (signal?.aborted) throw interrupted();
    ms = Math.min(RETRY_MAX_MS, ms * 2);
  };
}

/**
 * The last message of a subject (wildcards allowed), as the stream's leader knows it; null where there is none.
 * Asks until it gets an answer. Throws JOB_CONFLICT where the log is gone.
 */
export function lastMessage(bus: Bus, job: string, subject: string, signal?: AbortSignal): Promise<StoredMsg | null> {
  const stream = drawStream(job);
  return answered(job, subject, signal, async () => {
    await bus.untilLost(whenMade(bus.nc, bus.jsm, stream, signal));
    try {
      return await bus.untilLost(bus.jsm.streams.getMessage(stream, { last_by_subj: subject }));
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  });
}

async function answered<T>(job: string, subject: string, signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
  const wait = backoff(signal);
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (signal?.aborted) throw interrupted();
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
export async function resolveSlot(bus: Bus, job: string, subject: string, payload: Uint8Array, shape: RecordShape, signal?: AbortSignal): Promise<DecodedSlot> {
  const { body, ...head } = decodeSlot(payload);
  if (body.kind !== 'manifest') return { ...head, body };
  const limit = maxManifestBytes(shape);
  if (body.size > limit) throw corrupt(subject, `a manifest of ${body.size} bytes, where a record of this job takes less than ${limit}`, body.size);
  return { ...head, body: decodeChunked(await fetchChunks(bus, job, subject, body, signal)) };
}

/** No more is fetched than the manifest says, and each chunk once: a state of zeros has many that are the same. */
async function fetchChunks(bus: Bus, job: string, slot: string, { chunks, size }: Manifest, signal?: AbortSignal): Promise<Uint8Array> {
  if (chunks.length > size) throw corrupt(slot, `${chunks.length} chunks where the manifest says ${size} bytes`);
  const whole = strictly(slot, () => new Uint8Array(size));
  const places = new Map<string, { readonly start: number; readonly end: number }>();
  let filled = 0;
  for (const hash of chunks) {
    const name = toHex(hash);
    const known = places.get(name);
    const chunk = known ? whole.subarray(known.start, known.end) : await fetchChunk(bus, job, chunkSubjectOf(slot, name), hash, signal);
    const end = filled + chunk.length;
    if (end > size) throw corrupt(slot, `chunks of more than the ${size} bytes that the manifest says`);
    if (!known) places.set(name, { start: filled, end });
    whole.set(chunk, filled);
    filled = end;
  }
  if (filled !== size) throw corrupt(slot, `chunks of ${filled} bytes where the manifest says ${size}`);
  return whole;
}

async function fetchChunk(bus: Bus, job: string, subject: string, hash: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
  // A direct read may be served by a replica that lags; then the leader is asked.
  const message = (await directMessage(bus, job, subject)) ?? (await lastMessage(bus, job, subject, signal));
  if (!message) throw corrupt(subject, 'is listed in a manifest and does not exist');
  if (!sameBytes(sha256(message.data), hash)) throw corrupt(subject, `holds bytes with hash ${sha256Hex(message.data)}`);
  return message.data;
}

async function directMessage(bus: Bus, job: string, subject: string): Promise<StoredMsg | null> {
  try {
    return await bus.untilLost(bus.jsm.direct.getMessage(drawStream(job), { last_by_subj: subject }));
  } catch {
    return null;
  }
}
