// Waiting out what NATS brings about: a server that starts, restarts, or is short of time.
import { setTimeout as delay } from 'node:timers/promises';
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { isAmbiguous } from './natsErrors.js';

const PAUSE_MS = 1000;

/** Whether an error says that NATS did not answer, or not now: the same call may go through later. */
export const isTrouble = (error: unknown): boolean => (error instanceof BasinetError ? error.code === 'BUS_UNAVAILABLE' : isAmbiguous(error));

/** Repeats `action` while NATS is in trouble. Null where `signal` aborts first. Throws what is no trouble, and where the connection is closed for good. */
export async function patiently<T>(bus: Bus, action: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  while (!signal.aborted) {
    try {
      return await action();
    } catch (error) {
      if (!isTrouble(error) || bus.nc.isClosed()) throw error;
    }
    await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return null;
}
