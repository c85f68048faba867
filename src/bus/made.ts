// Making streams while others make or read them: nats-server before 2.9.15 shows one before it has its store, and dies of whoever reads from it then.
import { setTimeout as delay } from 'node:timers/promises';
import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream';
import { compare, parseSemVer, type NatsConnection } from '@nats-io/transport-node';
import { apiCode, isStreamGone } from './natsErrors.js';

const MADE_BEFORE_SHOWN = parseSemVer('2.9.15');
const POLL_MS = 10;
const SUBJECTS_OVERLAP = 10065;

/** Its time of creation is set together with the store, and is that of year 1 before. */
const isMade = ({ created }: StreamInfo): boolean => Date.parse(created) > 0;

/**
 * Resolves when a stream that the server shows can be read: to be awaited before all that reads from it but direct reads, which are
 * answered from then on only, and before consumers are made. Making a stream that is there already, or is just being made by
 * another, says nothing. Rejects as `streams.info` does, so where there is none, and where `signal` is aborted.
 */
export async function whenMade(nc: Pick<NatsConnection, 'info'>, jsm: JetStreamManager, stream: string, signal?: AbortSignal): Promise<void> {
  // The server that this connection is with stands for its whole cluster.
  if (compare(parseSemVer(nc.info?.version ?? '0.0.0'), MADE_BEFORE_SHOWN) >= 0) return;
  while (!isMade(await jsm.streams.info(stream))) await delay(POLL_MS, undefined, signal ? { signal } : {});
}

/**
 * What `make` returns, once the stream can be read. Of several that make one at the same moment, the server may tell some that its
 * subjects are another's: those of the same stream, which is there by then.
 */
export async function making<T>(nc: Pick<NatsConnection, 'info'>, jsm: JetStreamManager, stream: string, make: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const made = await make();
      await whenMade(nc, jsm, stream);
      return made;
    } catch (error) {
      if (apiCode(error) !== SUBJECTS_OVERLAP || !(await exists(jsm, stream))) throw error;
    }
    await delay(POLL_MS);
  }
}

async function exists(jsm: JetStreamManager, stream: string): Promise<boolean> {
  try {
    await jsm.streams.info(stream);
    return true;
  } catch (error) {
    if (isStreamGone(error)) return false;
    throw error;
  }
}
