// The steps of a maximum a posteriori fit: mini-batches of the rows that are fitted, and the optimiser that they move.
import type { Key } from '../random/index.js';
import { scaleToRows, splitRows, type RowSplit } from './heldOut.js';
import { createOptimizer, OPTIMIZER_ARRAYS, type Optimizer } from './optimizer.js';
import { estimate, type StochasticPotential } from './potential.js';
import { createRowBatches } from './rowBatches.js';
import type { MapSettings } from './settings.js';
import type { Prior } from './start.js';

export interface FitSteps {
  /** Steps that go once through the rows. */
  readonly perEpoch: number;
  /** Which rows are held out; undefined without early stopping. */
  readonly split: RowSplit | undefined;
  /** An optimiser for these steps, whose arrays come from `arrayOf`. */
  optimizer(arrayOf: (name: string) => Float64Array): Optimizer;
  /** Step `step` (from 0) in place; the estimate of U before it, in nats. Costs one gradient. `scratch` is [dimension]. */
  take(step: number, position: Float32Array, optimizer: Optimizer, scratch: Float32Array): number;
}

/**
 * Throws ARGUMENT_INVALID where a mini-batch is larger than the rows, of which early stopping holds some out.
 *
 * @param key seed and chain, of which the order of the rows is a function
 */
export function createFitSteps(settings: MapSettings, potential: StochasticPotential, prior: Prior, key: Pick<Key, 'seed' | 'chain'>): FitSteps {
  const { batchSize, earlyStopping } = settings;
  const { rows } = potential;
  const split = earlyStopping && splitRows(key.seed, rows, earlyStopping.fraction);
  const fittedRows = split?.fitted.length ?? rows;
  const batches = createRowBatches(key, rows, batchSize, split?.fitted);
  return {
    perEpoch: batches.perEpoch,
    split,

    optimizer(arrayOf) {
      return createOptimizer(settings, fittedRows, Object.fromEntries(OPTIMIZER_ARRAYS[settings.optimizer].map((name) => [name, arrayOf(name)])));
    },

    take(step, position, optimizer, scratch) {
      const energy = estimate(potential, position, batches.at(step), scratch);
      if (split) scaleToRows(scratch, position, prior, fittedRows / rows);
      optimizer.step(position, scratch, step + 1);
      return energy;
    },
  };
}
