// What all ways of matching have in common: from a draw to the relabelling that brings it to the reference.
import type { Key } from '../random/index.js';
import { identityPermutation } from './permutation.js';
import type { Relabelling } from './relabelling.js';
import type { UnitMatch } from './unitMatcher.js';

/** `weights`: weightMatching.ts; `activations`: activationMatching.ts; `first-layer`: firstLayerMatching.ts. */
export const MATCHINGS = ['weights', 'activations', 'first-layer'] as const;
export type Matching = (typeof MATCHINGS)[number];

export interface MatchingResult extends Relabelling {
  /** What was maximised; null: the inner product with the reference over all permuted tensors. */
  readonly objective: number | null;
  /** Sweeps over the groups, the last of which changed nothing (unless a limit stopped it). */
  readonly sweeps: number;
}

/** Matches draws to one reference. Owns scratch memory: not re-entrant. */
export interface Matcher {
  /**
   * Relabellings of `position`, found one after the other as they are asked for; the one of the largest objective is the
   * result, the first where they are equal.
   *
   * @param start - where to begin; null: nothing is known
   * @param key - of what is drawn at random
   */
  matches(position: Float32Array, start: Relabelling | null, key: Key): Iterable<MatchingResult>;
}

/** Per group what `start` says, the identity where it says nothing; signs only where they are free. Copies. */
export function startOf(sizes: readonly number[], signed: readonly boolean[], start: Relabelling | null): UnitMatch[] {
  return sizes.map((size, g) => ({
    permutation: start?.permutations[g]?.slice() ?? identityPermutation(size),
    signs: signed[g] ? (start?.signs[g]?.slice() ?? new Int8Array(size).fill(1)) : null,
  }));
}

/** Groups' matches as a relabelling. */
export function relabellingOf(matches: readonly UnitMatch[]): Relabelling {
  return { permutations: matches.map(({ permutation }) => permutation), signs: matches.map(({ signs }) => signs) };
}
