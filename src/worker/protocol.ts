// What the main thread and a chain's thread say to each other: records by message, progress and orders by shared memory.
import type { DrawRecord } from '../bus/records.js';
import type { FailureRecord } from '../bus/failure.js';
import type { Dataset } from '../engine/engine.js';
import type { CarriedState, ChainRecord } from '../inference/chain.js';
import type { Job } from '../job/schema.js';
import type { DataShape } from '../data/dataset.js';
import type { Place } from './device/place.js';

/** What a thread is started with. Arrays of the data sets lie on SharedArrayBuffers. */
export interface ThreadInput {
  readonly job: Job;
  readonly shape: DataShape;
  readonly train: Dataset;
  /** Rows that every kept draw is evaluated on; null without probe. */
  readonly probe: Dataset | null;
  readonly chain: number;
  readonly resume: { readonly record: ChainRecord; readonly carried: CarriedState } | null;
  /** What to compute as: the engine follows from it. */
  readonly deviceClass: string;
  /** Where its potential is computed, in a stack with other chains; null: in this thread. */
  readonly place: Place | null;
  /** Threads of the engine. */
  readonly threads: number;
  readonly control: SharedArrayBuffer;
  readonly progress: SharedArrayBuffer;
  /** Records that may be on their way to the log at once. */
  readonly maxInFlight: number;
}

export type ThreadMessage =
  | { readonly type: 'records'; readonly records: readonly DrawRecord[] }
  /** The last wanted draw was sent. */
  | { readonly type: 'done' }
  /** The order to stop was followed, between two iterations. */
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly failure: FailureRecord };

// Int32 fields of `control`.
export const STOP = 0;
export const IN_FLIGHT = 1;
export const newControl = (): SharedArrayBuffer => new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);

/** Float64 fields of `progress`, in order. Written by the thread after every iteration; a reader may see a mix of two. */
export const PROGRESS_FIELDS = [
  'iteration',
  'mapSteps',
  'totalGradients',
  'acceptanceRate',
  'stepSize',
  'divergences',
  'potentialEnergy',
] as const;
export type Progress = Record<(typeof PROGRESS_FIELDS)[number], number>;

/** What a chain that goes on from a record has done so far. */
export function progressAt({ iteration, info }: ChainRecord): Progress {
  return {
    iteration,
    mapSteps: 0,
    totalGradients: info.totalGradients,
    acceptanceRate: info.meanAcceptanceRate,
    stepSize: info.stepSize,
    divergences: info.totalDivergences,
    potentialEnergy: info.potentialEnergy,
  };
}

export const newProgress = (): SharedArrayBuffer => new SharedArrayBuffer(PROGRESS_FIELDS.length * Float64Array.BYTES_PER_ELEMENT);

export function writeProgress(fields: Float64Array, progress: Partial<Progress>): void {
  for (const [i, name] of PROGRESS_FIELDS.entries()) {
    const value = progress[name];
    if (value !== undefined) fields[i] = value;
  }
}

export function readProgress(fields: Float64Array): Progress {
  return Object.fromEntries(PROGRESS_FIELDS.map((name, i) => [name, fields[i]!])) as Progress;
}
