// A maximum a posteriori fit by Adam on the full-batch potential, as a starting point of a chain.
import type { Potential } from '../posterior/posterior.js';
import { adamStep } from './adam.js';

export interface MapState {
  /** [dimension]: where the next gradient is taken. Updated in place, as all arrays here. */
  readonly position: Float32Array;
  readonly gradient: Float32Array;
  readonly firstMoment: Float64Array;
  readonly secondMoment: Float64Array;
  /** [dimension]: the position of lowest energy so far. */
  readonly bestPosition: Float32Array;
  readonly bestEnergy: number;
  /** Steps taken, each of which cost one gradient. */
  readonly steps: number;
  /** The last energy was not finite: no further step is possible. */
  readonly failed: boolean;
}

/** Starts at `position`, which it copies. Costs nothing. */
export function initMap(position: Float32Array): MapState {
  const { length } = position;
  return {
    position: position.slice(),
    gradient: new Float32Array(length),
    firstMoment: new Float64Array(length),
    secondMoment: new Float64Array(length),
    bestPosition: position.slice(),
    bestEnergy: Number.POSITIVE_INFINITY,
    steps: 0,
    failed: false,
  };
}

/**
 * One step of Adam. Costs one gradient. The best position is kept beside the current one, since Adam with a constant
 * learning rate does not descend monotonically.
 */
export function stepMap(state: MapState, potential: Potential, learningRate: number): MapState {
  const { position, gradient, firstMoment, secondMoment, bestPosition } = state;
  const energy = potential.valueAndGradient(position, gradient);
  const steps = state.steps + 1;
  if (!Number.isFinite(energy)) return { ...state, steps, failed: true };
  let bestEnergy = state.bestEnergy;
  if (energy < bestEnergy) {
    bestEnergy = energy;
    bestPosition.set(position);
  }
  adamStep(position, gradient, firstMoment, secondMoment, steps, learningRate);
  return { ...state, bestEnergy, steps, failed: false };
}
