// How good a network still is when less and less of it is kept.
import type { TensorLayout } from '../../network/network.js';
import type { Scores } from '../evaluation/evaluate.js';
import type { PruningCriterion } from './criteria.js';
import { applyMask, keptCount, keptPerTensor, pruningMask } from './mask.js';

/** Fractions kept where nothing else is asked for. */
export const PRUNING_FRACTIONS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.01] as const;

export interface PruningPoint {
  /** Fraction of the prunable weights that is kept, and how many that is. */
  readonly keep: number;
  readonly kept: number;
  /** How many elements of each tensor of the network are kept. */
  readonly tensors: Readonly<Record<string, number>>;
  readonly scores: Scores;
}

export interface PruningCurve {
  readonly criterion: PruningCriterion;
  readonly points: readonly PruningPoint[];
}

export interface PruningPointsOptions {
  /** As `removalOrder` returns it. */
  readonly order: Int32Array;
  /** Where the network's tensors lie in `position`. */
  readonly tensors: readonly TensorLayout[];
  /** With whatever follows the network's parameters, as a learned noise. */
  readonly position: Float32Array;
  readonly fractions: readonly number[];
  readonly score: (pruned: Float32Array) => Scores;
}

/**
 * Scores of the network pruned to each fraction.
 *
 * @throws BasinetError ARGUMENT_INVALID for a fraction outside [0, 1]
 */
export function pruningPoints({ order, tensors, position, fractions, score }: PruningPointsOptions): PruningPoint[] {
  return fractions.map((keep) => {
    const mask = pruningMask(order, position.length, keep);
    return { keep, kept: keptCount(keep, order.length), tensors: keptPerTensor(mask, tensors), scores: score(applyMask(position, mask)) };
  });
}
