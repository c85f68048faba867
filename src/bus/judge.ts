// Which slots of a chain count: the laws that every reader applies, so that all of them fold the same draws.
import { sameBytes } from './hash.js';
import type { LogEntry } from './logReader.js';
import { outlineOf, type QuarantineReason, type RecordShape, type SlotOutline } from './outline.js';
import type { DrawRecord } from './records.js';

export type Verdict =
  /** All of the draws count, in this order; none for a claim. */
  | { readonly accepted: true; readonly draws: readonly DrawRecord[] }
  /** To be counted, shown and never folded. */
  | { readonly accepted: false; readonly reason: QuarantineReason };

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
  /** Slot of the latest adaptation or kernel state that was accepted; -1 before the first. */
  adaptationSlot: number;
  /** Hashes of slots that lie beyond a gap, numbers ascending: foreign messages, until the run reaches them. */
  beyond: [slot: number, hash: Uint8Array][];
}

/** Of more foreign slots beyond a gap, those nearest to the run are remembered. */
const MAX_BEYOND = 1024;

/**
 * Judges one chain's slots in stream order. A slot that exists is taken, whatever it holds: the chain continues after
 * it, hashed to its payload. It counts where it is the chain's next, decodes, names the hash of the slot before it, and
 * is a claim of the next epoch, or draws of the current claim that are the next of the chain's grid, of the job's sizes,
 * finite, and point to where the latest adaptation lies. Epoch and iteration move by slots that count only, and a batch is judged whole.
 */
export class ChainJudge {
  readonly #state: JudgeState;

  constructor(
    private readonly shape: RecordShape,
    state: JudgeState = { slot: -1, hash: new Uint8Array(0), epoch: 0, claimSlot: -1, iteration: 0, adaptationSlot: -1, beyond: [] },
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
  judge({ slot, hash, body }: LogEntry): Verdict {
    const reason = this.judgeOutline(slot, hash, body && outlineOf(body, this.shape));
    if (reason !== null) return { accepted: false, reason };
    return { accepted: true, draws: body?.body.kind === 'draws' ? body.body.draws : [] };
  }

  /** As `judge`, of a slot's outline, null for what does not decode. Returns null where it counts. */
  judgeOutline(slot: number, hash: Uint8Array, outline: SlotOutline | null): QuarantineReason | null {
    const state = this.#state;
    const expected = state.slot + 1;
    if (slot !== expected) {
      if (slot > expected) this.#remember(slot, hash);
      return slot < 0 ? 'subject' : 'slot';
    }
    const reason = this.#judgeNext(outline, expected);
    state.slot = expected;
    state.hash = Uint8Array.from(hash);
    this.#stepOver();
    return reason;
  }

  #judgeNext(outline: SlotOutline | null, number: number): QuarantineReason | null {
    const state = this.#state;
    if (outline === null) return 'corrupt';
    const { epoch, claimSlot, draws } = outline;
    if (!sameBytes(outline.previousHash, state.hash)) return 'previous-hash';
    if (draws === null) {
      if (epoch !== state.epoch + 1 || claimSlot !== number) return 'epoch';
      state.epoch = epoch;
      state.claimSlot = number;
      return null;
    }
    if (state.epoch === 0 || epoch !== state.epoch || claimSlot !== state.claimSlot) return 'epoch';
    if (draws.firstIteration !== this.shape.nextIteration(state.iteration)) return 'iteration';
    if (draws.flaw !== null) return draws.flaw;
    if (draws.adaptationSlot !== (draws.carries ? number : state.adaptationSlot)) return 'adaptation';
    state.iteration = draws.lastIteration;
    state.adaptationSlot = draws.adaptationSlot;
    return null;
  }

  /** A number's first message is the slot, whether the run has come to it or not. */
  #remember(slot: number, hash: Uint8Array): void {
    const { beyond } = this.#state;
    const above = beyond.findIndex(([number]) => number >= slot);
    if (beyond[above]?.[0] === slot) return;
    beyond.splice(above < 0 ? beyond.length : above, 0, [slot, Uint8Array.from(hash)]);
    if (beyond.length > MAX_BEYOND) beyond.pop();
  }

  /** Foreign messages that were in the stream before the run reached their numbers are part of it now. */
  #stepOver(): void {
    const state = this.#state;
    while (state.beyond[0]?.[0] === state.slot + 1) [state.slot, state.hash] = state.beyond.shift()!;
  }
}
