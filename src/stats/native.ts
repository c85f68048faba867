// The addon's kernels of streaming statistics (native/stats.cc, histogram.cc, low_rank.cc), and the choice between them and the TypeScript ones.
import { loadAddon } from '../engine/addon.js';
import { referenceHistogramKernels, type HistogramKernels } from './histogramKernels.js';
import { referenceLowRankKernels, type LowRankKernels } from './lowRankKernels.js';
import { referenceMomentKernels, type MomentKernels } from './momentKernels.js';

/** Lengths are checked by the classes that use them; the addon trusts them. */
interface StatsAddon {
  statsUpdate(values: Float32Array | Float64Array, count: number, mean: Float64Array, sumSquares: Float64Array, batchSum: Float64Array): number;
  statsCloseBatch(batchSum: Float64Array, batchSize: number, batches: number, mean: Float64Array, sumSquares: Float64Array): void;
  statsJoin(nA: number, mean: Float64Array, sumSquares: Float64Array, nB: number, otherMean: Float64Array, otherSumSquares: Float64Array | null): void;
  histogramCount(values: Float32Array, exponent: Int16Array, low: Int32Array, high: Int32Array, counts: Uint16Array): void;
  lowRankDeviate(values: Float32Array | Float64Array, weight: number, scale: number, mean: Float64Array, row: Float32Array): void;
  lowRankGram(rows: Float32Array, count: number, size: number, gram: Float64Array, scratch: Float64Array): void;
  lowRankRotate(rows: Float32Array, count: number, size: number, weights: Float64Array, rank: number): void;
}

function statsAddon(): StatsAddon | null {
  const status = loadAddon();
  return status.available && 'lowRankGram' in status.addon ? (status.addon as unknown as StatsAddon) : null;
}

/** The addon's kernels: the same results as the TypeScript ones to the last bit. */
export function nativeMomentKernels(): MomentKernels | null {
  const addon = statsAddon();
  return addon && {
    update: (values, count, mean, sumSquares, batchSum) => addon.statsUpdate(values, count, mean, sumSquares, batchSum),
    closeBatch: (batchSum, batchSize, batches, mean, sumSquares) => addon.statsCloseBatch(batchSum, batchSize, batches, mean, sumSquares),
    join: (nA, mean, sumSquares, nB, otherMean, otherSumSquares) => addon.statsJoin(nA, mean, sumSquares, nB, otherMean, otherSumSquares),
  };
}

/** The addon's where it can be loaded, otherwise the TypeScript ones. */
export function momentKernels(native = true): MomentKernels {
  return (native ? nativeMomentKernels() : null) ?? referenceMomentKernels;
}

/** As `nativeMomentKernels`. */
export function nativeHistogramKernels(): HistogramKernels | null {
  const addon = statsAddon();
  return addon && { count: (values, { exponent, low, high, counts }) => addon.histogramCount(values, exponent, low, high, counts) };
}

/** As `momentKernels`. */
export function histogramKernels(native = true): HistogramKernels {
  return (native ? nativeHistogramKernels() : null) ?? referenceHistogramKernels;
}

/** As `nativeMomentKernels`. */
export function nativeLowRankKernels(): LowRankKernels | null {
  const addon = statsAddon();
  return addon && {
    deviate: (values, weight, scale, mean, row) => addon.lowRankDeviate(values, weight, scale, mean, row),
    gram: (rows, count, size, gram, scratch) => addon.lowRankGram(rows, count, size, gram, scratch),
    rotate: (rows, count, size, weights, rank) => addon.lowRankRotate(rows, count, size, weights, rank),
  };
}

/** As `momentKernels`. */
export function lowRankKernels(native = true): LowRankKernels {
  return (native ? nativeLowRankKernels() : null) ?? referenceLowRankKernels;
}
