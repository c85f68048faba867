// Matches the units of one group one to one by their similarities, and their signs where these are free.
//
// Σ_i s_i S[i][p_i] over permutations p and signs s_i = ±1: for any p the best s_i is the sign of S[i][p_i], so that p solves
// the assignment on |S|. Both together are exact. Similarities are looked at by their bounds; sums in float64 decide where these do not.
import { orderExchangeable } from './exchangeable.js';
import { equalPermutations, identityPermutation } from './permutation.js';
import type { Bounds, Similarities } from './similarities.js';

/** One group's part of a relabelling. */
export interface UnitMatch {
  readonly permutation: Int32Array;
  /** Null where no unit can change its sign. */
  readonly signs: Int8Array | null;
}

/** A gain below this part of Σ |terms| is rounding: the group keeps what it has. */
const RELATIVE_TOLERANCE = 1e-12;
/** A gain above this part of it is none, however it is summed. */
const CERTAIN_GAIN = 1e-9;

/** The best match. A similarity of 0 has the sign 1. */
export function bestMatch(similarities: Similarities, signed: boolean): UnitMatch {
  return matchOf(similarities, signed).match;
}

/** The best match where it gains more than rounding on the present one, otherwise that. */
export function improvedMatch(similarities: Similarities, present: UnitMatch): UnitMatch {
  const { match, bounds } = matchOf(similarities, present.signs !== null);
  if (match.signs === null && equalPermutations(match.permutation, present.permutation)) return present;
  return gainsForCertain(similarities, present, match, bounds) || gains(similarities, present, match) ? match : present;
}

/** Σ_i s_i S[i][p_i] */
export function totalOf(similarities: Similarities, match: UnitMatch): number {
  return signedEntries(similarities, match).reduce((total, value) => total + value, 0);
}

/** The best match, and bounds of S[i][p_i] of every place i, which hold 0 only where it is 0. */
function matchOf(similarities: Similarities, signed: boolean): { match: UnitMatch; bounds: Bounds } {
  const permutation = similarities.assign(signed);
  const bounds = similarities.bounds(permutation);
  const unsure = [...permutation.keys()].filter((i) => bounds.lower[i]! <= 0 && bounds.upper[i]! >= 0);
  const exact = similarities.entries(Int32Array.from(unsure), Int32Array.from(unsure, (i) => permutation[i]!));
  unsure.forEach((i, at) => (bounds.lower[i] = bounds.upper[i] = exact[at]!));
  orderExchangeable(similarities, permutation, unsure.filter((_, at) => exact[at] === 0));
  return { match: { permutation, signs: signed ? Int8Array.from(bounds.lower, (value) => (value < 0 ? -1 : 1)) : null }, bounds };
}

function gainsForCertain(similarities: Similarities, present: UnitMatch, match: UnitMatch, then: Bounds): boolean {
  const now = similarities.bounds(present.permutation);
  let gain = 0;
  let scale = 0;
  for (let i = 0; i < match.permutation.length; i++) {
    scale += largestOf(then, i) + largestOf(now, i);
    const [ours, theirs] = [match.signs?.[i] ?? 1, present.signs?.[i] ?? 1];
    // A unit that keeps its place adds nothing, however little is known of it.
    if (match.permutation[i] === present.permutation[i] && ours === theirs) continue;
    gain += (ours > 0 ? then.lower[i]! : -then.upper[i]!) - (theirs > 0 ? now.upper[i]! : -now.lower[i]!);
  }
  return gain > CERTAIN_GAIN * scale;
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

const largestOf = ({ lower, upper }: Bounds, i: number): number => Math.max(Math.abs(lower[i]!), Math.abs(upper[i]!));
