// Where a chain starts: a draw from the prior, and on request a MAP fit from there.
import { BasinetError } from '../errors.js';
import type { Posterior } from '../posterior/posterior.js';
import { fillNormal, type Key } from '../random/index.js';
import { initMap, stepMap, type MapState } from './map.js';
import { evaluate, isUsable, type Evaluated, type SamplerPotential } from './potential.js';
import type { StartSettings } from './settings.js';

/** The parts of a posterior that do not depend on the data. */
export type Prior = Pick<Posterior, 'tensors' | 'priors' | 'dimension' | 'temperature'>;

const ATTEMPTS = 20;

/** mean + scale · std · z per tensor, z a function of `key` (whose iteration counts the attempts). */
export function priorDraw(key: Key, prior: Prior, scale: number): Float32Array {
  const position = new Float32Array(prior.dimension);
  fillNormal(key, 'start', position);
  prior.tensors.forEach((tensor, index) => {
    const { mean, std } = prior.priors[index]!;
    for (let i = tensor.offset; i < tensor.offset + tensor.size; i++) position[i] = mean + scale * std * position[i]!;
  });
  return position;
}

/** The search for a starting point, cut into steps of one gradient so that a driver can pause between them. */
export interface Start {
  readonly state: StartState;
  /** Costs one gradient. Throws SAMPLER_FAILED where no attempt gave a finite energy and gradient. */
  step(): StartState;
}

export interface StartState {
  /** Steps of Adam taken since the last prior draw. */
  readonly mapSteps: number;
  /** In nats: U at the starting point once found, before that the lowest so far; NaN before the first gradient. */
  readonly potentialEnergy: number;
  readonly gradients: number;
  /** The starting point, once found. */
  readonly point: Evaluated | null;
}

/** Chains of one number here share their starting point: the chain that its randomness is a function of. */
const startOf = (chain: number, { chainsPerStart = 1 }: StartSettings): number => Math.floor(chain / chainsPerStart);

/**
 * Tries prior draws until one has a finite potential, and fits from there where the settings ask for it. A fit that
 * runs into a non-finite energy ends at the best position so far.
 */
export function createStart(seed: number, chain: number, potential: SamplerPotential, prior: Prior, settings: StartSettings): Start {
  let attempt = 0;
  let fit: MapState | null = null;
  let state: StartState = { mapSteps: 0, potentialEnergy: Number.NaN, gradients: 0, point: null };

  function evaluateAt(position: Float32Array): StartState {
    const point = evaluate(potential, position, new Float32Array(potential.dimension));
    const usable = isUsable(point);
    if (!usable) retry(point.potentialEnergy);
    return {
      mapSteps: fit?.steps ?? 0,
      potentialEnergy: point.potentialEnergy,
      gradients: state.gradients + 1,
      point: usable ? point : null,
    };
  }

  function retry(energy: number): void {
    fit = null;
    attempt++;
    if (attempt < ATTEMPTS) return;
    throw new BasinetError('SAMPLER_FAILED', `the potential or its gradient is not finite at ${ATTEMPTS} starting points`, {
      path: 'inference.start.scale',
      value: energy,
      remedy: 'Lower inference.start.scale, standardise the inputs (data.inputs.standardize), or narrow the prior.',
    });
  }

  function step(): StartState {
    if (state.point !== null) return state;
    if (settings.from === 'prior') return (state = evaluateAt(priorDraw({ seed, chain: startOf(chain, settings), iteration: attempt }, prior, settings.scale)));
    fit ??= initMap(priorDraw({ seed, chain: startOf(chain, settings), iteration: attempt }, prior, settings.scale));
    if (fit.steps < settings.steps && !fit.failed) {
      fit = stepMap(fit, potential, settings.learningRate);
      state = { ...state, mapSteps: fit.steps, gradients: state.gradients + 1, potentialEnergy: fit.bestEnergy };
      if (fit.failed && fit.steps === 1) retry(fit.bestEnergy);
      return state;
    }
    return (state = evaluateAt(fit.bestPosition));
  }

  return {
    get state() {
      return state;
    },
    step,
  };
}
