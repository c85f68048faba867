// One draw between protobuf and plain data, and what makes a draw acceptable at all.
import { bytesOf, checkCount, checkElements, checkFinite, checkLength, checkPositive, checkRate, checkUnlessNaN, corrupt, float32Of, float64Of } from './bytes.js';
import { kernelFromWire, kernelToWire, checkKernel } from './kernelCodec.js';
import type { AdaptationState, DrawRecord, TransitionInfo } from './records.js';
import { wire, type basinet } from './wire.js';

type WireDraw = basinet.v1.IDraw;
type WireAdaptation = basinet.v1.IAdaptation;

/** Throws LOG_CORRUPT where a draw breaks the laws of its own fields; both sides of the codec call it. */
export function checkDraw(draw: DrawRecord, path: string): void {
  const dimension = draw.position.length;
  if (dimension === 0) throw corrupt(`${path}.position`, 'is empty');
  checkCount(draw.iteration, `${path}.iteration`, 1);
  checkElements(draw.position, `${path}.position`);
  checkInfo(draw.info, `${path}.info`);
  if (draw.adaptation) checkAdaptation(draw.adaptation, dimension, `${path}.adaptation`);
  if (draw.kernel) checkKernel(draw.kernel, dimension, `${path}.kernel`);
  if (draw.adaptation && draw.kernel) throw corrupt(`${path}.kernel`, 'excludes an adaptation');
  if (draw.phase === 'warmup' && !draw.adaptation && !draw.kernel) throw corrupt(`${path}.adaptation`, 'is missing on a warmup checkpoint, and so is a kernel state');
}

// Kinetic energy and energy error are free: a diverged proposal may have any. So are the parts: not every potential has them.
function checkInfo(info: TransitionInfo, path: string): void {
  checkFinite(info.potentialEnergy, `${path}.potential_energy`);
  checkUnlessNaN(info.acceptanceRate, `${path}.acceptance_rate`, checkRate);
  checkUnlessNaN(info.meanAcceptanceRate, `${path}.mean_acceptance_rate`, checkRate);
  checkUnlessNaN(info.stepSize, `${path}.step_size`, checkPositive);
  checkCount(info.leapfrogSteps, `${path}.leapfrog_steps`);
  checkCount(info.totalGradients, `${path}.total_gradients`);
  checkCount(info.totalDivergences, `${path}.total_divergences`);
}

function checkAdaptation(state: AdaptationState, dimension: number, path: string): void {
  checkPositive(state.stepSize, `${path}.step_size`);
  checkFinite(state.logStepSize, `${path}.log_step_size`);
  checkFinite(state.logStepSizeAverage, `${path}.log_step_size_average`);
  checkFinite(state.errorAverage, `${path}.error_average`);
  checkFinite(state.logStepSizeAnchor, `${path}.log_step_size_anchor`);
  checkCount(state.stepSizeUpdates, `${path}.step_size_updates`);
  if (state.inverseMassMatrix) {
    checkLength(state.inverseMassMatrix, dimension, `${path}.inverse_mass_matrix`);
    checkElements(state.inverseMassMatrix, `${path}.inverse_mass_matrix`, Number.MIN_VALUE);
  }
  if (state.window) {
    checkCount(state.window.count, `${path}.window_count`);
    checkLength(state.window.mean, dimension, `${path}.window_mean`);
    checkLength(state.window.sumSquares, dimension, `${path}.window_sum_squares`);
    checkElements(state.window.mean, `${path}.window_mean`);
    checkElements(state.window.sumSquares, `${path}.window_sum_squares`, 0);
  }
}

export function drawToWire(draw: DrawRecord): WireDraw {
  return {
    phase: draw.phase === 'warmup' ? wire.Phase.PHASE_WARMUP : wire.Phase.PHASE_SAMPLING,
    iteration: draw.iteration,
    position: bytesOf(draw.position),
    info: draw.info,
    adaptation: draw.adaptation && adaptationToWire(draw.adaptation),
    kernel: draw.kernel && kernelToWire(draw.kernel),
    ...(draw.probeOutputs ? { probeOutputs: bytesOf(draw.probeOutputs) } : {}),
  };
}

function adaptationToWire({ inverseMassMatrix, window, ...scalars }: AdaptationState): WireAdaptation {
  return {
    ...scalars,
    ...(inverseMassMatrix ? { inverseMassMatrix: bytesOf(inverseMassMatrix) } : {}),
    ...(window ? { windowCount: window.count, windowMean: bytesOf(window.mean), windowSumSquares: bytesOf(window.sumSquares) } : {}),
  };
}

/** Throws LOG_CORRUPT. Arrays are views into the message where its alignment allows. */
export function drawFromWire(draw: basinet.v1.Draw, path: string): DrawRecord {
  if (draw.phase !== wire.Phase.PHASE_WARMUP && draw.phase !== wire.Phase.PHASE_SAMPLING) throw corrupt(`${path}.phase`, `${draw.phase} is no phase`, draw.phase);
  if (!draw.info) throw corrupt(`${path}.info`, 'is missing');
  const record: DrawRecord = {
    phase: draw.phase === wire.Phase.PHASE_WARMUP ? 'warmup' : 'sampling',
    iteration: draw.iteration,
    position: float32Of(draw.position, `${path}.position`),
    info: infoFromWire(draw.info as basinet.v1.TransitionInfo),
    adaptation: draw.adaptation ? adaptationFromWire(draw.adaptation as basinet.v1.Adaptation, `${path}.adaptation`) : null,
    kernel: draw.kernel ? kernelFromWire(draw.kernel as basinet.v1.KernelState, `${path}.kernel`) : null,
    probeOutputs: draw.probeOutputs.length === 0 ? null : float32Of(draw.probeOutputs, `${path}.probe_outputs`),
  };
  checkDraw(record, path);
  return record;
}

// Field by field: a decoded message has its defaults on the prototype, where a spread does not see them.
function infoFromWire(info: basinet.v1.TransitionInfo): TransitionInfo {
  return {
    potentialEnergy: info.potentialEnergy,
    kineticEnergy: info.kineticEnergy,
    energyError: info.energyError,
    acceptanceRate: info.acceptanceRate,
    accepted: info.accepted,
    divergent: info.divergent,
    stepSize: info.stepSize,
    leapfrogSteps: info.leapfrogSteps,
    priorEnergy: info.priorEnergy,
    likelihoodEnergy: info.likelihoodEnergy,
    totalGradients: info.totalGradients,
    totalDivergences: info.totalDivergences,
    meanAcceptanceRate: info.meanAcceptanceRate,
  };
}

function adaptationFromWire(state: basinet.v1.Adaptation, path: string): AdaptationState {
  const open = state.windowMean.length > 0;
  if (!open && (state.windowSumSquares.length > 0 || state.windowCount !== 0)) throw corrupt(`${path}.window_mean`, 'is empty, but the window is not');
  return {
    stepSize: state.stepSize,
    logStepSize: state.logStepSize,
    logStepSizeAverage: state.logStepSizeAverage,
    errorAverage: state.errorAverage,
    logStepSizeAnchor: state.logStepSizeAnchor,
    stepSizeUpdates: state.stepSizeUpdates,
    inverseMassMatrix: state.inverseMassMatrix.length === 0 ? null : float32Of(state.inverseMassMatrix, `${path}.inverse_mass_matrix`),
    window: open
      ? {
          count: state.windowCount,
          mean: float64Of(state.windowMean, `${path}.window_mean`),
          sumSquares: float64Of(state.windowSumSquares, `${path}.window_sum_squares`),
        }
      : null,
  };
}
