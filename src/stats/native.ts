// The addon's moment kernels (native/stats.cc), and the choice between them and the TypeScript ones.
import { loadAddon } from '../engine/addon.js';
import { referenceMomentKernels, type MomentKernels } from './momentKernels.js';

/** Functions of native/stats.cc. Lengths are checked by ChainMoments; the addon trusts them. */
interface StatsAddon {
  statsUpdate(values: Float32Array | Float64Array, count: number, mean: Float64Array, sumSquares: Float64Array, batchSum: Float64Array): number;
  statsCloseBatch(batchSum: Float64Array, batchSize: number, batches: number, mean: Float64Array, sumSquares: Float64Array): void;
  statsJoin(nA: number, mean: Float64Array, sumSquares: Float64Array, nB: number, otherMean: Float64Array, otherSumSquares: Float64Array | null): void;
}

/** The addon's kernels: the same results as the TypeScript ones to the last bit. */
export function nativeMomentKernels(): MomentKernels | null {
  const status = loadAddon();
  if (!status.available || !('statsUpdate' in status.addon)) return null;
  const addon = status.addon as unknown as StatsAddon;
  return {
    update: (values, count, mean, sumSquares, batchSum) => addon.statsUpdate(values, count, mean, sumSquares, batchSum),
    closeBatch: (batchSum, batchSize, batches, mean, sumSquares) => addon.statsCloseBatch(batchSum, batchSize, batches, mean, sumSquares),
    join: (nA, mean, sumSquares, nB, otherMean, otherSumSquares) => addon.statsJoin(nA, mean, sumSquares, nB, otherMean, otherSumSquares),
  };
}

/** The addon's where it can be loaded, otherwise the TypeScript ones. */
export function momentKernels(native = true): MomentKernels {
  return (native ? nativeMomentKernels() : null) ?? referenceMomentKernels;
}
