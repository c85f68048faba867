// What methods without a Metropolis test say of an iteration.
import { BasinetError } from '../errors.js';
import type { StepInfo } from './method.js';
import { allFinite, type Evaluated } from './potential.js';

/** Everything that such a method may say; the rest is NaN, false or 0. */
type Told = Partial<Pick<StepInfo, 'kineticEnergy' | 'priorEnergy' | 'likelihoodEnergy'>> & Pick<StepInfo, 'potentialEnergy' | 'stepSize' | 'gradients'>;

export function untestedInfo(told: Told): StepInfo {
  return {
    potentialEnergy: told.potentialEnergy,
    kineticEnergy: told.kineticEnergy ?? Number.NaN,
    energyError: Number.NaN,
    acceptanceRate: Number.NaN,
    accepted: false,
    divergent: false,
    stepSize: told.stepSize,
    leapfrogSteps: 0,
    priorEnergy: told.priorEnergy ?? Number.NaN,
    likelihoodEnergy: told.likelihoodEnergy ?? Number.NaN,
    gradients: told.gradients,
  };
}

/** The energies of a position, for `untestedInfo`. */
export function energiesOf({ potentialEnergy, priorEnergy, likelihoodEnergy }: Evaluated): Pick<StepInfo, 'potentialEnergy' | 'priorEnergy' | 'likelihoodEnergy'> {
  return { potentialEnergy, priorEnergy, likelihoodEnergy };
}

/** Throws SAMPLER_FAILED where a method without a test that could reject has run away. `key` is the setting to lower. */
export function requireFinite(energy: number, position: Float32Array, iteration: number, key: 'stepSize' | 'learningRate'): void {
  if (Number.isFinite(energy) && allFinite(position)) return;
  throw new BasinetError('SAMPLER_FAILED', `the potential energy is ${energy} in iteration ${iteration}: its steps are too long`, {
    path: `inference.${key}`,
    value: energy,
    remedy: `Lower inference.${key}, or check the data for huge values (data.inputs.standardize).`,
  });
}
