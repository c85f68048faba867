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

/**
 * Options of an aligner of this job's draws. Activations are computed by the engine: where its device class is the same,
 * alignments are to the last bit.
 *
 * @throws BasinetError what the engine throws
 */
export function alignerOptions(job: Job, posterior: Posterior, data: JobData, { engine, threads }: ActivationEngine): AlignerOptions {
  const { matching, signs, orders, maxSweeps, activations } = job.rebasin;
  const options = { matching, signs, orders, maxSweeps };
  if (activations === undefined) return options;
  const inputs = activationInputs(job, activations, data);
  return { ...options, activations: { activations: hiddenActivations(engine(), posterior, inputs, threads), centered: activations.centered } };
}

function activationInputs(job: Job, { data: source, rows: wanted }: NonNullable<Job['rebasin']['activations']>, { train, test, shape }: JobData): Dataset {
  const from = source === 'train' ? train : (test ?? train);
  const rows = Math.min(wanted, source === 'train' ? train.rows : probeRows(job, shape));
  const { features, inputs, targets } = from;
  return { rows, features, inputs: inputs.subarray(0, rows * features), targets: targets.subarray(0, (targets.length / from.rows) * rows) };
}
