// What a job means to its fold: sizes, grid, chains of a partition, probe, aligner.
import type { JobData } from '../data/dataset.js';
import { chainsOf, gridOf, modelOf, nextIteration, probeRows } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { Aligner } from '../rebasin/alignment.js';
import { createAligner } from '../rebasin/aligner.js';
import type { ChainFoldModel } from './chainFold.js';
import { createProbe } from './probe.js';

export interface FoldModel extends ChainFoldModel {
  /** Names of the permutation groups, in the order of an alignment's permutations. */
  readonly groups: readonly string[];
  /** Chains of a partition, ascending. */
  chainsOf(partition: number): readonly number[];
  createAligner(reference: Float32Array): Aligner;
}

/** Works it out from the resolved job and its data. */
export function foldModel(job: Job, data: JobData): FoldModel {
  const { network, posterior } = modelOf(job, data.shape);
  const { warmup, draws } = gridOf(job);
  const rows = probeRows(job, data.shape);
  const probe = createProbe(posterior, data, rows);
  return {
    shape: {
      nextIteration: (iteration) => nextIteration(job, iteration),
      warmup,
      dimension: posterior.dimension,
      probeSize: rows * data.shape.outputs,
    },
    draws,
    raw: job.statistics.raw,
    aligned: job.statistics.aligned,
    probe,
    groups: network.groups.map((group) => group.name),
    chainsOf: (partition) => chainsOf(job, partition),
    createAligner: (reference) => createAligner(network, posterior.tensors, reference, { maxSweeps: job.rebasin.maxSweeps }),
  };
}
