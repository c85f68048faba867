// Weight matching: the relabelling that brings a draw's weights closest to the reference's.
//
// Maximises Σ ⟨reference, relabelled draw⟩ over every tensor that a group touches (Ainsworth et al. 2022, arXiv 2209.04836,
// section 3.2). With the other groups fixed, one group is a linear sum assignment. So a network with one hidden layer is
// solved exactly; deeper ones by coordinate descent over the groups, which ends in a local optimum: which one depends on
// where it starts and on the order of the groups, so that several can be tried.
import type { Key } from '../random/index.js';
import { permutationFrom } from '../random/permutation.js';
import { wordReader } from '../random/words.js';
import type { GroupFeatures } from './groupFeatures.js';
import type { MatchingKernels } from './kernels.js';
import { relabellingOf, startOf, type Matcher, type MatchingResult } from './matching.js';
import type { Relabelling } from './relabelling.js';
import type { Similarities } from './similarities.js';
import type { Units } from './similarity.js';
import { UnitLocator } from './unitLocator.js';
import { bestMatch, improvedMatch, type UnitMatch } from './unitMatcher.js';

export interface WeightMatchingOptions {
  /** Per group, whether units may change their signs. */
  readonly signed: readonly boolean[];
  /** Sweeps of a descent at most. */
  readonly maxSweeps: number;
  /** Orders of the groups that are tried: from the inputs on, then random ones. */
  readonly orders: number;
}

export class WeightMatcher implements Matcher {
  readonly #groups: readonly GroupFeatures[];
  readonly #options: WeightMatchingOptions;
  /** Per group: what compares its units with the reference's, which are packed once. */
  readonly #comparisons: readonly ((draw: Units) => Similarities)[];
  readonly #units: UnitLocator;
  /** Per group: those that it shares a tensor with. */
  readonly #neighbours: readonly (readonly number[])[];

  constructor(groups: readonly GroupFeatures[], reference: Float32Array, kernels: MatchingKernels, options: WeightMatchingOptions) {
    this.#groups = groups;
    this.#options = options;
    this.#units = new UnitLocator(groups);
    this.#neighbours = groups.map(({ axes }) => axes.flatMap(({ others }) => others.flatMap(({ group }) => (group === null ? [] : [group]))));
    this.#comparisons = groups.map(({ size }, g) => kernels.comparison(kernels.packUnits(this.#units.given(g, reference)).slice(), size));
  }

  /**
   * One group needs one assignment, from any start. With more, descent begins at `start`, or at the identity and at a guess;
   * then, with a new random order for every sweep, in turn at the guess of a random order and at random permutations: the
   * former is near where anything is to be found, the latter goes on finding other ends.
   */
  *matches(position: Float32Array, start: Relabelling | null, key: Key): Generator<MatchingResult> {
    const { signed, orders } = this.#options;
    const groups = this.#groups.map((_, g) => g);
    const sizes = this.#groups.map(({ size }) => size);
    yield this.#descend(position, startOf(sizes, signed, start), () => groups);
    if (groups.length < 2) return;
    if (start === null) yield this.#descend(position, this.#guess(position, groups), () => groups);
    const nextWord = wordReader(key, 'matchingOrder');
    const randomOrder = (): Int32Array => permutationFrom(nextWord, groups.length);
    for (let order = 1; order < orders; order++) {
      const permutations = (): Int32Array[] => sizes.map((size) => permutationFrom(nextWord, size));
      const from = order % 2 === 1 ? this.#guess(position, randomOrder()) : startOf(sizes, signed, { permutations: permutations(), signs: [] });
      yield this.#descend(position, from, randomOrder);
    }
  }

  /**
   * Coordinate descent. The objective never decreases; a group changes only where that gains more than rounding. It is left out
   * of a sweep where no group that it shares a tensor with has changed since it was matched: it would stay as it is.
   */
  #descend(position: Float32Array, start: readonly UnitMatch[], nextOrder: () => Iterable<number>): MatchingResult {
    const matches = [...start];
    const single = matches.length < 2;
    const settled = matches.map(() => false);
    let sweeps = 0;
    let changed = matches.length > 0;
    while (changed && sweeps < this.#options.maxSweeps) {
      changed = false;
      sweeps++;
      for (const g of nextOrder()) {
        if (settled[g]) continue;
        const present = matches[g]!;
        matches[g] = improvedMatch(this.#similarities(g, position, matches), present);
        settled[g] = true;
        if (matches[g] === present) continue;
        for (const neighbour of this.#neighbours[g]!) settled[neighbour] = false;
        changed = !single;
      }
    }
    return { ...relabellingOf(matches), objective: null, sweeps };
  }

  /**
   * Each group in turn is matched on the elements that no later group of the order moves: on nothing at all, where these are
   * none. From the inputs on it finds planted permutations of deep networks, where descent from the identity starts among
   * mostly unrelated units.
   */
  #guess(position: Float32Array, order: Iterable<number>): UnitMatch[] {
    const matches: (UnitMatch | null)[] = this.#groups.map(() => null);
    for (const g of order) {
      matches[g] = bestMatch(this.#similarities(g, position, matches), this.#options.signed[g]!);
    }
    return matches as UnitMatch[];
  }

  /** S[i][j] of group g: unit i of the reference with unit j of the draw, given where the others are (null: not yet anywhere). */
  #similarities(g: number, position: Float32Array, matches: readonly (UnitMatch | null)[]): Similarities {
    const others = { permutations: matches.map((match) => match && match.permutation), signs: matches.map((match) => match && match.signs) };
    return this.#comparisons[g]!(this.#units.relabelled(g, position, others));
  }
}
