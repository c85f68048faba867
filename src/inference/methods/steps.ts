// The steps of a method on mini-batches without the chain around them, for measuring what one costs.
import type { Key } from '../../random/index.js';
import { createFitSteps } from '../fitSteps.js';
import { gridOf, totalIterations } from '../grid.js';
import type { StochasticPotential } from '../potential.js';
import { createRowBatches } from '../rowBatches.js';
import { stepTuning } from '../schedule.js';
import type { HmcSettings, InferenceSettings, MapSettings, SghmcSettings, SgldSettings, VariationalSettings } from '../settings.js';
import { createSghmc } from '../sghmc.js';
import { createSgld } from '../sgld.js';
import type { Prior } from '../start.js';
import type { StochasticKernel } from '../stochasticKernel.js';
import { createVariational } from '../variational.js';

/** Of 1, what is left of the golden ratio: its multiples, modulo 1, are spread evenly however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Settings of every method whose step is taken on a mini-batch. */
export type SteppingSettings = Exclude<InferenceSettings, HmcSettings>;

/** Takes step `step` (0, 1, …, in order): the next mini-batch, its gradient, the noise and the update of all weights. Costs one gradient. */
export type TakeStep = (step: number) => void;

/**
 * The kernel of the method at `position`, which it copies, with steps of length 0: each costs what it costs in a chain, and
 * none runs away. Of a schedule with exploration, steps with and without noise come as often as in a whole chain.
 *
 * Throws ARGUMENT_INVALID where a mini-batch is larger than the data; a step throws SAMPLER_FAILED where the method can't go on.
 */
export function createSteps(settings: SteppingSettings, key: Pick<Key, 'seed' | 'chain'>, potential: StochasticPotential, prior: Prior, position: Float32Array): TakeStep {
  switch (settings.method) {
    case 'map':
      return fitSteps({ ...settings, learningRate: 0 }, key, potential, prior, position);
    case 'sgld':
      return kernelSteps(settings, createSgld(potential), key, potential, position);
    case 'sghmc':
      return kernelSteps(settings, createSghmc(potential, settings.friction), key, potential, position);
    case 'vi':
      return variationalSteps(settings, key, potential, prior, position);
  }
}

function fitSteps(settings: MapSettings, key: Pick<Key, 'seed' | 'chain'>, potential: StochasticPotential, prior: Prior, start: Float32Array): TakeStep {
  const steps = createFitSteps(settings, potential, prior, key);
  const optimizer = steps.optimizer(() => new Float64Array(potential.dimension));
  const position = start.slice();
  const gradient = new Float32Array(potential.dimension);
  return (step) => void steps.take(step, position, optimizer, gradient);
}

function kernelSteps<State extends { readonly position: Float32Array }>(
  settings: SgldSettings | SghmcSettings,
  kernel: StochasticKernel<State>,
  key: Pick<Key, 'seed' | 'chain'>,
  potential: StochasticPotential,
  start: Float32Array,
): TakeStep {
  const batches = createRowBatches(key, potential.rows, settings.batchSize);
  const grid = gridOf(settings, 1);
  const iterations = totalIterations(grid);
  let state = kernel.init({ ...key, iteration: 0 }, start.slice());
  return (step) => {
    const iteration = 1 + Math.floor(((step * GOLDEN) % 1) * iterations);
    [state] = kernel.step({ ...key, iteration }, state, batches.at(step), stepTuning(settings.schedule, 0, grid, iteration));
  };
}

function variationalSteps({ batchSize, initialStd }: VariationalSettings, key: Pick<Key, 'seed' | 'chain'>, potential: StochasticPotential, prior: Prior, position: Float32Array): TakeStep {
  const kernel = createVariational(potential, prior);
  const batches = createRowBatches(key, potential.rows, batchSize);
  let state = kernel.init(position, initialStd);
  return (step) => {
    [state] = kernel.step(key, state, batches.at(step), 0);
  };
}
