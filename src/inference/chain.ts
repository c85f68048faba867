// A chain as its driver sees it: a resumable, synchronous producer of warmup checkpoints and draws.
import type { AdaptationState } from './adaptation/adaptation.js';
import type { HmcInfo } from './hmc.js';

export type Phase = 'warmup' | 'sampling';

/**
 * Scalars of one iteration of any method. What a method does not have is NaN, false or 0: only HMC has an acceptance test
 * (energy error, acceptance rate, accepted, divergent) and leapfrog steps; only HMC and SGHMC have a kinetic energy. `stepSize` is
 * the learning rate of a fit, and NaN where a fitted distribution is drawn from. Energies are those of the position after the
 * iteration where that leaves a record; between records a method on mini-batches gives an estimate.
 */
export interface IterationInfo extends HmcInfo {
  /** Parts of the energy before the temperature divides them; NaN where the potential has none. */
  readonly priorEnergy: number;
  readonly likelihoodEnergy: number;
}

/** Scalars of the iteration that led to a record, and running counts of the chain. Energies in nats. */
export interface TransitionInfo extends IterationInfo {
  /** Since the chain began, warmup and starting point included; one of a mini-batch counts as one. */
  readonly totalGradients: number;
  /** Since sampling began. */
  readonly totalDivergences: number;
  /**
   * Since the current phase began: m ← m + (a - m)/n at its nth transition, from which a resumed chain can go on
   * exactly. NaN where there is no acceptance test.
   */
  readonly meanAcceptanceRate: number;
}

/** What a method other than HMC needs besides the position to go on, under the names that it chose. Arrays are [dimension]. */
export interface KernelState {
  readonly scalars: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, Float32Array | Float64Array>>;
}

/** What a record carries besides the position: of HMC an adaptation, of any other method the state of its kernel. */
export type CarriedState = AdaptationState | KernelState;

/**
 * A kept draw or a warmup checkpoint: all that a successor needs to go on bit-identically, on condition that the
 * potential gives the same bits at a position however it came there (see `SamplerPotential`).
 */
export interface ChainRecord {
  readonly phase: Phase;
  /** Iterations so far, warmup included: the first is 1. */
  readonly iteration: number;
  /** [dimension]; the record owns it. */
  readonly position: Float32Array;
  readonly info: TransitionInfo;
  /** Of HMC: on every warmup checkpoint, and on the first draw of a chain without warmup; otherwise null. */
  readonly adaptation: AdaptationState | null;
  /** Of other methods: there too, and on every record of a method whose state moves while it samples; otherwise null. */
  readonly kernel: KernelState | null;
}

export interface Chain {
  /** Whether the last wanted draw has been produced. */
  readonly done: boolean;
  /**
   * Runs to the next record. Null when done, or when `shouldStop` returned true between two iterations
   * (nothing is lost: the next call goes on).
   */
  next(shouldStop?: () => boolean): ChainRecord | null;
}
