// Aligns draws to a reference, one after the other.
import type { Network, TensorLayout } from '../network/network.js';
import type { Key } from '../random/index.js';
import { ActivationMatcher, type ActivationMatchingOptions } from './activationMatching.js';
import type { Aligner, AlignmentResult } from './alignment.js';
import { dimensionOf, ofAxes, permutationApplier, validateLength } from './applyPermutations.js';
import { FirstLayerMatcher } from './firstLayerMatching.js';
import { axisGroups, groupFeatures } from './groupFeatures.js';
import type { MatchingKernels } from './kernels.js';
import type { Matcher, Matching, MatchingResult } from './matching.js';
import { matchingKernels } from './native.js';
import { numTranspositions } from './permutation.js';
import { numFlips, validateRelabelling } from './relabelling.js';
import { signedGroups, type SignChoice } from './signs.js';
import { WeightMatcher } from './weightMatching.js';
import { BasinetError } from '../errors.js';

export interface AlignerOptions {
  /** What is matched; default `weights`. */
  readonly matching?: Matching;
  /** Whether units may change their signs; default `auto`: where the activation is odd. */
  readonly signs?: SignChoice;
  /** Weight matching, two groups and more: coordinate-descent sweeps over the groups at most. */
  readonly maxSweeps: number;
  /** Weight matching, two groups and more: orders of the groups that are tried, the first from the inputs on; default 1. */
  readonly orders?: number;
  /** Activation matching: where activations come from; it cannot do without. */
  readonly activations?: ActivationMatchingOptions | null;
  /** Whether to use the addon where it is there; default true. Results are the same to the last bit. */
  readonly native?: boolean;
}

const NO_KEY: Key = { seed: 0, chain: 0, iteration: 0 };

/**
 * An aligner to one reference. It keeps no state between draws: what `align` returns is a pure function of reference,
 * position, start and key.
 *
 * @param tensors - layout of the positions: the network's tensors and any of the likelihood
 * @throws BasinetError NETWORK_MISMATCH where reference, tensors and groups do not fit each other; ARGUMENT_INVALID for signs
 *   of activations that are not odd, activation matching without activations, and fewer than one order;
 *   `align`: NETWORK_MISMATCH for a position of another length, ARGUMENT_INVALID for one that is not finite or a start that
 *   is no relabelling of the network
 */
export function createAligner(network: Network, tensors: readonly TensorLayout[], reference: Float32Array, options: AlignerOptions): Aligner {
  const dimension = dimensionOf(tensors);
  validateLength(reference, dimension, 'reference');
  const target = reference.slice();
  const signed = signedGroups(network, options.signs ?? 'auto');
  const kernels = matchingKernels(options.native ?? true);
  const matcher = createMatcher(network, tensors, target, signed, kernels, options);
  const apply = permutationApplier(network, tensors);
  const groupsOf = axisGroups(network, tensors);

  const finish = (position: Float32Array, aligned: Float32Array, match: MatchingResult): AlignmentResult => {
    const sums = { before: 0, after: 0, product: 0 };
    for (const tensor of tensors) {
      const groups = groupsOf.get(tensor);
      const { before, after, product } = kernels.relabel(target, position, aligned, tensor, ...ofAxes(groups ?? tensor.shape.map(() => null), match.permutations, match.signs));
      sums.before += before;
      sums.after += after;
      if (groups !== undefined) sums.product += product;
    }
    return {
      permutations: match.permutations,
      signs: match.signs,
      transpositions: match.permutations.map(numTranspositions),
      objective: match.objective ?? sums.product,
      distanceBefore: Math.sqrt(sums.before),
      distanceAfter: Math.sqrt(sums.after),
      sweeps: match.sweeps,
    };
  };

  return {
    align(position, aligned, start, key = NO_KEY) {
      validateLength(position, dimension, 'position');
      validateLength(aligned, dimension, 'aligned');
      if (start !== null) {
        validateRelabelling(network, start.permutations, start.signs, 'start');
        requireFixed(network, signed, start.signs);
      }
      requireFinite(position, kernels);
      let best: AlignmentResult | null = null;
      let last: AlignmentResult | null = null;
      for (const match of matcher.matches(position, start, key)) {
        last = finish(position, aligned, match);
        if (best === null || last.objective > best.objective) best = last;
      }
      if (best === null) throw new Error('a matcher found no relabelling');
      if (best !== last) apply(position, best.permutations, aligned, best.signs);
      return best;
    },
  };
}

function createMatcher(network: Network, tensors: readonly TensorLayout[], target: Float32Array, signed: readonly boolean[], kernels: MatchingKernels, options: AlignerOptions): Matcher {
  const groups = groupFeatures(network, tensors);
  const { matching = 'weights', maxSweeps, orders = 1, activations = null } = options;
  if (matching === 'first-layer') return new FirstLayerMatcher(groups, target, kernels, signed);
  if (matching === 'weights') {
    if (Number.isSafeInteger(orders) && orders >= 1) return new WeightMatcher(groups, target, kernels, { signed, maxSweeps, orders });
    throw new BasinetError('ARGUMENT_INVALID', `groups cannot be gone through in ${orders} orders`, { path: 'orders', value: orders, remedy: 'Give a whole number, 1 or more.' });
  }
  if (activations !== null) return new ActivationMatcher(groups, target, kernels, activations, signed);
  throw new BasinetError('ARGUMENT_INVALID', 'activations cannot be matched where none are given', {
    path: 'activations',
    value: null,
    remedy: 'Give the function that computes them on some data, or match weights.',
  });
}

function requireFixed({ groups }: Network, signed: readonly boolean[], signs: AlignmentResult['signs']): void {
  const bad = groups.findIndex((_, g) => !signed[g] && numFlips(signs[g] ?? null) > 0);
  if (bad < 0) return;
  throw new BasinetError('ARGUMENT_INVALID', `a start changes signs of ${groups[bad]!.name}, which are not aligned`, {
    path: `start.${groups[bad]!.name}`,
    value: Array.from(signs[bad]!),
    remedy: 'Start from a relabelling of this aligner, or align signs.',
  });
}

function requireFinite(position: Float32Array, kernels: MatchingKernels): void {
  if (kernels.allFinite(position)) return;
  const index = position.findIndex((value) => !Number.isFinite(value));
  throw new BasinetError('ARGUMENT_INVALID', `element ${index} of a position is ${position[index]}`, {
    path: `position[${index}]`,
    value: position[index],
    remedy: 'Align parameters that are all finite.',
  });
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
