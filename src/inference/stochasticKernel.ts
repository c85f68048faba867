// What SGLD and SGHMC have in common: the kernel of a sampler on mini-batches.
import type { Key } from '../random/index.js';
import type { KernelState } from './chain.js';
import type { StepTuning } from './schedule.js';
import type { ValidKernelState } from './validate.js';

/** Scalars of one step. */
export interface StochasticInfo {
  /** The estimate U_B in nats, at the position before the step. */
  readonly potentialEnergy: number;
}

/** States are updated in place: step only from the one returned last. */
export interface StochasticKernel<State extends { readonly position: Float32Array }> {
  /** Whether a state is more than its position: then every record carries the rest, and none goes on with that of another. */
  readonly moves: boolean;
  /** Keeps `position`. Costs nothing. */
  init(key: Key, position: Float32Array): State;
  /** One step on the rows of a mini-batch (null: the full batch). Costs one gradient. */
  step(key: Key, state: State, rows: Int32Array | null, tuning: StepTuning): [State, StochasticInfo];
  /** In nats; NaN without a momentum. */
  kineticEnergy(state: State): number;
  /** Copies of what a successor needs besides the position. */
  arrays(state: State): KernelState['arrays'];
  /** The inverse of `arrays`. Keeps `position`. Throws STATE_INVALID. */
  restore(position: Float32Array, kernel: ValidKernelState): State;
}
