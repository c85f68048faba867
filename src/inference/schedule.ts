// The step size of a stochastic gradient sampler, iteration by iteration: constant, or falling along a cosine in cycles.
//
// Zhang, Li, Zhang, Chen and Wilson, "Cyclical Stochastic Gradient MCMC for Bayesian Deep Learning" (2020), arXiv 1902.03932.
import { cycleOf, type Grid } from './grid.js';
import type { ScheduleSettings } from './settings.js';

/** What one step of a stochastic gradient sampler takes as given. */
export interface StepTuning {
  readonly stepSize: number;
  /** Whether noise is injected: not while a cycle explores, which is optimisation. */
  readonly noise: boolean;
}

/**
 * The tuning of `iteration` (the first is 1). During warmup, and always where the schedule is constant: `stepSize` with noise.
 * In iteration k = 0, …, L - 1 of a cycle of length L, of which the first E explore:
 *
 *     ε_k = ε₀/2 · (cos(π k/L) + 1), with noise from k = E on
 */
export function stepTuning(schedule: ScheduleSettings, stepSize: number, grid: Grid, iteration: number): StepTuning {
  if (schedule.kind === 'constant' || iteration <= grid.warmup) return { stepSize, noise: true };
  const { exploration, length } = cycleOf(grid);
  const k = (iteration - grid.warmup - 1) % length;
  return { stepSize: (stepSize / 2) * (Math.cos((Math.PI * k) / length) + 1), noise: k >= exploration };
}
