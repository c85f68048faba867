// What a report is made from, and what its sections are.
import type { Dataset } from '../../engine/engine.js';
import type { Job } from '../../job/schema.js';
import type { Posterior } from '../../posterior/posterior.js';
import type { EvaluatedForm } from '../compact/evaluate.js';
import type { Evaluation } from '../evaluation/evaluate.js';
import type { MergedStatistics } from '../statistics.js';
import type { ResultsSummary } from '../summarySchema.js';
import type { ChainTrace } from '../traces.js';

export interface ReportInput {
  /** Its list of files is not used. */
  readonly summary: ResultsSummary;
  readonly job: Job;
  readonly posterior: Posterior;
  readonly aligned: MergedStatistics | null;
  readonly raw: MergedStatistics | null;
  readonly control: MergedStatistics | null;
  readonly traces: readonly ChainTrace[];
  readonly evaluation: Evaluation | null;
  /** Compact forms on the same rows. */
  readonly forms: readonly EvaluatedForm[];
  /** What was evaluated on: inputs of the examples. */
  readonly testSet: Dataset;
}

/** A part of the page; null where the job has nothing to show there. */
export interface Section {
  readonly id: string;
  /** In the navigation. */
  readonly label: string;
  readonly html: string;
}
