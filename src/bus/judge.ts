// Which slots of a chain count: the laws that every reader applies, so that all of them fold the same draws.
import { sameBytes } from './hash.js';
import type { LogEntry } from './logReader.js';
import type { DrawRecord } from './records.js';

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
  beyond: [number, Uint8Array][];
}

export type Verdict =
  | { readonly accepted: true; readonly draws: readonly DrawRecord[] }
  /** To be counted, shown and never folded. */
  | { readonly accepted: false; readonly reason: string };

/** More foreign slots than this are forgotten. */
const MAX_BEYOND = 1024;

const refuse = (reason: string): Verdict => ({ accepted: false, reason });

/**
 * Judges one chain's slots in stream order. A slot is accepted where it is the chain's next, decodes, names the hash of the
 * slot before it (accepted or not), and is a claim of a higher epoch, or draws of the current one whose iterations are the
 * next of the chain's grid.
 */
export class ChainJudge {
  readonly state: JudgeState;

  /** `nextIteration(i)` is the grid's iteration after `i` (0: the first), or null at its end. */
  constructor(
    private readonly nextIteration: (iteration: number) => number | null,
    state: JudgeState = { slot: -1, hash: new Uint8Array(0), epoch: 0, claimSlot: -1, iteration: 0, beyond: [] },
  ) {
    this.state = { ...state, beyond: [...state.beyond] };
  }

  /** Whether the last draw of the grid was accepted. */
  get finished(): boolean {
    return this.nextIteration(this.state.iteration) === null;
  }

  judge(entry: LogEntry): Verdict {
    const { state } = this;
    const expected = state.slot + 1;
    if (entry.slot !== expected) {
      if (entry.slot > expected && state.beyond.length < MAX_BEYOND) state.beyond.push([entry.slot, entry.hash]);
      return refuse(`slot ${entry.slot} where ${expected} is next`);
    }
    const verdict = this.judgeNext(entry);
    state.slot = expected;
    state.hash = entry.hash;
    this.stepOver();
    return verdict;
  }

  private judgeNext({ body: slot, error, slot: number }: LogEntry): Verdict {
    const { state } = this;
    if (!slot) return refuse(error ?? 'does not decode');
    if (!sameBytes(slot.previousHash, state.hash)) return refuse('its previous hash is not that of the slot before it');
    if (slot.body.kind === 'claim') {
      if (slot.epoch <= state.epoch) return refuse(`claim of epoch ${slot.epoch} after epoch ${state.epoch}`);
      if (slot.claimSlot !== number) return refuse(`claim that names slot ${slot.claimSlot} as its own`);
      state.epoch = slot.epoch;
      state.claimSlot = number;
      return { accepted: true, draws: [] };
    }
    if (slot.epoch !== state.epoch) return refuse(`draws of epoch ${slot.epoch} in epoch ${state.epoch}`);
    if (slot.claimSlot !== state.claimSlot) return refuse(`draws under the claim of slot ${slot.claimSlot}, which is not the current one`);
    let iteration = state.iteration;
    for (const draw of slot.body.draws) {
      const next = this.nextIteration(iteration);
      if (draw.iteration !== next) return refuse(`iteration ${draw.iteration} where ${next ?? 'none'} is next`);
      iteration = next;
    }
    state.iteration = iteration;
    return { accepted: true, draws: slot.body.draws };
  }

  /** Foreign messages that were in the stream before the run reached their numbers are part of it now. */
  private stepOver(): void {
    const { state } = this;
    for (;;) {
      const index = state.beyond.findIndex(([slot]) => slot === state.slot + 1);
      if (index < 0) return;
      const [[slot, hash]] = state.beyond.splice(index, 1) as [[number, Uint8Array]];
      state.slot = slot;
      state.hash = hash;
    }
  }
}
