// The reference that all draws of a job are aligned to: published once per version, whoever comes first.
import type { Bus } from './connection.js';
import { REFERENCE_BUCKET, REFERENCE_STORE, referenceKey } from './names.js';
import { deleteAllPointed, readPointed, replacePointed } from './pointers.js';

const PLACE = { bucket: REFERENCE_BUCKET, store: REFERENCE_STORE };

/** Returns the reference of this version as all must use it: `bytes` where they were first, else the winner's. */
export async function publishReference(bus: Bus, job: string, version: number, bytes: Uint8Array): Promise<Uint8Array> {
  const known = await getReference(bus, job, version);
  if (known) return known;
  if ((await replacePointed(bus, PLACE, referenceKey(job, version), bytes, 0)) !== null) return bytes;
  return (await getReference(bus, job, version)) ?? bytes;
}

/** Null where none was published yet. */
export async function getReference(bus: Bus, job: string, version: number): Promise<Uint8Array | null> {
  const pointed = await readPointed(bus, PLACE, referenceKey(job, version));
  return pointed && pointed.bytes;
}

/** All of a job's. Idempotent. */
export const deleteReferences = (bus: Bus, job: string): Promise<void> => deleteAllPointed(bus, PLACE, job);
