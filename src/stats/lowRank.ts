// A streaming low-rank covariance: the leading directions in which draws vary, of a chosen rank.
//
// The scatter S_n = Σ (x − mean)(x − mean)ᵀ grows by one outer product a draw,
//     S_n = S_{n−1} + d dᵀ,   d = √((n − 1)/n) · (x_n − mean_{n−1}),
// and joins by one more than both sides' own (Chan, Golub and LeVeque 1979). So S is FᵀF for a matrix F whose rows are
// such d, and F is kept to a number of rows by an incremental singular value decomposition (as Ross, Lim, Lin and Yang
// 2008, "Incremental learning for robust visual tracking", section 2): when there is room for no other row, the Gram
// matrix FFᵀ = V Λ Vᵀ is decomposed and F becomes the `rank` rows of largest λ of VᵀF. What that drops is positive
// semidefinite and at most λ_{rank+1}, so the S that is kept is never too large, and with E the sum of all λ_{rank+1}
// dropped, 0 ≼ S − FᵀF ≼ E · I.
import { BasinetError } from '../errors.js';
import { PARTIAL_SUMS, type LowRankKernels } from './lowRankKernels.js';
import { lowRankKernels } from './native.js';
import { symmetricEigen } from './symmetricEigen.js';

/** Directions at most: the eigenvalues of a matrix of twice as many rows are worked out each time that it is full. */
export const MOST_RANK = 128;

/** Everything that a LowRankCovariance holds. */
export interface LowRankState {
  readonly size: number;
  readonly rank: number;
  /** Draws so far. */
  readonly count: number;
  /** E: no direction's sum of squares is too small by more than this. */
  readonly dropped: number;
  /** [size] */
  readonly mean: Float64Array;
  /** F: row-major [number of rows, size], the number of rows between 0 and 2·rank. */
  readonly rows: Float32Array;
}

/** A covariance as factors: Σ ≈ Σ_k f_k f_kᵀ. */
export interface LowRankFactors {
  /** f_k, of descending length and orthogonal to each other: row-major [rank, size]; NaN where a weight was ever not finite, or below two draws. */
  readonly factors: Float32Array;
  /** |f_k|²: the variance along them, descending. [rank] */
  readonly variances: Float64Array;
  /** No direction's variance is larger than the factors say by more than this. */
  readonly errorBound: number;
}

/**
 * Costs 8 · rank + 8 bytes a weight. Exact, but for float32 rounding of rows, while draws vary in no more than `rank`
 * directions: for up to rank + 1 draws always. A weight that was ever NaN or infinite reads as NaN and counts as not
 * varying for the others.
 */
export class LowRankCovariance {
  readonly #kernels: LowRankKernels;
  readonly #mean: Float64Array;
  readonly #rows: Float32Array;
  #count = 0;
  #used = 0;
  #dropped = 0;

  /**
   * @param size - weights per draw
   * @param rank - directions kept, 1 to MOST_RANK
   * @param options.native - whether to use the addon where it is there; default true. The same results to the last bit.
   * @throws BasinetError ARGUMENT_INVALID where the rank is none of these
   */
  constructor(
    readonly size: number,
    readonly rank: number,
    { native = true }: { readonly native?: boolean } = {},
  ) {
    if (!(Number.isSafeInteger(rank) && rank >= 1 && rank <= MOST_RANK)) {
      throw new BasinetError('ARGUMENT_INVALID', `the rank must be a whole number from 1 to ${MOST_RANK}`, { path: 'rank', value: rank, remedy: 'Give another rank.' });
    }
    this.#kernels = lowRankKernels(native);
    this.#mean = new Float64Array(size);
    this.#rows = new Float32Array(2 * rank * size);
  }

  /** Draws so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Folds the next draw in.
   *
   * @param values - [size]
   * @throws BasinetError ARGUMENT_INVALID for another length
   */
  update(values: Float32Array): void {
    requireSize(values.length, this.size);
    this.#count++;
    this.#deviate(values, 1 / this.#count, Math.sqrt((this.#count - 1) / this.#count), this.#count > 1);
  }

  /**
   * Adds the draws that another has seen. In exact arithmetic, and before anything is dropped, it is as if they had come
   * one by one.
   *
   * @throws BasinetError ARGUMENT_INVALID for another size
   */
  join(other: LowRankState): void {
    requireSize(other.size, this.size);
    if (other.count === 0) return;
    const before = this.#count;
    this.#count += other.count;
    for (let from = 0; from < other.rows.length; from += this.size) this.#room().set(other.rows.subarray(from, from + this.size));
    this.#deviate(other.mean, other.count / this.#count, Math.sqrt((before * other.count) / this.#count), before > 0);
    this.#dropped += other.dropped;
  }

  /** Everything held: views of live memory, to be written out before the next update, not to be changed. */
  state(): LowRankState {
    return { size: this.size, rank: this.rank, count: this.#count, dropped: this.#dropped, mean: this.#mean, rows: this.#rows.subarray(0, this.#used * this.size) };
  }

  /**
   * One that goes on from `state` bit-identically. Copies the arrays.
   *
   * @throws BasinetError STATE_INVALID where the parts of the state contradict each other
   */
  static restore(state: LowRankState, options: { readonly native?: boolean } = {}): LowRankCovariance {
    const { size, rank, count, dropped, mean, rows } = state;
    const used = size === 0 ? 0 : rows.length / size;
    const consistent = Number.isSafeInteger(used) && used <= 2 * rank && used <= Math.max(0, count - 1) && mean.length === size && dropped >= 0;
    if (!consistent || !(mean instanceof Float64Array && rows instanceof Float32Array)) {
      throw new BasinetError('STATE_INVALID', 'the saved covariance of a chain contradicts itself', { value: { size, rank, count }, remedy: 'Fold the draw log again from its start.' });
    }
    const restored = new LowRankCovariance(size, rank, options);
    restored.#mean.set(mean);
    restored.#rows.set(rows);
    restored.#count = count;
    restored.#used = used;
    restored.#dropped = dropped;
    return restored;
  }

  /** Keeps `rank` rows at most. `factors` and `state` of a chain that goes on would differ after it: for one that is read. */
  compress(): void {
    if (this.#used > this.rank) this.#compress();
  }

  /** The covariance, with divisor count − 1. Compresses. */
  factors(): LowRankFactors {
    this.#compress();
    const { size, rank } = this;
    const divisor = this.#count > 1 ? this.#count - 1 : NaN;
    const factors = new Float32Array(rank * size);
    const variances = new Float64Array(rank);
    for (let k = 0; k < rank; k++) {
      for (let i = 0; i < size; i++) {
        const value = (k < this.#used ? this.#rows[k * size + i]! : 0) / Math.sqrt(divisor);
        const known = !Number.isNaN(this.#mean[i]!);
        factors[k * size + i] = known ? value : NaN;
        if (known) variances[k]! += value * value;
      }
    }
    return { factors, variances, errorBound: this.#dropped / divisor };
  }

  /** Moves the mean towards `values`, and adds their scaled deviation from where it was as a row. */
  #deviate(values: Float32Array | Float64Array, weight: number, scale: number, varies: boolean): void {
    const row = varies ? this.#room() : new Float32Array(this.size);
    this.#kernels.deviate(values, weight, scale, this.#mean, row);
  }

  /** The next free row, which is then in use. */
  #room(): Float32Array {
    if (this.#used === 2 * this.rank) this.#compress();
    const from = this.#used++ * this.size;
    return this.#rows.subarray(from, from + this.size);
  }

  #compress(): void {
    const count = this.#used;
    if (count === 0) return;
    const kept = Math.min(count, this.rank);
    const gram = new Float64Array(count * count);
    this.#kernels.gram(this.#rows, count, this.size, gram, new Float64Array(count * count * PARTIAL_SUMS));
    const { values, vectors } = symmetricEigen(gram, count);
    const weights = new Float64Array(count * kept);
    for (let i = 0; i < count; i++) for (let k = 0; k < kept; k++) weights[i * kept + k] = vectors[i * count + k]!;
    this.#kernels.rotate(this.#rows, count, this.size, weights, kept);
    if (count > kept) this.#dropped += Math.max(0, values[kept]!);
    this.#used = kept;
  }
}

/**
 * Joins chains or partitions in the order given, which decides the last bits and, where more is dropped than kept, more
 * than those.
 *
 * @throws BasinetError ARGUMENT_INVALID without any part, or where sizes or ranks differ
 */
export function mergeLowRank(parts: readonly LowRankState[]): LowRankCovariance {
  const first = parts[0];
  if (first === undefined || parts.some(({ rank }) => rank !== first.rank)) {
    throw new BasinetError('ARGUMENT_INVALID', 'covariances of different ranks, or none at all, cannot be merged', {
      path: 'parts',
      value: parts.map(({ rank }) => rank),
      remedy: 'Merge chains of one job only.',
    });
  }
  const merged = new LowRankCovariance(first.size, first.rank);
  for (const part of parts) merged.join(part);
  merged.compress();
  return merged;
}

function requireSize(size: number, wanted: number): void {
  if (size === wanted) return;
  throw new BasinetError('ARGUMENT_INVALID', `${size} values cannot update a covariance of ${wanted}`, {
    path: 'values',
    value: size,
    remedy: 'Fold draws of one network only.',
  });
}
