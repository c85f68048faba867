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
  /** What `total` amounts to in full-batch gradients: one of B of N rows is B/N of one. */
  readonly fullBatches: number;
  /** False where a trajectory length is given and the step size adapts (then the initial step size is assumed), and where fits may end early. */
  readonly exact: boolean;
}

/** Gradients that a job takes; the few by which a first step size is found are not counted. */
export function gradientCount(job: Job, shape: Pick<DataShape, 'trainRows'>): GradientCount {
  const { inference } = job;
  const { perTransition, rowShare, iterations, evaluations, exact } = costOf(job, shape.trainRows);
  const start = 1 + (inference.start.from === 'map' ? inference.start.steps : 0);
  const steps = iterations * perTransition;
  const perChain = start + steps + evaluations;
  return { perTransition, start, perChain, total: inference.chains * perChain, fullBatches: inference.chains * (start + iterations * rowShare + evaluations), exact };
}

interface Cost {
  readonly perTransition: number;
  /** What a transition amounts to in full-batch gradients. */
  readonly rowShare: number;
  /** Iterations that cost `perTransition`. */
  readonly iterations: number;
  /** Full-batch gradients for records. */
  readonly evaluations: number;
  readonly exact: boolean;
}

function costOf(job: Job, rows: number): Cost {
  const { inference } = job;
  const { draws } = gridOf(job);
  const checkpoints = checkpointIterations(job).length;
  switch (inference.method) {
    case 'hmc': {
      const steps = leapfrogStepsFor(inference, inference.stepSize);
      const exact = inference.trajectoryLength === undefined || !inference.adaptStepSize;
      return { perTransition: steps, rowShare: steps, iterations: totalIterations(job), evaluations: 0, exact };
    }
    case 'sgld':
    case 'sghmc': {
      const size = inference.batchSize === 'full' ? rows : inference.batchSize;
      return { perTransition: 1, rowShare: size / rows, iterations: totalIterations(job), evaluations: checkpoints + draws, exact: true };
    }
    case 'map': {
      const heldOut = inference.earlyStopping ? heldOutRows(rows, inference.earlyStopping.fraction) : 0;
      const perTransition = stepsPerEpoch(rows - heldOut, inference.batchSize) + heldOutEvaluations(heldOut);
      return { perTransition, rowShare: 1, iterations: inference.epochs, evaluations: checkpoints, exact: inference.earlyStopping === undefined };
    }
    case 'vi':
      return { perTransition: stepsPerEpoch(rows, inference.batchSize), rowShare: 1, iterations: inference.epochs, evaluations: checkpoints + draws, exact: true };
  }
}

const stepsPerEpoch = (rows: number, batchSize: BatchSize): number => (batchSize === 'full' ? 1 : Math.ceil(rows / batchSize));
