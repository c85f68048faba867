// What follows from a job and the shape of its data: model, grid of iterations, sizes.
import type { DataShape } from '../data/dataset.js';
import { denseNetwork } from '../network/dense.js';
import type { Network } from '../network/network.js';
import { buildPosterior } from '../posterior/build.js';
import type { Posterior } from '../posterior/posterior.js';
import type { Job } from './schema.js';

export interface Model {
  readonly network: Network;
  readonly posterior: Posterior;
}

/** The network and posterior of a job for data of this shape. */
export function modelOf(job: Job, shape: Pick<DataShape, 'features' | 'outputs'>): Model {
  const network = denseNetwork(shape.features, job.network.hidden, shape.outputs);
  return { network, posterior: buildPosterior(network, job) };
}

/** Transitions of a chain, warmup included. */
export function totalIterations(job: Job): number {
  return job.inference.warmup + job.inference.draws * job.inference.thin;
}

/** Iterations of the warmup checkpoints: every `log.warmupCheckpointEvery`, and the last. Empty without warmup. */
export function checkpointIterations(job: Job): number[] {
  const { warmup } = job.inference;
  const every = job.log.warmupCheckpointEvery;
  const iterations = Array.from({ length: Math.floor(warmup / every) }, (_, i) => (i + 1) * every);
  if (warmup % every !== 0) iterations.push(warmup);
  return iterations;
}

/** Iterations of the kept draws: warmup + thin, warmup + 2·thin, … */
export function drawIterations(job: Job): number[] {
  const { warmup, draws, thin } = job.inference;
  return Array.from({ length: draws }, (_, i) => warmup + (i + 1) * thin);
}

/**
 * The iteration of the record after one at `iteration` (0: the start), or null after the last draw.
 * Constant time, for readers that judge draw by draw.
 */
export function nextIteration(job: Job, iteration: number): number | null {
  const { warmup, thin } = job.inference;
  const every = job.log.warmupCheckpointEvery;
  if (iteration < warmup) return Math.min(warmup, (Math.floor(iteration / every) + 1) * every);
  const next = iteration + thin;
  return next <= totalIterations(job) ? next : null;
}

/** Partition of the draw log that holds a chain. */
export function partitionOf(job: Job, chain: number): number {
  return chain % job.log.partitions;
}

/** Chains of a partition, in order. */
export function chainsOf(job: Job, partition: number): number[] {
  return Array.from({ length: job.inference.chains }, (_, chain) => chain).filter((chain) => partitionOf(job, chain) === partition);
}

/** Rows of the probe: of the test set, or of the training set where there is none. */
export function probeRows(job: Job, shape: Pick<DataShape, 'trainRows' | 'testRows'>): number {
  return Math.min(job.probe.rows, shape.testRows > 0 ? shape.testRows : shape.trainRows);
}

/** Bytes of one kept draw in the log: position and probe outputs in float32, and about 150 of scalars and framing. */
export function bytesPerDraw(job: Job, shape: DataShape): number {
  const { posterior } = modelOf(job, shape);
  return 4 * (posterior.dimension + probeRows(job, shape) * shape.outputs) + 150;
}

/** Bytes of one warmup checkpoint in the log, at most: position, mass matrix (float32) and open window (float64). */
export function bytesPerCheckpoint(job: Job, shape: DataShape): number {
  const { dimension } = modelOf(job, shape).posterior;
  return dimension * (job.inference.massMatrix === 'diagonal' ? 4 + 4 + 16 : 4) + 250;
}

/** Bytes of the whole draw log: draws and checkpoints of all chains. Claims and slot headers are below a percent of it. */
export function logBytes(job: Job, shape: DataShape): number {
  const perChain = job.inference.draws * bytesPerDraw(job, shape) + checkpointIterations(job).length * bytesPerCheckpoint(job, shape);
  return job.inference.chains * perChain;
}

/** Size limit to give the stream: the job's own, or one and a half times `logBytes` and 64 MiB. */
export function maxLogBytes(job: Job, shape: DataShape): number {
  return job.log.maxBytes ?? Math.ceil(1.5 * logBytes(job, shape)) + 64 * 1024 * 1024;
}

/** Gradients per transition and chain; null where a trajectory length and an adapted step size leave it open. */
export function gradientsPerTransition(job: Job): number | null {
  const { leapfrogSteps, trajectoryLength, stepSize, adaptStepSize, maxLeapfrogSteps } = job.inference;
  if (leapfrogSteps !== undefined) return leapfrogSteps;
  if (adaptStepSize || trajectoryLength === undefined) return null;
  return Math.min(maxLeapfrogSteps, Math.ceil(trajectoryLength / stepSize));
}
