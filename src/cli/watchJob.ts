// Follows a job until it ends: its status messages into the view's state, its record for the outcome.
import type { Bus } from '../bus/connection.js';
import { getJob, isEnded, watchJobs, type JobRecord } from '../bus/jobStore.js';
import { latestStatus, watchStatus } from '../bus/status.js';
import { BasinetError } from '../errors.js';
import type { RunState } from './view.js';

/** The record with which the job ended. Throws JOB_CONFLICT where no such job exists; ends early when `signal` aborts. */
export async function watchJob(bus: Bus, id: string, state: RunState, signal: AbortSignal): Promise<JobRecord | null> {
  const done = new AbortController();
  const both = AbortSignal.any([signal, done.signal]);
  const statuses = follow(bus, id, state, both);
  try {
    for await (const change of watchJobs(bus, { id, signal: both })) {
      if (change.job === null) throw new BasinetError('JOB_CONFLICT', `job ${id} does not exist, or was deleted`, { value: id });
      if (!isEnded(change.job.record.state)) continue;
      await showLast(bus, id, state);
      return change.job.record;
    }
    const last = signal.aborted ? null : await getJob(bus, id);
    return last !== null && isEnded(last.record.state) ? last.record : null;
  } finally {
    done.abort();
    await statuses;
  }
}

async function follow(bus: Bus, id: string, state: RunState, signal: AbortSignal): Promise<void> {
  try {
    for await (const update of watchStatus(bus, id, { signal })) state.update(update);
  } catch (error) {
    // The view is a courtesy: losing it must not end the run, whose outcome is in the record.
    if (!signal.aborted) process.stderr.write(`status: ${(error as Error).message}\n`);
  }
}

/** The final figures may still be on their way when the record says that the job has ended. */
async function showLast(bus: Bus, id: string, state: RunState): Promise<void> {
  const { chains, partitions } = await latestStatus(bus, id);
  for (const chain of chains.values()) state.update({ kind: 'chain', chain });
  for (const partition of partitions.values()) state.update({ kind: 'partition', partition });
}
