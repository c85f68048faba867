// The inner loop of dyadic histograms: counts one value of every weight, in TypeScript or in the addon.

/** Bins of a histogram: a power of two. */
export const HISTOGRAM_BINS = 32;
/** Exponent of the finest bins: every float32 is a whole multiple of 2^-149. */
export const FINEST_EXPONENT = -149;
/** Bins are numbered within ±2²⁴, as far as a float32 resolves. */
const MOST_BIN = 2 ** 24;
/** Exponent of a weight that was ever NaN or infinite. */
export const NOT_FINITE = 32767;

/** Histograms of `size` weights, one after the other in flat arrays. */
export interface HistogramArrays {
  /** A bin is 2^exponent wide; NOT_FINITE for a weight that was ever NaN or infinite. [size] */
  readonly exponent: Int16Array;
  /** First and last bin that hold a value: bin i is [i·2^exponent, (i + 1)·2^exponent). low > high before the first. [size] */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Values in bin i are at i modulo HISTOGRAM_BINS. Row-major [size, HISTOGRAM_BINS] */
  readonly counts: Uint16Array | Uint32Array;
}

export interface HistogramKernels {
  /**
   * Counts values[i] in histogram i, whose bins are made coarser where it does not fit: by as little as leaves all its
   * values in HISTOGRAM_BINS bins with numbers within ±2²⁴. Which bins a histogram has so depends on its least and its
   * greatest value alone, not on the order.
   */
  count(values: Float32Array, histograms: HistogramArrays & { readonly counts: Uint16Array }): void;
}

const number = new Float32Array(1);
const bits = new Uint32Array(number.buffer);

/** The least exponent at which a finite float32 has a bin number within ±2²⁴; its number is then exact. */
function exponentOf(value: number): number {
  number[0] = value;
  return Math.max(1, (bits[0]! >>> 23) & 255) - 150;
}

const powers = Float64Array.from({ length: 512 }, (_, e) => 2 ** (e - 256));
/** 2^exponent for |exponent| ≤ 255. */
export const powerOfTwo = (exponent: number): number => powers[exponent + 256]!;

const moved = new Uint32Array(HISTOGRAM_BINS);

/**
 * Makes the bins of histogram `i` coarser by `steps` powers of two, and moves its counts; bins `low … high` hold some.
 * Past 31 steps every number of a bin is 0 or −1, as after 31.
 */
export function coarsen(counts: Uint16Array | Uint32Array, i: number, low: number, high: number, steps: number): void {
  const shift = Math.min(31, steps);
  const from = i * HISTOGRAM_BINS;
  moved.fill(0);
  for (let bin = low; bin <= high; bin++) moved[(bin >> shift) & (HISTOGRAM_BINS - 1)]! += counts[from + (bin & (HISTOGRAM_BINS - 1))]!;
  counts.set(moved, from);
}

/** The readable ones; native/histogram.cc gives the same bits. */
export const referenceHistogramKernels: HistogramKernels = {
  count(values, { exponent, low, high, counts }) {
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      const before = exponent[i]!;
      if (before === NOT_FINITE) continue;
      if (x - x !== 0) {
        exponent[i] = NOT_FINITE;
        continue;
      }
      let first = low[i]!;
      let last = high[i]!;
      const place = Math.floor(x * powerOfTwo(-before));
      if (place >= first && place <= last) {
        counts[i * HISTOGRAM_BINS + (place & (HISTOGRAM_BINS - 1))]!++;
        continue;
      }
      const empty = first > last;
      let after = empty ? exponentOf(x) : Math.max(before, exponentOf(x));
      let bin = Math.floor(x * powerOfTwo(-after));
      first = empty ? bin : Math.min(bin, first >> Math.min(31, after - before));
      last = empty ? bin : Math.max(bin, last >> Math.min(31, after - before));
      while (last - first >= HISTOGRAM_BINS) {
        after++;
        bin >>= 1;
        first >>= 1;
        last >>= 1;
      }
      if (!empty && after > before) coarsen(counts, i, low[i]!, high[i]!, after - before);
      exponent[i] = after;
      low[i] = first;
      high[i] = last;
      counts[i * HISTOGRAM_BINS + (bin & (HISTOGRAM_BINS - 1))]!++;
    }
  },
};

/** Whether bins are numbered as they can be. */
export const isBinRange = (low: number, high: number): boolean => low > -MOST_BIN && high < MOST_BIN && high - low < HISTOGRAM_BINS;
