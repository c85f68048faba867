// The inner computations of matching, in TypeScript or in the addon; both give the same bits.
import { linearSumAssignment } from './assignment.js';
import { closeness, type Closeness } from './closeness.js';
import type { GroupFeatures } from './groupFeatures.js';
import { DenseSimilarities, type Similarities } from './similarities.js';
import { packUnits, similarityMatrix } from './similarity.js';

export interface MatchingKernels {
  /** out[i·features + k] = factors[k] · values[offsets[k] + i·unitStrides[k]]; null for factors: all 1. */
  packUnits(values: Float32Array, group: Pick<GroupFeatures, 'size' | 'features' | 'unitStrides'>, offsets: Int32Array, factors: Int8Array | null, out: Float32Array): void;
  /** S[i][j] = Σ_k reference[i, k] · draw[j, k] in float64. */
  similarityMatrix(reference: Float32Array, draw: Float32Array, size: number, features: number, out: Float64Array): void;
  /** See assignment.ts. */
  linearSumAssignment(similarity: Float64Array | Float32Array, size: number): Int32Array;
  /**
   * What compares draws with `reference`, of `size` units: S as `similarityMatrix` has it, for a draw of the same layout. Arrays
   * are not copied, and similarities are good until the next draw is compared.
   */
  comparison(reference: Float32Array, size: number): (draw: Float32Array) => Similarities;
  /** See closeness.ts. */
  closeness(target: Float32Array, position: Float32Array, aligned: Float32Array, from: number, to: number): Closeness;
  allFinite(values: Float32Array): boolean;
}

/** The readable ones. */
export const referenceMatchingKernels: MatchingKernels = {
  packUnits,
  similarityMatrix,
  linearSumAssignment,
  comparison: (reference, size) => {
    const matrix = new Float64Array(size * size);
    return (draw) => {
      similarityMatrix(reference, draw, size, reference.length / size, matrix);
      return new DenseSimilarities(matrix, size, { linearSumAssignment });
    };
  },
  closeness,
  allFinite: (values) => values.every(Number.isFinite),
};
