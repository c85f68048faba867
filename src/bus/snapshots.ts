// Aggregators' snapshots: immutable objects, pointed to by compare-and-set.
import { BasinetError } from '../errors.js';
import type { Bus } from './connection.js';
import { SNAPSHOT_BUCKET, SNAPSHOT_STORE } from './names.js';
import { deleteAllPointed, deletePointed, readPointed, replacePointed, type Pointed } from './pointers.js';

const PLACE = { bucket: SNAPSHOT_BUCKET, store: SNAPSHOT_STORE };

/**
 * Saves a snapshot under `snapshotKey(job, partition)`; `previousRevision` is the one that was loaded or saved last, 0 for
 * the first. The replaced object is deleted. Returns the new revision. Throws LOG_FENCED where another aggregator saved since.
 */
export async function saveSnapshot(bus: Bus, key: string, bytes: Uint8Array, previousRevision: number): Promise<number> {
  const revision = await replacePointed(bus, PLACE, key, bytes, previousRevision);
  if (revision !== null) return revision;
  throw new BasinetError('LOG_FENCED', `another aggregator saved a snapshot of ${key}`, { path: key, remedy: 'Nothing: the other aggregator goes on with this partition.' });
}

/** Null where there is none. Throws STATE_INVALID where the object is missing or damaged. */
export const loadSnapshot = (bus: Bus, key: string): Promise<Pointed | null> => readPointed(bus, PLACE, key);

/** Idempotent. With `revision`, only while that one is pointed to. */
export const deleteSnapshot = (bus: Bus, key: string, revision?: number): Promise<void> => deletePointed(bus, PLACE, key, revision);

/** All of a job's. Idempotent. */
export const deleteSnapshots = (bus: Bus, job: string): Promise<void> => deleteAllPointed(bus, PLACE, job);
