// What the draw log holds, as plain data. The shapes are those of src/inference, plus the probe's outputs.

export type Phase = 'warmup' | 'sampling';

/** Scalars of the iteration that led to a draw, and running counts of the chain. Energies in nats. What a method does not have is NaN, false or 0. */
export interface TransitionInfo {
  readonly potentialEnergy: number;
  readonly kineticEnergy: number;
  readonly energyError: number;
  readonly acceptanceRate: number;
  readonly accepted: boolean;
  readonly divergent: boolean;
  readonly stepSize: number;
  readonly leapfrogSteps: number;
  readonly priorEnergy: number;
  readonly likelihoodEnergy: number;
  readonly totalGradients: number;
  readonly totalDivergences: number;
  readonly meanAcceptanceRate: number;
}

/** State of warmup: dual averaging, and the Welford window of the mass matrix. Arrays are [dimension]. */
export interface AdaptationState {
  readonly stepSize: number;
  readonly logStepSize: number;
  readonly logStepSizeAverage: number;
  readonly errorAverage: number;
  readonly logStepSizeAnchor: number;
  readonly stepSizeUpdates: number;
  readonly inverseMassMatrix: Float32Array | null;
  readonly window: { readonly count: number; readonly mean: Float64Array; readonly sumSquares: Float64Array } | null;
}

/** State of a method other than HMC, under names of its own. Arrays are [dimension]. */
export interface KernelState {
  readonly scalars: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, Float32Array | Float64Array>>;
}

/** What a successor needs besides a record's position. */
export type CarriedState = AdaptationState | KernelState;

/** A warmup checkpoint or a kept draw. */
export interface DrawRecord {
  readonly phase: Phase;
  readonly iteration: number;
  /** [dimension]. A decoded one may be a view into the message: read only, never transferred. */
  readonly position: Float32Array;
  readonly info: TransitionInfo;
  readonly adaptation: AdaptationState | null;
  /** Null on records of HMC. */
  readonly kernel: KernelState | null;
  /** [probe rows, outputs], or null. */
  readonly probeOutputs: Float32Array | null;
}

export const carriedOf = ({ adaptation, kernel }: Pick<DrawRecord, 'adaptation' | 'kernel'>): CarriedState | null => adaptation ?? kernel;

/** Every array of a record. */
export function arraysOf({ position, probeOutputs, adaptation, kernel }: DrawRecord): (Float32Array | Float64Array)[] {
  const window = adaptation?.window;
  return [position, probeOutputs, adaptation?.inverseMassMatrix, window?.mean, window?.sumSquares, ...Object.values(kernel?.arrays ?? {})].flatMap((array) => array ?? []);
}

export interface Claim {
  readonly kind: 'claim';
  readonly worker: string;
  readonly deviceClass: string;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
}

export interface Draws {
  readonly kind: 'draws';
  /** At least one, iterations ascending. */
  readonly draws: readonly DrawRecord[];
  /** Slot that holds the chain's latest adaptation or kernel state as of the last draw here. */
  readonly adaptationSlot: number;
}

/** A body too large for one message: the SHA-256 of each chunk of the serialised Draws, in order. */
export interface Manifest {
  readonly kind: 'manifest';
  readonly chunks: readonly Uint8Array[];
  /** Bytes in all. */
  readonly size: number;
}

export interface Slot<Body> {
  /** From 1. */
  readonly epoch: number;
  /** SHA-256 of the payload of the chain's previous slot; empty for slot 0. */
  readonly previousHash: Uint8Array;
  /** Slot of this epoch's claim; its own for a claim. */
  readonly claimSlot: number;
  readonly body: Body;
}

/** As it lies in one message. */
export type RawSlot = Slot<Claim | Draws | Manifest>;
/** With the manifest resolved. */
export type DecodedSlot = Slot<Claim | Draws>;
