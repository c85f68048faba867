// Comparison of draws with a reference in the addon (native/comparison.cc), which forms S only where it must.
import type { MatchingKernels } from './kernels.js';
import { DenseSimilarities, type Similarities } from './similarities.js';
import type { Units } from './similarity.js';

declare const comparisonHandle: unique symbol;
interface ComparisonHandle {
  readonly [comparisonHandle]: true;
}

/** Functions of native/comparison.cc. */
export interface ComparisonAddon {
  /** Null where matches are not screened. */
  comparisonCreate(reference: Float32Array, size: number, features: number): ComparisonHandle | null;
  /**
   * How unitOf was found: a `Screening` of native/screened_assignment.h. The draw's units are five arguments.
   */
  comparisonAssign(
    handle: ComparisonHandle,
    reference: Float32Array,
    values: Float32Array,
    offsets: Int32Array,
    unitStrides: Int32Array,
    factors: Int8Array | null,
    packed: Float32Array,
    magnitudes: boolean,
    present: Int32Array | null,
    unitOf: Int32Array,
  ): number;
  /** out[p] = S[rows[p]][columns[p]]. */
  comparisonEntries(reference: Float32Array, draw: Float32Array, features: number, rows: Int32Array, columns: Int32Array, out: Float64Array): void;
}

/** NONE: it could not be told without the whole matrix, which is then needed. After CERTIFIED and EXCHANGEABLE units are packed. */
const [NONE, , CERTIFIED, EXCHANGEABLE] = [0, 1, 2, 3];

/** As `MatchingKernels.comparison`. */
export function nativeComparison(addon: ComparisonAddon, kernels: MatchingKernels, reference: Float32Array, size: number): (draw: Units) => Similarities {
  const features = size === 0 ? 0 : reference.length / size;
  const handle = addon.comparisonCreate(reference, size, features);
  let matrix: Float64Array | null = null;
  return (draw) => {
    const { values, offsets, unitStrides, factors, packed } = draw;
    let isPacked = false;
    const pack = (): Float32Array => {
      if (!isPacked) kernels.packUnits(draw);
      isPacked = true;
      return packed;
    };
    return {
      assign(magnitudes, present) {
        const unitOf = new Int32Array(size);
        if (handle !== null) {
          const found = addon.comparisonAssign(handle, reference, values, offsets, unitStrides, factors, packed, magnitudes, present, unitOf);
          isPacked = found === CERTIFIED || found === EXCHANGEABLE;
          if (found !== NONE) return { columnOf: unitOf, certain: found !== EXCHANGEABLE || !magnitudes };
        }
        matrix ??= new Float64Array(size * size);
        kernels.similarityMatrix(reference, pack(), size, features, matrix);
        return new DenseSimilarities(matrix, size, kernels).assign(magnitudes);
      },
      entries(rows, columns) {
        const entries = new Float64Array(rows.length);
        addon.comparisonEntries(reference, pack(), features, rows, columns, entries);
        return entries;
      },
    };
  };
}
