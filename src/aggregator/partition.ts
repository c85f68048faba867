// Folds one partition from its snapshot, or from the log's start, to its end, again for each version of the reference; saves, and says how it goes.
import type { Bus } from '../bus/connection.js';
import { logIdentity, messageHash } from '../bus/drawLog.js';
import { sameBytes } from '../bus/hash.js';
import { readPartition, type LogEntry } from '../bus/logReader.js';
import { RESULT_STORE, resultObject } from '../bus/names.js';
import { putObject } from '../bus/objects.js';
import { patiently } from '../bus/patience.js';
import { BasinetError } from '../errors.js';
import type { Metrics } from '../metrics/index.js';
import { Breather, pause } from './lifecycle.js';
import type { Folds, LogFold } from './logFold.js';
import { References } from './reference.js';
import type { LogPosition } from './snapshot.js';
import { SnapshotKeeper, type KeeperOptions } from './snapshotKeeper.js';
import { partitionStatistics } from './statistics.js';
import { StatusReporter } from './statusReporter.js';
import { newFold, restoreFolds, type FoldJob } from './storedState.js';

export interface PartitionOptions extends KeeperOptions {
  /** Time between two looks at whether the status has changed. */
  readonly statusMs: number;
}

/**
 * How a fold ended: `finished`, every draw is folded under the last version of the reference and the results are stored;
 * `drained` or `aborted`, as told; `lost`, another aggregator saved a snapshot since; `renewed`, the log was made anew: begin
 * again.
 */
export type PartitionEnd = 'finished' | 'drained' | 'aborted' | 'lost' | 'renewed';

/** The event loop gets its turn at least so often, for NATS pings and the metrics endpoint. */
const BREATH_MS = 20;
/** Between two looks for a newer version of the reference. */
const VERSION_MS = 250;

/** What a run works with once the partition's state is restored. */
interface Work {
  readonly folds: Folds;
  readonly references: References;
  readonly keeper: SnapshotKeeper;
  readonly reporter: StatusReporter;
}

/** One run of one partition. Use `run` once. */
export class PartitionRun {
  /** Aborted to end the reading. */
  readonly #stop = new AbortController();
  #how: 'drained' | 'aborted' | 'renewed' | null = null;
  #work: Work | null = null;
  /** `bus.disconnects` when what is folded was known to be in the log. */
  #disconnects: number;

  constructor(
    private readonly bus: Bus,
    private readonly job: FoldJob,
    readonly partition: number,
    private readonly metrics: Metrics,
    private readonly options: PartitionOptions,
  ) {
    this.#disconnects = bus.disconnects;
  }

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
    const references = new References(this.bus, this.job, { job: this.job.id, createdAtMs: identity.createdAtMs });
    const stored = await restoreFolds(this.bus, this.job, this.partition, identity, references);
    const { folds, rejected } = stored;
    if (rejected !== null) {
      this.metrics.add('basinet_snapshots_rejected_total', this.#labels);
      this.#say(`the snapshot is not used: ${rejected}; folding the log from its start`);
    }
    const keeper = new SnapshotKeeper(this.bus, this.job, stored, this.metrics, this.options);
    const reporter = new StatusReporter(this.bus, this.job, folds, this.metrics, { ...this.options, onNewLog: () => this.#end('renewed') });
    const work = (this.#work = { folds, references, keeper, reporter });
    const reporting = reporter.run(this.#stop.signal);
    try {
      await this.#both(this.#follow(work), this.#renew(work));
      return await this.#conclude(work);
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
    if (this.#work === null) return true;
    if (this.#disconnects !== this.bus.disconnects) {
      if (!(await this.#isStillThere(this.#work))) return false;
      await this.#storeResults(this.#work);
    }
    await this.#work.reporter.repeat();
    return true;
  }

  /** Where one fails the other ends as well. */
  async #both(...loops: readonly Promise<void>[]): Promise<void> {
    for (const loop of loops) loop.catch(() => this.#stop.abort());
    const [failed] = (await Promise.allSettled(loops)).filter((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Folds what comes in, until every chain has all its draws. */
  async #follow({ folds, references, keeper }: Work): Promise<void> {
    if (folds.live.fold.finished) return;
    const { signal } = this.#stop;
    const breather = new Breather(BREATH_MS, this.options.now);
    for await (const entry of this.#entriesAfter(folds.live)) {
      if (!(await this.#canGoOn({ folds, references }))) return;
      if (folds.live.fold.needsReference(entry)) {
        const reference = await references.first(folds.live.fold, entry, signal);
        // Aborted: the entry is not folded, and the next run begins with it.
        if (reference === null) return;
        folds.live.fold.setReference(reference);
      }
      keeper.folded(this.#foldLive(folds.live, entry));
      if (folds.live.fold.finished) return;
      await keeper.saveWhereDue();
      await breather.breathe();
      if (signal.aborted) return;
    }
  }

  /** Version after version of the reference, folds the log again beside the live fold, in turns with it, and takes its place. */
  async #renew({ folds, references, keeper }: Work): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && !folds.live.fold.isLastVersion) {
      if (!(await this.#canGoOn({ folds, references }))) return;
      if (folds.successor === null) {
        const { live } = folds;
        const reference = live.fold.referenceVersion > 0 ? await patiently(this.bus, () => references.next(live.fold), signal) : null;
        if (reference === null) {
          await pause(VERSION_MS, signal);
          continue;
        }
        folds.successor = newFold(this.job, this.partition, live.position, reference);
      }
      // At the log's start there is nothing to catch up with; ahead of the live fold it would wait for it in vain.
      if (this.#takesOver(folds, folds.successor)) continue;
      await this.#catchUp({ folds, references, keeper }, folds.successor);
    }
  }

  async #catchUp({ folds, references, keeper }: Omit<Work, 'reporter'>, successor: LogFold): Promise<void> {
    const breather = new Breather(BREATH_MS, this.options.now);
    for await (const entry of this.#entriesAfter(successor)) {
      if (!(await this.#canGoOn({ folds, references }))) return;
      keeper.folded(this.#foldAgain(successor, entry));
      // Between these two nothing is awaited: the live fold stays where it is.
      if (this.#takesOver(folds, successor)) return;
      await keeper.saveWhereDue();
      await breather.breathe();
      if (this.#stop.signal.aborted) return;
    }
  }

  /** Whether the successor is where the live fold is, whose place it has taken then. */
  #takesOver(folds: Folds, successor: LogFold): boolean {
    if (successor.position.sequence !== folds.live.position.sequence) return false;
    folds.live = successor;
    folds.successor = null;
    this.#say(`all draws are aligned to version ${successor.fold.referenceVersion} of the reference`);
    return true;
  }

  async #conclude(work: Work): Promise<PartitionEnd> {
    const { fold } = work.folds.live;
    if (fold.finished && fold.isLastVersion && this.#how !== 'aborted' && this.#how !== 'renewed') {
      await this.#storeResults(work);
      await work.reporter.finish();
      return 'finished';
    }
    if (this.#how === 'drained') await work.keeper.save();
    return this.#how ?? 'aborted';
  }

  async #storeResults({ folds }: Work): Promise<void> {
    await putObject(this.bus, RESULT_STORE, resultObject(this.job.id, this.partition), partitionStatistics(folds.live.fold));
  }

  #entriesAfter({ position }: LogFold): AsyncGenerator<LogEntry, void, undefined> {
    return readPartition(this.bus, this.job.id, this.partition, this.job.model.shape, { fromSequence: position.sequence + 1, signal: this.#stop.signal });
  }

  /** As `#isStillThere`, however long the server takes to answer; false also where the run is to end. */
  async #canGoOn(work: Pick<Work, 'folds' | 'references'>): Promise<boolean> {
    return this.#disconnects === this.bus.disconnects || (await patiently(this.bus, () => this.#isStillThere(work), this.#stop.signal)) === true;
  }

  /**
   * After a lost connection: whether the log still holds what is folded, since a server that had a power failure may have
   * lost messages, and what it has now continues something else. References that it lost are put back.
   */
  async #isStillThere({ folds, references }: Pick<Work, 'folds' | 'references'>): Promise<boolean> {
    const { disconnects } = this.bus;
    if (disconnects === this.#disconnects) return true;
    if (await this.#holds(folds, references)) {
      this.#disconnects = disconnects;
      return true;
    }
    this.#end('renewed');
    return false;
  }

  async #holds({ live, successor }: Folds, references: References): Promise<boolean> {
    if (!(await this.#isInLog(live.position))) return false;
    for (const reference of [live.fold.reference, successor?.fold.reference ?? null]) {
      if (reference !== null && !(await references.restore(reference))) return false;
    }
    return true;
  }

  async #isInLog({ sequence, hash }: LogPosition): Promise<boolean> {
    if (sequence === 0) return true;
    const there = await messageHash(this.bus, this.job.id, sequence);
    return there !== null && sameBytes(there, hash);
  }

  /** Returns the milliseconds that it took. */
  #foldLive(live: LogFold, entry: LogEntry): number {
    const { now } = this.options;
    const before = now();
    const { draws, quarantined } = live.take(entry);
    const took = now() - before;
    this.metrics.add('basinet_fold_seconds_total', this.#labels, took / 1000);
    if (draws > 0) this.metrics.add('basinet_draws_folded_total', this.#labels, draws);
    if (quarantined === null) return took;
    this.metrics.add('basinet_slots_quarantined_total', { ...this.#labels, reason: quarantined });
    this.options.log(`quarantined ${entry.subject} (sequence ${entry.sequence}): ${quarantined}${entry.error === null ? '' : `: ${entry.error}`}`);
    return took;
  }

  /** As `#foldLive`, of an entry that the live fold has counted already. */
  #foldAgain(successor: LogFold, entry: LogEntry): number {
    const { now } = this.options;
    const before = now();
    const { draws } = successor.take(entry);
    const took = now() - before;
    this.metrics.add('basinet_fold_seconds_total', this.#labels, took / 1000);
    if (draws > 0) this.metrics.add('basinet_draws_refolded_total', this.#labels, draws);
    return took;
  }

  #say(what: string): void {
    this.options.log(`job ${this.job.id}, partition ${this.partition}: ${what}`);
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
