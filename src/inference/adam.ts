// One step of Adam, in place.
//
// Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015), arXiv 1412.6980, algorithm 1 with their β₁ = 0.9,
// β₂ = 0.999, ε = 1e-8. Deterministic.

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

type Floats = Float32Array | Float64Array;

/**
 * Step number `step` (the first is 1) down `gradient`:
 *
 *     m ← β₁ m + (1 − β₁) g;   v ← β₂ v + (1 − β₂) g²;   q ← q − η m̂ / (√v̂ + ε),   m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)
 *
 * Formed in float64 and rounded once to what the arrays hold. All that the next step needs is in `firstMoment` m and
 * `secondMoment` v, zeros before the first one; all arrays have the same length.
 */
export function adamStep(position: Floats, gradient: Floats, firstMoment: Floats, secondMoment: Floats, step: number, learningRate: number): void {
  // The corrections are taken out of the loop.
  const rate = learningRate / (1 - BETA_1 ** step);
  const correction = 1 / Math.sqrt(1 - BETA_2 ** step);
  for (let i = 0; i < position.length; i++) {
    const g = gradient[i]!;
    const m = BETA_1 * firstMoment[i]! + (1 - BETA_1) * g;
    const v = BETA_2 * secondMoment[i]! + (1 - BETA_2) * g * g;
    firstMoment[i] = m;
    secondMoment[i] = v;
    position[i] = position[i]! - (rate * m) / (Math.sqrt(v) * correction + EPSILON);
  }
}
