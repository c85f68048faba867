// A maximum a posteriori fit on mini-batches, with weight decay equal to the prior: a chain is one member of a deep ensemble.
//
// Lakshminarayanan, Pritzel and Blundell, "Simple and Scalable Predictive Uncertainty Estimation using Deep Ensembles" (2017),
// arXiv 1612.01474. An iteration is an epoch; the one after the last epoch is the draw. Minimises U, whose prior part is the
// weight decay.
import type { Key } from '../../random/index.js';
import type { KernelState } from '../chain.js';
import { createFitSteps } from '../fitSteps.js';
import { heldOutEvaluations, heldOutLoss } from '../heldOut.js';
import { energiesOf, requireFinite, untestedInfo } from '../iterationInfo.js';
import type { Method } from '../method.js';
import type { Optimizer } from '../optimizer.js';
import { evaluate, requireUsable, type Evaluated, type StochasticPotential } from '../potential.js';
import type { MapSettings } from '../settings.js';
import type { Prior } from '../start.js';
import { validateEnergy, validateKernel } from '../validate.js';

/** The lowest held-out loss so far. */
interface Best {
  readonly position: Float32Array;
  readonly loss: number;
  /** Epochs since then. */
  readonly age: number;
}

export type MapFitState =
  /** Under way: position and optimiser are updated in place. `best` is null without early stopping, and before the first epoch. */
  | { readonly position: Float32Array; readonly optimizer: Optimizer; readonly best: Best | null; readonly fitted: null }
  /** Over: nothing moves any more. */
  | { readonly position: Float32Array; readonly fitted: Evaluated };

/**
 * Throws ARGUMENT_INVALID where a mini-batch is larger than the rows, of which early stopping holds some out.
 *
 * @param key seed and chain, of which the order of the rows is a function
 */
export function createMapMethod(settings: MapSettings, potential: StochasticPotential, prior: Prior, key: Pick<Key, 'seed' | 'chain'>): Method<MapFitState> {
  const { epochs, earlyStopping, learningRate } = settings;
  const { dimension } = potential;
  const steps = createFitSteps(settings, potential, prior, key);
  const { perEpoch, split } = steps;
  const gradient = new Float32Array(dimension);

  /** One pass through the rows, in place; the mean of the steps' estimates of U. */
  function runEpoch(epoch: number, position: Float32Array, optimizer: Optimizer): number {
    let energy = 0;
    for (let batch = 0; batch < perEpoch; batch++) energy += steps.take(epoch * perEpoch + batch, position, optimizer, gradient) / perEpoch;
    return energy;
  }

  function fittedAt(position: Float32Array): Evaluated {
    const point = evaluate(potential, position, new Float32Array(dimension));
    requireUsable(point, 'the position that was fitted');
    return point;
  }

  return {
    init(_key, { position }) {
      const optimizer = steps.optimizer(() => new Float64Array(dimension));
      return { state: { position: position.slice(), optimizer, best: null, fitted: null }, gradients: 0 };
    },

    step({ iteration }, state, recorded) {
      if (state.fitted) return [state, untestedInfo({ ...energiesOf(state.fitted), stepSize: learningRate, gradients: 0 })];
      const { position, optimizer } = state;
      const energy = runEpoch(iteration - 1, position, optimizer);
      requireFinite(energy, position, iteration, 'learningRate');
      let gradients = perEpoch;
      let { best } = state;
      if (split) {
        const loss = heldOutLoss(potential, position, split.heldOut, gradient);
        requireFinite(loss, position, iteration, 'learningRate');
        gradients += heldOutEvaluations(split.heldOut.length);
        best = best === null || loss < best.loss ? { position: position.slice(), loss, age: 0 } : { ...best, age: best.age + 1 };
      }
      if (iteration === epochs || (earlyStopping && best!.age >= earlyStopping.patience)) {
        const fitted = fittedAt(best?.position ?? position);
        return [{ position: fitted.position, fitted }, untestedInfo({ ...energiesOf(fitted), stepSize: learningRate, gradients: gradients + 1 })];
      }
      const energies = recorded ? energiesOf(evaluate(potential, position, gradient)) : { potentialEnergy: energy };
      if (recorded) gradients++;
      return [{ position, optimizer, best, fitted: null }, untestedInfo({ ...energies, stepSize: learningRate, gradients })];
    },

    snapshot(state, carries) {
      return { position: state.position.slice(), adaptation: null, kernel: carries ? kernelOf(state) : null };
    },

    restore(record, carried) {
      const point = evaluate(potential, record.position.slice(), new Float32Array(dimension));
      validateEnergy(record, point.potentialEnergy);
      const kernel = validateKernel(record, carried, dimension);
      if (kernel.scalar('fitted') === 1) return { position: point.position, fitted: point };
      const best = split ? { position: kernel.float32('bestPosition'), loss: kernel.scalar('bestLoss'), age: kernel.scalar('bestAge') } : null;
      return { position: point.position, optimizer: steps.optimizer((name) => kernel.float64(name)), best, fitted: null };
    },
  };
}

function kernelOf(state: MapFitState): KernelState {
  if (state.fitted) return { scalars: { fitted: 1 }, arrays: {} };
  const { best, optimizer } = state;
  const moments = Object.entries(optimizer.arrays).map(([name, array]) => [name, array.slice()] as const);
  return {
    scalars: { fitted: 0, ...(best && { bestAge: best.age, bestLoss: best.loss }) },
    arrays: { ...Object.fromEntries(moments), ...(best && { bestPosition: best.position.slice() }) },
  };
}
