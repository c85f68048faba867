// A chain as its driver sees it: a resumable, synchronous producer of warmup checkpoints and draws.
import type { AdaptationState } from './adaptation/adaptation.js';

export type Phase = 'warmup' | 'sampling';

/** Scalars of the transition that led to a record, and running counts of the chain. Energies in nats. */
export interface TransitionInfo {
  readonly potentialEnergy: number;
  readonly kineticEnergy: number;
  /** Hamiltonian at the proposal minus at the start. */
  readonly energyError: number;
  readonly acceptanceRate: number;
  readonly accepted: boolean;
  readonly divergent: boolean;
  readonly stepSize: number;
  readonly leapfrogSteps: number;
  readonly priorEnergy: number;
  readonly likelihoodEnergy: number;
  /** Since the chain began, warmup and starting point included. */
  readonly totalGradients: number;
  /** Since sampling began. */
  readonly totalDivergences: number;
  /** Since the current phase began. */
  readonly meanAcceptanceRate: number;
}

/** A kept draw or a warmup checkpoint: all that a successor needs to go on bit-identically. */
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
