// Rebasin: permutations of hidden units, matching, and alignment of draws to a reference.
export { CONTROLS, createControl, type Control, type ControlKind } from './control.js';
export type { Aligner, AlignmentResult } from './alignment.js';
export { alignToMean, type AlignedToMean, type MeanAlignment, type MeanAlignmentOptions } from './alignToMean.js';
export { createAligner, euclideanDistance, type AlignerOptions } from './aligner.js';
export { applyPermutations, permutationApplier, validatePermutations, type PermutationApplier } from './applyPermutations.js';
export { linearSumAssignment } from './assignment.js';
export { referenceMatchingKernels, type MatchingKernels } from './kernels.js';
export { interpolate } from './interpolate.js';
export { matchingKernels } from './native.js';
export {
  composePermutations,
  equalPermutations,
  identityPermutation,
  invertPermutation,
  numTranspositions,
  validatePermutation,
} from './permutation.js';
