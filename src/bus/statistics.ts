// A partition's statistics between protobuf and plain data. Decoders are strict: LOG_CORRUPT or valid statistics.
import { bytesOf, checkCount, checkLength, corrupt, float64Of } from './bytes.js';
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
}

const ARRAYS = ['mean', 'sumSquares', 'halfMean', 'halfMeanSumSquares', 'halfSumSquares', 'batchMean', 'batchMeanSumSquares'] as const;
const COUNTS = ['size', 'count', 'halves', 'halfDraws', 'batches', 'batchSize', 'chainsCounted', 'nonFinite'] as const;

type Arrays = { [Name in (typeof ARRAYS)[number]]: Float64Array };

/** Shares memory with `moments`: encode it before they change. */
export function momentsToWire(moments: MomentsRecord): basinet.v1.IMergedMoments {
  const { size, count, halves, halfDraws, batches, batchSize, chainsCounted, nonFinite } = moments;
  const message: basinet.v1.IMergedMoments = { size, count, halves, halfDraws, batches, batchSize, chainsCounted, nonFinite };
  for (const name of ARRAYS) message[name] = bytesOf(moments[name]);
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
  return { size, count, halves, halfDraws, batches, batchSize, chainsCounted, nonFinite, ...arrays };
}

export const encodePartitionStatistics = (statistics: basinet.v1.IPartitionStatistics): Uint8Array => wire.PartitionStatistics.encode(statistics).finish();

/** The message, with moments, reference and columns checked against each other. Throws LOG_CORRUPT. */
export function decodePartitionStatistics(bytes: Uint8Array): basinet.v1.PartitionStatistics {
  return strictly('partition statistics', () => {
    const statistics = wire.PartitionStatistics.decode(bytes);
    for (const name of ['raw', 'aligned', 'probe'] as const) {
      const moments = statistics[name];
      if (moments) momentsFromWire(moments, `statistics.${name}`);
    }
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
