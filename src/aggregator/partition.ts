// Folds one partition from its snapshot, or from the log's start, to its end; saves, and says how it goes.
import type { Bus } from '../bus/connection.js';
import { logIdentity, messageHash } from '../bus/drawLog.js';
import { sameBytes } from '../bus/hash.js';
import { readPartition, type LogEntry } from '../bus/logReader.js';
import { RESULT_STORE, resultObject, snapshotKey } from '../bus/names.js';
import { putObject } from '../bus/objects.js';
import { saveSnapshot } from '../bus/snapshots.js';
import { BasinetError } from '../errors.js';
import type { Metrics } from '../metrics/index.js';
import type { PartitionFold } from './fold.js';
import { Breather } from './lifecycle.js';
import { SnapshotPace } from './pace.js';
import { awaitReference } from './reference.js';
import { encodeSnapshot, type LogPosition } from './snapshot.js';
import { partitionStatistics } from './statistics.js';
import { StatusReporter } from './statusReporter.js';
import { restoreFold, type FoldJob } from './storedState.js';

export interface PartitionOptions {
  /** Least time between two snapshots. */
  readonly snapshotMs: number;
  /** Time between two looks at whether the status has changed. */
  readonly statusMs: number;
  /** Milliseconds on a clock that never runs backwards. */
  readonly now: () => number;
  /** One line for the operator. */
  readonly log: (line: string) => void;
}

/**
 * How a fold ended: `finished`, every draw is folded and the results are stored; `drained` or `aborted`, as told;
 * `lost`, another aggregator saved a snapshot since; `renewed`, the log was made anew: begin again.
 */
export type PartitionEnd = 'finished' | 'drained' | 'aborted' | 'lost' | 'renewed';

/** At most this share of the time goes into snapshots. */
const SNAPSHOT_SHARE = 0.02;
/** The event loop gets its turn at least so often, for NATS pings and the metrics endpoint. */
const BREATH_MS = 20;

/** One run of one partition. Use `run` once. */
export class PartitionRun {
  /** Aborted to end the reading. */
  readonly #stop = new AbortController();
  #how: 'drained' | 'aborted' | 'renewed' | null = null;
  #revision = 0;
  #reporter: StatusReporter | null = null;
  /** After `finished`: what was folded, how far, and `bus.disconnects` when it was known to be in the log. */
  #finished: { readonly fold: PartitionFold; readonly position: LogPosition; disconnects: number } | null = null;
  /** Sequence of the last snapshot. */
  #saved = 0;

  constructor(
    private readonly bus: Bus,
    private readonly job: FoldJob,
    readonly partition: number,
    private readonly metrics: Metrics,
    private readonly options: PartitionOptions,
  ) {}

  /** Ends the run after the entry at hand, with a snapshot. */
  drain(): void {
    this.#end('drained');
  }

  /** Ends the run at once, saving nothing. */
  abort(): void {
    this.#end('aborted');
  }

  /** Folds to the end. Throws JOB_CONFLICT where there is no log, BUS_UNAVAILABLE or LOG_FULL where NATS fails: run again. */
  async run(): Promise<PartitionEnd> {
    const identity = await logIdentity(this.bus, this.job.id);
    if (identity === null) throw new BasinetError('JOB_CONFLICT', `job ${this.job.id} has no draw log yet`);
    const { fold, position, revision, rejected } = await restoreFold(this.bus, this.job, this.partition, identity);
    this.#revision = revision;
    this.#saved = position.sequence;
    if (rejected !== null) {
      this.metrics.add('basinet_snapshots_rejected_total', this.#labels);
      this.options.log(`job ${this.job.id}, partition ${this.partition}: the snapshot is not used: ${rejected}; folding the log from its start`);
    }
    const reporter = new StatusReporter(this.bus, this.job, fold, this.metrics, { ...this.options, position, onNewLog: () => this.#end('renewed') });
    this.#reporter = reporter;
    const reporting = reporter.run(this.#stop.signal);
    try {
      return await this.#fold(fold, position, reporter);
    } catch (error) {
      if (error instanceof BasinetError && error.code === 'LOG_FENCED') return 'lost';
      throw error;
    } finally {
      this.#stop.abort();
      await reporting;
    }
  }

  /**
   * After `finished`: says so again, since a job waits for that word, and statuses can be lost. False where it no longer
   * holds: the server lost the log's end in a power failure.
   */
  async sayAgain(): Promise<boolean> {
    const finished = this.#finished;
    if (finished !== null && finished.disconnects !== this.bus.disconnects) {
      const { disconnects } = this.bus;
      if (!(await this.#isStillThere(finished.position))) return false;
      await this.#storeResults(finished.fold);
      finished.disconnects = disconnects;
    }
    await this.#reporter?.repeat();
    return true;
  }

  async #fold(fold: PartitionFold, start: LogPosition, reporter: StatusReporter): Promise<PartitionEnd> {
    const { now, snapshotMs } = this.options;
    const { signal } = this.#stop;
    const snapshots = new SnapshotPace(snapshotMs, SNAPSHOT_SHARE, now);
    const breather = new Breather(BREATH_MS, now);
    let position = start;
    let { disconnects } = this.bus;

    if (!fold.finished) {
      for await (const entry of readPartition(this.bus, this.job.id, this.partition, { fromSequence: start.sequence + 1, signal })) {
        if (disconnects !== this.bus.disconnects) {
          ({ disconnects } = this.bus);
          // A server that had a power failure may have lost messages that are folded: what it has now continues something else.
          if (!(await this.#isStillThere(position))) {
            this.#end('renewed');
            break;
          }
        }
        if (fold.needsReference(entry)) {
          const reference = await awaitReference(this.bus, { job: this.job.id, createdAtMs: start.createdAtMs }, fold, entry, signal);
          // Aborted: the entry is not folded, and the next run begins with it.
          if (reference === null) break;
          fold.setReference(reference);
        }
        snapshots.folded(this.#foldEntry(fold, entry, now));
        position = { ...position, sequence: entry.sequence, hash: Uint8Array.from(entry.hash) };
        reporter.moved(position);
        if (fold.finished) break;
        if (snapshots.due()) await snapshots.run(() => this.#snapshot(fold, position));
        await breather.breathe();
        if (signal.aborted) break;
      }
    }
    if (fold.finished && this.#how !== 'aborted' && this.#how !== 'renewed') {
      await this.#storeResults(fold);
      this.#finished = { fold, position, disconnects };
      await reporter.finish();
      return 'finished';
    }
    if (this.#how === 'drained') await this.#snapshot(fold, position);
    return this.#how ?? 'aborted';
  }

  async #storeResults(fold: PartitionFold): Promise<void> {
    await putObject(this.bus, RESULT_STORE, resultObject(this.job.id, this.partition), partitionStatistics(fold));
  }

  async #isStillThere({ sequence, hash }: LogPosition): Promise<boolean> {
    if (sequence === 0) return true;
    const there = await messageHash(this.bus, this.job.id, sequence);
    return there !== null && sameBytes(there, hash);
  }

  /** Returns the milliseconds that it took. */
  #foldEntry(fold: PartitionFold, entry: LogEntry, now: () => number): number {
    const before = now();
    const { draws, quarantined } = fold.fold(entry);
    const took = now() - before;
    this.metrics.add('basinet_fold_seconds_total', this.#labels, took / 1000);
    if (draws > 0) this.metrics.add('basinet_draws_folded_total', this.#labels, draws);
    if (quarantined === null) return took;
    this.metrics.add('basinet_slots_quarantined_total', { ...this.#labels, reason: quarantined });
    this.options.log(`quarantined ${entry.subject} (sequence ${entry.sequence}): ${quarantined}${entry.error === null ? '' : `: ${entry.error}`}`);
    return took;
  }

  /** A full disk costs us the snapshot, not the fold; another's snapshot ends the run with LOG_FENCED. */
  async #snapshot(fold: PartitionFold, position: LogPosition): Promise<void> {
    if (position.sequence === this.#saved) return;
    const start = this.options.now();
    const bytes = encodeSnapshot({ position, jobHash: this.job.hash, fold: fold.state() });
    try {
      this.#revision = await saveSnapshot(this.bus, snapshotKey(this.job.id, this.partition), bytes, this.#revision);
      this.#saved = position.sequence;
      this.metrics.observe('basinet_snapshot_bytes', this.#labels, bytes.length);
      this.metrics.observe('basinet_snapshot_seconds', this.#labels, (this.options.now() - start) / 1000);
    } catch (error) {
      if (!(error instanceof BasinetError && error.code === 'LOG_FULL')) throw error;
      this.options.log(`job ${this.job.id}, partition ${this.partition}: no snapshot: ${error.message}`);
    }
  }

  #end(how: 'drained' | 'aborted' | 'renewed'): void {
    // The first word counts, except that an abort overrules a drain.
    if (this.#how === null || how === 'aborted') this.#how = how;
    this.#stop.abort();
  }

  get #labels(): { job: string; partition: number } {
    return { job: this.job.id, partition: this.partition };
  }
}
