// Hamiltonian Monte Carlo with trajectories of a given number of leapfrog steps and a Metropolis correction.
//
// Duane, Kennedy, Pendleton and Roweth 1987; Neal, "MCMC using Hamiltonian dynamics" (2011), arXiv 1206.1901.
// Leaves exp(-U(q)) invariant.
import { uniform, type Key } from '../random/index.js';
import { leapfrog } from './integrator.js';
import { kineticEnergy, sampleMomentum, type Metric } from './metric.js';
import { evaluate, partsOf, requireUsable, type Evaluated, type SamplerPotential } from './potential.js';

/** Where a chain stands. Caches the potential and its gradient, so that a transition costs one gradient per step. */
export type HmcState = Evaluated;

/** Scalars of one transition. Energies in nats. */
export interface HmcInfo {
  /** U at the position after the transition. */
  readonly potentialEnergy: number;
  /** Of the proposal where it was accepted, otherwise of the fresh momentum: with U, the Hamiltonian after the transition. */
  readonly kineticEnergy: number;
  /** Hamiltonian at the proposal minus at the start; Infinity where the trajectory ended in a non-finite energy. */
  readonly energyError: number;
  /** min(1, exp(-energyError)); 0 where divergent. */
  readonly acceptanceRate: number;
  readonly accepted: boolean;
  /** The energy error is not finite or above the threshold. The proposal is rejected and the chain goes on. */
  readonly divergent: boolean;
  /** As used, after jitter. */
  readonly stepSize: number;
  /** As taken: fewer than asked for where the trajectory diverged on the way. Each costs one gradient. */
  readonly leapfrogSteps: number;
}

/** What warmup tunes and a transition takes as given. */
export interface HmcTuning {
  readonly stepSize: number;
  readonly leapfrogSteps: number;
  readonly metric: Metric;
}

export interface HmcOptions {
  /** Relative uniform jitter of the step size, in [0, 1]. */
  readonly jitter: number;
  /** Energy error in nats above which a transition is divergent. */
  readonly divergenceThreshold: number;
}

export interface Hmc {
  /** Evaluates `position` and keeps it. Costs one gradient. Throws SAMPLER_FAILED where U or its gradient is not finite. */
  init(position: Float32Array): HmcState;
  /**
   * One transition. The arrays of an accepted transition's `state` are reused by the next step: a caller that keeps a
   * position copies it, and steps only from the state returned last.
   */
  step(key: Key, state: HmcState, tuning: HmcTuning): [HmcState, HmcInfo];
}

/** Builds the kernel; it owns a momentum and a spare state, so that a transition allocates nothing of size `dimension`. */
export function createHmc(potential: SamplerPotential, { jitter, divergenceThreshold }: HmcOptions): Hmc {
  const momentum = new Float32Array(potential.dimension);
  let sparePosition = new Float32Array(potential.dimension);
  let spareGradient = new Float32Array(potential.dimension);

  function init(position: Float32Array): HmcState {
    const state = evaluate(potential, position, new Float32Array(potential.dimension));
    requireUsable(state, 'the position that the chain starts from');
    return state;
  }

  function step(key: Key, state: HmcState, tuning: HmcTuning): [HmcState, HmcInfo] {
    const { metric, leapfrogSteps } = tuning;
    const stepSize = jitter === 0 ? tuning.stepSize : tuning.stepSize * (1 + jitter * (2 * uniform(key, 'jitter') - 1));

    sampleMomentum(key, 'momentum', metric, momentum);
    const startKinetic = kineticEnergy(metric, momentum);
    const startEnergy = state.potentialEnergy + startKinetic;

    const position = sparePosition;
    const gradient = spareGradient;
    position.set(state.position);
    gradient.set(state.gradient);
    const limit = startEnergy + divergenceThreshold;
    const end = leapfrog(potential, position, momentum, gradient, metric.inverseMassMatrix, stepSize, leapfrogSteps, limit);

    // A kinetic energy is never negative, so U above the limit is an error above the threshold. A non-finite gradient
    // at the end shows in the last half step of the momentum, hence in its energy: no state holds one.
    const endKinetic = kineticEnergy(metric, momentum);
    const difference = end.energy + endKinetic - startEnergy;
    const energyError = Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY;
    const divergent = end.stepsTaken < leapfrogSteps || energyError > divergenceThreshold;
    const acceptanceRate = divergent ? 0 : Math.min(1, Math.exp(-energyError));
    const accepted = !divergent && uniform(key, 'accept') < acceptanceRate;

    let next = state;
    if (accepted) {
      const { priorEnergy, likelihoodEnergy } = partsOf(potential);
      next = { position, gradient, potentialEnergy: end.energy, priorEnergy, likelihoodEnergy };
      sparePosition = state.position as Float32Array<ArrayBuffer>;
      spareGradient = state.gradient as Float32Array<ArrayBuffer>;
    }
    const info = {
      potentialEnergy: next.potentialEnergy,
      kineticEnergy: accepted ? endKinetic : startKinetic,
      energyError,
      acceptanceRate,
      accepted,
      divergent,
      stepSize,
      leapfrogSteps: end.stepsTaken,
    };
    return [next, info];
  }

  return { init, step };
}
