// Agreement of two predictives: how often they name the same class.
import { mostProbable } from './classification.js';
import { requirePair } from './predictivePair.js';

/**
 * Share of rows whose most probable class (the lowest among equals) is the same under both (Izmailov, Vikram, Hoffman and
 * Wilson 2021, arXiv 2104.14421, section 4).
 *
 * @param p, q - [rows, classes]
 * @throws BasinetError ARGUMENT_INVALID where they are no rows of so many classes, or differ in length
 */
export function agreement(p: Float64Array, q: Float64Array, classes: number): number {
  const rows = requirePair(p, q, classes);
  let same = 0;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * classes, (row + 1) * classes];
    if (mostProbable(p.subarray(from, to)) === mostProbable(q.subarray(from, to))) same++;
  }
  return same / rows;
}
