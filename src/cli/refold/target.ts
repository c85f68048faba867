// What `basinet refold` works on, wherever it lies: a job as it is to be folded, its data and its draws.
import type { DrawSource } from '../../aggregator/index.js';
import type { JobData } from '../../data/dataset.js';
import type { Job } from '../../job/schema.js';
import type { FittedDistribution } from '../../summary/fitted.js';
import type { ResultsSummary } from '../../summary/summarySchema.js';

export interface RefoldTarget {
  /** With the changed settings. */
  readonly job: Job;
  readonly data: JobData;
  readonly source: DrawSource;
  /** What a chain of a variational job fitted; null of any other job. */
  readonly fitted: ((chain: number) => Promise<FittedDistribution>) | null;
  /** The summary of the results that the draws come from; null where they come from the log. */
  readonly earlier: ResultsSummary | null;
}
