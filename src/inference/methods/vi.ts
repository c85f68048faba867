// Variational inference as a method of a chain: epochs of the fit, then independent draws of what was fitted.
import type { Key } from '../../random/index.js';
import type { KernelState } from '../chain.js';
import { energiesOf, untestedInfo } from '../iterationInfo.js';
import type { Method } from '../method.js';
import { evaluate, requireUsable, type StochasticPotential } from '../potential.js';
import { createRowBatches } from '../rowBatches.js';
import type { VariationalSettings } from '../settings.js';
import type { Prior } from '../start.js';
import { validateEnergy, validateKernel } from '../validate.js';
import { createVariational, type FittedGaussian, type VariationalState } from '../variational.js';

export type VariationalChainState =
  /** `elbo`: mean over the last epoch, in nats. */
  | { readonly fit: VariationalState; readonly elbo: number; readonly fitted: null; readonly position: Float32Array }
  /** `position` is the mean, and then the last draw. */
  | { readonly fitted: FittedGaussian; readonly elbo: number; readonly position: Float32Array };

/** Throws ARGUMENT_INVALID where a mini-batch is larger than the data. */
export function createVariationalMethod(settings: VariationalSettings, potential: StochasticPotential, prior: Prior, key: Pick<Key, 'seed' | 'chain'>): Method<VariationalChainState> {
  const { epochs, learningRate, initialStd } = settings;
  const { dimension } = potential;
  const kernel = createVariational(potential, prior);
  const batches = createRowBatches(key, potential.rows, settings.batchSize);
  const gradient = new Float32Array(dimension);

  /** One pass through the rows; the mean of the steps' estimates of the ELBO. */
  function runEpoch(epoch: number, before: VariationalState): [VariationalState, number] {
    let state = before;
    let elbo = 0;
    for (let batch = 0; batch < batches.perEpoch; batch++) {
      const [next, info] = kernel.step(key, state, batches.at(epoch * batches.perEpoch + batch), learningRate);
      state = next;
      elbo += info.elbo / batches.perEpoch;
    }
    return [state, elbo];
  }

  function evaluateAt(position: Float32Array, where: string) {
    const point = evaluate(potential, position, gradient);
    requireUsable(point, where);
    return energiesOf(point);
  }

  return {
    init(_key, { position }) {
      const fit = kernel.init(position, initialStd);
      return { state: { fit, elbo: Number.NaN, fitted: null, position: fit.mean }, gradients: 0 };
    },

    step(now, state, recorded) {
      if (state.fitted) {
        const position = new Float32Array(dimension);
        kernel.drawFrom(now, state.fitted, position);
        const energies = evaluateAt(position, 'a draw of the fitted distribution');
        return [{ ...state, position }, untestedInfo({ ...energies, stepSize: Number.NaN, gradients: 1 })];
      }
      const [fit, elbo] = runEpoch(now.iteration - 1, state.fit);
      const { mean, logStd } = fit;
      const next = now.iteration === epochs ? { fitted: { mean, logStd }, elbo, position: mean } : { fit, elbo, fitted: null, position: mean };
      const energies = recorded ? evaluateAt(mean, 'the mean of the fitted distribution') : { potentialEnergy: -elbo };
      return [next, untestedInfo({ ...energies, stepSize: learningRate, gradients: batches.perEpoch + Number(recorded) })];
    },

    snapshot(state, carries) {
      return { position: state.position.slice(), adaptation: null, kernel: carries ? kernelOf(state) : null };
    },

    restore(record, carried) {
      const position = record.position.slice();
      validateEnergy(record, evaluate(potential, position, gradient).potentialEnergy);
      const saved = validateKernel(record, carried, dimension);
      const fitted = { mean: saved.float32('mean'), logStd: saved.float32('logStd') };
      const elbo = saved.scalar('elbo');
      if (saved.scalar('fitted') === 1) return { fitted, elbo, position };
      const moments = {
        meanFirstMoment: saved.float32('meanFirstMoment'),
        meanSecondMoment: saved.float32('meanSecondMoment'),
        logStdFirstMoment: saved.float32('logStdFirstMoment'),
        logStdSecondMoment: saved.float32('logStdSecondMoment'),
      };
      return { fit: { ...fitted, ...moments, steps: record.iteration * batches.perEpoch }, elbo, fitted: null, position: fitted.mean };
    },
  };
}

function kernelOf(state: VariationalChainState): KernelState {
  const { steps: _, ...moving } = state.fitted ? { steps: 0 } : state.fit;
  const arrays = { ...state.fitted, ...moving };
  return {
    scalars: { fitted: state.fitted ? 1 : 0, elbo: state.elbo },
    arrays: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()])),
  };
}
