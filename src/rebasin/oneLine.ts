// Relabellings in one line of integers, as they are kept beside every draw: two bytes a unit.
//
// All groups one after the other; place i of a group holds its unit p[i], or the complement ~p[i] = −1 − p[i] where that unit
// changes its sign there.
import type { Relabelling } from './relabelling.js';

export type OneLine = Int16Array | Int32Array;

/** Int16 where every group has 2¹⁵ units at most, otherwise int32. [units of all groups] */
export function oneLineOf({ permutations, signs }: Relabelling): OneLine {
  const units = permutations.reduce((sum, permutation) => sum + permutation.length, 0);
  const out = permutations.every(({ length }) => length <= 2 ** 15) ? new Int16Array(units) : new Int32Array(units);
  let place = 0;
  permutations.forEach((permutation, g) => {
    permutation.forEach((unit, i) => (out[place++] = (signs[g]?.[i] ?? 1) < 0 ? ~unit : unit));
  });
  return out;
}

/** The relabelling of groups of these sizes; a group of which no unit changes its sign has null for signs. Trusts the line. */
export function relabellingOfLine(line: OneLine, sizes: readonly number[]): Relabelling {
  const permutations: Int32Array[] = [];
  const signs: (Int8Array | null)[] = [];
  let from = 0;
  for (const size of sizes) {
    const own = line.subarray(from, from + size);
    permutations.push(Int32Array.from(own, (entry) => (entry < 0 ? ~entry : entry)));
    signs.push(own.some((entry) => entry < 0) ? Int8Array.from(own, (entry) => (entry < 0 ? -1 : 1)) : null);
    from += size;
  }
  return { permutations, signs };
}
