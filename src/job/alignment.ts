// How a job's draws are aligned, and the inputs on which activations are compared.
import type { JobData } from '../data/dataset.js';
import { hiddenActivations } from '../engine/activations.js';
import type { Dataset, Engine } from '../engine/engine.js';
import type { Posterior } from '../posterior/posterior.js';
import type { AlignerOptions } from '../rebasin/index.js';
import { probeRows } from './plan.js';
import type { Job } from './schema.js';

export interface ActivationEngine {
  /** Called only where activations are matched. */
  readonly engine: () => Engine;
  readonly threads: number;
}

/** Options of a job's aligners, to be disposed of when none of them is used any more: where activations are matched, an engine computes them. */
export interface JobAlignment extends AlignerOptions, Disposable {}

/**
 * Options of an aligner of this job's draws. Activations are computed by the engine: where its device class is the same,
 * alignments are to the last bit.
 *
 * @throws BasinetError what the engine throws
 */
export function alignerOptions(job: Job, posterior: Posterior, data: JobData, { engine, threads }: ActivationEngine): JobAlignment {
  const { matching, signs, orders, maxSweeps, activations } = job.rebasin;
  const options = { matching, signs, orders, maxSweeps };
  if (activations === undefined) return { ...options, [Symbol.dispose]: () => undefined };
  const hidden = hiddenActivations(engine(), posterior, activationInputs(job, activations, data), threads);
  return { ...options, activations: { activations: hidden.at, centered: activations.centered }, [Symbol.dispose]: () => hidden[Symbol.dispose]() };
}

function activationInputs(job: Job, { data: source, rows: wanted }: NonNullable<Job['rebasin']['activations']>, { train, test, shape }: JobData): Dataset {
  const from = source === 'train' ? train : (test ?? train);
  const rows = Math.min(wanted, source === 'train' ? train.rows : probeRows(job, shape));
  const { features, inputs, targets } = from;
  return { rows, features, inputs: inputs.subarray(0, rows * features), targets: targets.subarray(0, (targets.length / from.rows) * rows) };
}
