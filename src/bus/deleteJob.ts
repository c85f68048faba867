// Removes everything that a job left on the cluster.
import type { Bus } from './connection.js';
import { deleteDrawLog } from './drawLog.js';
import { clearFailures } from './failures.js';
import { deleteJobRecord, getJob, listJobs } from './jobStore.js';
import { keysOf } from './keys.js';
import { DATA_STORE, LEASE_BUCKET, RESULT_STORE } from './names.js';
import { deleteObject, listObjects } from './objects.js';
import { deleteReferences } from './reference.js';
import { deleteSnapshots } from './snapshots.js';
import { deleteStatus } from './status.js';
import { deleteTasks, ensureTasks } from './tasks.js';

/** The record goes first, so that roles let go of the job; the data set stays while another job uses it. Idempotent. */
export async function deleteJob(bus: Bus, job: string): Promise<void> {
  const stored = await getJob(bus, job);
  await deleteJobRecord(bus, job);
  await ensureTasks(bus);
  await deleteTasks(bus, job);
  await deleteDrawLog(bus, job);
  await deleteStatus(bus, job);
  await clearFailures(bus, job);
  await deleteSnapshots(bus, job);
  await deleteReferences(bus, job);
  const leases = await bus.kv(LEASE_BUCKET);
  for (const key of await keysOf(bus, LEASE_BUCKET, `${job}.*`)) await leases.purge(key);
  for (const name of await listObjects(bus, RESULT_STORE, `${job}/`)) await deleteObject(bus, RESULT_STORE, name);
  if (stored && !(await listJobs(bus)).some(({ record }) => record.dataHash === stored.record.dataHash)) {
    await deleteObject(bus, DATA_STORE, stored.record.dataHash);
  }
}
