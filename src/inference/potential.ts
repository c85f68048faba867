// The potential as a sampler uses it, and checks of what it returns.
import { BasinetError } from '../errors.js';
import type { Potential } from '../posterior/posterior.js';

/**
 * What a chain needs: a potential, and where there is one, the split of the last energy into prior and likelihood (as
 * `EnginePotential` has it). Without `parts` both are reported as NaN.
 *
 * For a resumed chain to be bit-identical, the energy and gradient at a position must be the same bits whether
 * `trajectory` ended there or `valueAndGradient` was called there: both must go through the same arithmetic.
 */
export interface SamplerPotential extends Potential {
  parts?(): { readonly prior: number; readonly likelihood: number };
}

/** A potential of independent rows that can be estimated from some of them. `EnginePotential` fits it. */
export interface StochasticPotential extends SamplerPotential {
  /** N: rows of the data. */
  readonly rows: number;
  /**
   * U_B(q) = (prior energy + N/B · Σ over `rows` of the likelihood energy) / T in nats, with B = rows.length, and its gradient
   * into `gradient`: unbiased estimates of U and dU/dq where the rows are a random sample. `parts` then tells those of U_B.
   */
  batchValueAndGradient(position: Float32Array, rows: Int32Array, gradient: Float32Array): number;
}

/** Throws INTERNAL where `potential` has no mini-batches. */
export function requireStochastic(potential: SamplerPotential, method: string): StochasticPotential {
  if ('batchValueAndGradient' in potential) return potential as StochasticPotential;
  throw new BasinetError('INTERNAL', `method ${method} needs gradients of mini-batches, which this potential does not have`);
}

/** U and its gradient, of the full batch where `rows` is null and otherwise estimated from them. Costs one gradient. */
export function estimate(potential: StochasticPotential, position: Float32Array, rows: Int32Array | null, gradient: Float32Array): number {
  return rows === null ? potential.valueAndGradient(position, gradient) : potential.batchValueAndGradient(position, rows, gradient);
}

/** A position with everything that is known of it. */
export interface Evaluated {
  /** [dimension] */
  readonly position: Float32Array;
  /** [dimension]: dU/dq. */
  readonly gradient: Float32Array;
  /** U, in nats. */
  readonly potentialEnergy: number;
  /** Parts of U before the temperature divides them, in nats; NaN where the potential has no `parts`. */
  readonly priorEnergy: number;
  readonly likelihoodEnergy: number;
}

/** Evaluates the potential at `position`. Keeps `position`; writes and keeps `gradient`. Costs one gradient. */
export function evaluate(potential: SamplerPotential, position: Float32Array, gradient: Float32Array): Evaluated {
  const potentialEnergy = potential.valueAndGradient(position, gradient);
  return { position, gradient, potentialEnergy, ...partsOf(potential) };
}

const NO_PARTS = { priorEnergy: Number.NaN, likelihoodEnergy: Number.NaN };

export function partsOf(potential: SamplerPotential): { priorEnergy: number; likelihoodEnergy: number } {
  if (potential.parts === undefined) return NO_PARTS;
  const { prior, likelihood } = potential.parts();
  return { priorEnergy: prior, likelihoodEnergy: likelihood };
}

/** Whether a trajectory can begin here: finite energy and gradient. */
export function isUsable(point: Evaluated): boolean {
  return Number.isFinite(point.potentialEnergy) && allFinite(point.gradient);
}

export function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
}

/** Throws SAMPLER_FAILED where a chain can't go on from `point`. `where` completes the sentence "at …". */
export function requireUsable(point: Evaluated, where: string): void {
  if (isUsable(point)) return;
  const finiteEnergy = Number.isFinite(point.potentialEnergy);
  throw new BasinetError(
    'SAMPLER_FAILED',
    finiteEnergy ? `the gradient of the potential is not finite at ${where}` : `the potential energy is ${point.potentialEnergy} at ${where}`,
    {
      path: 'inference',
      value: point.potentialEnergy,
      remedy: 'Check the data for huge values (data.inputs.standardize), narrow the prior, or lower inference.start.scale.',
    },
  );
}
