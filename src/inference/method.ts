// What differs between methods, as the driver of a chain sees it. One adapter a method lies in methods/.
import type { Key } from '../random/index.js';
import type { AdaptationState } from './adaptation/adaptation.js';
import type { CarriedState, ChainRecord, IterationInfo, KernelState } from './chain.js';
import type { Evaluated } from './potential.js';

/** What an iteration tells: `gradients` is what it cost, searches and evaluations for the record included. */
export interface StepInfo extends IterationInfo {
  readonly gradients: number;
}

/** What a record holds of a state. Shares nothing with it that could change. */
export interface Snapshot {
  /** [dimension] */
  readonly position: Float32Array;
  readonly adaptation: AdaptationState | null;
  readonly kernel: KernelState | null;
}

/** A method for one chain. A state belongs to the method: the driver passes back the last one it was given, once. */
export interface Method<State> {
  /** At the starting point, before the first iteration: `key.iteration` is 0. `gradients`: what it cost. */
  init(key: Key, point: Evaluated): { readonly state: State; readonly gradients: number };
  /**
   * Iteration `key.iteration`. Where it is `recorded`, the energies of `info` are those of the full batch at the position
   * after it; otherwise they may be estimates. Throws SAMPLER_FAILED where the chain can't go on.
   */
  step(key: Key, state: State, recorded: boolean): [State, StepInfo];
  /** The record of a state. `carries`: whether the record is one that a successor looks to for what the position does not tell. */
  snapshot(state: State, carries: boolean): Snapshot;
  /**
   * The state that `record` was taken from. `carried` is the record's own, or the last one that was recorded before it. Its
   * gradients are not counted. The driver has checked the record against the grid. Throws STATE_INVALID.
   */
  restore(record: ChainRecord, carried: CarriedState | null): State;
}
