// Which workers there are and what they have: entries that go by themselves where they are not renewed.
import { BasinetError } from '../errors.js';
import { strictly } from './codec.js';
import type { Bus } from './connection.js';
import { keysOf } from './keys.js';
import { WORKER_BUCKET, WORKER_TTL_MS } from './names.js';
import { busError } from './natsErrors.js';
import { wire, type basinet } from './wire.js';

export type WorkerAnnouncement = basinet.v1.WorkerAnnouncement;

/** How often an entry is to be renewed, so that it lives. */
export const ANNOUNCE_MS = WORKER_TTL_MS / 3;

/** A host's name may hold what a key may not. */
const keyOf = (worker: string): string => worker.replace(/[^A-Za-z0-9_-]/g, '_');

/** Says, or says again, what a worker has. Throws BUS_UNAVAILABLE where the server does not take it. */
export async function announceWorker(bus: Bus, worker: basinet.v1.IWorkerAnnouncement & { readonly name: string }): Promise<void> {
  try {
    await (await bus.kv(WORKER_BUCKET)).put(keyOf(worker.name), wire.WorkerAnnouncement.encode(worker).finish());
  } catch (error) {
    throw busError(error, `cannot announce worker ${worker.name}`);
  }
}

/** Takes the entry of a worker back that ends. */
export async function withdrawWorker(bus: Bus, name: string): Promise<void> {
  try {
    await (await bus.kv(WORKER_BUCKET)).purge(keyOf(name));
  } catch (error) {
    throw busError(error, `cannot take the announcement of worker ${name} back`);
  }
}

/** Those that live, or died within the last seconds, by name. What is no announcement is left out. */
export async function listWorkers(bus: Bus): Promise<WorkerAnnouncement[]> {
  const kv = await bus.kv(WORKER_BUCKET);
  const found: WorkerAnnouncement[] = [];
  for (const key of await keysOf(bus, WORKER_BUCKET)) {
    const entry = await kv.get(key);
    if (entry?.operation !== 'PUT') continue;
    try {
      found.push(strictly(key, () => wire.WorkerAnnouncement.decode(entry.value)));
    } catch (error) {
      if (!(error instanceof BasinetError)) throw error;
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
