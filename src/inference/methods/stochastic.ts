// SGLD and SGHMC as methods of a chain: kernel, mini-batches and schedule put together. An iteration is one step.
import type { Key } from '../../random/index.js';
import { gridOf } from '../grid.js';
import { energiesOf, requireFinite, untestedInfo } from '../iterationInfo.js';
import type { Method } from '../method.js';
import { evaluate, type StochasticPotential } from '../potential.js';
import { createRowBatches } from '../rowBatches.js';
import { stepTuning } from '../schedule.js';
import { createSghmc } from '../sghmc.js';
import { createSgld } from '../sgld.js';
import type { SghmcSettings, SgldSettings } from '../settings.js';
import type { StochasticKernel } from '../stochasticKernel.js';
import { validateEnergy, validateKernel } from '../validate.js';

export const createSgldMethod = (settings: SgldSettings, potential: StochasticPotential, key: Pick<Key, 'seed' | 'chain'>) =>
  createStochasticMethod(settings, createSgld(potential), potential, key);

export const createSghmcMethod = (settings: SghmcSettings, potential: StochasticPotential, key: Pick<Key, 'seed' | 'chain'>) =>
  createStochasticMethod(settings, createSghmc(potential, settings.friction), potential, key);

/** Throws ARGUMENT_INVALID where a mini-batch is larger than the data. */
function createStochasticMethod<State extends { readonly position: Float32Array }>(
  settings: SgldSettings | SghmcSettings,
  kernel: StochasticKernel<State>,
  potential: StochasticPotential,
  key: Pick<Key, 'seed' | 'chain'>,
): Method<State> {
  const { schedule, stepSize } = settings;
  const batches = createRowBatches(key, potential.rows, settings.batchSize);
  // Where draws lie within a cycle does not depend on checkpoints.
  const grid = gridOf(settings, 1);
  const gradient = new Float32Array(potential.dimension);

  return {
    init: (atStart, { position }) => ({ state: kernel.init(atStart, position.slice()), gradients: 0 }),

    step(now, before, recorded) {
      const tuning = stepTuning(schedule, stepSize, grid, now.iteration);
      const [state, info] = kernel.step(now, before, batches.at(now.iteration - 1), tuning);
      requireFinite(info.potentialEnergy, state.position, now.iteration, 'stepSize');
      if (!recorded) return [state, untestedInfo({ ...info, stepSize: tuning.stepSize, gradients: 1 })];
      const point = evaluate(potential, state.position, gradient);
      requireFinite(point.potentialEnergy, state.position, now.iteration, 'stepSize');
      return [state, untestedInfo({ ...energiesOf(point), kineticEnergy: kernel.kineticEnergy(state), stepSize: tuning.stepSize, gradients: 2 })];
    },

    snapshot(state, carries) {
      return { position: state.position.slice(), adaptation: null, kernel: carries || kernel.moves ? { scalars: {}, arrays: kernel.arrays(state) } : null };
    },

    restore(record, carried) {
      const position = record.position.slice();
      validateEnergy(record, evaluate(potential, position, gradient).potentialEnergy);
      return kernel.restore(position, validateKernel(record, kernel.moves ? record.kernel : carried, potential.dimension));
    },
  };
}
