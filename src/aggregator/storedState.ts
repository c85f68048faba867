// Where a partition's folds begin: at their snapshot where that belongs to this very log and job, else at the log's start.
import type { Bus } from '../bus/connection.js';
import { messageHash, type LogIdentity } from '../bus/drawLog.js';
import { sameBytes } from '../bus/hash.js';
import { snapshotKey } from '../bus/names.js';
import { deleteSnapshot, loadSnapshot } from '../bus/snapshots.js';
import { BasinetError } from '../errors.js';
import { PartitionFold, referenceHash, type Reference } from './fold.js';
import { LogFold, type Folds } from './logFold.js';
import type { References, ReferenceJob } from './reference.js';
import { decodeSnapshot, type LogPosition, type SavedFold, type Snapshot } from './snapshot.js';

/** A job as its fold needs it. */
export interface FoldJob extends ReferenceJob {
  readonly id: string;
  /** SHA-256 of the job file and the data: another job under the same name has none of our state. */
  readonly hash: Uint8Array;
}

export interface StoredState {
  readonly folds: Folds;
  /** Revision of the snapshot that the next one replaces; 0 where there is none. */
  readonly revision: number;
  /** Why the snapshot that there is was not used; null where there is none, or it was. */
  readonly rejected: string | null;
}

/** Restores a partition's folds, or begins a new one. Errors of the bus pass through. */
export async function restoreFolds(bus: Bus, job: FoldJob, partition: number, identity: LogIdentity, references: References): Promise<StoredState> {
  const key = snapshotKey(job.id, partition);
  // Under the newest version that there is: what was folded under older ones is of no use any more.
  const fresh = async (revision: number, rejected: string | null): Promise<StoredState> => ({
    folds: { live: newFold(job, partition, identity, await references.newest(0)), successor: null },
    revision,
    rejected,
  });
  let revision = 0;
  try {
    const stored = await loadSnapshot(bus, key);
    if (stored === null) return await fresh(0, null);
    ({ revision } = stored);
    const snapshot = decodeSnapshot(stored.bytes);
    const rejected = await misfit(bus, job, snapshot, identity, references);
    if (rejected !== null) return await fresh(revision, rejected);
    const restore = async ({ position, fold: state }: SavedFold): Promise<LogFold> => {
      const fold = new PartitionFold(job.model, partition, state);
      const reference = state.referenceVersion > 0 ? await references.known(state.referenceVersion) : null;
      if (reference !== null) fold.setReference(reference);
      return new LogFold(fold, position);
    };
    const { live, successor } = snapshot;
    return { folds: { live: await restore(live), successor: successor && (await restore(successor)) }, revision, rejected: null };
  } catch (error) {
    if (!(error instanceof BasinetError && error.code === 'STATE_INVALID')) throw error;
    // The pointer leads to no object: nothing can be compared and set on it.
    if (revision === 0) await deleteSnapshot(bus, key);
    return fresh(revision, error.message);
  }
}

/** A fold from the log's start. */
export function newFold(job: FoldJob, partition: number, { createdAtMs, firstSequence }: Pick<LogPosition, 'createdAtMs' | 'firstSequence'>, reference: Reference | null): LogFold {
  const fold = new PartitionFold(job.model, partition);
  if (reference !== null) fold.setReference(reference);
  return new LogFold(fold, { createdAtMs, firstSequence, sequence: 0, hash: new Uint8Array(0) });
}

/** Why the snapshot is not of this log, job and references, or null. */
async function misfit(bus: Bus, job: FoldJob, { jobHash, live, successor }: Snapshot, identity: LogIdentity, references: References): Promise<string | null> {
  if (!sameBytes(jobHash, job.hash)) return 'it is of another job of the same name';
  for (const saved of successor === null ? [live] : [live, successor]) {
    const problem = (await misplaced(bus, job.id, saved.position, identity)) ?? (await misaligned(saved, references));
    if (problem !== null) return problem;
  }
  return null;
}

async function misplaced(bus: Bus, job: string, position: LogPosition, identity: LogIdentity): Promise<string | null> {
  if (position.createdAtMs !== identity.createdAtMs) return 'the draw log was made anew since';
  if (position.firstSequence !== identity.firstSequence) return 'the draw log lost its beginning since';
  if (position.sequence === 0) return null;
  if (position.sequence > identity.lastSequence) return 'the draw log lost its end since';
  const hash = await messageHash(bus, job, position.sequence);
  return hash !== null && sameBytes(hash, position.hash) ? null : 'the draw log holds another message at its place';
}

async function misaligned({ fold }: SavedFold, references: References): Promise<string | null> {
  if (fold.referenceVersion === 0) return null;
  const reference = await references.known(fold.referenceVersion);
  if (reference === null) return 'the reference that its draws were aligned to is gone';
  return sameBytes(referenceHash(reference), fold.referenceHash) ? null : 'its draws were aligned to another reference';
}
