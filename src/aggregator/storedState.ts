// Where a partition's fold begins: at its snapshot where that belongs to this very log and job, else at the log's start.
import type { Bus } from '../bus/connection.js';
import { messageHash, type LogIdentity } from '../bus/drawLog.js';
import { sameBytes } from '../bus/hash.js';
import { snapshotKey } from '../bus/names.js';
import { deleteSnapshot, loadSnapshot } from '../bus/snapshots.js';
import { BasinetError } from '../errors.js';
import { PartitionFold, type Reference } from './fold.js';
import type { FoldModel } from './model.js';
import { knownReference } from './reference.js';
import { decodeSnapshot, type LogPosition, type Snapshot } from './snapshot.js';

/** A job as its fold needs it. */
export interface FoldJob {
  readonly id: string;
  /** SHA-256 of the job file and the data: another job under the same name has none of our state. */
  readonly hash: Uint8Array;
  readonly model: FoldModel;
}

export interface StoredState {
  readonly fold: PartitionFold;
  readonly position: LogPosition;
  /** Revision of the snapshot that the next one replaces; 0 where there is none. */
  readonly revision: number;
  /** Why the snapshot that there is was not used; null where there is none, or it was. */
  readonly rejected: string | null;
}

/** Restores a partition's fold, or begins a new one. Errors of the bus pass through. */
export async function restoreFold(bus: Bus, job: FoldJob, partition: number, identity: LogIdentity): Promise<StoredState> {
  const key = snapshotKey(job.id, partition);
  const fresh = (revision: number, rejected: string | null): StoredState => ({
    fold: new PartitionFold(job.model, partition),
    position: { createdAtMs: identity.createdAtMs, firstSequence: identity.firstSequence, sequence: 0, hash: new Uint8Array(0) },
    revision,
    rejected,
  });
  let revision = 0;
  try {
    const stored = await loadSnapshot(bus, key);
    if (stored === null) return fresh(0, null);
    ({ revision } = stored);
    const snapshot = decodeSnapshot(stored.bytes);
    const rejected = await misfit(bus, job, snapshot, identity);
    if (rejected !== null) return fresh(revision, rejected);
    const reference = await referenceOf(bus, job, snapshot);
    if (reference === 'missing') return fresh(revision, 'the reference that its draws were aligned to is gone');
    const fold = new PartitionFold(job.model, partition, snapshot.fold);
    if (reference !== null) fold.setReference(reference);
    return { fold, position: snapshot.position, revision, rejected: null };
  } catch (error) {
    if (!(error instanceof BasinetError && error.code === 'STATE_INVALID')) throw error;
    // The pointer leads to no object: nothing can be compared and set on it.
    if (revision === 0) await deleteSnapshot(bus, key);
    return fresh(revision, error.message);
  }
}

/** Why the snapshot is not of this log and job, or null. */
async function misfit(bus: Bus, job: FoldJob, { position, jobHash }: Snapshot, identity: LogIdentity): Promise<string | null> {
  if (!sameBytes(jobHash, job.hash)) return 'it is of another job of the same name';
  if (position.createdAtMs !== identity.createdAtMs) return 'the draw log was made anew since';
  if (position.firstSequence !== identity.firstSequence) return 'the draw log lost its beginning since';
  if (position.sequence === 0) return null;
  if (position.sequence > identity.lastSequence) return 'the draw log lost its end since';
  const hash = await messageHash(bus, job.id, position.sequence);
  return hash !== null && sameBytes(hash, position.hash) ? null : 'the draw log holds another message at its place';
}

async function referenceOf(bus: Bus, job: FoldJob, { fold, position }: Snapshot): Promise<Reference | 'missing' | null> {
  if (fold.referenceVersion === 0) return null;
  const reference = await knownReference(bus, { job: job.id, createdAtMs: position.createdAtMs }, job.model.shape.dimension);
  return reference?.version === fold.referenceVersion ? reference : 'missing';
}
