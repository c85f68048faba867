// First-layer matching, for comparison: units are matched by the cosine of their rows of the first layer's weight alone.
//
// S[i][j] = ⟨w*_i, w_j⟩ / (‖w*_i‖ ‖w_j‖), w the weights that come in from the inputs, without the bias and whatever goes out; a
// row of zeros is similar to none. It is the variant of Xiao, Liu and Bamler (2023, arXiv 2401.00611), whose networks have one
// hidden layer. In deeper ones each later group is matched in the same way on the weights that come in from the group before,
// which has its places by then; nothing is gone over twice.
import type { Key } from '../random/index.js';
import type { GroupFeatures } from './groupFeatures.js';
import type { MatchingKernels } from './kernels.js';
import { relabellingOf, startOf, type Matcher, type MatchingResult } from './matching.js';
import type { Relabelling } from './relabelling.js';
import { DenseSimilarities, type Similarities } from './similarities.js';
import { UnitLocator } from './unitLocator.js';
import { improvedMatch, totalOf, type UnitMatch } from './unitMatcher.js';

export class FirstLayerMatcher implements Matcher {
  readonly #groups: readonly GroupFeatures[];
  readonly #units: UnitLocator;
  readonly #reference: readonly Float32Array[];
  readonly #referenceNorms: readonly Float64Array[];
  readonly #similarity: Float64Array;

  /** @param groups - in order of computation; the first axis of each is that of the weight whose rows are its units */
  constructor(
    groups: readonly GroupFeatures[],
    reference: Float32Array,
    private readonly kernels: MatchingKernels,
    private readonly signed: readonly boolean[],
  ) {
    this.#groups = groups.map(incomingOnly);
    this.#units = new UnitLocator(this.#groups);
    this.#reference = this.#groups.map((_, g) => kernels.packUnits(this.#units.given(g, reference)).slice());
    this.#referenceNorms = this.#groups.map(({ size }, g) => normsOf(this.#reference[g]!, size));
    this.#similarity = new Float64Array(Math.max(0, ...groups.map(({ size }) => size)) ** 2);
  }

  /** One; a group keeps what `start` gives it where nothing is better by more than rounding. */
  *matches(position: Float32Array, start: Relabelling | null, _key: Key): Generator<MatchingResult> {
    const matches = startOf(this.#groups.map(({ size }) => size), this.signed, start);
    let objective = 0;
    for (const g of this.#groups.keys()) {
      const similarities = this.#cosines(g, position, matches);
      matches[g] = improvedMatch(similarities, matches[g]!);
      objective += totalOf(similarities, matches[g]);
    }
    yield { ...relabellingOf(matches), objective, sweeps: Math.min(1, matches.length) };
  }

  #cosines(g: number, position: Float32Array, matches: readonly UnitMatch[]): Similarities {
    const { size, features } = this.#groups[g]!;
    const packed = this.kernels.packUnits(this.#units.relabelled(g, position, relabellingOf(matches)));
    const similarity = this.#similarity.subarray(0, size * size);
    this.kernels.similarityMatrix(this.#reference[g]!, packed, size, features, similarity);
    const ours = this.#referenceNorms[g]!;
    const theirs = normsOf(packed, size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const norms = ours[i]! * theirs[j]!;
        similarity[i * size + j] = norms > 0 ? similarity[i * size + j]! / norms : 0;
      }
    }
    return new DenseSimilarities(similarity, size, this.kernels);
  }
}

/** The group as far as its first axis goes. */
function incomingOnly(group: GroupFeatures): GroupFeatures {
  const first = group.axes[0]!;
  return { ...group, axes: [first], features: first.features, unitStrides: group.unitStrides.subarray(0, first.features) };
}

/** Euclidean norm of every unit. */
function normsOf(units: Float32Array, size: number): Float64Array {
  const features = units.length / size;
  return Float64Array.from({ length: size }, (_, i) => Math.sqrt(units.subarray(i * features, (i + 1) * features).reduce((sum, value) => sum + value * value, 0)));
}
