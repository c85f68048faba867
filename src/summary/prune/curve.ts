// How good a network still is when less and less of it is kept.
import type { Scores } from '../evaluation/evaluate.js';
import type { PruningCriterion } from './criteria.js';
import { applyMask, keptCount, pruningMask } from './mask.js';

/** Fractions kept where nothing else is asked for. */
export const PRUNING_FRACTIONS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.01] as const;

export interface PruningPoint {
  /** Fraction of the prunable weights that is kept, and how many that is. */
  readonly keep: number;
  readonly kept: number;
  readonly scores: Scores;
}

export interface PruningCurve {
  readonly criterion: PruningCriterion;
  readonly points: readonly PruningPoint[];
}

/**
 * Scores of the network pruned to each fraction.
 *
 * @param order - as `removalOrder` returns it
 * @param position - with whatever follows the network's parameters, as a learned noise
 * @throws BasinetError ARGUMENT_INVALID for a fraction outside [0, 1]
 */
export function pruningPoints(order: Int32Array, position: Float32Array, fractions: readonly number[], score: (pruned: Float32Array) => Scores): PruningPoint[] {
  return fractions.map((keep) => ({
    keep,
    kept: keptCount(keep, order.length),
    scores: score(applyMask(position, pruningMask(order, position.length, keep))),
  }));
}
