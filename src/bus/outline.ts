// What the laws on a chain's slots need to know of one: all that can be said of it by itself, without its arrays.
import { carriedOf, type DecodedSlot, type DrawRecord, type Draws } from './records.js';

/** Why a slot does not count. The label `reason` of basinet_slots_quarantined_total. */
export const QUARANTINE_REASONS = {
  subject: 'the subject names no chain and slot of this partition',
  corrupt: 'the payload cannot be decoded, or a chunk of it is missing',
  slot: "the slot is not the chain's next one",
  'previous-hash': 'the slot does not continue the payload before it',
  epoch: 'a claim does not raise the epoch, or draws are not of the current claim',
  iteration: "a draw is not the next one on the chain's grid of iterations",
  size: "a position, an adaptation or the probe's outputs have another size than the job says",
  adaptation: "draws point to another slot than the chain's latest adaptation or kernel state lies in",
  'not-finite': "a position, the probe's outputs or a potential energy hold NaN or infinity",
} as const;

export type QuarantineReason = keyof typeof QUARANTINE_REASONS;

/** What the records of a job look like. */
export interface RecordShape {
  /** The kept iteration after this one (0: the first), or null after the last draw. */
  readonly nextIteration: (iteration: number) => number | null;
  /** Iterations up to this one are warmup. */
  readonly warmup: number;
  /** Length of a position. */
  readonly dimension: number;
  /** Length of the probe's outputs on a draw; 0 without a probe. */
  readonly probeSize: number;
}

/** What a parameter takes in a record at most, several times over: position, and the arrays that a successor needs. */
const MAX_BYTES_PER_PARAMETER = 64;
const MAX_BYTES_OF_SCALARS = 64 << 10;

/** A manifest of more bytes is no record of the job, and readers do not fetch it. */
export const maxManifestBytes = ({ dimension, probeSize }: RecordShape): number => MAX_BYTES_PER_PARAMETER * dimension + 4 * probeSize + MAX_BYTES_OF_SCALARS;

export interface SlotOutline {
  readonly epoch: number;
  readonly previousHash: Uint8Array;
  readonly claimSlot: number;
  /** Null for a claim. */
  readonly draws: DrawsOutline | null;
}

export interface DrawsOutline {
  readonly firstIteration: number;
  readonly lastIteration: number;
  readonly adaptationSlot: number;
  /** Whether any of the draws carries an adaptation or a kernel state. */
  readonly carries: boolean;
  /** Why the draws count nowhere, wherever the chain stands; null where that depends. */
  readonly flaw: QuarantineReason | null;
}

/** Keeps nothing of the slot's memory, so that outlines of a long log can be held. */
export function outlineOf({ epoch, previousHash, claimSlot, body }: DecodedSlot, shape: RecordShape): SlotOutline {
  return { epoch, previousHash: Uint8Array.from(previousHash), claimSlot, draws: body.kind === 'claim' ? null : outlineDraws(body, shape) };
}

function outlineDraws({ draws, adaptationSlot }: Draws, shape: RecordShape): DrawsOutline {
  return {
    firstIteration: draws[0]!.iteration,
    lastIteration: draws.at(-1)!.iteration,
    adaptationSlot,
    carries: draws.some((draw) => carriedOf(draw) !== null),
    flaw: flawOf(draws, shape),
  };
}

function flawOf(draws: readonly DrawRecord[], shape: RecordShape): QuarantineReason | null {
  for (const [i, draw] of draws.entries()) {
    if (i > 0 && draw.iteration !== shape.nextIteration(draws[i - 1]!.iteration)) return 'iteration';
    const reason = flawOfDraw(draw, shape);
    if (reason !== null) return reason;
  }
  return null;
}

function flawOfDraw(draw: DrawRecord, { warmup, dimension, probeSize }: RecordShape): QuarantineReason | null {
  const { iteration, phase, position, adaptation, probeOutputs } = draw;
  if (phase !== (iteration <= warmup ? 'warmup' : 'sampling')) return 'iteration';

  if (position.length !== dimension) return 'size';
  if ((probeOutputs?.length ?? 0) !== (phase === 'sampling' ? probeSize : 0)) return 'size';
  if (phase === 'warmup' && carriedOf(draw) === null) return 'size';
  if ((adaptation?.inverseMassMatrix?.length ?? dimension) !== dimension) return 'size';

  if (!Number.isFinite(draw.info.potentialEnergy) || !allFinite(position)) return 'not-finite';
  return probeOutputs === null || allFinite(probeOutputs) ? null : 'not-finite';
}

function allFinite(values: Float32Array): boolean {
  // x·0 is ±0 where x is finite and NaN elsewhere: no branch in the loop, and four sums that don't wait for each other.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const whole = values.length - (values.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += values[i]! * 0;
    b += values[i + 1]! * 0;
    c += values[i + 2]! * 0;
    d += values[i + 3]! * 0;
  }
  for (let i = whole; i < values.length; i++) a += values[i]! * 0;
  return a + b + c + d === 0;
}
