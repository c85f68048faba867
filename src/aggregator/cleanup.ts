// What is left of a job that needs no folding any more: snapshots, references, leases. All of it is derived from the log.
import type { Bus } from '../bus/connection.js';
import { getJob, isEnded, type JobRecord } from '../bus/jobStore.js';
import { keysOf } from '../bus/keys.js';
import { LEASE_BUCKET, REFERENCE_BUCKET, SNAPSHOT_BUCKET } from '../bus/names.js';
import { deleteReferences } from '../bus/reference.js';
import { deleteSnapshots } from '../bus/snapshots.js';

/** Whether nobody folds this job again. One that failed may be resumed, and its snapshots with it. */
export const isOver = (record: JobRecord | null): boolean => record === null || (isEnded(record.state) && record.state !== 'failed');

/** Removes what jobs left that ended while no aggregator was there to see it. */
export async function sweep(bus: Bus): Promise<void> {
  const jobs = new Set<string>();
  for (const bucket of [SNAPSHOT_BUCKET, REFERENCE_BUCKET, LEASE_BUCKET]) {
    for (const key of await storedKeys(bus, bucket, '*')) jobs.add(key.split('.')[0] ?? '');
  }
  for (const job of jobs) if (isOver((await getJob(bus, job))?.record ?? null)) await forgetState(bus, job);
}

/** Removes a job's private state. Idempotent; several aggregators may do it at once. */
export async function forgetState(bus: Bus, job: string): Promise<void> {
  await deleteSnapshots(bus, job);
  await deleteReferences(bus, job);
  const leases = await bus.kv(LEASE_BUCKET);
  for (const key of await storedKeys(bus, LEASE_BUCKET, job)) await leases.purge(key);
}

/** Keys `<job>.*` of a bucket that hold a value. */
export async function storedKeys(bus: Bus, bucket: string, job: string): Promise<string[]> {
  const kv = await bus.kv(bucket);
  const keys = await keysOf(bus, bucket, `${job}.*`);
  const entries = await Promise.all(keys.map((key) => kv.get(key)));
  return keys.filter((_, i) => entries[i]?.operation === 'PUT');
}
