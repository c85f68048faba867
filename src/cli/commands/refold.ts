// `basinet refold`: the statistics of a job that has ended, folded again under another reference or other settings of the alignment.
import { refold as foldAgain } from '../../aggregator/index.js';
import { connectBus } from '../../bus/connection.js';
import { decodePartitionStatistics } from '../../bus/statistics.js';
import { processorEngine } from '../../engine/select.js';
import { BasinetError } from '../../errors.js';
import { modelOf } from '../../job/plan.js';
import { prepareOutputDirectory } from '../../summary/files.js';
import type { ResultsSummary } from '../../summary/summarySchema.js';
import { writeResults } from '../../summary/writeResults.js';
import { VERSION } from '../../version.js';
import { note, printResult } from '../output.js';
import { liesIn } from '../ownFiles.js';
import { clusterTarget } from '../refold/clusterTarget.js';
import { resultsTarget } from '../refold/resultsTarget.js';
import type { RefoldSettings } from '../refold/settings.js';
import type { RefoldTarget } from '../refold/target.js';
import { resultsProgress } from '../resultsProgress.js';
import { serverConnection } from '../serverConnection.js';
import { renderSummary } from '../summaryText.js';

export interface RefoldCommandOptions extends RefoldSettings {
  readonly out?: string;
  readonly overwrite?: boolean;
  /** The NATS server where the target is a job. */
  readonly server?: string;
  /** The job file beside which the data of a results directory lie. */
  readonly job?: string;
  readonly json?: boolean;
}

/** Everything that can be refused is refused before anything is folded. */
export async function refold(target: string, options: RefoldCommandOptions): Promise<void> {
  const out = options.out ?? (options.server === undefined ? `${target.replace(/\/+$/, '')}-refolded` : `results/${target}-refolded`);
  const summary = options.server === undefined ? await refoldResults(target, out, options) : await refoldJob(target, options.server, out, options);
  printResult(options.json === true, summary, () => renderSummary(summary, out));
}

async function refoldResults(directory: string, out: string, options: RefoldCommandOptions): Promise<ResultsSummary> {
  if (liesIn(out, directory)) {
    throw new BasinetError('USAGE', `refold: ${out} is or lies in ${directory}, which holds the draws that are to be folded`, { path: '--out', value: out, remedy: 'name another directory' });
  }
  using target = await resultsTarget(directory, options.job, options);
  return await write(target, out, options);
}

async function refoldJob(id: string, server: string, out: string, options: RefoldCommandOptions): Promise<ResultsSummary> {
  if (options.job !== undefined) {
    throw new BasinetError('USAGE', 'refold: --job is for a results directory; a job on a cluster has its data there', { path: '--job', value: options.job, remedy: 'leave it out' });
  }
  await using bus = await connectBus({ ...serverConnection(server), name: 'basinet-refold' });
  return await write(await clusterTarget(bus, id, options), out, options);
}

async function write({ job, data, source, fitted, earlier }: RefoldTarget, outDir: string, { overwrite = false }: RefoldCommandOptions): Promise<ResultsSummary> {
  const began = performance.now();
  const engine = processorEngine(job.engine);
  await prepareOutputDirectory(outDir, { overwrite });
  const folded = await foldAgain({ job, data, source, onProgress: foldProgress() });
  return writeResults({
    outDir,
    overwrite,
    job,
    data,
    posterior: modelOf(job, data.shape).posterior,
    partitions: folded.map((bytes) => decodePartitionStatistics(bytes)),
    draws: source.draws,
    fitted,
    engine,
    version: VERSION,
    createdAt: new Date().toISOString(),
    durations: { refold: (performance.now() - began) / 1000 },
    ...(earlier === null ? {} : { earlier }),
    onProgress: resultsProgress(),
  });
}

/** A line every tenth of the way. */
function foldProgress(): (done: number, total: number) => void {
  let tenths = 0;
  return (done, total) => {
    const now = Math.floor((10 * done) / total);
    if (now > tenths) note(`folding again: ${10 * now}%`);
    tenths = Math.max(tenths, now);
  };
}
