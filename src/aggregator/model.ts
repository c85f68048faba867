// What a job means to its fold: sizes, grid, chains of a partition, probe, aligner.
import type { JobData } from '../data/dataset.js';
import { processorEngine } from '../engine/select.js';
import { BasinetError } from '../errors.js';
import { alignerOptions } from '../job/alignment.js';
import { chainsOf, chainsPerStart, drawsOfMean, gridOf, modelOf, probeRows, recordShape, referenceSource, referenceVersions, superchainOf, type ReferenceSource } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { Aligner } from '../rebasin/alignment.js';
import { createAligner } from '../rebasin/aligner.js';
import { createControl } from '../rebasin/control.js';
import { signedGroups } from '../rebasin/signs.js';
import type { ChainFoldModel } from './chainFold.js';
import { createProbe } from './probe.js';

/** What the draws of a job are aligned to, and how often that is made anew. */
export interface ReferencePlan {
  readonly source: ReferenceSource;
  /** 0 where no draws are aligned. */
  readonly versions: number;
  /** Source `file`: what is in it. */
  readonly file: Float32Array | null;
  /** First draws of every chain whose mean, aligned to this version, is the next one; null where there is no next. */
  readonly drawsOfMean: (version: number) => number | null;
}

/** To be disposed of when no fold uses it any more. */
export interface FoldModel extends ChainFoldModel, Disposable {
  readonly reference: ReferencePlan;
  /** Chains and partitions of the whole job. */
  readonly chains: number;
  readonly partitions: number;
  /** Names of the permutation groups, in the order of an alignment's permutations. */
  readonly groups: readonly string[];
  /** Chains of a partition, ascending. */
  chainsOf(partition: number): readonly number[];
  /** Number of the starting point that a chain shares with others; null where none is shared. */
  readonly superchainOf: ((chain: number) => number) | null;
  createAligner(reference: Float32Array): Aligner;
}

/** Works it out from the resolved job and its data. Throws DATA_INVALID where those lack the reference that the job names. */
export function foldModel(job: Job, data: JobData): FoldModel {
  const { network, posterior } = modelOf(job, data.shape);
  const rows = probeRows(job, data.shape);
  const probe = createProbe(posterior, data, rows);
  const { raw, aligned, control, quantiles, lowRank } = job.statistics;
  const plan = referencePlan(job, data);
  const shuffling = control === 'none' ? null : createControl(control, network, posterior.tensors);
  // Last: what throws after it would leave it behind.
  const alignment = alignerOptions(job, posterior, data, { engine: () => processorEngine(job.engine), threads: 1 });
  return {
    shape: recordShape(job, data.shape),
    draws: gridOf(job).draws,
    seed: job.seed,
    units: network.groups.map((group) => group.size),
    signed: signedGroups(network, job.rebasin.signs),
    raw,
    aligned,
    control: shuffling,
    histograms: quantiles.length > 0,
    lowRank,
    probe,
    reference: plan,
    chains: job.inference.chains,
    partitions: job.log.partitions,
    groups: network.groups.map((group) => group.name),
    chainsOf: (partition) => chainsOf(job, partition),
    superchainOf: chainsPerStart(job) === 1 ? null : (chain) => superchainOf(job, chain),
    createAligner: (reference) => createAligner(network, posterior.tensors, reference, alignment),
    [Symbol.dispose]: () => alignment[Symbol.dispose](),
  };
}

function referencePlan(job: Job, { reference }: JobData): ReferencePlan {
  const source = referenceSource(job);
  if (source === 'file' && reference === undefined) {
    throw new BasinetError('DATA_INVALID', 'the data of this job lack the network that its draws are to be aligned to', {
      path: 'rebasin.reference.file',
      remedy: 'Submit the job again with this version of basinet.',
    });
  }
  return { source, versions: referenceVersions(job), file: source === 'file' ? reference! : null, drawsOfMean: (version) => drawsOfMean(job, version) };
}
