// Nested R-hat of chains that share starting points (Margossian et al. 2022, arXiv 2110.13017, section 3).
import { BasinetError } from '../errors.js';
import type { ChainMoments } from './chainMoments.js';
import { addMoments } from './join.js';

/** What partitions must exchange of their superchains, each of which lies in one of them. Arrays are float64 [size]. */
export interface NestedMoments {
  /** Superchains with at least one draw. */
  readonly superchains: number;
  /** Mean of the superchains' means. */
  readonly mean: Float64Array;
  /** Σ (mean of the superchain − mean)². */
  readonly meanSumSquares: Float64Array;
  /** Σ over superchains of the variance of their chains' means and the mean of their chains' variances. */
  readonly within: Float64Array;
}

/**
 * Of chains in the order given, those of a superchain next to each other; a superchain's mean is that of its chains' means.
 * Chains without draws are left out. A variance of one value counts as 0, as the paper has it.
 *
 * @param superchains - of each chain
 * @throws BasinetError ARGUMENT_INVALID where there are not as many of both, or a superchain is torn
 */
export function nestedMoments(chains: readonly ChainMoments[], superchains: readonly number[]): NestedMoments {
  const size = chains[0]?.size ?? 0;
  const groups = groupBySuperchain(chains, superchains);
  const merged = { superchains: 0, mean: new Float64Array(size), meanSumSquares: new Float64Array(size), within: new Float64Array(size) };
  for (const group of groups) {
    const mean = new Float64Array(size);
    const sumSquares = new Float64Array(size);
    const within = new Float64Array(size);
    group.forEach((chain, m) => {
      const own = whole(chain);
      addMoments(m, mean, sumSquares, 1, own.mean, null);
      if (own.count > 1) for (let i = 0; i < size; i++) within[i]! += own.sumSquares[i]! / (own.count - 1) / group.length;
      // A weight that is NaN has no mean either.
      else for (let i = 0; i < size; i++) within[i]! += own.sumSquares[i]!;
    });
    if (group.length > 1) for (let i = 0; i < size; i++) within[i]! += sumSquares[i]! / (group.length - 1);
    addMoments(merged.superchains, merged.mean, merged.meanSumSquares, 1, mean, null);
    for (let i = 0; i < size; i++) merged.within[i]! += within[i]!;
    merged.superchains++;
  }
  return merged;
}

/**
 * Joins partitions in the order given, up to rounding as if their superchains had been joined at once. Null where any part
 * is.
 */
export function mergeNested(parts: readonly (NestedMoments | null)[]): NestedMoments | null {
  const kept = parts.filter((part) => part !== null);
  const first = kept[0];
  if (first === undefined || kept.length < parts.length) return null;
  const size = first.mean.length;
  const merged = { superchains: 0, mean: new Float64Array(size), meanSumSquares: new Float64Array(size), within: new Float64Array(size) };
  for (const part of kept) {
    addMoments(merged.superchains, merged.mean, merged.meanSumSquares, part.superchains, part.mean, part.meanSumSquares);
    for (let i = 0; i < size; i++) merged.within[i]! += part.within[i]!;
    merged.superchains += part.superchains;
  }
  return merged;
}

/**
 * √(1 + B / W): B the variance of the superchains' means, W the mean over superchains of the variance between their chains'
 * means and the variance within their chains. NaN with fewer than two superchains and for a weight that never moved;
 * infinite for one that only differs between superchains.
 *
 * @param out - [size]; a new array by default
 */
export function nestedRhat({ superchains, meanSumSquares, within }: NestedMoments, out = new Float64Array(within.length)): Float64Array {
  if (superchains < 2) return out.fill(NaN);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(1 + meanSumSquares[i]! / (superchains - 1) / (within[i]! / superchains));
  return out;
}

/** Moments of all draws of a chain. */
function whole(chain: ChainMoments): { count: number; mean: Float64Array; sumSquares: Float64Array } {
  const joined = { count: 0, mean: new Float64Array(chain.size), sumSquares: new Float64Array(chain.size) };
  for (const segment of chain.state().segments) {
    if (segment === null) continue;
    addMoments(joined.count, joined.mean, joined.sumSquares, segment.count, segment.mean, segment.sumSquares);
    joined.count += segment.count;
  }
  return joined;
}

function groupBySuperchain(chains: readonly ChainMoments[], superchains: readonly number[]): ChainMoments[][] {
  const torn = superchains.some((superchain, c) => c > 0 && superchain !== superchains[c - 1] && superchains.indexOf(superchain) < c);
  if (torn || superchains.length !== chains.length) {
    throw new BasinetError('ARGUMENT_INVALID', 'the chains of a superchain do not lie next to each other', {
      path: 'superchains',
      value: superchains,
      remedy: 'Give the superchain of every chain, and chains in order of superchains.',
    });
  }
  const groups = new Map<number, ChainMoments[]>();
  chains.forEach((chain, c) => {
    if (chain.count > 0) groups.set(superchains[c]!, [...(groups.get(superchains[c]!) ?? []), chain]);
  });
  return [...groups.values()];
}
