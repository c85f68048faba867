// A results directory: its draws as sampled, its job; data from the files that the job names, predictions on the probe computed anew.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { DrawSource, SourceDraw } from '../../aggregator/index.js';
import type { TransitionInfo } from '../../bus/records.js';
import type { JobData } from '../../data/dataset.js';
import { readJobData } from '../../data/read.js';
import type { EnginePotential } from '../../engine/engine.js';
import { processorEngine } from '../../engine/select.js';
import { BasinetError } from '../../errors.js';
import { loadJob } from '../../job/load.js';
import { modelOf, probeRows } from '../../job/plan.js';
import type { Job } from '../../job/schema.js';
import { RESULT_FILES } from '../../summary/files.js';
import { readFitted } from '../../summary/fitted.js';
import { readDraws, type StoredDraw, type StoredDraws } from '../../summary/readDraws.js';
import { readSummary } from '../../summary/readSummary.js';
import type { ResultsSummary } from '../../summary/summarySchema.js';
import { refoldedJob, type RefoldSettings } from './settings.js';
import type { RefoldTarget } from './target.js';

/**
 * @param jobFile - the job file that the run was started with, from whose directory data paths start; default: the results'
 * @throws BasinetError RESULTS_INVALID where the directory is no complete one, JOB_CONFLICT where its run has not ended,
 *   DATA_INVALID where data are not found, NETWORK_MISMATCH for draws or a job file of another network
 */
export async function resultsTarget(directory: string, jobFile: string | undefined, settings: RefoldSettings): Promise<RefoldTarget & Disposable> {
  refuseUnfinished(directory);
  const { summary } = await readSummary(directory);
  const job = refoldedJob(await jobOf(directory, jobFile), settings);
  const data = await dataOf(job, jobFile ?? join(directory, RESULT_FILES.job), jobFile !== undefined);
  const { posterior } = modelOf(job, data.shape);
  const stored = await readDraws(directory, posterior.tensors);
  const potential = processorEngine(job.engine).potential(posterior, data.train, { threads: availableParallelism() });
  return {
    job,
    data,
    source: resultsSource(stored, summary, predictor(job, data, potential)),
    fitted: job.inference.method === 'vi' ? (chain) => readFitted(directory, posterior.tensors, chain) : null,
    earlier: summary,
    [Symbol.dispose]: () => potential.dispose(),
  };
}

function refuseUnfinished(directory: string): void {
  if (!existsSync(join(directory, 'cluster', 'run.json')) || existsSync(join(directory, RESULT_FILES.summary))) return;
  throw new BasinetError('JOB_CONFLICT', `${directory} holds a run that has not ended`, { path: directory, remedy: `finish it first: basinet run --resume ${directory}` });
}

/** As it was sampled; of another job file only the place of the data is taken. */
async function jobOf(directory: string, jobFile: string | undefined): Promise<Job> {
  const own = await loadJob(join(directory, RESULT_FILES.job));
  if (jobFile === undefined) return own;
  const given = await loadJob(jobFile);
  for (const key of ['network', 'likelihood'] as const) {
    if (JSON.stringify(given[key]) === JSON.stringify(own[key])) continue;
    throw new BasinetError('NETWORK_MISMATCH', `${jobFile} has another ${key} than the job of ${directory}`, { path: key, value: given[key], remedy: 'give the job file that the run was started with' });
  }
  return { ...own, data: given.data };
}

async function dataOf(job: Job, jobFile: string, given: boolean): Promise<JobData> {
  try {
    return await readJobData(job, dirname(jobFile));
  } catch (error) {
    if (given || !(error instanceof BasinetError && error.code === 'DATA_INVALID')) throw error;
    throw new BasinetError('DATA_INVALID', error.message, { path: error.path ?? jobFile, value: error.value, remedy: 'give --job FILE, the job file that the run was started with: data paths start from its directory', cause: error });
  }
}

function resultsSource(stored: StoredDraws, summary: ResultsSummary, predict: (position: Float32Array) => Float32Array | null): DrawSource {
  async function* draws(chain: number, count = Infinity): AsyncGenerator<SourceDraw, void, undefined> {
    const place = stored.chains.findIndex((each) => each.chain === chain);
    if (place < 0) return;
    const indices = Array.from({ length: Math.min(count, stored.chains[place]!.draws) }, (_, index) => index);
    const gradients = summary.chains.find((each) => each.chain === chain)?.gradients ?? 0;
    for await (const draw of stored.chain(place, indices)) yield { iteration: draw.iteration, position: draw.position, info: infoOf(draw, gradients) };
  }
  return {
    draws: (chain) => draws(chain),
    async feed(fold, count, onDraws) {
      for (const chain of fold.chains) {
        for await (const draw of draws(chain.chain, count)) {
          const probeOutputs = fold.model.probe === null ? null : predict(draw.position);
          fold.foldRecord(chain, { ...draw, phase: 'sampling', adaptation: null, kernel: null, probeOutputs });
          onDraws(1);
        }
      }
    },
  };
}

/** What the store keeps of a transition; of the running counts, which it does not keep, the chain's gradients in the end are known. */
function infoOf({ info }: StoredDraw, totalGradients: number): TransitionInfo {
  const of = (name: string): number => info[name] ?? NaN;
  return {
    potentialEnergy: of('potential_energy'),
    kineticEnergy: of('kinetic_energy'),
    energyError: of('energy_error'),
    acceptanceRate: of('acceptance_rate'),
    accepted: of('accepted') === 1,
    divergent: of('diverging') === 1,
    stepSize: of('step_size'),
    leapfrogSteps: info['n_steps'] ?? 0,
    priorEnergy: NaN,
    likelihoodEnergy: NaN,
    totalGradients,
    totalDivergences: 0,
    meanAcceptanceRate: NaN,
  };
}

/** Outputs on the probe rows [rows, outputs], in memory that the next call overwrites, as workers computed them; null without a probe. */
function predictor(job: Job, data: JobData, potential: EnginePotential): (position: Float32Array) => Float32Array | null {
  const rows = probeRows(job, data.shape);
  const { inputs, features } = data.test ?? data.train;
  const probe = inputs.subarray(0, rows * features);
  const outputs = new Float32Array(rows * data.shape.outputs);
  return (position) => {
    if (rows === 0) return null;
    potential.predict(position, probe, rows, outputs);
    return outputs;
  };
}
