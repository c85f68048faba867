// Puts a job on a cluster: its data set under its hash, then its record, which the coordinator acts on.
// Reading comes apart from putting, so that whatever is wrong with the data is said before anything is started.
import { dirname } from 'node:path';
import type { Bus } from '../bus/connection.js';
import { createJob } from '../bus/jobStore.js';
import { putDataset } from '../bus/objects.js';
import { packJobData, type PackedData } from '../data/container.js';
import { readRawData } from '../data/read.js';
import type { Job } from '../job/schema.js';
import { bytes } from './format.js';

export interface Submission {
  readonly job: Job;
  readonly data: PackedData;
}

/** Throws DATA_INVALID where the data cannot be read, JOB_INVALID where the job does not fit them. */
export async function readSubmission(job: Job, jobPath: string, say: (line: string) => void): Promise<Submission> {
  const raw = await readRawData(job, dirname(jobPath));
  for (const line of raw.notes) say(`data: ${line}`);
  const data = packJobData(raw);
  say(`data: ${raw.train.inputs.shape[0]} training rows${raw.test ? `, ${raw.test.inputs.shape[0]} test rows` : ''}, ${bytes(data.bytes.byteLength)}, sha256 ${data.hash.slice(0, 12)}…`);
  return { job, data };
}

/** Throws JOB_CONFLICT where a job of that name exists. */
export async function submitJob(bus: Bus, { job, data }: Submission): Promise<void> {
  const dataHash = await putDataset(bus, data.bytes);
  await createJob(bus, { id: job.name, jobJson: JSON.stringify(job), dataHash });
}
