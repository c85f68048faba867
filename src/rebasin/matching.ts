// Weight matching: the permutations that bring a draw's hidden units closest to the reference's.
//
// Maximises Σ ⟨reference, permuted draw⟩ over every tensor that a group touches (Ainsworth et al. 2022, arXiv 2209.04836,
// section 3.2). With the other groups fixed, one group is a linear sum assignment. So a network with one hidden layer is
// solved exactly; deeper ones by coordinate descent over the groups in order, which ends in a local optimum.
import type { GroupFeatures } from './groupFeatures.js';
import { featureOffsets } from './groupFeatures.js';
import type { MatchingKernels } from './kernels.js';
import { identityPermutation } from './permutation.js';

export interface MatchingResult {
  /** permutations[g][i] is the draw's unit that takes place i of group g. */
  readonly permutations: Int32Array[];
  /** Sweeps over the groups, the last of which changed nothing (unless `maxSweeps` stopped it). */
  readonly sweeps: number;
  /** Whether a sweep changed nothing. */
  readonly converged: boolean;
}

/** A gain below this part of Σ |terms| is rounding: the group keeps the permutation that it has. */
const RELATIVE_TOLERANCE = 1e-12;

/** Matches draws to one reference. Owns scratch memory: not re-entrant. */
export class WeightMatcher {
  readonly #groups: readonly GroupFeatures[];
  readonly #kernels: MatchingKernels;
  /** Per group: the reference, packed once. [features, size] */
  readonly #packedReference: readonly Float32Array[];
  readonly #offsets: readonly Int32Array[];
  readonly #packed: Float32Array;
  readonly #similarity: Float64Array;

  constructor(groups: readonly GroupFeatures[], reference: Float32Array, kernels: MatchingKernels) {
    this.#groups = groups;
    this.#kernels = kernels;
    this.#offsets = groups.map((group) => new Int32Array(group.features));
    this.#packedReference = groups.map((group, g) => {
      const packed = new Float32Array(group.features * group.size);
      featureOffsets(group, null, this.#offsets[g]!);
      kernels.packFeatures(reference, group, this.#offsets[g]!, packed);
      return packed;
    });
    this.#packed = new Float32Array(groups.reduce((most, group) => Math.max(most, group.features * group.size), 0));
    this.#similarity = new Float64Array(groups.reduce((most, group) => Math.max(most, group.size ** 2), 0));
  }

  /**
   * Coordinate descent from `start` (null: from the identity). The objective never decreases; a group keeps its
   * permutation where no other is better by more than rounding. One group needs one assignment.
   */
  match(position: Float32Array, start: readonly Int32Array[] | null, maxSweeps: number): MatchingResult {
    const permutations = this.#groups.map((group, g) => start?.[g]?.slice() ?? identityPermutation(group.size));
    const single = this.#groups.length < 2;
    let sweeps = 0;
    let changed = this.#groups.length > 0;
    while (changed && sweeps < maxSweeps) {
      changed = false;
      sweeps++;
      for (let g = 0; g < this.#groups.length; g++) {
        const better = this.#improve(g, position, permutations);
        if (better === null) continue;
        permutations[g] = better;
        changed = true;
      }
      if (single) changed = false;
    }
    return { permutations, sweeps, converged: !changed };
  }

  /**
   * A first guess from the inputs on: each group is matched on the elements that no later group moves. It finds planted
   * permutations of deep networks, where descent from the identity starts among mostly unrelated units.
   */
  matchForward(position: Float32Array): Int32Array[] {
    const permutations: Int32Array[] = [];
    this.#groups.forEach((group, g) => {
      const settled = settledFeatures(group, g);
      permutations.push(settled === null ? identityPermutation(group.size) : this.#solve(g, position, permutations, settled));
    });
    return permutations;
  }

  /** Packs and multiplies the features `from … to` of group g. */
  #similarities(g: number, position: Float32Array, permutations: readonly Int32Array[], features: number): Float64Array {
    const group = this.#groups[g]!;
    const size = group.size;
    const offsets = this.#offsets[g]!;
    featureOffsets(group, permutations, offsets);
    const packed = this.#packed.subarray(0, group.features * size);
    this.#kernels.packFeatures(position, group, offsets, packed);
    const similarity = this.#similarity.subarray(0, size * size);
    this.#kernels.similarityMatrix(this.#packedReference[g]!, packed, size, features, similarity);
    return similarity;
  }

  #solve(g: number, position: Float32Array, permutations: readonly Int32Array[], features: number): Int32Array {
    const similarity = this.#similarities(g, position, permutations, features);
    return this.#kernels.linearSumAssignment(similarity, this.#groups[g]!.size);
  }

  /** A better permutation of group g, or null where the present one is as good as any. */
  #improve(g: number, position: Float32Array, permutations: readonly Int32Array[]): Int32Array | null {
    const { size, features } = this.#groups[g]!;
    const best = this.#solve(g, position, permutations, features);
    const present = permutations[g]!;
    let gain = 0;
    let scale = 0;
    for (let i = 0; i < size; i++) {
      const now = this.#similarity[i * size + present[i]!]!;
      const then = this.#similarity[i * size + best[i]!]!;
      gain += then - now;
      scale += Math.abs(then) + Math.abs(now);
    }
    return gain > RELATIVE_TOLERANCE * scale ? best : null;
  }
}

/** Number of leading features of group g that no later group moves; null where there are none. */
function settledFeatures(group: GroupFeatures, g: number): number | null {
  let features = 0;
  for (const axis of group.axes) {
    if (axis.others.some((other) => other.group !== null && other.group > g)) break;
    features += axis.features;
  }
  return features === 0 ? null : features;
}
