// Fetches what a completed job left on the cluster and writes the files that users get.
import { logSource } from '../aggregator/index.js';
import type { Bus } from '../bus/connection.js';
import type { JobRecord } from '../bus/jobStore.js';
import { sameBytes } from '../bus/hash.js';
import { RESULT_STORE, resultObject } from '../bus/names.js';
import { getDataset, getObject } from '../bus/objects.js';
import { decodePartitionStatistics } from '../bus/statistics.js';
import type { basinet } from '../bus/wire.js';
import { unpackJobData } from '../data/container.js';
import { processorEngine } from '../engine/select.js';
import { BasinetError } from '../errors.js';
import { resolveJob } from '../job/load.js';
import { modelOf, recordShape } from '../job/plan.js';
import type { ResultsSummary } from '../summary/summarySchema.js';
import { writeResults, type ResultsStage } from '../summary/writeResults.js';
import { VERSION } from '../version.js';
import { fittedSource } from './fittedSource.js';

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
  requireOneReference(record.id, partitions);
  const shape = recordShape(job, data.shape);
  return writeResults({
    outDir: options.outDir,
    // The directory is this run's own: what is there is an earlier attempt at the same results.
    overwrite: true,
    job,
    data,
    posterior,
    partitions,
    draws: logSource(bus, job, shape).draws,
    fitted: fittedSource(bus, job, shape),
    engine: processorEngine(job.engine),
    version: VERSION,
    createdAt: new Date().toISOString(),
    durations: { run: options.elapsedSeconds },
    onProgress: options.onProgress,
  });
}

/** Partitions that were folded under different references cannot be merged. */
function requireOneReference(job: string, partitions: readonly basinet.v1.PartitionStatistics[]): void {
  const [first] = partitions;
  const other = partitions.find(({ reference, referenceVersion }) => referenceVersion !== first?.referenceVersion || !sameBytes(reference, first.reference));
  if (other === undefined) return;
  throw new BasinetError('JOB_FAILED', `partition ${other.partition} of job ${job} is aligned to version ${other.referenceVersion} of the reference, partition ${first?.partition} to version ${first?.referenceVersion}, or to another network`, {
    path: `partition ${other.partition}`,
    value: other.referenceVersion,
    remedy: 'Fold its log again (basinet refold), or start an aggregator on this cluster and try again.',
  });
}

async function statisticsOf(bus: Bus, job: string, partition: number): Promise<basinet.v1.PartitionStatistics> {
  const bytes = await getObject(bus, RESULT_STORE, resultObject(job, partition));
  if (bytes !== null) return decodePartitionStatistics(bytes);
  throw new BasinetError('JOB_FAILED', `the statistics of partition ${partition} of job ${job} are missing`, {
    remedy: 'start an aggregator on this cluster: it folds the log again and writes them',
  });
}
