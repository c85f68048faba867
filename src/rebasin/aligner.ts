// Aligns draws to a reference, one after the other.
import type { Network, TensorLayout } from '../network/network.js';
import type { Aligner, AlignmentResult } from './alignment.js';
import { dimensionOf, permutationApplier, validateLength, validatePermutations } from './applyPermutations.js';
import { axisGroups, groupFeatures } from './groupFeatures.js';
import { matchingKernels } from './native.js';
import { WeightMatcher } from './matching.js';
import { numTranspositions } from './permutation.js';
import { BasinetError } from '../errors.js';

export interface AlignerOptions {
  /** Coordinate-descent sweeps over the groups at most. */
  readonly maxSweeps: number;
  /** Whether to use the addon where it is there; default true. Results are the same to the last bit. */
  readonly native?: boolean;
}

/**
 * An aligner to one reference. It keeps no state between draws: what `align` returns is a pure function of reference,
 * position and warm start. Without a warm start, descent begins at the identity and, for two groups and more, also at a
 * guess worked out from the inputs on; the better end is taken, the first where they are equal.
 *
 * @param tensors - layout of the positions: the network's tensors and any of the likelihood
 * @throws BasinetError NETWORK_MISMATCH where reference, tensors and groups do not fit each other;
 *   `align`: NETWORK_MISMATCH for a position of another length, ARGUMENT_INVALID for one that is not finite or a warm
 *   start that is no permutation
 */
export function createAligner(network: Network, tensors: readonly TensorLayout[], reference: Float32Array, options: AlignerOptions): Aligner {
  const dimension = dimensionOf(tensors);
  validateLength(reference, dimension, 'reference');
  const target = reference.slice();
  const matcher = new WeightMatcher(groupFeatures(network, tensors), target, matchingKernels(options.native ?? true));
  const apply = permutationApplier(network, tensors);
  const permuted = [...axisGroups(network, tensors).keys()];

  const finish = (position: Float32Array, aligned: Float32Array, match: ReturnType<WeightMatcher['match']>): AlignmentResult => {
    apply(position, match.permutations, aligned);
    return {
      permutations: match.permutations,
      transpositions: match.permutations.map(numTranspositions),
      objective: permuted.reduce((sum, { offset, size }) => sum + innerProduct(target, aligned, offset, offset + size), 0),
      distanceBefore: euclideanDistance(target, position),
      distanceAfter: euclideanDistance(target, aligned),
      sweeps: match.sweeps,
    };
  };

  return {
    align(position, aligned, warmStart) {
      validateLength(position, dimension, 'position');
      validateLength(aligned, dimension, 'aligned');
      if (warmStart !== null) validatePermutations(network, warmStart, 'warmStart');
      requireFinite(position);
      const result = finish(position, aligned, matcher.match(position, warmStart, options.maxSweeps));
      if (warmStart !== null || network.groups.length < 2) return result;
      const other = finish(position, aligned, matcher.match(position, matcher.matchForward(position), options.maxSweeps));
      if (other.objective > result.objective) return other;
      apply(position, result.permutations, aligned);
      return result;
    },
  };
}

function requireFinite(position: Float32Array): void {
  // A sum is finite only if every term is: float32 terms cannot overflow it.
  let sum = 0;
  for (let i = 0; i < position.length; i++) sum += position[i]!;
  if (Number.isFinite(sum)) return;
  const index = position.findIndex((value) => !Number.isFinite(value));
  throw new BasinetError('ARGUMENT_INVALID', `element ${index} of a position is ${position[index]}`, {
    path: `position[${index}]`,
    value: position[index],
    remedy: 'Align parameters that are all finite.',
  });
}

function innerProduct(a: Float32Array, b: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** ‖a − b‖₂ in float64. */
export function euclideanDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
