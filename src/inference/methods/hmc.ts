// HMC as a method of a chain: the kernel, and warmup composed with it.
import type { Key } from '../../random/index.js';
import { createWarmup, restoreWarmup, snapshotWarmup, type WarmupState } from '../adaptation/warmup.js';
import { createHmc, type HmcState, type HmcTuning } from '../hmc.js';
import type { Method } from '../method.js';
import type { SamplerPotential } from '../potential.js';
import { leapfrogStepsFor, type HmcSettings } from '../settings.js';
import { validateAdaptation, validateEnergy } from '../validate.js';

/** Replaced field by field as the chain moves. */
export interface HmcChainState {
  point: HmcState;
  tuning: HmcTuning;
  warmup: WarmupState;
}

/** The chain leaves exp(-U) invariant once warmup is over, and an iteration is a transition. */
export function createHmcMethod(settings: HmcSettings, potential: SamplerPotential): Method<HmcChainState> {
  const hmc = createHmc(potential, settings);
  const adaptation = createWarmup(settings, potential);
  const tuningOf = ({ stepSize, metric }: WarmupState): HmcTuning => ({ stepSize, metric, leapfrogSteps: leapfrogStepsFor(settings, stepSize) });

  return {
    init(key, point) {
      const warmup = adaptation.init(key, point);
      return { state: { point, warmup, tuning: tuningOf(warmup) }, gradients: warmup.gradients };
    },

    step(key: Key, state) {
      const [point, info] = hmc.step(key, state.point, state.tuning);
      state.point = point;
      let gradients = info.leapfrogSteps;
      if (key.iteration <= settings.warmup) {
        let warmup = adaptation.update(key, state.warmup, point, info.acceptanceRate);
        gradients += warmup.gradients;
        if (key.iteration === settings.warmup) warmup = adaptation.final(warmup);
        state.warmup = warmup;
        state.tuning = tuningOf(warmup);
      }
      // Field by field: at every transition, and spreading is an order of magnitude slower.
      return [
        state,
        {
          potentialEnergy: info.potentialEnergy,
          kineticEnergy: info.kineticEnergy,
          energyError: info.energyError,
          acceptanceRate: info.acceptanceRate,
          accepted: info.accepted,
          divergent: info.divergent,
          stepSize: info.stepSize,
          leapfrogSteps: info.leapfrogSteps,
          priorEnergy: point.priorEnergy,
          likelihoodEnergy: point.likelihoodEnergy,
          gradients,
        },
      ];
    },

    snapshot({ point, warmup }, carries) {
      return { position: point.position.slice(), adaptation: carries ? snapshotWarmup(warmup) : null, kernel: null };
    },

    restore(record, carried) {
      const restored = validateAdaptation(record, carried, settings, potential.dimension);
      const point = hmc.init(record.position.slice());
      validateEnergy(record, point.potentialEnergy);
      const warmup = restoreWarmup(settings, restored, potential.dimension);
      return { point, warmup, tuning: tuningOf(warmup) };
    },
  };
}
