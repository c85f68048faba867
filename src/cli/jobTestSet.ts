// A job's data as networks are evaluated on them: its test set, or its training set where it has none.
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { JobData } from '../data/dataset.js';
import { readInputs, readJobData } from '../data/read.js';
import { processorEngine } from '../engine/select.js';
import { loadJob } from '../job/load.js';
import { modelOf } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { Posterior } from '../posterior/posterior.js';
import { createTestSet, scorerOn, type Scorer, type TestSet } from '../summary/evaluation/evaluate.js';
import { inputSource } from './inputSource.js';

export interface JobTestSet extends TestSet, Scorer {
  readonly job: Job;
  readonly posterior: Posterior;
  readonly data: JobData;
  readonly about: { readonly job: string; readonly kind: 'categorical' | 'gaussian'; readonly split: 'test' | 'train'; readonly rows: number };
}

/**
 * Reads job and data; to be disposed of.
 *
 * @param elsewhere - files of inputs beside those that the job names
 * @throws BasinetError JOB_INVALID, DATA_INVALID, ENGINE_UNAVAILABLE
 */
export async function jobTestSet(path: string, elsewhere: readonly string[] = []): Promise<JobTestSet> {
  const job = await loadJob(path);
  const data = await readJobData(job, dirname(path));
  const { posterior } = modelOf(job, data.shape);
  const rows = data.test ?? data.train;
  const outOfDistribution = [...data.outOfDistribution];
  for (const file of elsewhere) outOfDistribution.push(await readInputs(await inputSource(file, job), '.', job, data));
  const testSet = createTestSet(processorEngine(job.engine), posterior, rows, { threads: availableParallelism(), scaling: data.targetScaling, outOfDistribution });
  const kind = posterior.likelihood.kind === 'categorical' ? 'categorical' : 'gaussian';
  return { ...testSet, ...scorerOn(testSet), job, posterior, data, about: { job: job.name, kind, split: data.test === null ? 'train' : 'test', rows: rows.rows } };
}
