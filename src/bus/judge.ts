// Which slots of a chain count: the laws that every reader applies, so that all of them fold the same draws.
import { sameBytes } from './hash.js';
import type { LogEntry } from './logReader.js';
import { carriedOf, type DecodedSlot, type DrawRecord } from './records.js';

/** Why a slot does not count. The label `reason` of basinet_slots_quarantined_total. */
export const QUARANTINE_REASONS = {
  subject: 'the subject names no chain and slot of this partition',
  corrupt: 'the payload cannot be decoded, or a chunk of it is missing',
  slot: "the slot is not the chain's next one",
  'previous-hash': 'the slot does not continue the payload before it',
  epoch: 'a claim does not raise the epoch, or draws are not of the current claim',
  iteration: "a draw is not the next one on the chain's grid of iterations",
  size: "a position, an adaptation or the probe's outputs have another size than the job says",
  'not-finite': "a position, the probe's outputs or a potential energy hold NaN or infinity",
} as const;

export type QuarantineReason = keyof typeof QUARANTINE_REASONS;

export type Verdict =
  /** All of the draws count, in this order; none for a claim. */
  | { readonly accepted: true; readonly draws: readonly DrawRecord[] }
  /** To be counted, shown and never folded. */
  | { readonly accepted: false; readonly reason: QuarantineReason };

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

/** Where a judge stands; plain data, for snapshots. */
export interface JudgeState {
  /** Last slot of the chain's unbroken run; -1 before the first. */
  slot: number;
  /** Hash of that slot's payload, accepted or not; empty before the first. */
  hash: Uint8Array;
  /** Of the last accepted claim; 0 before the first. */
  epoch: number;
  claimSlot: number;
  /** Of the last accepted draw; 0 before the first. */
  iteration: number;
  /** Hashes of slots that lie beyond a gap, by number: foreign messages, until the run reaches them. */
  beyond: [slot: number, hash: Uint8Array][];
}

/** More foreign slots than this are forgotten. */
const MAX_BEYOND = 1024;

/**
 * Judges one chain's slots in stream order. A slot that exists is taken, whatever it holds: the chain continues after
 * it, hashed to its payload. It counts where it is the chain's next, decodes, names the hash of the slot before it, and
 * is a claim of a higher epoch, or draws of the current claim that are the next of the chain's grid, of the job's sizes
 * and finite. Epoch and iteration move by slots that count only, and a batch is judged whole.
 */
export class ChainJudge {
  readonly #state: JudgeState;

  constructor(
    private readonly shape: RecordShape,
    state: JudgeState = { slot: -1, hash: new Uint8Array(0), epoch: 0, claimSlot: -1, iteration: 0, beyond: [] },
  ) {
    this.#state = structuredClone(state);
  }

  /** Live: copy it before the next entry, or hand it to another judge, which copies. */
  get state(): Readonly<JudgeState> {
    return this.#state;
  }

  /** Whether the last draw of the grid has been accepted. */
  get finished(): boolean {
    return this.shape.nextIteration(this.#state.iteration) === null;
  }

  /** Never throws. */
  judge(entry: LogEntry): Verdict {
    const state = this.#state;
    const expected = state.slot + 1;
    if (entry.slot !== expected) {
      if (entry.slot > expected && state.beyond.length < MAX_BEYOND) state.beyond.push([entry.slot, Uint8Array.from(entry.hash)]);
      return refuse(entry.slot < 0 ? 'subject' : 'slot');
    }
    const verdict = this.#judgeNext(entry.body, expected);
    state.slot = expected;
    state.hash = Uint8Array.from(entry.hash);
    this.#stepOver();
    return verdict;
  }

  #judgeNext(slot: DecodedSlot | null, number: number): Verdict {
    const state = this.#state;
    if (slot === null) return refuse('corrupt');
    if (!sameBytes(slot.previousHash, state.hash)) return refuse('previous-hash');
    if (slot.body.kind === 'claim') {
      if (slot.epoch <= state.epoch || slot.claimSlot !== number) return refuse('epoch');
      state.epoch = slot.epoch;
      state.claimSlot = number;
      return { accepted: true, draws: [] };
    }
    if (state.epoch === 0 || slot.epoch !== state.epoch || slot.claimSlot !== state.claimSlot) return refuse('epoch');
    let { iteration } = state;
    for (const draw of slot.body.draws) {
      const reason = judgeDraw(draw, iteration, this.shape);
      if (reason !== null) return refuse(reason);
      ({ iteration } = draw);
    }
    state.iteration = iteration;
    return { accepted: true, draws: slot.body.draws };
  }

  /** Foreign messages that were in the stream before the run reached their numbers are part of it now. */
  #stepOver(): void {
    const state = this.#state;
    for (;;) {
      const index = state.beyond.findIndex(([slot]) => slot === state.slot + 1);
      const next = state.beyond[index];
      if (next === undefined) return;
      state.beyond.splice(index, 1);
      [state.slot, state.hash] = next;
    }
  }
}

const refuse = (reason: QuarantineReason): Verdict => ({ accepted: false, reason });

function judgeDraw(draw: DrawRecord, after: number, { nextIteration, warmup, dimension, probeSize }: RecordShape): QuarantineReason | null {
  const { iteration, phase, position, adaptation, probeOutputs } = draw;
  if (iteration !== nextIteration(after) || phase !== (iteration <= warmup ? 'warmup' : 'sampling')) return 'iteration';

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
