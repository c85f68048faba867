// Builds a posterior from a network and the prior, likelihood and temperature of a job.
import type { Network, TensorLayout } from '../network/network.js';
import type { Likelihood, Posterior } from './posterior.js';

/** Name of the learned log noise standard deviation's tensor, shape [1], the last of a position. */
export const LOG_NOISE_TENSOR = 'likelihood.log_noise_std';

/** Standard deviation of weights and biases where nothing else is said. */
export const DEFAULT_PRIOR_STD = 1;

interface PriorScale {
  readonly weight?: number | undefined;
  readonly bias?: number | undefined;
}

/** The part of a job that makes a posterior; `Job` fits it. */
export interface PosteriorSettings {
  /** Standard deviations; `layers` overrides by layer name. */
  readonly prior: PriorScale & { readonly layers: Readonly<Record<string, PriorScale>> };
  readonly likelihood:
    | { readonly kind: 'categorical' }
    | {
        readonly kind: 'gaussian';
        readonly noise: number | { readonly learned: true; readonly logMean: number; readonly logStd: number };
      };
  readonly temperature: number;
}

/** The tensors of a position that ends in a learned noise: the network's, then the log noise standard deviation. */
export function withLearnedNoise({ tensors, dimension }: Network): readonly TensorLayout[] {
  return [...tensors, { name: LOG_NOISE_TENSOR, shape: [1], offset: dimension, size: 1 }];
}

/** The posterior of `network` under these settings. A learned noise adds one parameter at the end of the position. */
export function buildPosterior(network: Network, settings: PosteriorSettings): Posterior {
  const priors = network.layers.flatMap((layer) => {
    const own = settings.prior.layers[layer.name];
    return (['weight', 'bias'] as const).map((kind) => ({
      mean: 0,
      std: own?.[kind] ?? settings.prior[kind] ?? DEFAULT_PRIOR_STD,
    }));
  });
  const likelihood = likelihoodOf(settings.likelihood);
  const posterior = { network, priors, likelihood, temperature: settings.temperature };
  if (likelihood.kind !== 'gaussian-learned') return { ...posterior, tensors: network.tensors, dimension: network.dimension };
  priors.push({ mean: likelihood.logNoisePriorMean, std: likelihood.logNoisePriorStd });
  return { ...posterior, tensors: withLearnedNoise(network), dimension: network.dimension + 1 };
}

function likelihoodOf(settings: PosteriorSettings['likelihood']): Likelihood {
  if (settings.kind === 'categorical') return { kind: 'categorical' };
  const { noise } = settings;
  if (typeof noise === 'number') return { kind: 'gaussian', noiseStd: noise };
  return { kind: 'gaussian-learned', logNoisePriorMean: noise.logMean, logNoisePriorStd: noise.logStd };
}
