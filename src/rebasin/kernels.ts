// The inner computations of matching, in TypeScript or in the addon; both give the same bits.
import type { TensorLayout } from '../network/network.js';
import { relabelTensor, type AxisPermutations, type AxisSigns } from './applyPermutations.js';
import { linearSumAssignment } from './assignment.js';
import { closeness, type Closeness } from './closeness.js';
import { DenseSimilarities, type Similarities } from './similarities.js';
import { packUnits, similarityMatrix, type Units } from './similarity.js';

export interface MatchingKernels {
  /** See similarity.ts. */
  packUnits(units: Units): Float32Array;
  /** S[i][j] = Σ_k reference[i, k] · draw[j, k] in float64. */
  similarityMatrix(reference: Float32Array, draw: Float32Array, size: number, features: number, out: Float64Array): void;
  /** See assignment.ts. */
  linearSumAssignment(similarity: Float64Array | Float32Array, size: number): Int32Array;
  /**
   * What compares draws with `reference`, of `size` units: S as `similarityMatrix` has it, of packed units, for a draw's of the same
   * layout. Arrays are not copied, and similarities are good until the next draw is compared.
   */
  comparison(reference: Float32Array, size: number): (draw: Units) => Similarities;
  /** `relabelTensor` of applyPermutations.ts from `position` to `aligned`, and `closeness` of that tensor. */
  relabel(target: Float32Array, position: Float32Array, aligned: Float32Array, tensor: TensorLayout, permutations: AxisPermutations, signs: AxisSigns): Closeness;
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
      similarityMatrix(reference, packUnits(draw), size, reference.length / size, matrix);
      return new DenseSimilarities(matrix, size, { linearSumAssignment });
    };
  },
  relabel: (target, position, aligned, tensor, permutations, signs) => {
    relabelTensor(position, aligned, tensor, permutations, signs);
    return closeness(target, position, aligned, tensor.offset, tensor.offset + tensor.size);
  },
  allFinite: (values) => values.every(Number.isFinite),
};
