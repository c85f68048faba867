// What writing results takes.
import type { basinet } from '../bus/wire.js';
import type { JobData } from '../data/dataset.js';
import type { Engine } from '../engine/engine.js';
import type { Job } from '../job/schema.js';
import type { Posterior } from '../posterior/posterior.js';
import type { ResultDraw } from './drawStore.js';
import type { OutputDirectoryOptions } from './files.js';
import type { FittedDistribution } from './fitted.js';
import type { ResultsSummary } from './summarySchema.js';

/** Draws that results are evaluated with, evenly spaced within chains. */
export const DEFAULT_EVALUATED_DRAWS = 1000;

export type ResultsStage = 'merge' | 'draws' | 'tensors' | 'compact' | 'report';

export interface WriteResultsOptions extends OutputDirectoryOptions {
  readonly outDir: string;
  readonly job: Job;
  readonly data: Pick<JobData, 'train' | 'test' | 'outOfDistribution' | 'targetScaling'>;
  readonly posterior: Posterior;
  /** Of every partition of the job, in any order. */
  readonly partitions: readonly basinet.v1.IPartitionStatistics[];
  /** Draws of one chain, in order; called once a chain, one chain after another. */
  readonly draws: (chain: number) => AsyncIterable<ResultDraw>;
  /** Of a variational job: what a chain fitted. Called once a chain. Null, the default, of any other. */
  readonly fitted?: ((chain: number) => Promise<FittedDistribution>) | null;
  readonly engine: Engine;
  /** Threads for predictions; default: all. */
  readonly threads?: number;
  /** The predictive averages at most so many draws, evenly spaced within chains. Default DEFAULT_EVALUATED_DRAWS. */
  readonly maxEvaluatedDraws?: number;
  /** Version of basinet. */
  readonly version: string;
  /** ISO 8601; null (default) leaves it out, so that results depend on nothing but the job. */
  readonly createdAt?: string | null;
  /** Seconds by stage, as the caller measured them. */
  readonly durations?: Readonly<Record<string, number>>;
  /** What an earlier summary says of these draws, where they come from results, which hold no claims. */
  readonly earlier?: Pick<ResultsSummary, 'chains' | 'deviceClasses'>;
  /** `fraction` of the stage, 0 to 1. */
  readonly onProgress?: (stage: ResultsStage, fraction: number) => void;
}
