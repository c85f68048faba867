// The three inner computations of matching, in TypeScript or in the addon; both give the same bits.
import { linearSumAssignment } from './assignment.js';
import type { GroupFeatures } from './groupFeatures.js';
import { packFeatures, similarityMatrix } from './similarity.js';

export interface MatchingKernels {
  /** out[k·n + i] = values[offsets[k] + i·unitStrides[k]]. */
  packFeatures(values: Float32Array, group: GroupFeatures, offsets: Int32Array, out: Float32Array): void;
  /** S[i][j] = Σ_k reference[k, i] · draw[k, j] in float64. */
  similarityMatrix(reference: Float32Array, draw: Float32Array, size: number, features: number, out: Float64Array): void;
  /** See assignment.ts. */
  linearSumAssignment(similarity: Float64Array | Float32Array, size: number): Int32Array;
}

/** The readable ones. */
export const referenceMatchingKernels: MatchingKernels = { packFeatures, similarityMatrix, linearSumAssignment };
