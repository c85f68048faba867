// What a job means to its fold: sizes, grid, chains of a partition, probe, aligner.
import type { JobData } from '../data/dataset.js';
import { chainsOf, modelOf, nextIteration, probeRows, superchainOf } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { Aligner } from '../rebasin/alignment.js';
import { createAligner } from '../rebasin/aligner.js';
import { createControl } from '../rebasin/control.js';
import type { ChainFoldModel } from './chainFold.js';
import { createProbe } from './probe.js';

export interface FoldModel extends ChainFoldModel {
  /** Names of the permutation groups, in the order of an alignment's permutations. */
  readonly groups: readonly string[];
  /** Chains of a partition, ascending. */
  chainsOf(partition: number): readonly number[];
  /** Number of the starting point that a chain shares with others; null where none is shared. */
  readonly superchainOf: ((chain: number) => number) | null;
  createAligner(reference: Float32Array): Aligner;
}

/** Works it out from the resolved job and its data. */
export function foldModel(job: Job, data: JobData): FoldModel {
  const { network, posterior } = modelOf(job, data.shape);
  const rows = probeRows(job, data.shape);
  const probe = createProbe(posterior, data, rows);
  const { raw, aligned, control, quantiles, lowRank } = job.statistics;
  return {
    shape: {
      nextIteration: (iteration) => nextIteration(job, iteration),
      warmup: job.inference.warmup,
      dimension: posterior.dimension,
      probeSize: rows * data.shape.outputs,
    },
    draws: job.inference.draws,
    seed: job.seed,
    raw,
    aligned,
    control: control === 'none' ? null : createControl(control, network, posterior.tensors),
    histograms: quantiles.length > 0,
    lowRank,
    probe,
    groups: network.groups.map((group) => group.name),
    chainsOf: (partition) => chainsOf(job, partition),
    superchainOf: job.inference.start.chainsPerStart === 1 ? null : (chain) => superchainOf(job, chain),
    createAligner: (reference) => createAligner(network, posterior.tensors, reference, { maxSweeps: job.rebasin.maxSweeps }),
  };
}
