// Streaming quantiles: a histogram of every weight, whose bins are powers of two wide and become coarser as values spread.
import { BasinetError } from '../errors.js';
import { coarsen, FINEST_EXPONENT, HISTOGRAM_BINS, isBinRange, NOT_FINITE, powerOfTwo, type HistogramArrays, type HistogramKernels } from './histogramKernels.js';
import { histogramKernels } from './native.js';

/** Values of one weight that a chain's histogram can count: its counters have 16 bits. */
export const MOST_HISTOGRAM_DRAWS = 65_535;

/** Everything that a chain's histograms hold. */
export interface DyadicHistogramState extends HistogramArrays {
  readonly size: number;
  /** Draws so far. */
  readonly count: number;
  readonly counts: Uint16Array;
}

/** Histograms of the draws of several chains. */
export interface MergedHistograms extends HistogramArrays {
  readonly size: number;
  /** Draws over all chains. */
  readonly count: number;
  readonly counts: Uint32Array;
}

/**
 * Streams the draws of one chain into a histogram a weight. Bins are [i·2^e, (i + 1)·2^e), HISTOGRAM_BINS of them at most
 * from the least to the greatest value so far, and e is the least whole number for which that is so. Grids of different
 * chains are therefore nested in each other, e and the counts depend on nothing but the values, and merging is exact: in
 * any order, over any partitions, the same integers.
 *
 * Costs 74 bytes a weight. A weight that was ever NaN or infinite reads as NaN.
 */
export class DyadicHistogram {
  readonly size: number;
  readonly #kernels: HistogramKernels;
  readonly #arrays: HistogramArrays & { readonly counts: Uint16Array };
  #count = 0;

  /**
   * @param size - weights per draw
   * @param options.native - whether to use the addon where it is there; default true. The same results to the last bit.
   */
  constructor(size: number, { native = true }: { readonly native?: boolean } = {}) {
    this.size = size;
    this.#kernels = histogramKernels(native);
    this.#arrays = { ...emptyArrays(size), counts: new Uint16Array(size * HISTOGRAM_BINS) };
  }

  /** Draws so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Counts the next draw.
   *
   * @param values - [size]
   * @throws BasinetError ARGUMENT_INVALID for another length, or after MOST_HISTOGRAM_DRAWS draws
   */
  update(values: Float32Array): void {
    if (values.length !== this.size) {
      throw new BasinetError('ARGUMENT_INVALID', `a draw of ${values.length} values cannot be counted in histograms of ${this.size}`, {
        path: 'values',
        value: values.length,
        remedy: 'Fold draws of one network only.',
      });
    }
    if (this.#count === MOST_HISTOGRAM_DRAWS) {
      throw new BasinetError('ARGUMENT_INVALID', `a chain's histograms count at most ${MOST_HISTOGRAM_DRAWS} draws`, {
        path: 'draws',
        value: this.#count,
        remedy: 'Thin the chain, or do without quantiles.',
      });
    }
    this.#count++;
    this.#kernels.count(values, this.#arrays);
  }

  /** Everything held: views of live memory, to be written out before the next update, not to be changed. */
  state(): DyadicHistogramState {
    return { size: this.size, count: this.#count, ...this.#arrays };
  }

  /**
   * One that goes on from `state` bit-identically. Copies the arrays.
   *
   * @throws BasinetError STATE_INVALID where the parts of the state contradict each other
   */
  static restore(state: DyadicHistogramState, options: { readonly native?: boolean } = {}): DyadicHistogram {
    requireConsistent(state, Uint16Array);
    const histogram = new DyadicHistogram(state.size, options);
    for (const name of ['exponent', 'low', 'high', 'counts'] as const) histogram.#arrays[name].set(state[name]);
    histogram.#count = state.count;
    return histogram;
  }
}

/**
 * Joins histograms of chains or of partitions, exactly: the order changes nothing.
 *
 * @throws BasinetError ARGUMENT_INVALID without any part, or where sizes differ
 */
export function mergeHistograms(parts: readonly (DyadicHistogramState | MergedHistograms)[]): MergedHistograms {
  const size = parts[0]?.size;
  if (size === undefined || parts.some((part) => part.size !== size || part.counts.length !== size * HISTOGRAM_BINS)) {
    throw new BasinetError('ARGUMENT_INVALID', 'histograms of different sizes or bins, or none at all, cannot be merged', {
      path: 'parts',
      value: parts.map((part) => part.size),
      remedy: 'Merge chains of one job only.',
    });
  }
  const merged = { ...emptyArrays(size), counts: new Uint32Array(size * HISTOGRAM_BINS) };
  for (const part of parts) addHistograms(merged, part, size);
  return { size, count: parts.reduce((sum, { count }) => sum + count, 0), ...merged };
}

function addHistograms(merged: HistogramArrays, part: HistogramArrays, size: number): void {
  const { exponent, low, high, counts } = merged;
  for (let i = 0; i < size; i++) {
    const own = part.exponent[i]!;
    if (own === NOT_FINITE) exponent[i] = NOT_FINITE;
    const present = exponent[i]!;
    const from = part.low[i]!;
    const to = part.high[i]!;
    if (present === NOT_FINITE || from > to) continue;
    const empty = low[i]! > high[i]!;
    let wanted = empty ? own : Math.max(own, present);
    let first = from >> Math.min(31, wanted - own);
    let last = to >> Math.min(31, wanted - own);
    if (!empty) {
      first = Math.min(first, low[i]! >> Math.min(31, wanted - present));
      last = Math.max(last, high[i]! >> Math.min(31, wanted - present));
    }
    while (last - first >= HISTOGRAM_BINS) {
      wanted++;
      first >>= 1;
      last >>= 1;
    }
    if (!empty && wanted > present) coarsen(counts, i, low[i]!, high[i]!, wanted - present);
    const shift = Math.min(31, wanted - own);
    const at = i * HISTOGRAM_BINS;
    for (let bin = from; bin <= to; bin++) counts[at + ((bin >> shift) & (HISTOGRAM_BINS - 1))]! += part.counts[at + (bin & (HISTOGRAM_BINS - 1))]!;
    exponent[i] = wanted;
    low[i] = first;
    high[i] = last;
  }
}

/**
 * The quantile of probability p of every weight, by NumPy's definition (linear between order statistics: rank p·(n − 1)
 * from 0), where the c values of a bin are taken to lie at its (½, 1½, …, c − ½)/c. Each value is so known to within its
 * bin, and the quantile is off by less than the width of a bin, which is less than 2 (max − min) / (HISTOGRAM_BINS − 1).
 * Exact where all values are the same. NaN without draws, and for a weight that was ever NaN or infinite.
 *
 * @param probability - 0 to 1
 * @param out - [size]; a new array by default
 */
export function histogramQuantile(histograms: MergedHistograms, probability: number, out = new Float64Array(histograms.size)): Float64Array {
  if (!(probability >= 0 && probability <= 1)) {
    throw new BasinetError('ARGUMENT_INVALID', `${probability} is no probability`, { path: 'probability', value: probability, remedy: 'Give a number from 0 to 1.' });
  }
  const { size, count, exponent, low, high } = histograms;
  const rank = probability * (count - 1);
  const below = Math.floor(rank);
  for (let i = 0; i < size; i++) {
    if (exponent[i] === NOT_FINITE || count === 0) out[i] = NaN;
    else if (low[i] === high[i]) out[i] = low[i]! * powerOfTwo(exponent[i]!);
    else {
      const value = orderStatistic(histograms, i, below);
      out[i] = rank === below ? value : value + (rank - below) * (orderStatistic(histograms, i, below + 1) - value);
    }
  }
  return out;
}

/** Widths of the bins: how far a quantile can be off. Zero where all values are the same, NaN where quantiles are. [size] */
export function histogramResolution({ size, count, exponent, low, high }: MergedHistograms): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    if (exponent[i] === NOT_FINITE || count === 0) return NaN;
    return low[i] === high[i] ? 0 : powerOfTwo(exponent[i]!);
  });
}

/** Value of 0-based rank `rank` of weight i, as far as its bin tells. */
function orderStatistic({ exponent, low, high, counts }: HistogramArrays, i: number, rank: number): number {
  let before = 0;
  for (let bin = low[i]!; bin <= high[i]!; bin++) {
    const inside = counts[i * HISTOGRAM_BINS + (bin & (HISTOGRAM_BINS - 1))]!;
    if (rank < before + inside) return (bin + (rank - before + 0.5) / inside) * powerOfTwo(exponent[i]!);
    before += inside;
  }
  return NaN;
}

function emptyArrays(size: number): Omit<HistogramArrays, 'counts'> {
  return { exponent: new Int16Array(size).fill(FINEST_EXPONENT), low: new Int32Array(size).fill(1), high: new Int32Array(size) };
}

/** Throws STATE_INVALID where arrays have other lengths or types, or a histogram does not hold the values that it should. */
function requireConsistent({ size, count, exponent, low, high, counts }: DyadicHistogramState, Counts: typeof Uint16Array): void {
  let consistent =
    Number.isSafeInteger(count) && count >= 0 && exponent instanceof Int16Array && low instanceof Int32Array && high instanceof Int32Array && counts instanceof Counts;
  consistent &&= [exponent, low, high].every(({ length }) => length === size) && counts.length === size * HISTOGRAM_BINS;
  for (let i = 0; consistent && i < size; i++) {
    if (exponent[i] === NOT_FINITE) continue;
    if (count === 0) consistent = low[i]! > high[i]!;
    else consistent = exponent[i]! >= FINEST_EXPONENT && exponent[i]! < 128 && low[i]! <= high[i]! && isBinRange(low[i]!, high[i]!);
  }
  if (consistent) return;
  throw new BasinetError('STATE_INVALID', 'the saved histograms of a chain contradict themselves', { value: { size, count }, remedy: 'Fold the draw log again from its start.' });
}
