// Activation matching: the relabelling that brings a draw's hidden activations closest to the reference's on given inputs.
//
// For each group it maximises Σ_i s_i S[i][p_i] with S[i][j] = Σ_rows a*_i(x) a_j(x), a* the reference's activations and a the
// draw's (inner products: Ainsworth et al. 2022, arXiv 2209.04836, section 3.1, and as Xiao, Liu and Bamler 2023, arXiv
// 2401.00611, match draws), or the centred sum Σ_rows (a*_i − ā*_i)(a_j − ā_j), rows times a covariance. What a unit puts out
// does not depend on how the other groups are labelled: each group is one assignment, and exact.
import { BasinetError } from '../errors.js';
import type { Key } from '../random/index.js';
import type { GroupFeatures } from './groupFeatures.js';
import type { MatchingKernels } from './kernels.js';
import { relabellingOf, startOf, type Matcher, type MatchingResult } from './matching.js';
import type { Relabelling } from './relabelling.js';
import { DenseSimilarities, type Similarities } from './similarities.js';
import type { Units } from './similarity.js';
import { improvedMatch, totalOf } from './unitMatcher.js';

/**
 * Outputs of every group's units at a position, on inputs that are always the same: per group [rows, units], after the
 * activation function, units as the position has them. The next call may overwrite them.
 */
export type Activations = (position: Float32Array) => readonly Float32Array[];

export interface ActivationMatchingOptions {
  readonly activations: Activations;
  /** Whether each unit's mean over the rows is subtracted. */
  readonly centered: boolean;
}

export class ActivationMatcher implements Matcher {
  readonly #sizes: readonly number[];
  readonly #rows: number;
  /** Per group: what compares a draw's activations with the reference's. */
  readonly #comparisons: readonly ((draw: Units) => Similarities)[];
  /** What unit i puts out on row k is element k·size + i of activations. [rows] */
  readonly #offsets: readonly Int32Array[];
  readonly #adjacent: Int32Array;
  readonly #packed: Float32Array;

  /** @throws BasinetError NETWORK_MISMATCH where the activations are not those of the groups */
  constructor(
    groups: readonly Pick<GroupFeatures, 'name' | 'size'>[],
    reference: Float32Array,
    private readonly kernels: MatchingKernels,
    private readonly options: ActivationMatchingOptions,
    private readonly signed: readonly boolean[],
  ) {
    this.#sizes = groups.map(({ size }) => size);
    const activations = options.activations(reference);
    this.#rows = groups.length === 0 ? 0 : (activations[0]?.length ?? 0) / groups[0]!.size;
    groups.forEach(({ name, size }, g) => requireRows(activations[g], this.#rows, size, name));
    this.#offsets = this.#sizes.map((size) => Int32Array.from({ length: this.#rows }, (_, row) => row * size));
    this.#adjacent = new Int32Array(this.#rows).fill(1);
    this.#packed = new Float32Array(this.#rows * Math.max(0, ...this.#sizes));
    const compare = options.centered ? this.#centered.bind(this) : kernels.comparison.bind(kernels);
    this.#comparisons = this.#sizes.map((size, g) => compare(kernels.packUnits(this.#units(g, activations[g]!)).slice(), size));
  }

  /** One; a group keeps what `start` gives it where nothing is better by more than rounding. */
  *matches(position: Float32Array, start: Relabelling | null, _key: Key): Generator<MatchingResult> {
    const activations = this.options.activations(position);
    const matches = startOf(this.#sizes, this.signed, start);
    let objective = 0;
    for (const g of this.#sizes.keys()) {
      const similarities = this.#comparisons[g]!(this.#units(g, activations[g]!));
      matches[g] = improvedMatch(similarities, matches[g]!);
      objective += totalOf(similarities, matches[g]);
    }
    yield { ...relabellingOf(matches), objective, sweeps: Math.min(1, matches.length) };
  }

  #units(g: number, values: Float32Array): Units {
    return { values, offsets: this.#offsets[g]!, unitStrides: this.#adjacent, factors: null, packed: this.#packed.subarray(0, this.#sizes[g]! * this.#rows) };
  }

  #centered(reference: Float32Array, size: number): (draw: Units) => Similarities {
    const means = sumsOf(reference, size).map((sum) => sum / this.#rows);
    const similarity = new Float64Array(size * size);
    return (units) => {
      const draw = this.kernels.packUnits(units);
      this.kernels.similarityMatrix(reference, draw, size, this.#rows, similarity);
      const sums = sumsOf(draw, size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) similarity[i * size + j]! -= means[i]! * sums[j]!;
      }
      return new DenseSimilarities(similarity, size, this.kernels);
    };
  }
}

/** Σ over the rows of every unit. */
function sumsOf(units: Float32Array, size: number): Float64Array {
  const rows = units.length / size;
  return Float64Array.from({ length: size }, (_, i) => units.subarray(i * rows, (i + 1) * rows).reduce((sum, value) => sum + value, 0));
}

function requireRows(values: Float32Array | undefined, rows: number, size: number, group: string): void {
  if (Number.isInteger(rows) && rows > 0 && values?.length === rows * size) return;
  throw new BasinetError('NETWORK_MISMATCH', `${values?.length ?? 0} activations are no whole rows of the ${size} units of ${group}`, {
    path: `activations.${group}`,
    value: values?.length ?? 0,
    remedy: 'Give one row of activations or more, as many for every group, in the order of the groups.',
  });
}
