// The options that say how saved networks are aligned, and what a job says where they are silent.
import { BasinetError } from '../errors.js';
import { resolveJob } from '../job/load.js';
import type { Job } from '../job/schema.js';
import type { AlignerOptions, Matching } from '../rebasin/index.js';
import { positiveInteger } from './numbers.js';

export interface AlignmentCommandOptions {
  readonly matching?: Matching;
  readonly signs?: boolean;
  readonly orders?: string;
  readonly maxSweeps?: string;
}

/** As the options say, without activations to match. Throws USAGE. */
export function alignmentOf({ matching = 'weights', signs, orders, maxSweeps }: AlignmentCommandOptions): Required<Omit<AlignerOptions, 'activations' | 'native'>> {
  if (orders !== undefined && matching !== 'weights') {
    throw new BasinetError('USAGE', `--orders: --matching ${matching} goes through the layers once, in one order`, { path: '--orders', value: orders, remedy: 'leave out one of the two' });
  }
  return {
    matching,
    signs: signs ?? 'auto',
    orders: orders === undefined ? 1 : positiveInteger('--orders', orders),
    maxSweeps: maxSweeps === undefined ? 50 : positiveInteger('--max-sweeps', maxSweeps),
  };
}

/** The job with what the options say of its alignment. Throws USAGE, and JOB_INVALID where job and options exclude each other. */
export function withAlignment(job: Job, options: AlignmentCommandOptions): Job {
  const { matching, signs, orders, maxSweeps } = alignmentOf({ matching: job.rebasin.matching, ...options });
  const { activations, ...rebasin } = job.rebasin;
  return resolveJob({
    ...job,
    rebasin: {
      ...rebasin,
      matching,
      ...(options.signs !== undefined && { signs }),
      orders: options.orders === undefined && matching === 'weights' ? rebasin.orders : orders,
      ...(options.maxSweeps !== undefined && { maxSweeps }),
      ...(matching === 'activations' && activations !== undefined && { activations }),
    },
  });
}

/** As job and options say, but weights: for the mean of a posterior, whose units put out what no draw's do. Throws as `withAlignment`. */
export function weightMatchingOf(job: Job, options: Omit<AlignmentCommandOptions, 'matching'>): Omit<AlignerOptions, 'activations'> {
  const { signs, orders, maxSweeps } = withAlignment(job, { ...options, matching: 'weights' }).rebasin;
  return { signs, orders, maxSweeps };
}
