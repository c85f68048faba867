// Stochastic gradient Hamiltonian Monte Carlo: momentum with friction, gradients of mini-batches, and noise that makes up for it.
//
// Chen, Fox and Guestrin, "Stochastic Gradient Hamiltonian Monte Carlo" (2014), arXiv 1402.4102, equation 15 with B̂ = 0. Leaves
// exp(-U(q)) invariant in the limit of small steps only: there is no Metropolis test.
import { fillNormal, type Key } from '../random/index.js';
import { estimate, type StochasticPotential } from './potential.js';
import type { StepTuning } from './schedule.js';
import type { StochasticKernel } from './stochasticKernel.js';

/** Where a chain stands; updated in place. */
export interface SghmcState {
  /** [dimension] */
  readonly position: Float32Array;
  /** [dimension]: p, of unit mass. */
  readonly momentum: Float32Array;
}

/**
 * Builds the kernel. A step of size h with friction α is
 *
 *     p ← (1 - α) p - h ∇U_B(q) + √(2α) z,   z ~ Normal(0, 1);   q ← q + h p
 *
 * In the paper's words, with v = h p: its learning rate is η = h². On a quadratic U with Hessian Λ and the full batch, draws have
 * covariance (Λ - h²Λ²/(4 - 2α))⁻¹ instead of Λ⁻¹.
 */
export function createSghmc(potential: StochasticPotential, friction: number): StochasticKernel<SghmcState> {
  const gradient = new Float32Array(potential.dimension);
  const noise = new Float32Array(potential.dimension);
  return {
    moves: true,
    init(key: Key, position: Float32Array) {
      const momentum = new Float32Array(potential.dimension);
      fillNormal(key, 'momentum', momentum);
      return { position, momentum };
    },

    step(key: Key, state: SghmcState, rows: Int32Array | null, tuning: StepTuning) {
      const { position, momentum } = state;
      const { stepSize } = tuning;
      const potentialEnergy = estimate(potential, position, rows, gradient);
      if (tuning.noise) fillNormal(key, 'noise', noise);
      else noise.fill(0);
      const scale = Math.sqrt(2 * friction);
      for (let i = 0; i < position.length; i++) {
        momentum[i] = (1 - friction) * momentum[i]! - stepSize * gradient[i]! + scale * noise[i]!;
        position[i] = position[i]! + stepSize * momentum[i]!;
      }
      return [state, { potentialEnergy }];
    },

    kineticEnergy: ({ momentum }) => momentum.reduce((sum, p) => sum + 0.5 * p * p, 0),
    arrays: ({ momentum }) => ({ momentum: momentum.slice() }),
    restore: (position, kernel) => ({ position, momentum: kernel.float32('momentum') }),
  };
}
