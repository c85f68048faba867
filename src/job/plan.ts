// What follows from a job and the shape of its data: model, grid of iterations, sizes.
import type { RecordShape } from '../bus/outline.js';
import type { DataShape } from '../data/dataset.js';
import { BasinetError } from '../errors.js';
import {
  checkpointIterations as gridCheckpoints,
  drawIteration,
  gridOf as gridOfSettings,
  nextRecordIteration,
  totalIterations as gridTotal,
  type Grid,
} from '../inference/grid.js';
import { heldOutRows } from '../inference/heldOut.js';
import { denseNetwork } from '../network/dense.js';
import type { Network } from '../network/network.js';
import { buildPosterior } from '../posterior/build.js';
import type { Posterior } from '../posterior/posterior.js';
import type { Job } from './schema.js';

/** Parameters whose float32 position takes 2 GiB. */
const MAX_DIMENSION = 2 ** 29;

export interface Model {
  readonly network: Network;
  readonly posterior: Posterior;
}

/** The network and posterior of a job for data of this shape. */
export function modelOf(job: Job, shape: Pick<DataShape, 'features' | 'outputs'>): Model {
  const network = denseNetwork(shape.features, job.network.hidden, shape.outputs);
  return { network, posterior: buildPosterior(network, job) };
}

/** The grid of iterations at which a chain of this job leaves records. */
export function gridOf(job: Job): Grid {
  return gridOfSettings(job.inference, job.log.warmupCheckpointEvery);
}

/** Iterations of a chain, warmup included. */
export function totalIterations(job: Job): number {
  return gridTotal(gridOf(job));
}

/** Iterations of the warmup checkpoints, the last of warmup among them. Empty without warmup. */
export function checkpointIterations(job: Job): number[] {
  return gridCheckpoints(gridOf(job));
}

/** Iterations of the kept draws. */
export function drawIterations(job: Job): number[] {
  const grid = gridOf(job);
  return Array.from({ length: grid.draws }, (_, index) => drawIteration(grid, index));
}

/**
 * The iteration of the record after one at `iteration` (0: the start), or null after the last draw.
 * Constant time, for readers that judge draw by draw.
 */
export function nextIteration(job: Job, iteration: number): number | null {
  return nextRecordIteration(gridOf(job), iteration);
}

/** Chains that share a starting point; 1 for fits, each of which starts for itself. */
export function chainsPerStart({ inference: { start } }: Pick<Job, 'inference'>): number {
  return 'chainsPerStart' in start ? start.chainsPerStart : 1;
}

/** Number of the starting point that a chain shares with the others of its superchain. */
export function superchainOf(job: Job, chain: number): number {
  return Math.floor(chain / chainsPerStart(job));
}

/** Partition of the draw log that holds a chain: that of its whole superchain. */
export function partitionOf(job: Job, chain: number): number {
  return superchainOf(job, chain) % job.log.partitions;
}

/** Chains of a partition, in order. */
export function chainsOf(job: Job, partition: number): number[] {
  return Array.from({ length: job.inference.chains }, (_, chain) => chain).filter((chain) => partitionOf(job, chain) === partition);
}

/** How the reference of a job's alignment comes about. */
export type ReferenceSource = 'first-draw' | 'map' | 'mean' | 'file';

export function referenceSource({ rebasin: { reference } }: Pick<Job, 'rebasin'>): ReferenceSource {
  return typeof reference === 'string' ? reference : 'file';
}

/** How many versions of the reference there will be: draws count in the end as aligned to the last. 0 where none are aligned. */
export function referenceVersions(job: Job): number {
  if (!job.statistics.aligned) return 0;
  return referenceSource(job) === 'mean' ? job.rebasin.versions : 1;
}

/**
 * First draws of every chain whose mean, aligned to this version of the reference, is the next one: ⌈draws · version /
 * versions⌉. Null where there is no next.
 */
export function drawsOfMean(job: Job, version: number): number | null {
  const versions = referenceVersions(job);
  return version >= 1 && version < versions ? Math.ceil((gridOf(job).draws * version) / versions) : null;
}

/** Rows of the probe: of the test set, or of the training set where there is none. */
export function probeRows(job: Job, shape: Pick<DataShape, 'trainRows' | 'testRows'>): number {
  return Math.min(job.probe.rows, shape.testRows > 0 ? shape.testRows : shape.trainRows);
}

/** What the records of this job look like: for readers of the log. */
export function recordShape(job: Job, shape: DataShape): RecordShape {
  return {
    nextIteration: (iteration) => nextIteration(job, iteration),
    warmup: gridOf(job).warmup,
    dimension: modelOf(job, shape).posterior.dimension,
    probeSize: probeRows(job, shape) * shape.outputs,
  };
}

/** Bytes of one kept draw in the log: position, probe outputs and kernel state, and about 150 of scalars and framing. */
export function bytesPerDraw(job: Job, shape: DataShape): number {
  const { posterior } = modelOf(job, shape);
  return (4 + carriedBytes(job).draw) * posterior.dimension + 4 * probeRows(job, shape) * shape.outputs + 150;
}

/** Bytes of one warmup checkpoint in the log, at most: position, and what a successor needs besides. */
export function bytesPerCheckpoint(job: Job, shape: DataShape): number {
  const { dimension } = modelOf(job, shape).posterior;
  return dimension * (4 + carriedBytes(job).checkpoint) + 250;
}

/** Bytes a parameter, besides its position, that records carry for who goes on from them; of checkpoints at most. */
function carriedBytes({ inference }: Job): { readonly checkpoint: number; readonly draw: number } {
  switch (inference.method) {
    case 'hmc':
      // Mass matrix in float32, open window in float64.
      return { checkpoint: inference.massMatrix === 'diagonal' ? 4 + 16 : 0, draw: 0 };
    case 'map':
      // Moments in float64, best position in float32.
      return { checkpoint: (inference.optimizer === 'adam' ? 16 : 8) + (inference.earlyStopping ? 4 : 0), draw: 0 };
    case 'sgld':
      return { checkpoint: 0, draw: 0 };
    case 'sghmc':
      return { checkpoint: 4, draw: 4 };
    case 'vi':
      // Mean, log standard deviation and two moments of each in float32.
      return { checkpoint: 24, draw: 0 };
  }
}

/** Bytes of the whole draw log: draws and checkpoints of all chains. Claims and slot headers are below a percent of it. */
export function logBytes(job: Job, shape: DataShape): number {
  const perChain = gridOf(job).draws * bytesPerDraw(job, shape) + checkpointIterations(job).length * bytesPerCheckpoint(job, shape);
  return job.inference.chains * perChain;
}

/** Size limit to give the stream: the job's own, or one and a half times `logBytes` and 64 MiB. */
export function maxLogBytes(job: Job, shape: DataShape): number {
  return job.log.maxBytes ?? Math.ceil(1.5 * logBytes(job, shape)) + 64 * 1024 * 1024;
}

/**
 * What only the data can tell about a job.
 *
 * @throws BasinetError JOB_INVALID where the network is too large to hold, mini-batches are larger than the data, or the draw log
 *   cannot hold the job's draws
 */
export function checkJobAgainstData(job: Job, shape: DataShape): void {
  const { dimension } = modelOf(job, shape).posterior;
  if (dimension > MAX_DIMENSION) {
    throw new BasinetError('JOB_INVALID', `network.hidden makes ${dimension} parameters of ${shape.features} inputs and ${shape.outputs} outputs; at most ${MAX_DIMENSION} can be sampled`, {
      path: 'network.hidden',
      value: job.network.hidden.map((layer) => layer.width),
      remedy: 'Use narrower layers, and check that inputs and classes are what you expect.',
    });
  }
  checkBatches(job, shape.trainRows);
  const needed = logBytes(job, shape);
  if (maxLogBytes(job, shape) >= needed) return;
  throw new BasinetError('JOB_INVALID', `log.maxBytes is ${job.log.maxBytes}, and the draws of this job take ${needed} bytes`, {
    path: 'log.maxBytes',
    value: job.log.maxBytes,
    remedy: `Leave it out, or set it to ${Math.ceil(1.2 * needed)} or more; fewer draws or chains, or more thinning, make the log smaller.`,
  });
}

function checkBatches({ inference }: Job, rows: number): void {
  if (inference.method === 'hmc') return;
  const earlyStopping = inference.method === 'map' ? inference.earlyStopping : undefined;
  if (earlyStopping && rows < 2) {
    throw new BasinetError('JOB_INVALID', `no rows can be held out of ${rows}`, {
      path: 'inference.earlyStopping',
      value: earlyStopping,
      remedy: 'Remove inference.earlyStopping, or give more training rows.',
    });
  }
  const left = earlyStopping ? rows - heldOutRows(rows, earlyStopping.fraction) : rows;
  if (inference.batchSize === 'full' || inference.batchSize <= left) return;
  throw new BasinetError('JOB_INVALID', `inference.batchSize is ${inference.batchSize}, and there are ${left} rows to draw mini-batches from`, {
    path: 'inference.batchSize',
    value: inference.batchSize,
    remedy: `Set it to ${left} or less, or to full.`,
  });
}
