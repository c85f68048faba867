// The fold of a job whose draws are all there, once more: under another reference, or other settings of the alignment.
import { availableParallelism } from 'node:os';
import type { DrawRecord } from '../bus/records.js';
import type { JobData } from '../data/dataset.js';
import { BasinetError } from '../errors.js';
import type { Job } from '../job/schema.js';
import { PartitionFold, type Reference } from './fold.js';
import { fitMap } from './mapFit.js';
import { meanReference } from './meanReference.js';
import { foldModel, type FoldModel } from './model.js';
import { REFERENCE_CHAIN } from './reference.js';
import { partitionStatistics } from './statistics.js';

/** A kept draw without what was computed beside it. */
export type SourceDraw = Pick<DrawRecord, 'iteration' | 'position' | 'info'>;

/** Where the draws of a job lie. */
export interface DrawSource {
  /** Kept draws of a chain, in order. */
  readonly draws: (chain: number) => AsyncIterable<SourceDraw>;
  /** Folds what there is of the fold's partition, each chain in its own order; of every chain the first `draws` at least. */
  readonly feed: (fold: PartitionFold, draws: number, onDraws: (count: number) => void) => Promise<void>;
}

export interface RefoldOptions {
  /** As it is to be folded now. */
  readonly job: Job;
  readonly data: JobData;
  readonly source: DrawSource;
  /** Draws folded so far, and how many will be, over all versions of the reference. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The bytes of PartitionStatistics of every partition, in order: what the aggregators of a cluster would have stored, to the last
 * bit, given the same records. One partition is in memory at a time.
 *
 * @throws BasinetError JOB_CONFLICT where a chain lacks draws; what the source throws; SAMPLER_FAILED and ENGINE_UNAVAILABLE by the
 *   fit of a reference
 */
export async function refold({ job, data, source, onProgress = () => undefined }: RefoldOptions): Promise<Uint8Array[]> {
  using model = foldModel(job, data);
  const progress = counter(model, onProgress);
  let reference = await firstReference(job, data, model, source);
  // Of earlier versions only the mean counts.
  const lean: FoldModel = { ...model, raw: false, control: null, histograms: false, lowRank: 0, probe: null };
  for (let draws = nextMean(model, reference); reference !== null && draws !== null; draws = nextMean(model, reference)) {
    const parts: Float64Array[] = [];
    for (let partition = 0; partition < model.partitions; partition++) {
      const fold = await foldOf(lean, partition, reference, source, draws, progress);
      parts.push(fold.meanPart() ?? incomplete(fold, draws));
    }
    reference = { version: reference.version + 1, position: meanReference(parts, model.chains) };
  }
  const statistics: Uint8Array[] = [];
  for (let partition = 0; partition < model.partitions; partition++) {
    const fold = await foldOf(model, partition, reference, source, model.draws, progress);
    statistics.push(fold.finished ? partitionStatistics(fold) : incomplete(fold, model.draws));
  }
  return statistics;
}

const nextMean = ({ reference: plan }: FoldModel, reference: Reference | null): number | null => plan.drawsOfMean(reference?.version ?? 0);

/** Null where no draws are aligned. */
async function firstReference(job: Job, data: JobData, { reference: { source: kind, versions, file } }: FoldModel, source: DrawSource): Promise<Reference | null> {
  if (versions === 0) return null;
  if (file !== null) return { version: 1, position: file };
  if (kind === 'map') return { version: 1, position: fitMap(job, data, availableParallelism()) };
  for await (const { position } of source.draws(REFERENCE_CHAIN)) return { version: 1, position: position.slice() };
  return null;
}

async function foldOf(model: FoldModel, partition: number, reference: Reference | null, source: DrawSource, draws: number, onDraws: (count: number) => void): Promise<PartitionFold> {
  const fold = new PartitionFold(model, partition);
  if (reference !== null) fold.setReference(reference);
  await source.feed(fold, draws, onDraws);
  return fold;
}

function counter({ chains, draws, reference }: FoldModel, onProgress: (done: number, total: number) => void): (count: number) => void {
  let total = chains * draws;
  for (let version = 1; version < reference.versions; version++) total += chains * (reference.drawsOfMean(version) ?? 0);
  let done = 0;
  return (count) => onProgress(Math.min(total, (done += count)), total);
}

function incomplete({ chains }: PartitionFold, wanted: number): never {
  const short = chains.find(({ draws }) => draws < wanted);
  throw new BasinetError('JOB_CONFLICT', `chain ${short?.chain} has ${short?.draws} of ${wanted} draws`, {
    path: `chain ${short?.chain}`,
    value: short?.draws,
    remedy: 'Only what was sampled to its end can be folded again: finish the job first.',
  });
}
