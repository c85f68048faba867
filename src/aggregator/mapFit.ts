// The maximum a posteriori fit that draws can be aligned to: a function of job and data alone, and of the device class in its last bits.
import type { JobData } from '../data/dataset.js';
import { selectEngine } from '../engine/select.js';
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
  const potential = selectEngine(job.engine).engine.potential(posterior, train, { threads });
  try {
    const start = createStart(job.seed, REFERENCE_CHAIN, potential, posterior, { from: 'map', ...job.rebasin.map });
    for (;;) {
      const { point } = start.step();
      if (point !== null) return point.position;
    }
  } finally {
    potential.dispose();
  }
}
