// The next message of a stream, read directly: no consumer on the server, so that a restart of it only delays.
import { setTimeout as delay } from 'node:timers/promises';
import type { StoredMsg } from '@nats-io/jetstream';
import type { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { busError, isAmbiguous, isNotFound, isStreamGone } from './natsErrors.js';
import { backoff } from './slots.js';

export interface FollowOptions {
  readonly stream: string;
  /** Subject, wildcards allowed. */
  readonly filter: string;
  readonly signal?: AbortSignal | undefined;
  /** What to throw where the stream does not exist. */
  readonly gone: () => BasinetError;
  /**
   * For streams of latest values: begins anew after a lost connection, since the server may have lost its latest messages and
   * give their sequences to others.
   */
  readonly anew?: boolean;
}

/** First message from `sequence` on; null where there is none yet. Asks until it gets an answer. */
export async function nextMessage(bus: Bus, { stream, filter, signal, gone }: FollowOptions, sequence: number): Promise<StoredMsg | null> {
  const wait = backoff(signal);
  for (;;) {
    try {
      return await bus.untilLost(bus.jsm.direct.getMessage(stream, { seq: Math.max(1, sequence), next_by_subj: filter }));
    } catch (error) {
      if (isNotFound(error)) return null;
      if (isStreamGone(error)) throw gone();
      if (!isAmbiguous(error)) throw busError(error, `cannot read stream ${stream}`);
      // A direct read of a stream that is gone has no responders, as has one of a server that restarts.
      if (await isGone(bus, stream)) throw gone();
    }
    await wait();
  }
}

/** Messages from `fromSequence` on, for ever, one fetched ahead; ends when `signal` aborts. */
export async function* follow(bus: Bus, options: FollowOptions, fromSequence: number, pollMs: number): AsyncGenerator<StoredMsg, void, undefined> {
  const { signal, anew = false } = options;
  let { disconnects } = bus;
  const fetch = (sequence: number) => awaitedLater(nextMessage(bus, options, sequence));
  let ahead = fetch(fromSequence);
  let from = fromSequence;
  try {
    while (!signal?.aborted) {
      const message = await ahead;
      if (message) from = message.seq + 1;
      else await delay(pollMs, undefined, signal ? { signal } : {}).catch(() => undefined);
      if (signal?.aborted) return;
      if (anew && disconnects !== bus.disconnects) {
        ({ disconnects } = bus);
        from = fromSequence;
      }
      ahead = fetch(from);
      if (message) yield message;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** A promise that is awaited when its turn comes: until then, or where it never does, its rejection is nobody's crash. */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function isGone(bus: Bus, stream: string): Promise<boolean> {
  try {
    await bus.untilLost(bus.jsm.streams.info(stream));
    return false;
  } catch (error) {
    return isStreamGone(error);
  }
}
