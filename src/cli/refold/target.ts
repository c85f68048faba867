// What `basinet refold` works on, wherever it lies: a job as it is to be folded, its data and its draws.
import type { DrawSource } from '../../aggregator/index.js';
import type { JobData } from '../../data/dataset.js';
import type { Job } from '../../job/schema.js';

export interface RefoldTarget {
  /** With the changed settings. */
  readonly job: Job;
  readonly data: JobData;
  readonly source: DrawSource;
  /** Device classes that made the draws. */
  readonly deviceClasses: readonly string[];
}
