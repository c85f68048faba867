// A partition's statistics between protobuf and plain data. Decoders are strict: LOG_CORRUPT or valid statistics.
import { bytesOf, checkCount, checkLength, corrupt, float32Of, float64Of, int16Of, int32Of, uint32Of } from './bytes.js';
import { strictly } from './codec.js';
import { wire, type basinet } from './wire.js';

/** The moments of several chains, as src/stats/merge.ts defines them; arrays are [size]. */
export interface MomentsRecord {
  readonly size: number;
  readonly count: number;
  readonly mean: Float64Array;
  readonly sumSquares: Float64Array;
  readonly halves: number;
  readonly halfDraws: number;
  readonly halfMean: Float64Array;
  readonly halfMeanSumSquares: Float64Array;
  readonly halfSumSquares: Float64Array;
  readonly batches: number;
  readonly batchSize: number;
  readonly batchMean: Float64Array;
  readonly batchMeanSumSquares: Float64Array;
  readonly chainsCounted: number;
  readonly nonFinite: number;
  readonly nested: NestedRecord | null;
}

/** As src/stats/nested.ts defines it; arrays are [size]. */
export interface NestedRecord {
  readonly superchains: number;
  readonly mean: Float64Array;
  readonly meanSumSquares: Float64Array;
  readonly within: Float64Array;
}

/** As src/stats/dyadicHistogram.ts defines them. */
export interface HistogramsRecord {
  readonly size: number;
  readonly count: number;
  /** [size] */
  readonly exponent: Int16Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** [size, bins] */
  readonly counts: Uint32Array;
}

/** As src/stats/lowRank.ts defines it. */
export interface LowRankRecord {
  readonly size: number;
  readonly rank: number;
  readonly count: number;
  readonly dropped: number;
  /** [size] */
  readonly mean: Float64Array;
  /** [rank or fewer, size] */
  readonly rows: Float32Array;
}

const ARRAYS = ['mean', 'sumSquares', 'halfMean', 'halfMeanSumSquares', 'halfSumSquares', 'batchMean', 'batchMeanSumSquares'] as const;
const COUNTS = ['size', 'count', 'halves', 'halfDraws', 'batches', 'batchSize', 'chainsCounted', 'nonFinite'] as const;

const NESTED_ARRAYS = ['mean', 'meanSumSquares', 'within'] as const;

type Arrays = { [Name in (typeof ARRAYS)[number]]: Float64Array };

/** Shares memory with `moments`: encode it before they change. */
export function momentsToWire(moments: MomentsRecord): basinet.v1.IMergedMoments {
  const { size, count, halves, halfDraws, batches, batchSize, chainsCounted, nonFinite } = moments;
  const message: basinet.v1.IMergedMoments = { size, count, halves, halfDraws, batches, batchSize, chainsCounted, nonFinite };
  for (const name of ARRAYS) message[name] = bytesOf(moments[name]);
  if (moments.nested !== null) {
    message.nested = { superchains: moments.nested.superchains };
    for (const name of NESTED_ARRAYS) message.nested[name] = bytesOf(moments.nested[name]);
  }
  return message;
}

/** Throws LOG_CORRUPT where an array has another length than `size` or a count is none. `path` says where. */
export function momentsFromWire(message: basinet.v1.IMergedMoments, path = 'moments'): MomentsRecord {
  const full = wire.MergedMoments.create(message);
  for (const name of COUNTS) checkCount(full[name], `${path}.${name}`);
  const arrays = {} as Arrays;
  for (const name of ARRAYS) {
    arrays[name] = float64Of(full[name], `${path}.${name}`);
    checkLength(arrays[name], full.size, `${path}.${name}`);
  }
  const { size, count, halves, halfDraws, batches, batchSize, chainsCounted, nonFinite } = full;
  const nested = full.nested ? nestedFromWire(full.nested, full.size, `${path}.nested`) : null;
  return { size, count, halves, halfDraws, batches, batchSize, chainsCounted, nonFinite, ...arrays, nested };
}

function nestedFromWire(message: basinet.v1.INestedMoments, size: number, path: string): NestedRecord {
  const full = wire.NestedMoments.create(message);
  const arrays = {} as Record<(typeof NESTED_ARRAYS)[number], Float64Array>;
  for (const name of NESTED_ARRAYS) {
    arrays[name] = float64Of(full[name], `${path}.${name}`);
    checkLength(arrays[name], size, `${path}.${name}`);
  }
  return { superchains: full.superchains, ...arrays };
}

/** Shares memory with `histograms`: encode it before they change. */
export function histogramsToWire({ size, count, exponent, low, high, counts }: HistogramsRecord): basinet.v1.IHistograms {
  return { size, count, bins: counts.length / Math.max(1, size), exponent: bytesOf(exponent), low: bytesOf(low), high: bytesOf(high), counts: bytesOf(counts) };
}

/** Of a weight that was NaN or infinite, and those of a float32's bins. */
const EXPONENTS = { none: 32767, least: -149, most: 127 };

/** Throws LOG_CORRUPT where an array has another length than `size`, or a histogram does not hold `count` values in the bins that it says. */
export function histogramsFromWire(message: basinet.v1.IHistograms, path = 'histograms'): HistogramsRecord {
  const full = wire.Histograms.create(message);
  const { size, count, bins } = full;
  checkCount(size, `${path}.size`);
  checkCount(count, `${path}.count`);
  const exponent = int16Of(full.exponent, `${path}.exponent`);
  const low = int32Of(full.low, `${path}.low`);
  const high = int32Of(full.high, `${path}.high`);
  const counts = uint32Of(full.counts, `${path}.counts`);
  checkLength(exponent, size, `${path}.exponent`);
  checkLength(low, size, `${path}.low`);
  checkLength(high, size, `${path}.high`);
  checkLength(counts, size * bins, `${path}.counts`);
  for (let i = 0; i < size; i++) {
    if (high[i]! - low[i]! >= bins) throw corrupt(`${path}.high[${i}]`, `${high[i]} is ${bins} bins or more after ${low[i]}`, high[i]);
    if (exponent[i] === EXPONENTS.none) continue;
    if (exponent[i]! < EXPONENTS.least || exponent[i]! > EXPONENTS.most) throw corrupt(`${path}.exponent[${i}]`, `no bins of float32 values are 2^${exponent[i]} wide`, exponent[i]);
    const held = heldBetween(counts, i * bins, low[i]!, high[i]!, bins);
    if (held !== count) throw corrupt(`${path}.counts[${i}]`, `bins ${low[i]} to ${high[i]} hold ${held} of ${count} values`, held);
  }
  return { size, count, exponent, low, high, counts };
}

/** Values in bins `low` to `high`, of those that begin at `from`. */
function heldBetween(counts: Uint32Array, from: number, low: number, high: number, bins: number): number {
  let held = 0;
  // Bin numbers are counted modulo `bins`, also below zero.
  for (let bin = low; bin <= high; bin++) held += counts[from + (((bin % bins) + bins) % bins)]!;
  return held;
}

/** Shares memory with `covariance`: encode it before it changes. */
export function lowRankToWire({ size, rank, count, dropped, mean, rows }: LowRankRecord): basinet.v1.ILowRankCovariance {
  return { size, rank, count, dropped, mean: bytesOf(mean), rows: bytesOf(rows) };
}

/** Throws LOG_CORRUPT where an array has another length than `size` and `rank` say, or more rows than `count` draws leave. */
export function lowRankFromWire(message: basinet.v1.ILowRankCovariance, path = 'lowRank'): LowRankRecord {
  const full = wire.LowRankCovariance.create(message);
  const { size, count, rank, dropped } = full;
  checkCount(size, `${path}.size`, 1);
  checkCount(count, `${path}.count`);
  checkCount(rank, `${path}.rank`, 1);
  if (!(dropped >= 0)) throw corrupt(`${path}.dropped`, `${dropped} is no sum of squares`, dropped);
  const mean = float64Of(full.mean, `${path}.mean`);
  const rows = float32Of(full.rows, `${path}.rows`);
  checkLength(mean, size, `${path}.mean`);
  if (rows.length % size !== 0 || rows.length > rank * size) throw corrupt(`${path}.rows`, `${rows.length} elements are not ${rank} rows of ${size} or fewer`, rows.length);
  if (rows.length > Math.max(0, count - 1) * size) throw corrupt(`${path}.count`, `${count} draws vary in fewer than ${rows.length / size} directions`, count);
  return { size, rank, count, dropped, mean, rows };
}

export const encodePartitionStatistics = (statistics: basinet.v1.IPartitionStatistics): Uint8Array => wire.PartitionStatistics.encode(statistics).finish();

/** The message, with moments, reference and columns checked against each other. Throws LOG_CORRUPT. */
export function decodePartitionStatistics(bytes: Uint8Array): basinet.v1.PartitionStatistics {
  return strictly('partition statistics', () => {
    const statistics = wire.PartitionStatistics.decode(bytes);
    for (const name of ['raw', 'aligned', 'control', 'probe'] as const) {
      const moments = statistics[name];
      if (moments) momentsFromWire(moments, `statistics.${name}`);
    }
    if (statistics.histograms) histogramsFromWire(statistics.histograms, 'statistics.histograms');
    if (statistics.lowRank) lowRankFromWire(statistics.lowRank, 'statistics.lowRank');
    for (const trace of statistics.traces) checkTrace(wire.ChainTrace.create(trace));
    return statistics;
  });
}

const DRAW_COLUMNS = ['potentialEnergy', 'kineticEnergy', 'energyError', 'acceptanceRate', 'divergent', 'stepSize', 'leapfrogSteps'] as const;
const WARMUP_COLUMNS = ['warmupPotentialEnergy', 'warmupAcceptanceRate', 'warmupStepSize'] as const;

function checkTrace(trace: basinet.v1.ChainTrace): void {
  const path = `statistics.traces[${trace.chain}]`;
  const draws = trace.iteration.length;
  for (const name of DRAW_COLUMNS) checkLength(trace[name], draws, `${path}.${name}`);
  for (const name of WARMUP_COLUMNS) checkLength(trace[name], trace.warmupIteration.length, `${path}.${name}`);
  // Where draws are not aligned these are empty.
  if (trace.distanceBefore.length !== trace.distanceAfter.length || ![0, draws].includes(trace.distanceBefore.length)) {
    throw corrupt(`${path}.distanceBefore`, `${trace.distanceBefore.length} and ${trace.distanceAfter.length} distances of ${draws} draws`);
  }
  if (trace.transpositions.length > 0 && (draws === 0 || trace.transpositions.length % draws !== 0)) {
    throw corrupt(`${path}.transpositions`, `${trace.transpositions.length} elements are no whole rows of ${draws} draws`);
  }
  const { length } = trace.relabellings;
  if (length > 0 && (draws === 0 || length % (2 * draws) !== 0)) {
    throw corrupt(`${path}.relabellings`, `${length} bytes are no whole rows of int16 of ${draws} draws`);
  }
}
