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

/** A gain below this part of Σ |terms| is rounding: the group keeps what it has. */
const RELATIVE_TOLERANCE = 1e-12;

/** The best match. A similarity of 0 has the sign 1. */
export function bestMatch(similarities: Similarities, signed: boolean): UnitMatch {
  return matchOf(similarities, signed).match;
}

/** A match with Σ_i s_i S[i][p_i]. */
export interface WeighedMatch {
  readonly match: UnitMatch;
  readonly total: number;
}

/** The best match where it gains more than rounding on the present one, otherwise that. */
export function improvedMatch(similarities: Similarities, present: UnitMatch): WeighedMatch {
  const { match, values } = matchOf(similarities, present.signs !== null);
  const then = signedBy(match.signs, values);
  if (match.signs === null && equalPermutations(match.permutation, present.permutation)) return { match: present, total: sumOf(then) };
  const now = signedBy(present.signs, entriesOf(similarities, present.permutation));
  let gain = 0;
  let scale = 0;
  for (let i = 0; i < now.length; i++) {
    gain += then[i]! - now[i]!;
    scale += Math.abs(then[i]!) + Math.abs(now[i]!);
  }
  return gain > RELATIVE_TOLERANCE * scale ? { match, total: sumOf(then) } : { match: present, total: sumOf(now) };
}

/** The best match, and S[i][p_i] of every place i. */
function matchOf(similarities: Similarities, signed: boolean): { match: UnitMatch; values: Float64Array } {
  const permutation = similarities.assign(signed);
  const values = entriesOf(similarities, permutation);
  orderExchangeable(similarities, permutation, values);
  return { match: { permutation, signs: signed ? Int8Array.from(values, (value) => (value < 0 ? -1 : 1)) : null }, values };
}

/** S[i][p_i] of every place i. */
function entriesOf(similarities: Similarities, permutation: Int32Array): Float64Array {
  return similarities.entries(identityPermutation(permutation.length), permutation);
}

/** s_i v_i of every place i, in place. */
function signedBy(signs: Int8Array | null, values: Float64Array): Float64Array {
  signs?.forEach((sign, i) => (values[i]! *= sign));
  return values;
}

const sumOf = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
