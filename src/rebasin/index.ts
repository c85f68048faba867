// Rebasin: permutations of hidden units, matching, and alignment of draws to a reference.
export { CONTROLS, createControl, type Control, type ControlKind } from './control.js';
export type { Aligner, AlignmentResult } from './alignment.js';
export type { ActivationMatchingOptions, Activations } from './activationMatching.js';
export { alignToMean, type AlignedToMean, type MeanAlignment, type MeanAlignmentOptions } from './alignToMean.js';
export { balanceUnits } from './balance.js';
export { createAligner, euclideanDistance, type AlignerOptions } from './aligner.js';
export { applyPermutations, permutationApplier, type PermutationApplier } from './applyPermutations.js';
export { linearSumAssignment } from './assignment.js';
export { referenceMatchingKernels, type MatchingKernels } from './kernels.js';
export { interpolate } from './interpolate.js';
export { MATCHINGS, type Matching } from './matching.js';
export { matchingKernels } from './native.js';
export { oneLineOf, relabellingOfLine, type OneLine } from './oneLine.js';
export {
  composePermutations,
  equalPermutations,
  identityPermutation,
  invertPermutation,
  numTranspositions,
  validatePermutation,
} from './permutation.js';
export { composeRelabellings, identityRelabelling, invertRelabelling, numFlips, validateRelabelling, type Relabelling } from './relabelling.js';
export { isOdd, ODD_ACTIVATIONS, signedGroups, type SignChoice } from './signs.js';
