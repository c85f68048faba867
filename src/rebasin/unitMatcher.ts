// Matches the units of one group one to one by their similarities, and their signs where these are free.
//
// Σ_i s_i S[i][p_i] over permutations p and signs s_i = ±1: for any p the best s_i is the sign of S[i][p_i], so that p solves
// the assignment on |S|. Both together are exact.
import { orderExchangeable } from './exchangeable.js';
import { equalPermutations, identityPermutation } from './permutation.js';
import type { Similarities } from './similarities.js';

/** One group's part of a relabelling. */
export interface UnitMatch {
  readonly permutation: Int32Array;
  /** Null where no unit can change its sign. */
  readonly signs: Int8Array | null;
}

/** A gain below this part of Σ |terms| is rounding: the group keeps what it has. `least_gain` of native/certified_assignment.h rests on it. */
const RELATIVE_TOLERANCE = 1e-12;

/** The best match. A similarity of 0 has the sign 1. */
export function bestMatch(similarities: Similarities, signed: boolean): UnitMatch {
  return matchOf(similarities, signed, null).match;
}

/** The best match where it gains more than rounding on the present one, otherwise that. */
export function improvedMatch(similarities: Similarities, present: UnitMatch): UnitMatch {
  const { match, certain } = matchOf(similarities, present.signs !== null, present.permutation);
  const same = equalPermutations(match.permutation, present.permutation);
  if (same && match.signs === null) return present;
  return (certain && !same) || gains(similarities, present, match) ? match : present;
}

/** Σ_i s_i S[i][p_i] */
export function totalOf(similarities: Similarities, match: UnitMatch): number {
  return signedEntries(similarities, match).reduce((total, value) => total + value, 0);
}

/** The best match, and whether every other permutation is worse for certain, whatever its signs. */
function matchOf(similarities: Similarities, signed: boolean, present: Int32Array | null): { match: UnitMatch; certain: boolean } {
  const { columnOf: permutation, certain } = similarities.assign(signed, present);
  if (certain && !signed) return { match: { permutation, signs: null }, certain };
  const values = similarities.entries(identityPermutation(permutation.length), permutation);
  orderExchangeable(similarities, permutation, values);
  return { match: { permutation, signs: signed ? Int8Array.from(values, (value) => (value < 0 ? -1 : 1)) : null }, certain };
}

function gains(similarities: Similarities, present: UnitMatch, match: UnitMatch): boolean {
  const now = signedEntries(similarities, present);
  const then = signedEntries(similarities, match);
  let gain = 0;
  let scale = 0;
  for (let i = 0; i < now.length; i++) {
    gain += then[i]! - now[i]!;
    scale += Math.abs(then[i]!) + Math.abs(now[i]!);
  }
  return gain > RELATIVE_TOLERANCE * scale;
}

/** s_i S[i][p_i] of every place i. */
function signedEntries(similarities: Similarities, { permutation, signs }: UnitMatch): Float64Array {
  const values = similarities.entries(identityPermutation(permutation.length), permutation);
  signs?.forEach((sign, i) => (values[i]! *= sign));
  return values;
}
