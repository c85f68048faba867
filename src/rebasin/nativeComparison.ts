// Comparison of draws with a reference in the addon (native/comparison.cc), which forms S only where it must.
import type { MatchingKernels } from './kernels.js';
import { DenseSimilarities, type Similarities } from './similarities.js';

declare const comparisonHandle: unique symbol;
interface ComparisonHandle {
  readonly [comparisonHandle]: true;
}

/** Functions of native/comparison.cc. */
export interface ComparisonAddon {
  /** Null where this processor has no use for it. */
  comparisonCreate(reference: Float32Array, size: number, features: number): ComparisonHandle | null;
  /** How unitOf was found; 0: it could not be told without the whole matrix, which is then needed. */
  comparisonAssign(handle: ComparisonHandle, reference: Float32Array, draw: Float32Array, magnitudes: boolean, unitOf: Int32Array): number;
  /** out[p] = S[rows[p]][columns[p]]. */
  comparisonEntries(reference: Float32Array, draw: Float32Array, features: number, rows: Int32Array, columns: Int32Array, out: Float64Array): void;
}

/** As `MatchingKernels.comparison`. */
export function nativeComparison(addon: ComparisonAddon, kernels: MatchingKernels, reference: Float32Array, size: number): (draw: Float32Array) => Similarities {
  const features = size === 0 ? 0 : reference.length / size;
  const handle = addon.comparisonCreate(reference, size, features);
  let matrix: Float64Array | null = null;
  return (draw) => ({
    assign(magnitudes) {
      const unitOf = new Int32Array(size);
      if (handle !== null && addon.comparisonAssign(handle, reference, draw, magnitudes, unitOf) > 0) return unitOf;
      matrix ??= new Float64Array(size * size);
      kernels.similarityMatrix(reference, draw, size, features, matrix);
      return new DenseSimilarities(matrix, size, kernels).assign(magnitudes);
    },
    entries(rows, columns) {
      const values = new Float64Array(rows.length);
      addon.comparisonEntries(reference, draw, features, rows, columns, values);
      return values;
    },
  });
}
