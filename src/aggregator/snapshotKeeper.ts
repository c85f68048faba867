// Saves a partition's folds, one snapshot at a time, where it is worth its cost.
import type { Bus } from '../bus/connection.js';
import { snapshotKey } from '../bus/names.js';
import { saveSnapshot } from '../bus/snapshots.js';
import { BasinetError } from '../errors.js';
import type { Metrics } from '../metrics/index.js';
import type { Folds, LogFold } from './logFold.js';
import { SnapshotPace } from './pace.js';
import { encodeSnapshot, type SavedFold } from './snapshot.js';
import type { FoldJob, StoredState } from './storedState.js';

export interface KeeperOptions {
  /** Least time between two snapshots. */
  readonly snapshotMs: number;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** At most this share of the time goes into snapshots. */
const SNAPSHOT_SHARE = 0.02;

export class SnapshotKeeper {
  readonly #folds: Folds;
  readonly #pace: SnapshotPace;
  #revision: number;
  /** What the last snapshot held. */
  #saved: string;
  #saving = false;

  constructor(
    private readonly bus: Bus,
    private readonly job: FoldJob,
    stored: StoredState,
    private readonly metrics: Metrics,
    private readonly options: KeeperOptions,
  ) {
    this.#folds = stored.folds;
    this.#revision = stored.revision;
    this.#saved = this.#state;
    this.#pace = new SnapshotPace(options.snapshotMs, SNAPSHOT_SHARE, options.now);
  }

  /** Folding went on for so long. */
  folded(milliseconds: number): void {
    this.#pace.folded(milliseconds);
  }

  /** Throws LOG_FENCED where another aggregator saved a snapshot since. */
  async saveWhereDue(): Promise<void> {
    if (this.#saving || !this.#pace.due()) return;
    this.#saving = true;
    try {
      await this.#pace.run(() => this.save());
    } finally {
      this.#saving = false;
    }
  }

  /** As `saveWhereDue`, at once; not while that is under way. A full disk costs us the snapshot, not the fold. */
  async save(): Promise<void> {
    const state = this.#state;
    if (state === this.#saved) return;
    const { live, successor } = this.#folds;
    const { partition } = live.fold;
    const labels = { job: this.job.id, partition };
    const start = this.options.now();
    const bytes = encodeSnapshot({ jobHash: this.job.hash, live: saved(live), successor: successor && saved(successor) });
    try {
      this.#revision = await saveSnapshot(this.bus, snapshotKey(this.job.id, partition), bytes, this.#revision);
      this.#saved = state;
      this.metrics.observe('basinet_snapshot_bytes', labels, bytes.length);
      this.metrics.observe('basinet_snapshot_seconds', labels, (this.options.now() - start) / 1000);
    } catch (error) {
      if (!(error instanceof BasinetError && error.code === 'LOG_FULL')) throw error;
      this.options.log(`job ${this.job.id}, partition ${partition}: no snapshot: ${error.message}`);
    }
  }

  /** Equal where nothing was folded in between. */
  get #state(): string {
    const { live, successor } = this.#folds;
    return [live, ...(successor === null ? [] : [successor])].map(({ fold, position }) => `${fold.referenceVersion}:${position.sequence}`).join();
  }
}

const saved = ({ position, fold }: LogFold): SavedFold => ({ position, fold: fold.state() });
