// What a posterior is: a network, Gaussian priors, a likelihood, a temperature.
import type { Network, TensorLayout } from '../network/network.js';

export type Likelihood =
  /** Targets are class indices; the network's outputs are logits. */
  | { readonly kind: 'categorical' }
  /** Targets are reals [rows, outputs]; fixed noise standard deviation. */
  | { readonly kind: 'gaussian'; readonly noiseStd: number }
  /**
   * Targets are reals; one log standard deviation for all outputs is the last parameter, tensor
   * `likelihood.log_noise_std` of shape [1], with a Normal(priorMean, priorStd) prior on the logarithm.
   */
  | { readonly kind: 'gaussian-learned'; readonly logNoisePriorMean: number; readonly logNoisePriorStd: number };

export interface Posterior {
  readonly network: Network;
  /** The network's tensors, then those of the likelihood. The layout of every position. */
  readonly tensors: readonly TensorLayout[];
  /** Length of a position. */
  readonly dimension: number;
  /** Per tensor, in the order of `tensors`: independent Normal(mean, std²) on every element. */
  readonly priors: readonly { readonly mean: number; readonly std: number }[];
  readonly likelihood: Likelihood;
  /** T in p(θ|D)^(1/T): U = (prior energy + likelihood energy) / T. 1 is Bayes. */
  readonly temperature: number;
}

/**
 * The one contract between a posterior and a sampler.
 * Energies are in nats and include every normalising constant of prior and likelihood.
 */
export interface Potential {
  readonly dimension: number;
  /** Potential energy U(q) in nats; writes dU/dq into `gradient` (length `dimension`). */
  valueAndGradient(position: Float32Array, gradient: Float32Array): number;
  /**
   * A whole leapfrog trajectory, where the engine has one: `steps` leapfrog steps of signed size `stepSize`
   * with diagonal `inverseMassMatrix`, in place on position, momentum and gradient (which must hold dU/dq at
   * `position` on entry, and does at the new position on return). Returns U at the end. Stops early and
   * returns a non-finite value or one above `energyLimit` where U passes it (a divergence).
   */
  trajectory?(
    position: Float32Array,
    momentum: Float32Array,
    gradient: Float32Array,
    inverseMassMatrix: Float32Array,
    stepSize: number,
    steps: number,
    energyLimit: number,
  ): { readonly energy: number; readonly stepsTaken: number };
}
