// Aligns draws to a reference, one after the other.
import type { Network, TensorLayout } from '../network/network.js';
import type { Aligner, AlignmentResult } from './alignment.js';
import { dimensionOf, permutationApplier, validateLength, validatePermutations } from './applyPermutations.js';
import { axisGroups, groupFeatures } from './groupFeatures.js';
import { matchingKernels } from './native.js';
import { WeightMatcher, type MatchingResult } from './matching.js';
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
  const touched = axisGroups(network, tensors);
  const permuted = tensors.filter((tensor) => touched.has(tensor));
  const others = tensors.filter((tensor) => !touched.has(tensor));

  const finish = (position: Float32Array, aligned: Float32Array, match: MatchingResult): AlignmentResult => {
    apply(position, match.permutations, aligned);
    const sums = { before: 0, after: 0, product: 0 };
    for (const { offset, size } of permuted) compare(target, position, aligned, offset, offset + size, sums);
    const { product } = sums;
    for (const { offset, size } of others) compare(target, position, aligned, offset, offset + size, sums);
    return {
      permutations: match.permutations,
      transpositions: match.permutations.map(numTranspositions),
      objective: product,
      distanceBefore: Math.sqrt(sums.before),
      distanceAfter: Math.sqrt(sums.after),
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
  // x·0 is 0, or NaN for what is not finite: four sums, so that no addition waits for the one before.
  const whole = position.length - (position.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += position[i]! * 0;
    b += position[i + 1]! * 0;
    c += position[i + 2]! * 0;
    d += position[i + 3]! * 0;
  }
  for (let i = whole; i < position.length; i++) a += position[i]! * 0;
  if (a + b + c + d === 0) return;
  const index = position.findIndex((value) => !Number.isFinite(value));
  throw new BasinetError('ARGUMENT_INVALID', `element ${index} of a position is ${position[index]}`, {
    path: `position[${index}]`,
    value: position[index],
    remedy: 'Align parameters that are all finite.',
  });
}

/** Adds squared distances of `position` and `aligned` to `target`, and ⟨target, aligned⟩, over one range; in one pass, for speed. */
function compare(
  target: Float32Array,
  position: Float32Array,
  aligned: Float32Array,
  from: number,
  to: number,
  sums: { before: number; after: number; product: number },
): void {
  let { before, after, product } = sums;
  for (let i = from; i < to; i++) {
    const t = target[i]!;
    const a = aligned[i]!;
    const differenceBefore = t - position[i]!;
    const differenceAfter = t - a;
    before += differenceBefore * differenceBefore;
    after += differenceAfter * differenceAfter;
    product += t * a;
  }
  sums.before = before;
  sums.after = after;
  sums.product = product;
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
