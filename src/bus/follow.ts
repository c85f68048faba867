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
  const { signal } = options;
  let ahead = nextMessage(bus, options, fromSequence);
  let from = fromSequence;
  try {
    while (!signal?.aborted) {
      const message = await ahead;
      if (message) from = message.seq + 1;
      else await delay(pollMs, undefined, signal ? { signal } : {}).catch(() => undefined);
      if (signal?.aborted) return;
      ahead = nextMessage(bus, options, from);
      if (message) yield message;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    ahead.catch(() => undefined);
  }
}

async function isGone(bus: Bus, stream: string): Promise<boolean> {
  try {
    await bus.untilLost(bus.jsm.streams.info(stream));
    return false;
  } catch (error) {
    return isStreamGone(error);
  }
}
