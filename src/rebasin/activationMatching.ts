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
import { totalSimilarity, UnitMatcher } from './unitMatcher.js';

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
  readonly #reference: readonly Float32Array[];
  /** Σ_rows of every unit. */
  readonly #referenceSums: readonly Float64Array[];
  readonly #units: UnitMatcher;
  readonly #similarity: Float64Array;

  /** @throws BasinetError NETWORK_MISMATCH where the activations are not those of the groups */
  constructor(
    groups: readonly Pick<GroupFeatures, 'name' | 'size'>[],
    reference: Float32Array,
    private readonly kernels: MatchingKernels,
    private readonly options: ActivationMatchingOptions,
    private readonly signed: readonly boolean[],
  ) {
    this.#sizes = groups.map(({ size }) => size);
    this.#reference = options.activations(reference).map((values) => values.slice());
    this.#rows = groups.length === 0 ? 0 : (this.#reference[0]?.length ?? 0) / groups[0]!.size;
    groups.forEach(({ name, size }, g) => requireRows(this.#reference[g], this.#rows, size, name));
    this.#referenceSums = this.#reference.map((values, g) => sumsOf(values, this.#sizes[g]!));
    this.#units = new UnitMatcher(kernels, Math.max(0, ...this.#sizes.filter((_, g) => signed[g])));
    this.#similarity = new Float64Array(Math.max(0, ...this.#sizes) ** 2);
  }

  /** One; a group keeps what `start` gives it where nothing is better by more than rounding. */
  *matches(position: Float32Array, start: Relabelling | null, _key: Key): Generator<MatchingResult> {
    const activations = this.options.activations(position);
    const matches = startOf(this.#sizes, this.signed, start);
    let objective = 0;
    for (const [g, size] of this.#sizes.entries()) {
      const similarity = this.#similarities(g, activations[g]!);
      matches[g] = this.#units.improve(similarity, size, matches[g]!);
      objective += totalSimilarity(similarity, size, matches[g]);
    }
    yield { ...relabellingOf(matches), objective, sweeps: Math.min(1, matches.length) };
  }

  #similarities(g: number, draw: Float32Array): Float64Array {
    const size = this.#sizes[g]!;
    const similarity = this.#similarity.subarray(0, size * size);
    this.kernels.similarityMatrix(this.#reference[g]!, draw, size, this.#rows, similarity);
    if (!this.options.centered) return similarity;
    const ours = this.#referenceSums[g]!;
    const theirs = sumsOf(draw, size);
    for (let i = 0; i < size; i++) {
      const mean = ours[i]! / this.#rows;
      for (let j = 0; j < size; j++) similarity[i * size + j]! -= mean * theirs[j]!;
    }
    return similarity;
  }
}

/** Σ over the rows of every column. */
function sumsOf(values: Float32Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let from = 0; from < values.length; from += size) {
    for (let i = 0; i < size; i++) sums[i]! += values[from + i]!;
  }
  return sums;
}

function requireRows(values: Float32Array | undefined, rows: number, size: number, group: string): void {
  if (Number.isInteger(rows) && rows > 0 && values?.length === rows * size) return;
  throw new BasinetError('NETWORK_MISMATCH', `${values?.length ?? 0} activations are no whole rows of the ${size} units of ${group}`, {
    path: `activations.${group}`,
    value: values?.length ?? 0,
    remedy: 'Give one row of activations or more, as many for every group, in the order of the groups.',
  });
}
