// The method that a chain's settings name, for its potential.
import type { Key } from '../../random/index.js';
import type { Method } from '../method.js';
import { requireStochastic, type SamplerPotential } from '../potential.js';
import type { InferenceSettings } from '../settings.js';
import type { Prior } from '../start.js';
import { createHmcMethod } from './hmc.js';
import { createMapMethod } from './map.js';
import { createSghmcMethod, createSgldMethod } from './stochastic.js';
import { createVariationalMethod } from './vi.js';

/**
 * A state of the method is passed around unseen.
 *
 * Throws ARGUMENT_INVALID where mini-batches are larger than the data, INTERNAL where the potential has none.
 */
export function methodOf(inference: InferenceSettings, key: Pick<Key, 'seed' | 'chain'>, potential: SamplerPotential, prior: Prior): Method<unknown> {
  if (inference.method === 'hmc') return createHmcMethod(inference, potential);
  const stochastic = requireStochastic(potential, inference.method);
  switch (inference.method) {
    case 'map':
      return createMapMethod(inference, stochastic, prior, key);
    case 'sgld':
      return createSgldMethod(inference, stochastic, key);
    case 'sghmc':
      return createSghmcMethod(inference, stochastic, key);
    case 'vi':
      return createVariationalMethod(inference, stochastic, prior, key);
  }
}
