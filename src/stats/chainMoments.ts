// One chain's running statistics of a vector of quantities: mean, variance, and what split R-hat and ESS need.
import { BasinetError } from '../errors.js';
import type { MomentKernels } from './momentKernels.js';
import { momentKernels } from './native.js';

/** Welford state of one stretch of a chain: mean and sum of squared deviations from it, per weight. */
export interface Segment {
  readonly count: number;
  /** [size] */
  readonly mean: Float64Array;
  /** [size] */
  readonly sumSquares: Float64Array;
}

/** Everything a ChainMoments holds, as plain numbers and typed arrays. */
export interface ChainMomentsState {
  readonly size: number;
  /** Planned draws. */
  readonly draws: number;
  /** Draws so far. */
  readonly count: number;
  /** Values so far, over all weights, that were NaN or infinite. */
  readonly nonFinite: number;
  /** First half, middle draw (of an odd number), second half; null where no draw of it has come yet. */
  readonly segments: readonly (Segment | null)[];
  /** Complete batches so far. */
  readonly batches: number;
  /** Sum of the open batch. [size] */
  readonly batchSum: Float64Array;
  /** Welford state over the means of the complete batches. [size] each */
  readonly batchMean: Float64Array;
  readonly batchSumSquares: Float64Array;
}

interface MutableSegment {
  count: number;
  readonly mean: Float64Array;
  readonly sumSquares: Float64Array;
}

/**
 * Streams the draws of one chain, whose number is planned beforehand: the first ⌊N/2⌋ draws are the first half of split
 * R-hat and the last ⌊N/2⌋ the second (the middle draw of an odd number counts for mean and variance only), and batches
 * for ESS have b = ⌊√N⌋ draws. A chain that stops early keeps that plan.
 *
 * Costs 56 bytes a weight, 40 during the first half. A weight that was ever NaN or infinite reads as NaN in everything
 * merged from it; `nonFinite` counts such values.
 */
export class ChainMoments {
  readonly size: number;
  /** Planned draws N. */
  readonly draws: number;
  /** b = ⌊√N⌋. */
  readonly batchSize: number;
  readonly #kernels: MomentKernels;
  readonly #segments: (MutableSegment | null)[] = [null, null, null];
  readonly #batchSum: Float64Array;
  readonly #batchMean: Float64Array;
  readonly #batchSumSquares: Float64Array;
  #count = 0;
  #batches = 0;
  #nonFinite = 0;

  /**
   * @param size - weights per draw
   * @param options.draws - planned draws N ≥ 1
   * @param options.native - whether to use the addon where it is there; default true. The same results to the last bit.
   * @throws BasinetError ARGUMENT_INVALID where a number is not a whole one in range
   */
  constructor(size: number, { draws, native = true }: { readonly draws: number; readonly native?: boolean }) {
    requireCount(size, 0, 'size');
    requireCount(draws, 1, 'draws');
    this.size = size;
    this.draws = draws;
    this.batchSize = Math.floor(Math.sqrt(draws));
    this.#kernels = momentKernels(native);
    this.#batchSum = new Float64Array(size);
    this.#batchMean = new Float64Array(size);
    this.#batchSumSquares = new Float64Array(size);
  }

  /** Draws so far. */
  get count(): number {
    return this.#count;
  }

  /** Values so far, over all weights, that were NaN or infinite. */
  get nonFinite(): number {
    return this.#nonFinite;
  }

  /**
   * Folds the next draw in.
   *
   * @param values - [size]
   * @throws BasinetError ARGUMENT_INVALID for another length, or after the last planned draw
   */
  update(values: Float32Array | Float64Array): void {
    if (values.length !== this.size) {
      throw new BasinetError('ARGUMENT_INVALID', `a draw of ${values.length} values cannot update the moments of ${this.size}`, {
        path: 'values',
        value: values.length,
        remedy: 'Fold draws of one network only.',
      });
    }
    if (this.#count >= this.draws) {
      throw new BasinetError('ARGUMENT_INVALID', `all ${this.draws} planned draws have been folded already`, {
        path: 'draws',
        value: this.draws,
        remedy: 'Plan as many draws as the chain will make.',
      });
    }
    const segment = this.#openSegment();
    this.#count++;
    segment.count++;
    this.#nonFinite += this.#kernels.update(values, segment.count, segment.mean, segment.sumSquares, this.#batchSum);
    if (this.#count % this.batchSize === 0) {
      this.#batches++;
      this.#kernels.closeBatch(this.#batchSum, this.batchSize, this.#batches, this.#batchMean, this.#batchSumSquares);
    }
  }

  /** Everything held: views of live memory, to be written out before the next update, not to be changed. */
  state(): ChainMomentsState {
    return {
      size: this.size,
      draws: this.draws,
      count: this.#count,
      nonFinite: this.#nonFinite,
      segments: this.#segments.map((segment) => segment && { count: segment.count, mean: segment.mean, sumSquares: segment.sumSquares }),
      batches: this.#batches,
      batchSum: this.#batchSum,
      batchMean: this.#batchMean,
      batchSumSquares: this.#batchSumSquares,
    };
  }

  /**
   * A ChainMoments that goes on from `state` bit-identically. Copies the arrays.
   *
   * @throws BasinetError STATE_INVALID where the parts of the state contradict each other
   */
  static restore(state: ChainMomentsState, options: { readonly native?: boolean } = {}): ChainMoments {
    const moments = new ChainMoments(state.size, { draws: state.draws, ...options });
    requireConsistent(moments, state);
    state.segments.forEach((segment, s) => {
      if (segment === null) return;
      moments.#segments[s] = { count: segment.count, mean: new Float64Array(segment.mean), sumSquares: new Float64Array(segment.sumSquares) };
    });
    moments.#batchSum.set(state.batchSum);
    moments.#batchMean.set(state.batchMean);
    moments.#batchSumSquares.set(state.batchSumSquares);
    moments.#count = state.count;
    moments.#batches = state.batches;
    moments.#nonFinite = state.nonFinite;
    return moments;
  }

  #openSegment(): MutableSegment {
    const index = segmentOf(this.#count, this.draws);
    this.#segments[index] ??= { count: 0, mean: new Float64Array(this.size), sumSquares: new Float64Array(this.size) };
    return this.#segments[index];
  }
}

/** Which segment the draw of 0-based index `index` belongs to. */
function segmentOf(index: number, draws: number): 0 | 1 | 2 {
  const half = Math.floor(draws / 2);
  if (index < half) return 0;
  return index < draws - half ? 1 : 2;
}

function requireCount(value: number, least: number, path: string): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new BasinetError('ARGUMENT_INVALID', `${path} must be a whole number of at least ${least}`, {
    path,
    value,
    remedy: `Give a whole number of at least ${least}.`,
  });
}

function requireConsistent(moments: ChainMoments, state: ChainMomentsState): void {
  const { size, draws } = moments;
  const half = Math.floor(draws / 2);
  const lengths = [half, draws - 2 * half, half];
  let left = state.count;
  const expected = lengths.map((length) => {
    const count = Math.max(0, Math.min(left, length));
    left -= count;
    return count;
  });
  const arrays = [state.batchSum, state.batchMean, state.batchSumSquares, ...state.segments.flatMap((s) => (s === null ? [] : [s.mean, s.sumSquares]))];
  const consistent =
    left === 0 &&
    state.batches === Math.floor(state.count / moments.batchSize) &&
    state.segments.length === 3 &&
    state.segments.every((segment, s) => (segment?.count ?? 0) === expected[s]) &&
    arrays.every((array) => array instanceof Float64Array && array.length === size);
  if (consistent) return;
  throw new BasinetError('STATE_INVALID', 'the saved moments of a chain contradict themselves', {
    value: { size, draws, count: state.count },
    remedy: 'Fold the draw log again from its start.',
  });
}
