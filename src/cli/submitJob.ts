// Puts a job on a cluster: its data set under its hash, then its record, which the coordinator acts on.
import { dirname } from 'node:path';
import type { Bus } from '../bus/connection.js';
import { createJob } from '../bus/jobStore.js';
import { putDataset } from '../bus/objects.js';
import { packJobData } from '../data/container.js';
import { readRawData } from '../data/read.js';
import type { Job } from '../job/schema.js';
import { bytes } from './format.js';

/** Throws JOB_CONFLICT where a job of that name exists. */
export async function submitJob(bus: Bus, job: Job, jobPath: string, say: (line: string) => void): Promise<void> {
  const raw = await readRawData(job, dirname(jobPath));
  for (const line of raw.notes) say(`data: ${line}`);
  const packed = packJobData(raw);
  say(`data: ${raw.train.inputs.shape[0]} training rows${raw.test ? `, ${raw.test.inputs.shape[0]} test rows` : ''}, ${bytes(packed.bytes.byteLength)}, sha256 ${packed.hash.slice(0, 12)}…`);
  const dataHash = await putDataset(bus, packed.bytes);
  await createJob(bus, { id: job.name, jobJson: JSON.stringify(job), dataHash });
}
