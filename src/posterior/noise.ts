// The noise of a Gaussian likelihood at a position.
import type { Posterior } from './posterior.js';

/**
 * Its standard deviation, in the units that the network sees: fixed, or exp of the last parameter. Kept where the density is
 * defined: a position is finite, its exponential need not be. NaN for a likelihood without noise.
 *
 * @param position - [dimension]
 */
export function noiseStdOf({ likelihood, dimension }: Posterior, position: Float32Array): number {
  switch (likelihood.kind) {
    case 'categorical':
      return NaN;
    case 'gaussian':
      return likelihood.noiseStd;
    case 'gaussian-learned':
      return Math.min(Number.MAX_VALUE, Math.max(Number.MIN_VALUE, Math.exp(position[dimension - 1]!)));
  }
}
