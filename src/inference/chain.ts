// A chain as its driver sees it: a resumable, synchronous producer of warmup checkpoints and draws.
import type { AdaptationState } from './adaptation/adaptation.js';
import type { HmcInfo } from './hmc.js';

export type Phase = 'warmup' | 'sampling';

/** Scalars of the transition that led to a record, and running counts of the chain. Energies in nats. */
export interface TransitionInfo extends HmcInfo {
  /** Parts of the energy before the temperature divides them; NaN where the potential has none. */
  readonly priorEnergy: number;
  readonly likelihoodEnergy: number;
  /** Since the chain began, warmup and starting point included. */
  readonly totalGradients: number;
  /** Since sampling began. */
  readonly totalDivergences: number;
  /**
   * Since the current phase began: m ← m + (a - m)/n at its nth transition, from which a resumed chain can go on
   * exactly.
   */
  readonly meanAcceptanceRate: number;
}

/**
 * A kept draw or a warmup checkpoint: all that a successor needs to go on bit-identically, on condition that the
 * potential gives the same bits at a position however it came there (see `SamplerPotential`).
 */
export interface ChainRecord {
  readonly phase: Phase;
  /** Transitions so far, warmup included: the first is 1. */
  readonly iteration: number;
  /** [dimension]; the record owns it. */
  readonly position: Float32Array;
  readonly info: TransitionInfo;
  /** On every warmup checkpoint, and on the first draw of a chain without warmup; otherwise null. */
  readonly adaptation: AdaptationState | null;
}

export interface Chain {
  /** Whether the last wanted draw has been produced. */
  readonly done: boolean;
  /**
   * Runs to the next record. Null when done, or when `shouldStop` returned true between two transitions
   * (nothing is lost: the next call goes on).
   */
  next(shouldStop?: () => boolean): ChainRecord | null;
}
