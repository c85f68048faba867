// Joins the moments of several chains, and of several partitions, into one.
//
// Means and sums of squares join by Chan, Golub and LeVeque (1979): with δ = mean_b − mean_a and n = n_a + n_b,
// mean = mean_a + δ·n_b/n and sumSquares = sumSquares_a + sumSquares_b + δ²·n_a·n_b/n.
import { BasinetError } from '../errors.js';
import type { ChainMoments, Segment } from './chainMoments.js';
import { addMoments } from './join.js';
import { mergeNested, nestedMoments, type NestedMoments } from './nested.js';

/**
 * What partitions must exchange to combine exactly. All arrays are float64 [size]. Per weight; "half" is a half chain in
 * the sense of split R-hat, counted as soon as it holds a draw.
 */
export interface MergedMoments {
  readonly size: number;
  /** Draws over all chains. */
  readonly count: number;
  readonly mean: Float64Array;
  /** Sum of squared deviations from `mean`; variance = sumSquares / (count − 1). */
  readonly sumSquares: Float64Array;
  /** Number of half chains, and draws in all of them. */
  readonly halves: number;
  readonly halfDraws: number;
  /** Mean over the draws of all half chains. */
  readonly halfMean: Float64Array;
  /** Between half chains: Σ length · (mean of the half − halfMean)². */
  readonly halfMeanSumSquares: Float64Array;
  /** Within half chains: Σ of their sums of squared deviations from their own means. */
  readonly halfSumSquares: Float64Array;
  /** Complete batches over all chains, and draws per batch. */
  readonly batches: number;
  readonly batchSize: number;
  /** Mean of the batch means. */
  readonly batchMean: Float64Array;
  /** Σ (batch mean − batchMean)². */
  readonly batchMeanSumSquares: Float64Array;
  /** Chains with at least one draw. */
  readonly chainsCounted: number;
  /** Values that were NaN or infinite; their weights read as NaN. */
  readonly nonFinite: number;
  /** Of superchains; null where chains have starting points of their own. */
  readonly nested: NestedMoments | null;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Joins chains in the order given, which decides the last bits. Chains without draws add nothing.
 *
 * @param superchains - of each chain, the number of the starting point that it shares with others; null where none is shared
 * @throws BasinetError ARGUMENT_INVALID without any chain, or where sizes or batch sizes differ
 */
export function mergeMoments(chains: readonly ChainMoments[], superchains: readonly number[] | null = null): MergedMoments {
  const first = requireSome(chains);
  const merged = empty(first.size, first.batchSize);
  for (const chain of chains) {
    requireEqual(merged, chain.size, chain.batchSize);
    const state = chain.state();
    merged.nonFinite += state.nonFinite;
    if (state.count === 0) continue;
    merged.chainsCounted++;
    const [firstHalf, , secondHalf] = state.segments;
    for (const half of [firstHalf, secondHalf]) if (half) addHalf(merged, half);
    for (const segment of state.segments) if (segment) addSegment(merged, segment);
    addMoments(merged.batches, merged.batchMean, merged.batchMeanSumSquares, state.batches, state.batchMean, state.batchSumSquares);
    merged.batches += state.batches;
  }
  if (superchains !== null) merged.nested = nestedMoments(chains, superchains);
  return markNonFinite(merged);
}

/**
 * Joins partitions in the order given: equal to merging their chains at once, up to rounding.
 *
 * @throws BasinetError ARGUMENT_INVALID without any part, or where sizes or batch sizes differ
 */
export function mergeMerged(parts: readonly MergedMoments[]): MergedMoments {
  const first = requireSome(parts);
  const merged = empty(first.size, first.batchSize);
  for (const part of parts) {
    requireEqual(merged, part.size, part.batchSize);
    addMoments(merged.count, merged.mean, merged.sumSquares, part.count, part.mean, part.sumSquares);
    merged.count += part.count;
    addMoments(merged.halfDraws, merged.halfMean, merged.halfMeanSumSquares, part.halfDraws, part.halfMean, part.halfMeanSumSquares);
    for (let i = 0; i < merged.size; i++) merged.halfSumSquares[i]! += part.halfSumSquares[i]!;
    merged.halves += part.halves;
    merged.halfDraws += part.halfDraws;
    addMoments(merged.batches, merged.batchMean, merged.batchMeanSumSquares, part.batches, part.batchMean, part.batchMeanSumSquares);
    merged.batches += part.batches;
    merged.chainsCounted += part.chainsCounted;
    merged.nonFinite += part.nonFinite;
  }
  merged.nested = mergeNested(parts.map(({ nested }) => nested));
  return markNonFinite(merged);
}

/**
 * Sample variance (divisor count − 1) per weight; NaN below two draws.
 *
 * @param out - [size]; a new array by default
 */
export function variance({ size, count, sumSquares }: MergedMoments, out = new Float64Array(size)): Float64Array {
  const divisor = count > 1 ? count - 1 : NaN;
  for (let i = 0; i < size; i++) out[i] = sumSquares[i]! / divisor;
  return out;
}

function empty(size: number, batchSize: number): Mutable<MergedMoments> {
  const zeros = (): Float64Array => new Float64Array(size);
  return {
    size,
    count: 0,
    mean: zeros(),
    sumSquares: zeros(),
    halves: 0,
    halfDraws: 0,
    halfMean: zeros(),
    halfMeanSumSquares: zeros(),
    halfSumSquares: zeros(),
    batches: 0,
    batchSize,
    batchMean: zeros(),
    batchMeanSumSquares: zeros(),
    chainsCounted: 0,
    nonFinite: 0,
    nested: null,
  };
}

function addSegment(merged: Mutable<MergedMoments>, { count, mean, sumSquares }: Segment): void {
  addMoments(merged.count, merged.mean, merged.sumSquares, count, mean, sumSquares);
  merged.count += count;
}

function addHalf(merged: Mutable<MergedMoments>, { count, mean, sumSquares }: Segment): void {
  addMoments(merged.halfDraws, merged.halfMean, merged.halfMeanSumSquares, count, mean, null);
  for (let i = 0; i < merged.size; i++) merged.halfSumSquares[i]! += sumSquares[i]!;
  merged.halves++;
  merged.halfDraws += count;
}

/** A weight that was ever NaN or infinite has a sum of squares that is NaN; its other moments follow it. */
function markNonFinite(merged: Mutable<MergedMoments>): MergedMoments {
  if (merged.nonFinite === 0) return merged;
  for (let i = 0; i < merged.size; i++) {
    if (!Number.isNaN(merged.sumSquares[i]!)) continue;
    merged.mean[i] = NaN;
    merged.halfMean[i] = NaN;
    merged.halfMeanSumSquares[i] = NaN;
    merged.halfSumSquares[i] = NaN;
    merged.batchMean[i] = NaN;
    merged.batchMeanSumSquares[i] = NaN;
  }
  return merged;
}

function requireSome<T>(parts: readonly T[]): T {
  const first = parts[0];
  if (first !== undefined) return first;
  throw new BasinetError('ARGUMENT_INVALID', 'there is nothing to merge', { path: 'chains', value: 0, remedy: 'Give at least one chain.' });
}

function requireEqual(merged: MergedMoments, size: number, batchSize: number): void {
  if (merged.size === size && merged.batchSize === batchSize) return;
  throw new BasinetError('ARGUMENT_INVALID', 'moments of different sizes or planned draws cannot be merged', {
    path: merged.size === size ? 'batchSize' : 'size',
    value: merged.size === size ? batchSize : size,
    remedy: 'Merge chains of one job only.',
  });
}
