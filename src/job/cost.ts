// The gradients that a job takes.
import type { DataShape } from '../data/dataset.js';
import { heldOutEvaluations, heldOutRows } from '../inference/heldOut.js';
import { leapfrogStepsFor, type BatchSize } from '../inference/settings.js';
import { checkpointIterations, gridOf, totalIterations } from './plan.js';
import type { Job } from './schema.js';

/** Gradients of a chain from its start to its last draw; one of a mini-batch counts as one. */
export interface GradientCount {
  /** Of a transition, a step or an epoch. */
  readonly perTransition: number;
  /** Of the search for a starting point. */
  readonly start: number;
  readonly perChain: number;
  /** All chains. */
  readonly total: number;
  /** Of these, steps of a method that can take mini-batches: its gradient comes with noise and an update. 0 for HMC. */
  readonly steps: number;
  /** What all others amount to in full-batch gradients: of all chains, the start, leapfrog steps, and energies of records and of held-out rows. */
  readonly fullBatches: number;
  /** False where a trajectory length is given and the step size adapts (then the initial step size is assumed), and where fits may end early. */
  readonly exact: boolean;
}

/** Gradients that a job takes; the few by which a first step size is found are not counted. */
export function gradientCount(job: Job, shape: Pick<DataShape, 'trainRows'>): GradientCount {
  const { inference } = job;
  const { chains } = inference;
  const { perTransition, iterations, steps, evaluations, fullBatches, exact } = costOf(job, shape.trainRows);
  const start = 1 + (inference.start.from === 'map' ? inference.start.steps : 0);
  const perChain = start + iterations * perTransition + evaluations;
  return { perTransition, start, perChain, total: chains * perChain, steps: chains * steps, fullBatches: chains * (start + fullBatches), exact };
}

/** Of a chain after its start. */
interface Cost {
  readonly perTransition: number;
  /** Iterations that cost `perTransition`. */
  readonly iterations: number;
  /** Full-batch gradients for records, besides. */
  readonly evaluations: number;
  readonly steps: number;
  readonly fullBatches: number;
  readonly exact: boolean;
}

function costOf(job: Job, rows: number): Cost {
  const { inference } = job;
  const { draws } = gridOf(job);
  const checkpoints = checkpointIterations(job).length;
  switch (inference.method) {
    case 'hmc': {
      const perTransition = leapfrogStepsFor(inference, inference.stepSize);
      const iterations = totalIterations(job);
      const exact = inference.trajectoryLength === undefined || !inference.adaptStepSize;
      return { perTransition, iterations, evaluations: 0, steps: 0, fullBatches: iterations * perTransition, exact };
    }
    case 'sgld':
    case 'sghmc': {
      const iterations = totalIterations(job);
      const evaluations = checkpoints + draws;
      return { perTransition: 1, iterations, evaluations, steps: iterations, fullBatches: evaluations, exact: true };
    }
    case 'map': {
      const { epochs, batchSize, earlyStopping } = inference;
      const heldOut = earlyStopping ? heldOutRows(rows, earlyStopping.fraction) : 0;
      const perEpoch = stepsPerEpoch(rows - heldOut, batchSize);
      return {
        perTransition: perEpoch + heldOutEvaluations(heldOut),
        iterations: epochs,
        evaluations: checkpoints,
        steps: epochs * perEpoch,
        fullBatches: checkpoints + (epochs * heldOut) / rows,
        exact: earlyStopping === undefined,
      };
    }
    case 'vi': {
      const { epochs, batchSize } = inference;
      const perEpoch = stepsPerEpoch(rows, batchSize);
      const evaluations = checkpoints + draws;
      return { perTransition: perEpoch, iterations: epochs, evaluations, steps: epochs * perEpoch, fullBatches: evaluations, exact: true };
    }
  }
}

const stepsPerEpoch = (rows: number, batchSize: BatchSize): number => (batchSize === 'full' ? 1 : Math.ceil(rows / batchSize));
