// A maximum a posteriori fit by Adam on the full-batch potential, as a starting point of a chain.
//
// Kingma and Ba, "Adam" (2015), arXiv 1412.6980, algorithm 1 with β₁ = 0.9, β₂ = 0.999, ε = 1e-8. Deterministic.
import type { Potential } from '../posterior/posterior.js';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

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
  // m̂ = m/(1 - β₁ᵗ) and v̂ = v/(1 - β₂ᵗ), with the corrections taken out of the loop.
  const rate = learningRate / (1 - BETA_1 ** steps);
  const correction = 1 / Math.sqrt(1 - BETA_2 ** steps);
  for (let i = 0; i < position.length; i++) {
    const g = gradient[i]!;
    const m = BETA_1 * firstMoment[i]! + (1 - BETA_1) * g;
    const v = BETA_2 * secondMoment[i]! + (1 - BETA_2) * g * g;
    firstMoment[i] = m;
    secondMoment[i] = v;
    position[i] = position[i]! - (rate * m) / (Math.sqrt(v) * correction + EPSILON);
  }
  return { ...state, bestEnergy, steps, failed: false };
}
