// Dual averaging of the step size towards a target acceptance rate.
//
// Nesterov 2009 as used by Hoffman and Gelman, "The No-U-Turn Sampler", JMLR 15 (2014), section 3.2, equation 6:
//     H̄ₜ = (1 - 1/(t + t₀)) H̄ₜ₋₁ + (δ - αₜ)/(t + t₀);   log εₜ₊₁ = μ - √t/γ · H̄ₜ
//     log ε̄ₜ = t^-κ log εₜ₊₁ + (1 - t^-κ) log ε̄ₜ₋₁,      μ = log 10ε₀
// Constants as in Stan.

const GAMMA = 0.05;
const T0 = 10;
const KAPPA = 0.75;

export interface DualAveragingState {
  /** log ε to use next. */
  readonly logStepSize: number;
  /** log ε̄, the averaged iterate that remains after warmup; meaningless before the first update. */
  readonly logStepSizeAverage: number;
  /** H̄: running mean of target minus acceptance rate. */
  readonly errorAverage: number;
  /** μ: log ε is drawn towards it. */
  readonly logStepSizeAnchor: number;
  /** t */
  readonly stepSizeUpdates: number;
}

/** Starts afresh from a step size that is about right. */
export function initDualAveraging(stepSize: number): DualAveragingState {
  return {
    logStepSize: Math.log(stepSize),
    logStepSizeAverage: 0,
    errorAverage: 0,
    logStepSizeAnchor: Math.log(10 * stepSize),
    stepSizeUpdates: 0,
  };
}

/** Takes in one transition's acceptance rate, in [0, 1]. */
export function updateDualAveraging(
  state: DualAveragingState,
  acceptanceRate: number,
  targetAcceptance: number,
): DualAveragingState {
  const t = state.stepSizeUpdates + 1;
  const weight = 1 / (t + T0);
  const errorAverage = (1 - weight) * state.errorAverage + weight * (targetAcceptance - acceptanceRate);
  const logStepSize = state.logStepSizeAnchor - (Math.sqrt(t) / GAMMA) * errorAverage;
  const averageWeight = Math.exp(-KAPPA * Math.log(t));
  return {
    logStepSize,
    logStepSizeAverage: averageWeight * logStepSize + (1 - averageWeight) * state.logStepSizeAverage,
    errorAverage,
    logStepSizeAnchor: state.logStepSizeAnchor,
    stepSizeUpdates: t,
  };
}

/** The averaged step size; the current one where there has been no update. */
export function finalDualAveraging(state: DualAveragingState): number {
  return Math.exp(state.stepSizeUpdates === 0 ? state.logStepSize : state.logStepSizeAverage);
}
