// Warmup: step size by dual averaging, and diagonal mass matrix by windows. Composed with a kernel from outside.
import type { Key } from '../../random/index.js';
import { metricOf, type Metric } from '../metric.js';
import type { Evaluated, SamplerPotential } from '../potential.js';
import type { HmcSettings } from '../settings.js';
import type { AdaptationState } from './adaptation.js';
import { finalDualAveraging, initDualAveraging, updateDualAveraging, type DualAveragingState } from './dualAveraging.js';
import { findReasonableStepSize } from './stepSizeSearch.js';
import { finalWelford, initWelford, resetWelford, updateWelford, type WelfordState } from './welford.js';
import { adaptationWindows, type Window } from './windows.js';

/** What `snapshot` and `restore` exchange is `AdaptationState`; this is the working form of it. */
export interface WarmupState {
  readonly stepSize: number;
  readonly metric: Metric;
  readonly dualAveraging: DualAveragingState;
  /** Null before the first window has closed, and always for the identity. */
  readonly inverseMassMatrix: Float32Array | null;
  /** Updated in place; null where no mass matrix is adapted. */
  readonly welford: WelfordState | null;
  /** Gradients that step size searches have spent, in this call. */
  readonly gradients: number;
}

export interface Warmup {
  /** At the starting point; `key.iteration` is 0. */
  init(key: Key, point: Evaluated): WarmupState;
  /** After transition `key.iteration`, which led to `point`. The old state must not be used again. */
  update(key: Key, state: WarmupState, point: Evaluated, acceptanceRate: number): WarmupState;
  /** After the last transition: the averaged step size takes over. */
  final(state: WarmupState): WarmupState;
}

/** The warmup of a chain with these settings. Pure but for the Welford sums, which are updated in place. */
export function createWarmup(settings: HmcSettings, potential: SamplerPotential): Warmup {
  const { adaptStepSize, targetAcceptance, warmup } = settings;
  const windows = settings.massMatrix === 'diagonal' ? adaptationWindows(warmup) : [];

  function init(key: Key, point: Evaluated): WarmupState {
    const metric = metricOf(null, potential.dimension);
    let stepSize = settings.stepSize;
    let gradients = 0;
    if (adaptStepSize && warmup > 0) {
      ({ stepSize, gradients } = findReasonableStepSize(key, potential, point, metric, stepSize));
    }
    return {
      stepSize,
      metric,
      dualAveraging: initDualAveraging(stepSize),
      inverseMassMatrix: null,
      welford: windows.length > 0 ? initWelford(potential.dimension) : null,
      gradients,
    };
  }

  function update(key: Key, state: WarmupState, point: Evaluated, acceptanceRate: number): WarmupState {
    let { stepSize, metric, dualAveraging, inverseMassMatrix } = state;
    const { welford } = state;
    let gradients = 0;
    if (adaptStepSize) {
      dualAveraging = updateDualAveraging(dualAveraging, acceptanceRate, targetAcceptance);
      stepSize = Math.exp(dualAveraging.logStepSize);
    }
    const window = welford === null ? undefined : windowOf(windows, key.iteration);
    if (welford !== null && window !== undefined) {
      updateWelford(welford, point.position);
      if (window.last === key.iteration) {
        const variances = finalWelford(welford);
        resetWelford(welford);
        if (variances !== null) {
          inverseMassMatrix = variances;
          metric = metricOf(variances, potential.dimension);
          if (adaptStepSize) {
            ({ stepSize, gradients } = findReasonableStepSize(key, potential, point, metric, stepSize));
            dualAveraging = initDualAveraging(stepSize);
          }
        }
      }
    }
    return { stepSize, metric, dualAveraging, inverseMassMatrix, welford, gradients };
  }

  function final(state: WarmupState): WarmupState {
    if (!adaptStepSize || warmup === 0) return { ...state, gradients: 0 };
    return { ...state, stepSize: finalDualAveraging(state.dualAveraging), gradients: 0 };
  }

  return { init, update, final };
}

function windowOf(windows: readonly Window[], iteration: number): Window | undefined {
  return windows.find(({ first, last }) => first <= iteration && iteration <= last);
}

/** A copy that shares nothing mutable, for a record. An empty window is recorded as none. */
export function snapshotWarmup({ stepSize, dualAveraging, inverseMassMatrix, welford }: WarmupState): AdaptationState {
  return {
    stepSize,
    ...dualAveraging,
    inverseMassMatrix: inverseMassMatrix === null ? null : inverseMassMatrix.slice(),
    window:
      welford === null || welford.count === 0
        ? null
        : { count: welford.count, mean: welford.mean.slice(), sumSquares: welford.sumSquares.slice() },
  };
}

/** The inverse of `snapshotWarmup`; keeps nothing of `recorded` that could change. */
export function restoreWarmup(settings: HmcSettings, recorded: AdaptationState, dimension: number): WarmupState {
  const { stepSize, logStepSize, logStepSizeAverage, errorAverage, logStepSizeAnchor, stepSizeUpdates, window } = recorded;
  const inverseMassMatrix = recorded.inverseMassMatrix === null ? null : recorded.inverseMassMatrix.slice();
  let welford: WelfordState | null = null;
  if (window !== null) {
    welford = { count: window.count, mean: window.mean.slice(), sumSquares: window.sumSquares.slice() };
  } else if (settings.massMatrix === 'diagonal' && adaptationWindows(settings.warmup).length > 0) {
    welford = initWelford(dimension);
  }
  return {
    stepSize,
    metric: metricOf(inverseMassMatrix, dimension),
    dualAveraging: { logStepSize, logStepSizeAverage, errorAverage, logStepSizeAnchor, stepSizeUpdates },
    inverseMassMatrix,
    welford,
    gradients: 0,
  };
}
