// How fast an engine is here: full-batch gradients per second, and seconds of a method's step on a mini-batch.
import type { EnginePotential } from '../engine/engine.js';
import { createSteps, type SteppingSettings } from '../inference/methods/steps.js';
import type { StochasticPotential } from '../inference/potential.js';
import type { Prior } from '../inference/start.js';

/** Of the time that is measured, so much goes before it uncounted, while code is compiled. */
const WARMUP_SHARE = 0.2;

/**
 * Gradients per second of a potential, over at least `seconds` and one evaluation, after some that are not counted.
 *
 * @param clock milliseconds, e.g. `performance.now`
 */
export function measureGradientRate(
  potential: Pick<EnginePotential, 'dimension' | 'valueAndGradient'>,
  seconds: number,
  clock: () => number,
): number {
  const position = typicalPosition(potential.dimension);
  const gradient = new Float32Array(potential.dimension);
  return 1 / secondsOf(() => potential.valueAndGradient(position, gradient), seconds, clock);
}

/**
 * Seconds of one step of a chain's method, its noise and its update of all weights included; measured as `measureGradientRate`
 * does. Throws ARGUMENT_INVALID where a mini-batch is larger than the data, SAMPLER_FAILED where the first steps already fail.
 *
 * @param clock milliseconds
 */
export function measureSecondsPerStep(settings: SteppingSettings, potential: StochasticPotential, prior: Prior, seconds: number, clock: () => number): number {
  return secondsOf(createSteps(settings, { seed: 0, chain: 0 }, potential, prior, typicalPosition(potential.dimension)), seconds, clock);
}

/** Small values of both signs, so that about half of all ReLU units are at work, as in a real network. */
const typicalPosition = (dimension: number): Float32Array => Float32Array.from({ length: dimension }, (_, i) => 0.05 * Math.sin(12.9898 * (i + 1)));

/** Mean seconds of a call, which is told its number. */
function secondsOf(call: (n: number) => void, seconds: number, clock: () => number): number {
  let calls = 0;
  const meanOver = (span: number): number => {
    const first = calls;
    const start = clock();
    let elapsed: number;
    do {
      call(calls++);
      elapsed = (clock() - start) / 1000;
    } while (elapsed < span);
    return Math.max(elapsed, 1e-9) / (calls - first);
  };
  meanOver(WARMUP_SHARE * seconds);
  return meanOver(seconds);
}
