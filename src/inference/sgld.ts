// Stochastic gradient Langevin dynamics: gradient descent on mini-batches with noise of a matching size.
//
// Welling and Teh, "Bayesian Learning via Stochastic Gradient Langevin Dynamics" (2011). Leaves exp(-U(q)) invariant in the limit
// of small steps only: there is no Metropolis test.
import { fillNormal, type Key } from '../random/index.js';
import { estimate, type StochasticPotential } from './potential.js';
import type { StepTuning } from './schedule.js';
import type { StochasticKernel } from './stochasticKernel.js';
import type { KernelState } from './chain.js';

/** Where a chain stands; updated in place. */
export interface SgldState {
  /** [dimension] */
  readonly position: Float32Array;
}

/**
 * Builds the kernel. A step of size ε is
 *
 *     q ← q - ε/2 · ∇U_B(q) + √ε z,   z ~ Normal(0, 1)
 *
 * On a quadratic U with Hessian Λ and the full batch, draws have covariance (Λ - εΛ²/4)⁻¹ instead of Λ⁻¹.
 */
export function createSgld(potential: StochasticPotential): StochasticKernel<SgldState> {
  const gradient = new Float32Array(potential.dimension);
  const noise = new Float32Array(potential.dimension);
  return {
    moves: false,
    init: (_key: Key, position: Float32Array) => ({ position }),

    step(key: Key, state: SgldState, rows: Int32Array | null, tuning: StepTuning) {
      const { position } = state;
      const { stepSize } = tuning;
      const potentialEnergy = estimate(potential, position, rows, gradient);
      if (tuning.noise) fillNormal(key, 'noise', noise);
      else noise.fill(0);
      const scale = Math.sqrt(stepSize);
      for (let i = 0; i < position.length; i++) position[i] = position[i]! - 0.5 * stepSize * gradient[i]! + scale * noise[i]!;
      return [state, { potentialEnergy }];
    },

    kineticEnergy: () => Number.NaN,
    arrays: (): KernelState['arrays'] => ({}),
    restore: (position) => ({ position }),
  };
}
