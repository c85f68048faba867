// Aligns many networks to their common mean.
//
// Minimises Σ_k ‖θ̄ − P_k θ_k‖² over one relabelling P_k per network, with θ̄ = (1/K) Σ_k P_k θ_k. Since relabelling keeps
// norms, this maximises ‖Σ_k P_k θ_k‖², or Σ_{k≠l} ⟨P_k θ_k, P_l θ_l⟩. One network after the other is matched to the
// mean of the *others*, which is coordinate ascent on that sum (MergeMany: Ainsworth, Hayase and Srinivasa 2022,
// arXiv 2209.04836, appendix). Its own share of θ̄ would hold a network where it is; and what is best against the others is
// also best against θ̄, as ⟨P θ_k, P_k θ_k⟩ is largest for P = P_k. So at the end no network has a better place at θ̄ either.
import { BasinetError } from '../errors.js';
import type { Network, TensorLayout } from '../network/network.js';
import { createAligner, euclideanDistance, type AlignerOptions } from './aligner.js';
import { dimensionOf, permutationApplier, type PermutationApplier } from './applyPermutations.js';
import { numTranspositions } from './permutation.js';
import { composeRelabellings, invertRelabelling, type Relabelling } from './relabelling.js';

/** Weights are matched: they are what the mean is of. */
export interface MeanAlignmentOptions extends Omit<AlignerOptions, 'matching' | 'activations'> {
  /** Rounds over all networks at most. */
  readonly maxIterations: number;
}

/** One network as it lies relative to the mean. The first network's relabelling changes nothing: the labels are its own. */
export interface AlignedToMean extends Relabelling {
  /** [dimension] */
  readonly aligned: Float32Array;
  /** Number of transpositions per group. */
  readonly transpositions: readonly number[];
  /** Euclidean distance to the mean, of the network as given and relabelled. */
  readonly distanceBefore: number;
  readonly distanceAfter: number;
}

export interface MeanAlignment {
  /** Mean of the aligned networks, each element rounded to float32 once. [dimension] */
  readonly mean: Float32Array;
  readonly networks: readonly AlignedToMean[];
  /** Rounds over all networks, the last of which changed nothing (unless `maxIterations` ended it). */
  readonly iterations: number;
  /** Whether a round changed nothing. */
  readonly converged: boolean;
  /** Σ_k ‖θ̄ − P_k θ_k‖² after alignment to the first network, and after each round. Never increases. */
  readonly squaredDistances: readonly number[];
}

/**
 * Starts with every network aligned to the first one, then goes in rounds until nothing changes. The end is a local
 * optimum. A pure function of its arguments.
 *
 * @param tensors - layout of the positions: the network's tensors and any of the likelihood
 * @param positions - two or more, each [dimension]
 * @throws BasinetError ARGUMENT_INVALID for fewer than two positions, for one that is not finite and for limits below 1;
 *   NETWORK_MISMATCH where positions, tensors and groups do not fit each other
 */
export function alignToMean(network: Network, tensors: readonly TensorLayout[], positions: readonly Float32Array[], options: MeanAlignmentOptions): MeanAlignment {
  validate(positions, options.maxIterations);
  const apply = permutationApplier(network, tensors);
  let relabellings = alignToFirst(network, tensors, positions, options);
  let mean = meanOf(positions, relabellings, apply, dimensionOf(tensors));
  const squaredDistances = [mean.squaredDistance];
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < options.maxIterations) {
    iterations++;
    const next = alignToOthers(network, tensors, positions, relabellings, mean.sum, apply, options);
    const nextMean = meanOf(positions, next, apply, mean.sum.length);
    // A matcher sees means in float32: what it gains may be rounding, and then the round is not taken.
    converged = !(nextMean.squaredDistance < mean.squaredDistance);
    if (!converged) [relabellings, mean] = [next, nextMean];
    squaredDistances.push(mean.squaredDistance);
  }
  return { ...inLabelsOfFirst(positions, relabellings, apply), iterations, converged, squaredDistances };
}

function alignToFirst(network: Network, tensors: readonly TensorLayout[], positions: readonly Float32Array[], options: AlignerOptions): readonly Relabelling[] {
  const aligner = createAligner(network, tensors, positions[0]!, options);
  const scratch = new Float32Array(dimensionOf(tensors));
  return positions.map((position) => aligner.align(position, scratch, null));
}

/**
 * One round: each network in turn to the mean of the others, from the relabelling that it has; with two groups and more also
 * from the start, since what was a good place beside noisier or wrongly placed networks may hold descent back.
 */
function alignToOthers(
  network: Network,
  tensors: readonly TensorLayout[],
  positions: readonly Float32Array[],
  relabellings: readonly Relabelling[],
  sumBefore: Float64Array,
  apply: PermutationApplier,
  options: AlignerOptions,
): readonly Relabelling[] {
  const sum = sumBefore.slice();
  const own = new Float32Array(sum.length);
  const others = new Float32Array(sum.length);
  return positions.map((position, k) => {
    const { permutations, signs } = relabellings[k]!;
    apply(position, permutations, own, signs);
    for (let i = 0; i < sum.length; i++) {
      sum[i]! -= own[i]!;
      others[i] = sum[i]! / (positions.length - 1);
    }
    const aligner = createAligner(network, tensors, others, options);
    let best = aligner.align(position, own, relabellings[k]!);
    if (network.groups.length > 1) {
      const fresh = aligner.align(position, own, null);
      if (fresh.objective > best.objective) best = fresh;
      else apply(position, best.permutations, own, best.signs);
    }
    for (let i = 0; i < sum.length; i++) sum[i]! += own[i]!;
    return best;
  });
}

interface Mean {
  /** Σ_k P_k θ_k in float64. [dimension] */
  readonly sum: Float64Array;
  /** Σ_k ‖θ̄ − P_k θ_k‖². */
  readonly squaredDistance: number;
}

function meanOf(positions: readonly Float32Array[], relabellings: readonly Relabelling[], apply: PermutationApplier, dimension: number): Mean {
  const sum = new Float64Array(dimension);
  const relabelled = new Float32Array(dimension);
  const relabel = (position: Float32Array, k: number): void => apply(position, relabellings[k]!.permutations, relabelled, relabellings[k]!.signs);
  positions.forEach((position, k) => {
    relabel(position, k);
    for (let i = 0; i < dimension; i++) sum[i]! += relabelled[i]!;
  });
  let squaredDistance = 0;
  positions.forEach((position, k) => {
    relabel(position, k);
    for (let i = 0; i < dimension; i++) squaredDistance += (sum[i]! / positions.length - relabelled[i]!) ** 2;
  });
  return { sum, squaredDistance };
}

/** Relabels all networks alike, which changes no distance, such that the first one keeps the labels that it came with. */
function inLabelsOfFirst(positions: readonly Float32Array[], relabellings: readonly Relabelling[], apply: PermutationApplier): Pick<MeanAlignment, 'mean' | 'networks'> {
  const back = invertRelabelling(relabellings[0]!);
  const final = relabellings.map((own) => composeRelabellings(own, back));
  const { sum } = meanOf(positions, final, apply, positions[0]!.length);
  const mean = Float32Array.from(sum, (value) => value / positions.length);
  const networks = positions.map((position, k): AlignedToMean => {
    const { permutations, signs } = final[k]!;
    const aligned = new Float32Array(position.length);
    apply(position, permutations, aligned, signs);
    return {
      aligned,
      permutations,
      signs,
      transpositions: permutations.map(numTranspositions),
      distanceBefore: euclideanDistance(mean, position),
      distanceAfter: euclideanDistance(mean, aligned),
    };
  });
  return { mean, networks };
}

function validate(positions: readonly Float32Array[], maxIterations: number): void {
  if (positions.length < 2) {
    throw new BasinetError('ARGUMENT_INVALID', `${positions.length} networks have no common mean to align to`, {
      path: 'positions',
      value: positions.length,
      remedy: 'Give two networks or more.',
    });
  }
  if (Number.isSafeInteger(maxIterations) && maxIterations >= 1) return;
  throw new BasinetError('ARGUMENT_INVALID', `networks cannot be aligned in ${maxIterations} iterations`, {
    path: 'maxIterations',
    value: maxIterations,
    remedy: 'Give a whole number, 1 or more.',
  });
}
