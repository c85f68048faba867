// The maximum a posteriori fit that draws can be aligned to: a function of job and data alone, and of the device class in its last bits.
import type { JobData } from '../data/dataset.js';
import { processorEngine } from '../engine/select.js';
import { BasinetError } from '../errors.js';
import { createStart } from '../inference/start.js';
import { modelOf } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import { REFERENCE_CHAIN } from './reference.js';

/**
 * Adam on the full-batch potential, as `rebasin.map` says, from the prior draw that chain 0 would start from. [dimension]
 *
 * @param threads - of the engine
 * @throws BasinetError ENGINE_UNAVAILABLE, or SAMPLER_FAILED where the potential is not finite at any start
 */
export function fitMap(job: Job, { shape, train }: Pick<JobData, 'shape' | 'train'>, threads: number): Float32Array {
  const { posterior } = modelOf(job, shape);
  const potential = processorEngine(job.engine).potential(posterior, train, { threads });
  try {
    const start = createStart(job.seed, REFERENCE_CHAIN, potential, posterior, { from: 'map', ...job.rebasin.map });
    for (;;) {
      const { point } = start.step();
      if (point !== null) return point.position;
    }
  } catch (error) {
    if (!(error instanceof BasinetError && error.code === 'SAMPLER_FAILED')) throw error;
    throw new BasinetError('SAMPLER_FAILED', `the reference cannot be fitted: ${error.message}`, {
      path: 'rebasin.map.scale',
      value: job.rebasin.map.scale,
      remedy: 'Lower rebasin.map.scale, standardise the inputs (data.inputs.standardize), or narrow the prior.',
      cause: error,
    });
  } finally {
    potential.dispose();
  }
}
