// The rows of each step of a method: a mini-batch, or all of them.
import { createBatches } from '../random/batches.js';
import type { BatchSize } from './settings.js';

export interface RowBatches {
  /** Steps that go once through the rows. */
  readonly perEpoch: number;
  /** Rows of step `step` (from 0); null is the full batch of the potential. Not to be written to. */
  at(step: number): Int32Array | null;
}

/**
 * Of the rows 0 … rows - 1, or of `subset` alone; a pure function of (seed, chain, step).
 *
 * Throws ARGUMENT_INVALID where a mini-batch is larger than the rows.
 */
export function createRowBatches(key: { readonly seed: number; readonly chain: number }, rows: number, size: BatchSize, subset: Int32Array | null = null): RowBatches {
  if (size === 'full') return { perEpoch: 1, at: () => subset };
  const batches = createBatches(key, subset?.length ?? rows, size);
  return { perEpoch: batches.perEpoch, at: (step) => (subset === null ? batches.at(step) : batches.at(step).map((place) => subset[place]!)) };
}
