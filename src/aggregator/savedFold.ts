// The saved state of a partition's fold, checked against the job before anything is restored from it.
import { z } from 'zod';
import { QUARANTINE_REASONS, type QuarantineReason } from '../bus/outline.js';
import { BasinetError } from '../errors.js';
import { relabellingOfLine, type OneLine } from '../rebasin/oneLine.js';
import { firstMisplaced } from '../rebasin/permutation.js';
import type { ChainFoldModel, ChainFoldState } from './chainFold.js';
import type { FoldModel } from './model.js';
import { ALIGNMENT_COLUMNS, WARMUP_COLUMNS } from './trace.js';

/** A slot that was not folded, as the results list it. */
export interface Quarantined {
  readonly subject: string;
  readonly sequence: number;
  readonly reason: QuarantineReason;
}

/** Plain data: what the snapshot holds. */
export interface FoldState {
  readonly partition: number;
  /** Version of the reference that draws were aligned to; 0 before the first kept draw. */
  readonly referenceVersion: number;
  /** SHA-256 of that reference; empty before the first kept draw. */
  readonly referenceHash: Uint8Array;
  readonly chains: readonly ChainFoldState[];
  /** By chain, the mean of its first aligned draws, which goes into the next version of the reference. [dimension] each */
  readonly means: readonly (readonly [chain: number, mean: Float64Array])[];
  readonly quarantined: readonly Quarantined[];
  readonly slotsQuarantined: number;
}

const count = z.int().nonnegative();
/** A slot, or −1. */
const place = z.int().min(-1);
const real = z.custom<number>((value) => typeof value === 'number', 'is no number');
const reals = z.array(real);
const float64 = z.instanceof(Float64Array);
/** SHA-256; empty where there is nothing to hash. */
export const hashSchema = z.instanceof(Uint8Array).refine(({ length }) => length === 32 || length === 0, 'is no SHA-256');

const judge = z.strictObject({
  slot: place,
  hash: hashSchema,
  epoch: count,
  claimSlot: place,
  iteration: count,
  adaptationSlot: place,
  beyond: z.array(z.tuple([count, hashSchema])).refine((slots) => slots.every(([slot], i) => i === 0 || slot > slots[i - 1]![0]), 'does not ascend'),
});
const moments = z.strictObject({
  size: count,
  draws: count,
  count,
  nonFinite: count,
  segments: z.array(z.strictObject({ count, mean: float64, sumSquares: float64 }).nullable()),
  batches: count,
  batchSum: float64,
  batchMean: float64,
  batchSumSquares: float64,
});
const histograms = z.strictObject({ size: count, count, exponent: z.instanceof(Int16Array), low: z.instanceof(Int32Array), high: z.instanceof(Int32Array), counts: z.instanceof(Uint16Array) });
const lowRank = z.strictObject({ size: count, rank: count, count, dropped: real, mean: float64, rows: z.instanceof(Float32Array) });
const mixture = z.strictObject({ draws: count, logDensity: float64, outputSum: float64, cdfSum: float64 });
const trace = z.strictObject({
  iteration: z.array(count),
  potentialEnergy: reals,
  kineticEnergy: reals,
  energyError: reals,
  acceptanceRate: reals,
  divergent: z.array(z.boolean()),
  stepSize: reals,
  leapfrogSteps: reals,
  distanceBefore: reals,
  distanceAfter: reals,
  transpositions: z.array(count),
  relabellings: z.array(z.union([z.instanceof(Int16Array), z.instanceof(Int32Array)])),
  devices: z.array(z.strictObject({ iteration: count, deviceClass: z.string() })),
  warmupIteration: z.array(count),
  warmupPotentialEnergy: reals,
  warmupAcceptanceRate: reals,
  warmupStepSize: reals,
});
const chainState = z.strictObject({
  chain: count,
  judge,
  deviceClass: z.string(),
  raw: moments.nullable(),
  aligned: moments.nullable(),
  control: moments.nullable(),
  histograms: histograms.nullable(),
  lowRank: lowRank.nullable(),
  probe: z.strictObject({ moments, sums: z.strictObject({ draws: count, nll: real, accuracy: real, mixture: mixture.nullable() }) }).nullable(),
  trace,
});
const foldState: z.ZodType<FoldState> = z.strictObject({
  partition: count,
  referenceVersion: count,
  referenceHash: hashSchema,
  chains: z.array(chainState),
  means: z.array(z.tuple([count, float64])),
  quarantined: z.array(z.strictObject({ subject: z.string(), sequence: count, reason: z.enum(Object.keys(QUARANTINE_REASONS) as QuarantineReason[]) })),
  slotsQuarantined: count,
});

/**
 * The state as it was given. Throws STATE_INVALID, naming the first part that is not as a fold of this partition leaves it; whether
 * the parts of a statistic agree with each other, the statistic checks itself.
 */
export function checkFoldState(state: unknown, model: FoldModel, partition: number): FoldState {
  const { success, error, data } = foldState.safeParse(state);
  if (!success) throw invalid(error.issues[0]!.path.join('.'), error.issues[0]!.message);
  const { chains, means, referenceVersion } = data;
  requireSame('partition', data.partition, partition);
  requireSame('chains', chains.map(({ chain }) => chain), model.chainsOf(partition));
  if (referenceVersion > model.reference.versions) throw invalid('referenceVersion', `there is no version ${referenceVersion}`);
  for (const chain of chains) checkChain(chain, model, `chains.${chain.chain}`);
  // The next version of the reference waits for them.
  const wanted = model.reference.drawsOfMean(referenceVersion) ?? Infinity;
  const due = chains.filter(({ trace: { iteration } }) => iteration.length >= wanted);
  requireSame('means', means.map(([chain, { length }]) => [chain, length]).toSorted(([a], [b]) => a! - b!), due.map(({ chain }) => [chain, model.shape.dimension]));
  return data;
}

function checkChain(state: ChainFoldState, model: ChainFoldModel, path: string): void {
  const { trace: columns, probe } = state;
  const { draws, shape } = model;
  const made = columns.iteration.length;
  const momentsOf = (kept: boolean, size = shape.dimension) => (kept ? { size, draws, count: made } : null);
  const wanted = {
    raw: momentsOf(model.raw),
    aligned: momentsOf(model.aligned),
    control: momentsOf(model.control !== null),
    histograms: model.histograms ? { size: shape.dimension, count: made } : null,
    lowRank: model.lowRank > 0 ? { size: shape.dimension, rank: model.lowRank, count: made } : null,
  };
  for (const name of ['raw', 'aligned', 'control', 'histograms', 'lowRank'] as const) requireKept(`${path}.${name}`, state[name], wanted[name]);
  requireKept(`${path}.probe.moments`, probe?.moments ?? null, momentsOf(model.probe !== null, model.probe?.size));
  requireKept(`${path}.probe.sums`, probe?.sums ?? null, model.probe && { draws: made });
  // Real targets have one, classes none.
  requireSame(`${path}.probe.sums.mixture`, Boolean(probe?.sums.mixture), Boolean(model.probe?.chain(null).sums().mixture));
  requireSame(`${path}.judge.iteration`, state.judge.iteration, columns.iteration.at(-1) ?? columns.warmupIteration.at(-1) ?? 0);
  const { devices, ...ofRecords } = columns;
  requireSame(`${path}.deviceClass`, state.deviceClass !== '', state.judge.epoch > 0);
  requireSame(`${path}.trace.devices`, devices.length > 0, made + columns.warmupIteration.length > 0);
  for (const [name, { length }] of Object.entries<ArrayLike<unknown>>(ofRecords)) requireSame(`${path}.trace.${name}`, length, lengthOf(name, state, model));
  columns.relabellings.forEach((line, i) => {
    if (!isRelabelling(line, model)) throw invalid(`${path}.trace.relabellings.${i}`, 'is no relabelling of the network');
  });
}

/** Of a column of the trace. */
function lengthOf(name: string, { trace: { iteration, warmupIteration } }: ChainFoldState, { aligned, units }: ChainFoldModel): number {
  const among = (names: readonly string[]): boolean => names.includes(name);
  if (among(WARMUP_COLUMNS)) return warmupIteration.length;
  if (among(ALIGNMENT_COLUMNS) && !aligned) return 0;
  return iteration.length * (name === 'transpositions' ? units.length : 1);
}

/** Every group's units once each, with signs only where they are free. */
function isRelabelling(line: OneLine, { units, signed }: ChainFoldModel): boolean {
  if (line.length !== units.reduce((sum, size) => sum + size, 0)) return false;
  const { permutations, signs } = relabellingOfLine(line, units);
  return units.every((size, group) => firstMisplaced(permutations[group]!, size) < 0 && (signs[group] === null || signed[group] === true));
}

function requireKept<Statistic extends object>(path: string, statistic: Statistic | null, wanted: Partial<Statistic> | null): void {
  const names = Object.keys(wanted ?? {}) as (keyof Statistic)[];
  requireSame(path, statistic && Object.fromEntries(names.map((name) => [name, statistic[name]])), wanted);
}

function requireSame(path: string, value: unknown, wanted: unknown): void {
  const [found, expected] = [value, wanted].map((each) => JSON.stringify(each));
  if (found !== expected) throw invalid(path, `is ${found}, not ${expected}`);
}

function invalid(path: string, message: string): BasinetError {
  return new BasinetError('STATE_INVALID', `the snapshot does not hold a fold of this job (${path}: ${message})`, { path, remedy: 'Fold the draw log again from its start.' });
}
