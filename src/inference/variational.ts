// Mean-field variational inference: the independent Gaussians closest to the posterior, fitted by Adam on sampled weights.
//
// Blundell, Cornebise, Kavukcuoglu and Wierstra, "Weight Uncertainty in Neural Networks" (2015), arXiv 1505.05424. With
// q(w) = Π Normal(w_i; μ_i, σ_i²) and the prior Π Normal(m_i, s_i²), it maximises
//
//     ELBO = −E_q[U(w)] + H(q) = E_q[log likelihood]/T − Σ_i ( (((μ_i − m_i)² + σ_i²)/(2 s_i²) + log s_i + ½ log 2π)/T − log σ_i − ½ log 2πe )
//
// whose distance from log ∫ exp(−U) is KL(q ‖ exp(−U)): q approximates the tempered posterior, the target of every other method.
// At T = 1 the sum is KL(q ‖ prior). Only the log likelihood is sampled, at w = μ + σ z, z ~ Normal(0, 1), one w a step; the sum
// and its gradient are exact, and so without the noise that sampling them too (as the paper does) adds.
//
// The scale is kept as log σ: its entropy gradient is then 1 in every weight, and a step of Adam changes σ by the same share however
// small it is. (The paper's softplus does too once σ is small, and cannot be told from it there.)
import { BasinetError } from '../errors.js';
import type { Posterior } from '../posterior/posterior.js';
import { fillNormal, type Key } from '../random/index.js';
import { adamStep } from './adam.js';
import { allFinite, estimate, type StochasticPotential } from './potential.js';

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** q: each array is [dimension]. */
export interface FittedGaussian {
  readonly mean: Float32Array;
  /** log σ. */
  readonly logStd: Float32Array;
}

/** All that the next step needs; each array is [dimension]. Updated in place. */
export interface VariationalState extends FittedGaussian {
  /** Adam's moments. */
  readonly meanFirstMoment: Float32Array;
  readonly meanSecondMoment: Float32Array;
  readonly logStdFirstMoment: Float32Array;
  readonly logStdSecondMoment: Float32Array;
  /** Steps taken, each of which cost one gradient. */
  readonly steps: number;
}

/** Scalars of one step, in nats, at the distribution before it. `elbo` = expectedLogLikelihood / T − divergence. */
export interface VariationalInfo {
  readonly elbo: number;
  /** Log likelihood of all rows, before the temperature, at the sampled weights and estimated from the mini-batch. */
  readonly expectedLogLikelihood: number;
  /** Exact: E_q[prior energy]/T − H(q), which is KL(q ‖ prior) where T is 1. */
  readonly divergence: number;
}

export interface Variational {
  /**
   * Starts at the mean `position`, which it copies, with the same standard deviation for every weight. Costs nothing.
   *
   * @throws BasinetError ARGUMENT_INVALID where the position is not finite or not of this posterior, or `initialStd` not positive
   */
  init(position: Float32Array, initialStd: number): VariationalState;
  /**
   * One step of Adam on a mini-batch (null: the full batch), with weights sampled from (seed, chain, number of the step), purpose
   * `variational`. Costs one gradient. Step only from the state returned last.
   *
   * @throws BasinetError SAMPLER_FAILED where the potential is not finite at the sampled weights; the state is as before
   */
  step(key: Pick<Key, 'seed' | 'chain'>, state: VariationalState, rows: Int32Array | null, learningRate: number): [VariationalState, VariationalInfo];
  /** Weights drawn from q into `out` [dimension]: μ + σ z with z from (key, `variationalDraw`). */
  drawFrom(key: Key, fitted: FittedGaussian, out: Float32Array): void;
}

/** Builds the kernel; it owns what a step works in, so that a step allocates nothing of size `dimension`. */
export function createVariational(
  potential: StochasticPotential,
  posterior: Pick<Posterior, 'dimension' | 'tensors' | 'priors' | 'temperature'>,
): Variational {
  const { dimension, tensors, priors, temperature } = posterior;
  const weights = new Float32Array(dimension);
  const std = new Float64Array(dimension);
  const meanGradient = new Float32Array(dimension);
  // The noise of a step, then in the same place the gradient by log σ.
  const noise = new Float32Array(dimension);

  /**
   * From dU/dw in `meanGradient` to the gradients of −ELBO: with g the part of dU/dw that the likelihood makes,
   *
   *     d/dμ = g + (μ − m)/(s² T);   d/dlog σ = g σ z + σ²/(s² T) − 1
   *
   * Returns the sampled prior energy and the divergence.
   */
  function turnGradients({ mean, logStd }: VariationalState): { priorEnergy: number; divergence: number } {
    let priorEnergy = 0;
    let divergence = 0;
    tensors.forEach(({ offset, size }, t) => {
      const prior = priors[t]!;
      const strength = 1 / (prior.std * prior.std * temperature);
      let sampled = 0;
      let expected = 0;
      let logDeterminant = 0;
      for (let i = offset; i < offset + size; i++) {
        const z = noise[i]!;
        const sigma = std[i]!;
        const fromPrior = weights[i]! - prior.mean;
        const meanFromPrior = mean[i]! - prior.mean;
        const likelihoodGradient = meanGradient[i]! - strength * fromPrior;
        meanGradient[i] = likelihoodGradient + strength * meanFromPrior;
        noise[i] = likelihoodGradient * sigma * z + strength * sigma * sigma - 1;
        sampled += fromPrior * fromPrior;
        expected += meanFromPrior * meanFromPrior + sigma * sigma;
        logDeterminant += logStd[i]!;
      }
      const normalizer = size * (Math.log(prior.std) + HALF_LOG_2PI);
      priorEnergy += 0.5 * temperature * strength * sampled + normalizer;
      divergence += 0.5 * strength * expected + normalizer / temperature - logDeterminant - size * (HALF_LOG_2PI + 0.5);
    });
    return { priorEnergy, divergence };
  }

  return {
    init(position, initialStd) {
      requireStart(position, dimension, initialStd);
      const zeros = () => new Float32Array(dimension);
      return {
        mean: position.slice(),
        logStd: zeros().fill(Math.log(initialStd)),
        meanFirstMoment: zeros(),
        meanSecondMoment: zeros(),
        logStdFirstMoment: zeros(),
        logStdSecondMoment: zeros(),
        steps: 0,
      };
    },

    step({ seed, chain }, state, rows, learningRate) {
      const { mean, logStd } = state;
      const steps = state.steps + 1;
      fillNormal({ seed, chain, iteration: steps }, 'variational', noise);
      for (let i = 0; i < dimension; i++) {
        std[i] = Math.exp(logStd[i]!);
        weights[i] = mean[i]! + std[i]! * noise[i]!;
      }
      const energy = estimate(potential, weights, rows, meanGradient);
      if (!Number.isFinite(energy)) throw notFinite(energy, steps);
      const { priorEnergy, divergence } = turnGradients(state);
      adamStep(mean, meanGradient, state.meanFirstMoment, state.meanSecondMoment, steps, learningRate);
      adamStep(logStd, noise, state.logStdFirstMoment, state.logStdSecondMoment, steps, learningRate);
      const expectedLogLikelihood = priorEnergy - temperature * energy;
      return [{ ...state, steps }, { elbo: expectedLogLikelihood / temperature - divergence, expectedLogLikelihood, divergence }];
    },

    drawFrom(key, { mean, logStd }, out) {
      fillNormal(key, 'variationalDraw', out);
      for (let i = 0; i < dimension; i++) out[i] = mean[i]! + Math.exp(logStd[i]!) * out[i]!;
    },
  };
}

function requireStart(position: Float32Array, dimension: number, initialStd: number): void {
  if (position.length !== dimension || !allFinite(position)) {
    throw new BasinetError('ARGUMENT_INVALID', `the mean of a variational fit must be ${dimension} finite values`, {
      path: 'position',
      value: position.length,
      remedy: 'Start at a position of this posterior.',
    });
  }
  if (initialStd > 0 && Number.isFinite(initialStd)) return;
  throw new BasinetError('ARGUMENT_INVALID', `a variational fit cannot start with a standard deviation of ${initialStd}`, {
    path: 'initialStd',
    value: initialStd,
    remedy: 'Give a positive number, such as 0.05.',
  });
}

function notFinite(energy: number, step: number): BasinetError {
  return new BasinetError('SAMPLER_FAILED', `the potential energy is ${energy} at the weights sampled in step ${step} of the variational fit`, {
    path: 'inference',
    value: energy,
    remedy: 'Lower inference.learningRate or inference.initialStd, or check the data for huge values (data.inputs.standardize).',
  });
}
