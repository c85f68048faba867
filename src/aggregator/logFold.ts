// A partition's fold with its place in the log, and the two of them that a run may have in hand.
import type { LogEntry } from '../bus/logReader.js';
import type { FoldOutcome, PartitionFold } from './fold.js';
import type { LogPosition } from './snapshot.js';

/** A fold, and how far in the log it has come. */
export class LogFold {
  #position: LogPosition;

  constructor(
    readonly fold: PartitionFold,
    position: LogPosition,
  ) {
    this.#position = position;
  }

  /** Of the last entry folded. */
  get position(): LogPosition {
    return this.#position;
  }

  /** Folds the partition's next entry, or quarantines it. */
  take(entry: LogEntry): FoldOutcome {
    const outcome = this.fold.fold(entry);
    this.#position = { ...this.#position, sequence: entry.sequence, hash: Uint8Array.from(entry.hash) };
    return outcome;
  }
}

/** What a partition's run has in hand. */
export interface Folds {
  /** What status, snapshot and results are about. */
  live: LogFold;
  /** The fold from the log's start under a newer version of the reference; takes the live one's place where it reaches it. */
  successor: LogFold | null;
}
