// Hundreds of thousands of values in a handful of numbers, and in the bars of a histogram.
import type { Distribution } from './summarySchema.js';

/** Quantiles (linear interpolation, as NumPy's default) of the finite values; null where there are none. */
export function describe(values: ArrayLike<number>): Distribution {
  const sorted = finite(values).sort();
  const count = sorted.length;
  let sum = 0;
  for (const value of sorted) sum += value;
  const quantile = (p: number) => quantileOf(sorted, p);
  return {
    count: values.length,
    nonFinite: values.length - count,
    mean: count === 0 ? null : sum / count,
    min: quantile(0),
    q05: quantile(0.05),
    median: quantile(0.5),
    q95: quantile(0.95),
    q99: quantile(0.99),
    max: quantile(1),
  };
}

/** Quantile p of values in ascending order. */
export function quantileOf(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null;
  const place = p * (sorted.length - 1);
  const low = Math.floor(place);
  const below = sorted[low]!;
  const above = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return below + (place - low) * (above - below);
}

/** The finite values, copied. */
export function finite(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) kept[count++] = values[i]!;
  return kept.subarray(0, count);
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  /** Share of all finite values. */
  readonly share: number;
}

/**
 * Shares of the finite values in `bins` bins between `low` and `high`, of equal width or (`log`) equal ratio.
 * Values outside count in the first and the last bin.
 */
export function histogram(values: ArrayLike<number>, low: number, high: number, bins: number, log = false): Bin[] {
  const scale = log ? Math.log : (x: number) => x;
  const unscale = log ? Math.exp : (x: number) => x;
  const start = scale(low);
  const width = (scale(high) - start) / bins || 1;
  const counts = new Float64Array(bins);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    total++;
    const bin = Math.floor((scale(value) - start) / width);
    const place = Number.isNaN(bin) ? 0 : Math.min(bins - 1, Math.max(0, bin));
    counts[place]!++;
  }
  return Array.from(counts, (n, i) => ({ from: unscale(start + i * width), to: unscale(start + (i + 1) * width), share: total === 0 ? 0 : n / total }));
}

/** Mean of the finite values; null where there are none. */
export function meanOf(values: ArrayLike<number>): number | null {
  const kept = finite(values);
  let sum = 0;
  for (const value of kept) sum += value;
  return kept.length === 0 ? null : sum / kept.length;
}

/** Sample standard deviation (n − 1) of the finite values; null below two of them. */
export function stdOf(values: ArrayLike<number>): number | null {
  const kept = finite(values);
  if (kept.length < 2) return null;
  const mean = meanOf(kept)!;
  let squares = 0;
  for (const value of kept) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (kept.length - 1));
}

/** Indices of at most `limit` of `length` items, evenly spaced, first and last among them. */
export function evenlySpaced(length: number, limit: number): number[] {
  if (length <= limit) return Array.from({ length }, (_, i) => i);
  if (limit === 1) return [length - 1];
  return Array.from({ length: limit }, (_, i) => Math.round((i * (length - 1)) / (limit - 1)));
}
