// One of the threads of a measurement: computes what a chain of the job would, in step with the others.
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../../bus/failure.js';
import type { EnginePotential } from '../../engine/engine.js';
import { createSteps } from '../../inference/methods/steps.js';
import { leapfrogStepsFor } from '../../inference/settings.js';
import { modelOf } from '../../job/plan.js';
import type { Posterior } from '../../posterior/posterior.js';
import { threadEngine } from '../threadEngine.js';
import type { MeasureInput, MeasureMessage } from './measure.js';
import { remotePotential } from './remote.js';

/** Gradients at once: a trajectory is no longer than this, so that a second holds several. */
const MOST_STEPS = 20;
const LEAST_CALLS = 2;

/** One call's gradients, and the call: what a chain does again and again, without getting anywhere. */
function workOf({ job }: MeasureInput, potential: EnginePotential, posterior: Posterior): { readonly gradients: number; readonly call: (n: number) => void } {
  const position = new Float32Array(posterior.dimension).fill(0.01);
  const { inference } = job;
  if (inference.method !== 'hmc') return { gradients: 1, call: createSteps(inference, { seed: job.seed, chain: 0 }, potential, posterior, position) };
  const steps = Math.min(MOST_STEPS, leapfrogStepsFor(inference, inference.stepSize));
  const [momentum, gradient] = [new Float32Array(posterior.dimension), new Float32Array(posterior.dimension)];
  const inverseMassMatrix = new Float32Array(posterior.dimension).fill(1);
  return { gradients: steps, call: () => potential.trajectory!(position, momentum, gradient, inverseMassMatrix, 0, steps, Infinity) };
}

function measure(input: MeasureInput): void {
  const { job, shape, train, deviceClass, place } = input;
  const { posterior } = modelOf(job, shape);
  const potential = place ? remotePotential(posterior, train.rows, place) : threadEngine(deviceClass, job.tfjs).potential(posterior, train, { threads: 1 });
  const { gradients, call } = workOf(input, potential, posterior);
  // The first calls compile, and wait for each other.
  let calls = 0;
  while (calls < LEAST_CALLS) call(calls++);
  const start = performance.now();
  const spent = process.cpuUsage();
  let counted = 0;
  let reported = false;
  // After its report it goes on until it is ended: the others are still at it.
  for (;;) {
    call(calls++);
    counted++;
    const seconds = (performance.now() - start) / 1000;
    if (reported || seconds < input.seconds || counted < LEAST_CALLS) continue;
    reported = true;
    const { user, system } = process.cpuUsage(spent);
    const speed = { gradientsPerSecond: (counted * gradients) / seconds, processors: (user + system) / 1e6 / seconds };
    parentPort!.postMessage({ speed } satisfies MeasureMessage);
  }
}

try {
  measure(workerData as MeasureInput);
} catch (error) {
  parentPort!.postMessage({ failure: failureOf(error) } satisfies MeasureMessage);
}
