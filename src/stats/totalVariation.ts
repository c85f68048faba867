// Total variation between two predictives of classes.
import { requirePair } from './predictivePair.js';

/**
 * Mean over rows of ½ Σ_c |p_c − q_c|, from 0 (equal) to 1 (Izmailov, Vikram, Hoffman and Wilson
 * 2021, arXiv 2104.14421, section 4).
 *
 * @param p, q - [rows, classes]
 * @throws BasinetError ARGUMENT_INVALID where they are no rows of so many classes, or differ in length
 */
export function totalVariation(p: Float64Array, q: Float64Array, classes: number): number {
  const rows = requirePair(p, q, classes);
  let sum = 0;
  for (let k = 0; k < p.length; k++) sum += Math.abs(p[k]! - q[k]!);
  return sum / (2 * rows);
}
