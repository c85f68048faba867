// The fold of one partition: judges entries in stream order and updates every statistic. Pure: knows no NATS, no clock.
import { bytesOf } from '../bus/bytes.js';
import { sha256 } from '../bus/hash.js';
import { ChainJudge } from '../bus/judge.js';
import type { LogEntry } from '../bus/logReader.js';
import type { QuarantineReason } from '../bus/outline.js';
import type { DrawRecord } from '../bus/records.js';
import type { Aligner } from '../rebasin/alignment.js';
import { mergeMoments } from '../stats/index.js';
import { ChainFold } from './chainFold.js';
import { sumOf } from './meanReference.js';
import type { FoldModel } from './model.js';
import { checkFoldState, type FoldState, type Quarantined } from './savedFold.js';

/** The network that all draws are aligned to. */
export interface Reference {
  readonly version: number;
  /** [dimension] */
  readonly position: Float32Array;
}

/** SHA-256: tells a reference from another one of its version. */
export const referenceHash = ({ position }: Reference): Uint8Array => sha256(bytesOf(position));

export interface JudgedAhead {
  readonly chain: number;
  /** Of the chain's last entry that was judged. */
  readonly sequence: number;
  /** Of the last record that was accepted. */
  readonly iteration: number;
  /** The first that was refused. */
  readonly refused: Quarantined | null;
}

export interface FoldOutcome {
  /** Of the entry's chain; -1 where the subject names none of this partition. */
  readonly chain: number;
  /** Kept draws that were folded. */
  readonly draws: number;
  /** Why the entry was not folded, or null. */
  readonly quarantined: QuarantineReason | null;
}

/** So many quarantined slots are listed by name; the others are only counted. */
const MAX_QUARANTINED = 100;

/** Begins anew, or goes on from `saved`. Throws STATE_INVALID where that is not what a fold of this partition left. */
export class PartitionFold {
  readonly chains: readonly ChainFold[];
  readonly quarantined: Quarantined[];
  slotsQuarantined: number;
  readonly #byChain: ReadonlyMap<number, ChainFold>;
  readonly #aligned: Float32Array;
  readonly #means: Map<number, Float64Array>;
  #referenceVersion: number;
  #referenceHash: Uint8Array;
  #reference: Reference | null = null;
  #aligner: Aligner | null = null;
  #ahead: JudgedAhead | null = null;

  constructor(
    readonly model: FoldModel,
    readonly partition: number,
    saved: FoldState | null = null,
  ) {
    const state = saved && checkFoldState(saved, model, partition);
    this.chains = model.chainsOf(partition).map((chain, i) => new ChainFold(chain, model, state?.chains[i] ?? null));
    this.#byChain = new Map(this.chains.map((fold) => [fold.chain, fold]));
    this.quarantined = [...(state?.quarantined ?? [])];
    this.slotsQuarantined = state?.slotsQuarantined ?? 0;
    this.#referenceVersion = state?.referenceVersion ?? 0;
    this.#referenceHash = state?.referenceHash ?? new Uint8Array(0);
    this.#means = new Map(state?.means);
    this.#aligned = new Float32Array(model.aligned ? model.shape.dimension : 0);
    const { file, versions } = model.reference;
    if (file !== null && versions > 0) this.setReference({ version: 1, position: file });
  }

  /** Kept draws of all chains. */
  get draws(): number {
    return this.chains.reduce((sum, fold) => sum + fold.draws, 0);
  }

  /** Whether every chain has all its draws. */
  get finished(): boolean {
    return this.chains.every((fold) => fold.finished);
  }

  /** Whether draws are aligned to the last version of the reference. */
  get isLastVersion(): boolean {
    return this.#referenceVersion >= this.model.reference.versions;
  }

  get reference(): Reference | null {
    return this.#reference;
  }

  /** Version of the reference that folded draws were aligned to; 0 before the first. */
  get referenceVersion(): number {
    return this.#referenceVersion;
  }

  /** How far a chain was judged ahead of the fold in search of the reference; null before that. */
  get ahead(): JudgedAhead | null {
    return this.#ahead;
  }

  /** Whether the entry holds kept draws that can only be folded once there is a reference. */
  needsReference(entry: LogEntry): boolean {
    const body = entry.body?.body;
    if (!this.model.aligned || this.#reference !== null || body?.kind !== 'draws' || !body.draws.some((draw) => draw.phase === 'sampling')) return false;
    // What will be refused waits for nothing: where all of chain 0 is refused there never is a reference.
    return this.#byChain.get(entry.chain)?.wouldAccept(entry) ?? false;
  }

  setReference(reference: Reference): void {
    this.#aligner = this.model.createAligner(reference.position);
    this.#reference = reference;
    this.#referenceVersion = reference.version;
    this.#referenceHash = referenceHash(reference);
  }

  /** Folds the next entry of the partition, or quarantines it. */
  fold(entry: LogEntry): FoldOutcome {
    const chain = this.#byChain.get(entry.chain);
    if (chain === undefined) return this.#quarantine(entry, -1, 'subject');
    const verdict = chain.judge(entry);
    if (!verdict.accepted) return this.#quarantine(entry, chain.chain, verdict.reason);
    const before = chain.draws;
    for (const draw of verdict.draws) this.foldRecord(chain, draw);
    return { chain: chain.chain, draws: chain.draws - before, quarantined: null };
  }

  /** Folds the next record of one of its chains, which was judged fit. */
  foldRecord(chain: ChainFold, record: DrawRecord): void {
    chain.fold(record, this.#aligner, this.#aligned);
    if (chain.aligned === null || record.phase === 'warmup') return;
    if (chain.draws === this.model.reference.drawsOfMean(this.#referenceVersion)) this.#means.set(chain.chain, mergeMoments([chain.aligned]).mean);
  }

  /**
   * This partition's part of the next version of the reference: the sum over its chains, in order, of the means of their first
   * aligned draws. [dimension]; null where not all of these draws are folded, or there is no next version.
   */
  meanPart(): Float64Array | null {
    const means = this.chains.flatMap(({ chain }) => this.#means.get(chain) ?? []);
    return means.length === this.chains.length ? sumOf(means) : null;
  }

  /**
   * Looks ahead for the first kept draw of a chain: feed it the partition's entries from the next one on, and it returns
   * a copy of the position once it comes by. The fold itself does not move. Null where this partition does not hold the
   * chain, or is past its first draw.
   */
  firstDrawFinder(chain: number): ((entry: LogEntry) => Float32Array | null) | null {
    const fold = this.#byChain.get(chain);
    if (fold === undefined || fold.draws > 0) return null;
    const judge = new ChainJudge(this.model.shape, fold.judgeState);
    return (entry) => {
      if (entry.chain !== chain) return null;
      const verdict = judge.judge(entry);
      const { subject, sequence } = entry;
      this.#ahead = { chain, sequence, iteration: judge.state.iteration, refused: this.#ahead?.refused ?? (verdict.accepted ? null : { subject, sequence, reason: verdict.reason }) };
      const first = verdict.accepted ? verdict.draws.find((draw) => draw.phase === 'sampling') : undefined;
      return first?.position.slice() ?? null;
    };
  }

  /** For the snapshot. Shares memory with the fold: encode it before the next entry. */
  state(): FoldState {
    return {
      partition: this.partition,
      referenceVersion: this.#referenceVersion,
      referenceHash: this.#referenceHash,
      means: [...this.#means],
      chains: this.chains.map((fold) => fold.state()),
      quarantined: this.quarantined,
      slotsQuarantined: this.slotsQuarantined,
    };
  }

  #quarantine(entry: LogEntry, chain: number, reason: QuarantineReason): FoldOutcome {
    this.slotsQuarantined++;
    if (this.quarantined.length < MAX_QUARANTINED) this.quarantined.push({ subject: entry.subject, sequence: entry.sequence, reason });
    return { chain, draws: 0, quarantined: reason };
  }
}
