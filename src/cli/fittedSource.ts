// What the chains of a variational job fitted, as the draw log holds it.
import { recordsOf } from '../aggregator/index.js';
import type { Bus } from '../bus/connection.js';
import type { RecordShape } from '../bus/outline.js';
import { BasinetError } from '../errors.js';
import type { Job } from '../job/schema.js';
import type { FittedDistribution } from '../summary/fitted.js';

/** Null where a job of this method fits no distribution. What it returns throws LOG_CORRUPT where the last checkpoint holds none. */
export function fittedSource(bus: Bus, job: Job, shape: RecordShape): ((chain: number) => Promise<FittedDistribution>) | null {
  if (job.inference.method !== 'vi') return null;
  return async (chain) => {
    for await (const { iteration, kernel } of recordsOf(bus, job, chain, shape)) {
      if (iteration !== shape.warmup) continue;
      const { mean, logStd } = kernel?.arrays ?? {};
      if (mean instanceof Float32Array && logStd instanceof Float32Array) return { mean: mean.slice(), std: logStd.map(Math.exp), elbo: kernel?.scalars['elbo'] ?? NaN };
    }
    throw new BasinetError('LOG_CORRUPT', `the draw log does not hold what chain ${chain} of job ${job.name} fitted`, { path: `chain ${chain}`, value: shape.warmup });
  };
}
