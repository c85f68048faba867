// Objects that are replaced atomically: written under a name of their own, then pointed to from KV by compare-and-set.
import { randomBytes } from 'node:crypto';
import { BasinetError } from '../errors.js';
import { strictly } from './codec.js';
import type { Bus } from './connection.js';
import { sameBytes, sha256, toHex } from './hash.js';
import { keysOf } from './keys.js';
import { busError, isWritten } from './natsErrors.js';
import { deleteObject, getObject, listObjects, putObject } from './objects.js';
import { wire } from './wire.js';

export interface Pointed {
  readonly bytes: Uint8Array;
  readonly revision: number;
}

interface Place {
  readonly bucket: string;
  readonly store: string;
}

/**
 * Points `key` at new bytes. `previousRevision` is that of the pointer that this one replaces; 0: there must be none.
 * Returns the new revision, or null where another came first (then nothing has changed).
 */
export async function replacePointed(bus: Bus, { bucket, store }: Place, key: string, bytes: Uint8Array, previousRevision: number): Promise<number | null> {
  const kv = await bus.kv(bucket);
  const before = previousRevision === 0 ? null : await pointer(bus, bucket, key);
  const hash = sha256(bytes);
  // A random part: two writers of the same bytes must not delete each other's object.
  const object = `${key}/${toHex(hash)}-${randomBytes(8).toString('hex')}`;
  await putObject(bus, store, object, bytes);
  const value = wire.ObjectPointer.encode({ object, size: bytes.length, sha256: hash }).finish();
  let revision: number;
  try {
    revision = previousRevision === 0 ? await kv.create(key, value) : await kv.update(key, value, previousRevision);
  } catch (error) {
    if (!isWritten(error)) throw busError(error, `cannot write ${key} in ${bucket}`);
    // It may be ours: an answer was lost and the client asked again.
    const now = await pointer(bus, bucket, key);
    if (now?.object === object) return now.revision;
    await deleteObject(bus, store, object);
    return null;
  }
  if (before?.object && before.revision === previousRevision) await deleteObject(bus, store, before.object);
  return revision;
}

/** Null where nothing is pointed to. Throws STATE_INVALID where the object is not what the pointer says. */
export async function readPointed(bus: Bus, { bucket, store }: Place, key: string): Promise<Pointed | null> {
  for (;;) {
    const now = await pointer(bus, bucket, key);
    if (!now) return null;
    const bytes = now.object === null ? null : await getObject(bus, store, now.object);
    if (bytes && bytes.length === now.size && sameBytes(sha256(bytes), now.sha256)) return { bytes, revision: now.revision };
    // Replaced between the two reads: look again. Otherwise it is damaged.
    const later = await pointer(bus, bucket, key);
    if (later?.revision === now.revision) {
      throw new BasinetError('STATE_INVALID', `${bucket}/${key} points to an object that is ${bytes ? 'damaged' : 'missing'}`, { path: key, remedy: 'It is derived from the draw log: delete it and fold again.' });
    }
  }
}

/** Whether something is pointed to; the object is not looked at. */
export async function hasPointed(bus: Bus, { bucket }: Place, key: string): Promise<boolean> {
  return (await pointer(bus, bucket, key)) !== null;
}

/** Removes the pointer and its object; with `revision`, only while that one is pointed to. Idempotent. */
export async function deletePointed(bus: Bus, { bucket, store }: Place, key: string, revision?: number): Promise<void> {
  const now = await pointer(bus, bucket, key);
  if (!now || (revision !== undefined && now.revision !== revision)) return;
  const kv = await bus.kv(bucket);
  try {
    await kv.purge(key, { previousSeq: now.revision });
  } catch (error) {
    if (isWritten(error)) return;
    throw busError(error, `cannot delete ${key} in ${bucket}`);
  }
  if (now.object !== null) await deleteObject(bus, store, now.object);
}

/** Removes all that a job has here, also the objects that a killed writer left without a pointer. Idempotent. */
export async function deleteAllPointed(bus: Bus, place: Place, job: string): Promise<void> {
  for (const key of await keysOf(bus, place.bucket, `${job}.*`)) await deletePointed(bus, place, key);
  for (const name of await listObjects(bus, place.store, `${job}.`)) await deleteObject(bus, place.store, name);
}

interface Pointer {
  /** Null where what is there is no pointer. */
  readonly object: string | null;
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly revision: number;
}

async function pointer(bus: Bus, bucket: string, key: string): Promise<Pointer | null> {
  const kv = await bus.kv(bucket);
  const entry = await kv.get(key);
  if (!entry || entry.operation !== 'PUT') return null;
  const { revision } = entry;
  try {
    const { object, size, sha256: hash } = strictly(key, () => wire.ObjectPointer.decode(entry.value));
    return { object: object === '' ? null : object, size, sha256: hash, revision };
  } catch (error) {
    if (error instanceof BasinetError && error.code === 'LOG_CORRUPT') return { object: null, size: 0, sha256: new Uint8Array(0), revision };
    throw error;
  }
}
