// Fetches what a completed job left on the cluster and writes the files that users get.
import type { Bus } from '../bus/connection.js';
import type { JobRecord } from '../bus/jobStore.js';
import { ChainJudge, type RecordShape } from '../bus/judge.js';
import { readChain } from '../bus/logReader.js';
import { RESULT_STORE, resultObject } from '../bus/names.js';
import { getDataset, getObject } from '../bus/objects.js';
import type { DrawRecord, KernelState } from '../bus/records.js';
import { decodePartitionStatistics } from '../bus/statistics.js';
import { latestStatus } from '../bus/status.js';
import type { basinet } from '../bus/wire.js';
import { unpackJobData } from '../data/container.js';
import { selectEngine } from '../engine/select.js';
import { BasinetError } from '../errors.js';
import { resolveJob } from '../job/load.js';
import { gridOf, modelOf, nextIteration, partitionOf, probeRows } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { ResultsSummary } from '../summary/summarySchema.js';
import { writeResults, type ResultsStage } from '../summary/writeResults.js';
import { VERSION } from '../version.js';

export interface CollectOptions {
  readonly outDir: string;
  /** Wall-clock seconds that the run took, for the summary. */
  readonly elapsedSeconds: number;
  readonly onProgress: (stage: ResultsStage, fraction: number) => void;
}

/** Throws JOB_FAILED where a partition's statistics are missing, LOG_CORRUPT where they are damaged. */
export async function collectResults(bus: Bus, record: JobRecord, options: CollectOptions): Promise<ResultsSummary> {
  const job = resolveJob(JSON.parse(record.jobJson));
  const data = unpackJobData(await getDataset(bus, record.dataHash), job);
  const { posterior } = modelOf(job, data.shape);
  const partitions: basinet.v1.PartitionStatistics[] = [];
  for (let partition = 0; partition < job.log.partitions; partition++) partitions.push(await statisticsOf(bus, record.id, partition));
  const shape: RecordShape = {
    nextIteration: (iteration) => nextIteration(job, iteration),
    warmup: gridOf(job).warmup,
    dimension: posterior.dimension,
    probeSize: probeRows(job, data.shape) * data.shape.outputs,
  };
  const { chains } = await latestStatus(bus, record.id);
  return writeResults({
    outDir: options.outDir,
    // The directory is this run's own: what is there is an earlier attempt at the same results.
    overwrite: true,
    job,
    data,
    posterior,
    partitions,
    draws: (chain) => drawsOf(bus, job, chain, shape),
    ...(job.inference.method === 'vi' && { fitted: (chain: number) => fittedOf(bus, job, chain, shape) }),
    engine: selectEngine(job.engine).engine,
    version: VERSION,
    createdAt: new Date().toISOString(),
    durations: { run: options.elapsedSeconds },
    deviceClasses: [...new Set([...chains.values()].map((chain) => chain.deviceClass))].filter((name) => name !== '').sort(),
    onProgress: options.onProgress,
  });
}

async function statisticsOf(bus: Bus, job: string, partition: number): Promise<basinet.v1.PartitionStatistics> {
  const bytes = await getObject(bus, RESULT_STORE, resultObject(job, partition));
  if (bytes !== null) return decodePartitionStatistics(bytes);
  throw new BasinetError('JOB_FAILED', `the statistics of partition ${partition} of job ${job} are missing`, {
    remedy: 'start an aggregator on this cluster: it folds the log again and writes them',
  });
}

/** The kept draws of a chain, in order. */
async function* drawsOf(bus: Bus, job: Job, chain: number, shape: RecordShape): AsyncGenerator<DrawRecord, void, undefined> {
  for await (const record of recordsOf(bus, job, chain, shape)) if (record.phase === 'sampling') yield record;
}

/** What the last checkpoint of a fit carries. */
async function fittedOf(bus: Bus, job: Job, chain: number, shape: RecordShape): Promise<KernelState> {
  for await (const { iteration, kernel } of recordsOf(bus, job, chain, shape)) if (iteration === shape.warmup && kernel) return kernel;
  throw new BasinetError('LOG_CORRUPT', `the draw log does not hold what chain ${chain} of job ${job.name} fitted`, { path: `chain ${chain}`, value: shape.warmup });
}

/** The records of a chain, by the same judgement as the aggregator's. */
async function* recordsOf(bus: Bus, job: Job, chain: number, shape: RecordShape): AsyncGenerator<DrawRecord, void, undefined> {
  const judge = new ChainJudge(shape);
  for await (const entry of readChain(bus, job.name, partitionOf(job, chain), chain)) {
    const verdict = judge.judge(entry);
    if (verdict.accepted) yield* verdict.draws;
  }
}
