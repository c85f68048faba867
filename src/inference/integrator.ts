// The leapfrog integrator of Hamilton's equations: symplectic, reversible, energy error of second order.
import type { Potential } from '../posterior/posterior.js';

export interface TrajectoryEnd {
  /** U at the end, in nats; where it is not finite or above the limit, the trajectory was given up there. */
  readonly energy: number;
  /** Leapfrog steps taken, each of which cost one gradient. */
  readonly stepsTaken: number;
}

/**
 * Follows dq/dt = M⁻¹p, dp/dt = -dU/dq for `steps` leapfrog steps of signed size `stepSize`, in place on `position`,
 * `momentum` and `gradient`, which must hold dU/dq at `position` on entry and does on return:
 *
 *     p ← p - ε/2 dU/dq;   q ← q + ε M⁻¹p;   p ← p - ε/2 dU/dq
 *
 * (adjacent half steps of p merged). Uses the potential's own `trajectory` where it has one. Gives up where U is not
 * finite or exceeds `energyLimit`; momentum is then half a step short, which nobody may use.
 */
export function leapfrog(
  potential: Potential,
  position: Float32Array,
  momentum: Float32Array,
  gradient: Float32Array,
  inverseMassMatrix: Float32Array,
  stepSize: number,
  steps: number,
  energyLimit: number,
): TrajectoryEnd {
  if (potential.trajectory !== undefined) {
    return potential.trajectory(position, momentum, gradient, inverseMassMatrix, stepSize, steps, energyLimit);
  }
  let energy = Number.NaN;
  kick(momentum, gradient, stepSize / 2);
  for (let step = 1; step <= steps; step++) {
    drift(position, momentum, inverseMassMatrix, stepSize);
    energy = potential.valueAndGradient(position, gradient);
    if (!(energy <= energyLimit && energy >= -Number.MAX_VALUE)) return { energy, stepsTaken: step };
    kick(momentum, gradient, step === steps ? stepSize / 2 : stepSize);
  }
  return { energy, stepsTaken: steps };
}

function kick(momentum: Float32Array, gradient: Float32Array, time: number): void {
  for (let i = 0; i < momentum.length; i++) momentum[i] = momentum[i]! - time * gradient[i]!;
}

function drift(position: Float32Array, momentum: Float32Array, inverseMassMatrix: Float32Array, time: number): void {
  for (let i = 0; i < position.length; i++) position[i] = position[i]! + time * inverseMassMatrix[i]! * momentum[i]!;
}
