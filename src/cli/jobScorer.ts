// Scores of networks on a job's data: its test set, or its training set where it has none.
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { readJobData } from '../data/read.js';
import { selectEngine } from '../engine/select.js';
import { loadJob } from '../job/load.js';
import { modelOf } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { Posterior } from '../posterior/posterior.js';
import { createScorer, type Scorer } from '../summary/evaluation/evaluate.js';

export interface JobScorer extends Scorer {
  readonly job: Job;
  readonly posterior: Posterior;
  readonly about: { readonly job: string; readonly kind: 'categorical' | 'gaussian'; readonly split: 'test' | 'train'; readonly rows: number };
}

/** Reads job and data; to be disposed of. Throws JOB_INVALID, DATA_INVALID, ENGINE_UNAVAILABLE. */
export async function jobScorer(path: string): Promise<JobScorer> {
  const job = await loadJob(path);
  const { train, test, shape, targetScaling } = await readJobData(job, dirname(path));
  const { posterior } = modelOf(job, shape);
  const data = test ?? train;
  const kind = posterior.likelihood.kind === 'categorical' ? 'categorical' : 'gaussian';
  const scorer = createScorer(selectEngine(job.engine).engine, posterior, data, { threads: availableParallelism(), scaling: targetScaling });
  return { ...scorer, job, posterior, about: { job: job.name, kind, split: test === null ? 'train' : 'test', rows: data.rows } };
}
