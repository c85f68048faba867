// The scalars of a chain's records and the relabellings of its draws, in order: what the report draws and the wire carries.
import { bytesOf } from '../bus/bytes.js';
import type { DrawRecord } from '../bus/records.js';
import type { basinet } from '../bus/wire.js';
import type { AlignmentResult } from '../rebasin/alignment.js';
import { oneLineOf, type OneLine } from '../rebasin/oneLine.js';

/** From the record of this iteration on. */
export interface DeviceStretch {
  readonly iteration: number;
  readonly deviceClass: string;
}

/** Plain data: part of the snapshot. Columns of equal length, one entry a kept draw (or a warmup checkpoint). */
export interface TraceState {
  readonly iteration: number[];
  readonly potentialEnergy: number[];
  readonly kineticEnergy: number[];
  readonly energyError: number[];
  readonly acceptanceRate: number[];
  readonly divergent: boolean[];
  readonly stepSize: number[];
  readonly leapfrogSteps: number[];
  readonly distanceBefore: number[];
  readonly distanceAfter: number[];
  /** Row-major [draws, groups]. */
  readonly transpositions: number[];
  /** How each draw was relabelled. */
  readonly relabellings: OneLine[];
  /** Where another device class than before made a record: its iteration and the class. */
  readonly devices: DeviceStretch[];
  readonly warmupIteration: number[];
  readonly warmupPotentialEnergy: number[];
  readonly warmupAcceptanceRate: number[];
  readonly warmupStepSize: number[];
}

/** One entry a warmup checkpoint; all others have one a kept draw. */
export const WARMUP_COLUMNS = ['warmupIteration', 'warmupPotentialEnergy', 'warmupAcceptanceRate', 'warmupStepSize'] as const satisfies readonly (keyof TraceState)[];

/** Of draws that are aligned only. */
export const ALIGNMENT_COLUMNS = ['distanceBefore', 'distanceAfter', 'transpositions', 'relabellings'] as const satisfies readonly (keyof TraceState)[];

export function emptyTrace(): TraceState {
  return {
    iteration: [],
    potentialEnergy: [],
    kineticEnergy: [],
    energyError: [],
    acceptanceRate: [],
    divergent: [],
    stepSize: [],
    leapfrogSteps: [],
    distanceBefore: [],
    distanceAfter: [],
    transpositions: [],
    relabellings: [],
    devices: [],
    warmupIteration: [],
    warmupPotentialEnergy: [],
    warmupAcceptanceRate: [],
    warmupStepSize: [],
  };
}

/** Notes what made a record; draws that come from no log, and without claims, do not say. */
export function traceDevice({ devices }: TraceState, iteration: number, deviceClass: string): void {
  if (deviceClass !== '' && devices.at(-1)?.deviceClass !== deviceClass) devices.push({ iteration, deviceClass });
}

/** Adds a warmup checkpoint. */
export function traceWarmup(trace: TraceState, { iteration, info }: DrawRecord): void {
  trace.warmupIteration.push(iteration);
  trace.warmupPotentialEnergy.push(info.potentialEnergy);
  trace.warmupAcceptanceRate.push(info.acceptanceRate);
  trace.warmupStepSize.push(info.stepSize);
}

/** Adds a kept draw; `alignment` is null where draws are not aligned, and leaves its columns empty. */
export function traceDraw(trace: TraceState, { iteration, info }: DrawRecord, alignment: AlignmentResult | null): void {
  trace.iteration.push(iteration);
  trace.potentialEnergy.push(info.potentialEnergy);
  trace.kineticEnergy.push(info.kineticEnergy);
  trace.energyError.push(info.energyError);
  trace.acceptanceRate.push(info.acceptanceRate);
  trace.divergent.push(info.divergent);
  trace.stepSize.push(info.stepSize);
  trace.leapfrogSteps.push(info.leapfrogSteps);
  if (alignment === null) return;
  trace.distanceBefore.push(alignment.distanceBefore);
  trace.distanceAfter.push(alignment.distanceAfter);
  trace.transpositions.push(...alignment.transpositions);
  trace.relabellings.push(oneLineOf(alignment));
}

/** As it crosses the wire. `probe` holds means over the chain's draws; null without a probe or before the first draw. */
export function traceToWire(chain: number, trace: TraceState, probe: { readonly nll: number; readonly accuracy: number } | null): basinet.v1.IChainTrace {
  const { relabellings, ...scalars } = trace;
  return { chain, ...scalars, relabellings: Buffer.concat(relabellings.map(bytesOf)), probeMeanNll: probe?.nll ?? NaN, probeMeanAccuracy: probe?.accuracy ?? NaN };
}
