// Distance of two predictives of reals, in units of how uncertain the reference is.
import { requirePair } from './predictivePair.js';

/** Mean and standard deviation of every row and output, [rows, outputs]. */
export interface NormalPredictive {
  readonly mean: Float64Array;
  readonly std: Float64Array;
}

/**
 * For reals, where there is no most probable class: Wasserstein-2 distance of the normals of the same mean and standard
 * deviation, in units of the reference's standard deviation, mean over rows and outputs:
 *
 *     √((m − m_ref)² + (s − s_ref)²) / s_ref
 *
 * @throws BasinetError ARGUMENT_INVALID where lengths differ
 */
export function relativeWasserstein({ mean, std }: NormalPredictive, reference: NormalPredictive): number {
  requirePair(mean, reference.mean, 1);
  let sum = 0;
  for (let k = 0; k < mean.length; k++) sum += Math.hypot(mean[k]! - reference.mean[k]!, std[k]! - reference.std[k]!) / reference.std[k]!;
  return sum / mean.length;
}
