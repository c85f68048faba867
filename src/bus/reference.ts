// The references that all draws of a job are aligned to, and what they are made of: each published once, whoever comes first.
import { BasinetError } from '../errors.js';
import { bytesOf, checkLength, float32Of, float64Of } from './bytes.js';
import type { Bus } from './connection.js';
import { REFERENCE_BUCKET, REFERENCE_STORE, referenceKey, referencePartKey } from './names.js';
import { deleteAllPointed, deletePointed, hasPointed, readPointed, replacePointed } from './pointers.js';

const PLACE = { bucket: REFERENCE_BUCKET, store: REFERENCE_STORE };

/** The draw log whose references they are: one made anew under the same name has references of its own. */
export interface ReferenceLog {
  readonly job: string;
  /** Creation time of the draw log. */
  readonly createdAtMs: number;
}

/** Returns the reference [dimension] of this version as all must use it: `position` where it was first, else the winner's. Throws LOG_CORRUPT. */
export async function publishReference(bus: Bus, log: ReferenceLog, version: number, position: Float32Array): Promise<Float32Array> {
  return (await publishOnce(bus, referenceKey(log, version), bytesOf(position))) ? position : ((await getReference(bus, log, version, position.length)) ?? position);
}

/** Null where none was published yet. Throws LOG_CORRUPT for one of another size. */
export async function getReference(bus: Bus, log: ReferenceLog, version: number, dimension: number): Promise<Float32Array | null> {
  const bytes = await readWhole(bus, referenceKey(log, version));
  if (bytes === null) return null;
  const position = float32Of(bytes, 'reference');
  checkLength(position, dimension, 'reference');
  return position;
}

/** Publishes a partition's part [dimension] of the mean that a version of the reference is. Idempotent: every aggregator arrives at the same. */
export async function publishReferencePart(bus: Bus, log: ReferenceLog, version: number, partition: number, part: Float64Array): Promise<void> {
  await publishOnce(bus, referencePartKey(log, version, partition), bytesOf(part));
}

/** The parts of all partitions, in their order; null where one is still missing. Throws LOG_CORRUPT for one of another size. */
export async function getReferenceParts(bus: Bus, log: ReferenceLog, version: number, partitions: number, dimension: number): Promise<Float64Array[] | null> {
  const keys = Array.from({ length: partitions }, (_, partition) => referencePartKey(log, version, partition));
  for (const key of keys) if (!(await hasPointed(bus, PLACE, key))) return null;
  const parts: Float64Array[] = [];
  for (const key of keys) {
    const bytes = await readWhole(bus, key);
    if (bytes === null) return null;
    const part = float64Of(bytes, key);
    checkLength(part, dimension, key);
    parts.push(part);
  }
  return parts;
}

/** Forgets the parts of a version that is published. Idempotent. */
export async function deleteReferenceParts(bus: Bus, log: ReferenceLog, version: number, partitions: number): Promise<void> {
  for (let partition = 0; partition < partitions; partition++) await deletePointed(bus, PLACE, referencePartKey(log, version, partition));
}

/** All of a job's. Idempotent. */
export const deleteReferences = (bus: Bus, job: string): Promise<void> => deleteAllPointed(bus, PLACE, job);

/** Null also for what a power failure of the server has damaged: it is forgotten, and made again by those who need it. */
async function readWhole(bus: Bus, key: string): Promise<Uint8Array | null> {
  try {
    return (await readPointed(bus, PLACE, key))?.bytes ?? null;
  } catch (error) {
    if (!(error instanceof BasinetError && error.code === 'STATE_INVALID')) throw error;
    await deletePointed(bus, PLACE, key);
    return null;
  }
}

/** Whether these bytes are the first under `key`. */
async function publishOnce(bus: Bus, key: string, bytes: Uint8Array): Promise<boolean> {
  return !(await hasPointed(bus, PLACE, key)) && (await replacePointed(bus, PLACE, key, bytes, 0)) !== null;
}
