// What a job resolves to and what it will cost: plain data for `basinet explain`.
import type { DataShape } from '../data/dataset.js';
import type { Network } from '../network/network.js';
import { gradientCount, type GradientCount } from './cost.js';
import { bytesPerCheckpoint, bytesPerDraw, checkpointIterations, gridOf, logBytes, maxLogBytes, modelOf, probeRows, referenceVersions } from './plan.js';
import type { Job } from './schema.js';

/** Bytes that running moments take per element and chain: seven float64 (`src/stats/chainMoments.ts`). */
const MOMENT_BYTES = 56;
/** Bytes that histograms for quantiles take per weight and chain (`src/stats/dyadicHistogram.ts`). */
const HISTOGRAM_BYTES = 74;
/** Bytes that the low-rank covariance takes per weight and chain: its mean, and two rows of float32 a rank (`src/stats/lowRank.ts`). */
const lowRankBytes = (rank: number): number => (rank === 0 ? 0 : 8 + 8 * rank);
/** Bytes that the trace of scalars takes per draw and chain (`src/aggregator/trace.ts`), about. */
const TRACE_BYTES = 120;

export interface Explanation {
  readonly name: string;
  readonly data: DataShape & { readonly probeRows: number };
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[]; readonly parameters: number; readonly priorStd: number }[];
  readonly parameters: number;
  readonly groups: readonly { readonly name: string; readonly size: number; readonly tensors: readonly string[] }[];
  readonly flopsPerGradient: number;
  readonly method: Job['inference']['method'];
  readonly chains: number;
  readonly drawsPerChain: number;
  /** Transitions, steps or epochs before the first draw. */
  readonly warmupPerChain: number;
  readonly gradients: GradientCount;
  readonly bytes: {
    readonly perDraw: number;
    readonly perCheckpoint: number;
    readonly checkpointsPerChain: number;
    /** Draws and checkpoints of all chains. */
    readonly log: number;
    /** Limit that the log's stream is given. */
    readonly logLimit: number;
    /** Of running statistics, per weight and chain. */
    readonly statisticsPerWeight: number;
    /** Running statistics that an aggregator holds. */
    readonly aggregatorPerChain: number;
    readonly aggregator: number;
    /** Normalised rows in a worker, float32. */
    readonly data: number;
  };
  /** Null where it was not measured. */
  readonly time: (Measured & {
    readonly gigaflopsPerSecond: number;
    /** From the first gradient to the last draw: steps · secondsPerStep / chainsAtOnce + fullBatches / gradientsPerSecond. */
    readonly seconds: number;
  }) | null;
  readonly notes: readonly string[];
}

/** How fast the machine is that is to run a job. */
export interface Measured {
  /** Of the full batch, all chains together. */
  readonly gradientsPerSecond: number;
  /** Of one chain's step on a mini-batch, with noise and update; null for HMC, which takes none. */
  readonly secondsPerStep: number | null;
  /** Chains that run side by side, at most all of the job. */
  readonly chainsAtOnce: number;
}

/** Of every method but HMC, `measured` must tell the seconds of a step for a time to follow. */
export function explainJob(job: Job, shape: DataShape, measured?: Measured): Explanation {
  const { network, posterior } = modelOf(job, shape);
  const rows = probeRows(job, shape);
  const gradients = gradientCount(job, shape);
  const { draws, warmup } = gridOf(job);
  const flops = flopsPerGradient(network.layers, shape.trainRows);
  const bytesPerWeight = statisticsBytesPerWeight(job.statistics);
  const bytesPerTrace = TRACE_BYTES + relabellingBytes(job, network);
  const aggregatorPerChain = bytesPerWeight * posterior.dimension + MOMENT_BYTES * rows * shape.outputs + bytesPerTrace * draws;
  const time = measured ? timeOf(gradients, flops, measured) : null;
  const targetColumns = shape.targetKind === 'class' ? 1 : shape.outputs;
  return {
    name: job.name,
    data: { ...shape, probeRows: rows },
    tensors: posterior.tensors.map((tensor, t) => ({
      name: tensor.name,
      shape: tensor.shape,
      parameters: tensor.size,
      priorStd: posterior.priors[t]!.std,
    })),
    parameters: posterior.dimension,
    groups: network.groups.map((group) => ({ name: group.name, size: group.size, tensors: group.axes.map((axis) => axis.tensor) })),
    flopsPerGradient: flops,
    method: job.inference.method,
    chains: job.inference.chains,
    drawsPerChain: draws,
    warmupPerChain: warmup,
    gradients,
    bytes: {
      perDraw: bytesPerDraw(job, shape),
      perCheckpoint: bytesPerCheckpoint(job, shape),
      checkpointsPerChain: checkpointIterations(job).length,
      log: logBytes(job, shape),
      logLimit: maxLogBytes(job, shape),
      statisticsPerWeight: bytesPerWeight,
      aggregatorPerChain,
      aggregator: aggregatorPerChain * job.inference.chains,
      data: 4 * (shape.trainRows + shape.testRows) * (shape.features + targetColumns),
    },
    time,
    notes: notesOf(job, shape, gradients, time),
  };
}

function timeOf({ steps, fullBatches }: GradientCount, flops: number, measured: Measured): Explanation['time'] {
  const { gradientsPerSecond, secondsPerStep, chainsAtOnce } = measured;
  if (steps > 0 && secondsPerStep === null) return null;
  const seconds = (steps * (secondsPerStep ?? 0)) / chainsAtOnce + fullBatches / gradientsPerSecond;
  return { gradientsPerSecond, secondsPerStep, chainsAtOnce, gigaflopsPerSecond: (gradientsPerSecond * flops) / 1e9, seconds };
}

/** Bytes of running statistics per weight and chain, once the second half of the draws has begun. */
function statisticsBytesPerWeight({ raw, aligned, control, quantiles, lowRank }: Job['statistics']): number {
  const momentSets = [raw, aligned, control !== 'none'].filter(Boolean).length;
  return MOMENT_BYTES * momentSets + (quantiles.length > 0 ? HISTOGRAM_BYTES : 0) + lowRankBytes(lowRank);
}

/** Bytes that a draw's relabelling takes in the trace (`src/rebasin/oneLine.ts`). */
function relabellingBytes(job: Job, { groups }: Network): number {
  const units = groups.reduce((sum, { size }) => sum + size, 0);
  return job.statistics.aligned ? units * (groups.some(({ size }) => size > 2 ** 15) ? 4 : 2) : 0;
}

/**
 * Floating-point operations of one full-batch gradient in matrix products: 2 per weight and row forward, 2 for the
 * weight's gradient, and 2 to pass the error down, which the first layer need not.
 */
export function flopsPerGradient(layers: readonly { readonly inputs: number; readonly outputs: number }[], rows: number): number {
  return layers.reduce((sum, { inputs, outputs }, k) => sum + (k === 0 ? 4 : 6) * inputs * outputs * rows, 0);
}

function notesOf(job: Job, shape: DataShape, gradients: GradientCount, time: Explanation['time']): string[] {
  const notes: string[] = [];
  const { draws } = gridOf(job);
  const { inference } = job;
  if (inference.method === 'hmc' && !gradients.exact) {
    notes.push(`Gradients assume the initial step size ${inference.stepSize}; it adapts, and with it the steps of a trajectory.`);
  }
  if (inference.method === 'map' && inference.earlyStopping) notes.push('Fits may end before their last epoch.');
  if (time && (inference.method === 'sgld' || inference.method === 'sghmc')) {
    const share = (gradients.fullBatches - inference.chains * gradients.start) / time.gradientsPerSecond / time.seconds;
    if (share > 0.5) notes.push(`${Math.round(100 * share)}% of the time goes into the energies of draws and checkpoints: raise inference.thin.`);
  }
  if (job.probe.rows > 0 && shape.testRows === 0) notes.push('There is no test set: the probe is taken from the training rows.');
  if (inference.chains === 1) {
    notes.push(inference.method === 'map' ? 'One fit: there is no standard deviation, and no compact posterior.' : 'One chain: R-hat compares only its two halves.');
  }
  if (draws < 4 && inference.method !== 'map') notes.push('Fewer than four draws per chain: R-hat is not defined.');
  if (referenceVersions(job) > 1) notes.push(`Reference mean: the log is folded ${referenceVersions(job)} times, and while a new version catches up an aggregator holds twice the statistics.`);
  if (job.network.hidden.length === 0) notes.push('No hidden layers: there is nothing to align.');
  return notes;
}
