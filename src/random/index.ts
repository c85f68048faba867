// Counter-based randomness: pure functions of (seed, chain, iteration, purpose).
export { createBatches, type Batches } from './batches.js';
export { PURPOSES, randomWords, type Key, type Purpose } from './key.js';
export { fillNormal } from './normal.js';
export { randomPermutation } from './permutation.js';
export { randomPermutationWithTranspositions } from './transpositions.js';
export { fillUniform, uniform } from './uniform.js';
export { smallBelow } from './words.js';
