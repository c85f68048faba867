// One look at one job: does what its state asks for next. Every step may be repeated, or done by two coordinators at once.
import type { FailureRecord } from '../bus/failure.js';
import { isEnded, type JobRecord, type JobState } from '../bus/jobStore.js';
import type { DataShape } from '../data/dataset.js';
import { resolveJob } from '../job/load.js';
import { maxLogBytes, partitionOf, recordShape, totalIterations } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { ChainEnd, ChainVerdict, PartitionView, Services } from './services.js';

export interface TendOptions {
  /** A chain that failed so often by its own fault fails its job. */
  readonly maxAttempts: number;
  /** Told of each task that was put into the queue. */
  onTask?(resources: Job['resources']['class']): void;
  /** Told how many chains of a running job are folded to the end. */
  onProgress?(job: string, chainsFinished: number): void;
  /** Told when this coordinator ended a job. */
  onEnded?(record: JobRecord): void;
}

/** Follows one job. `tend` returns the record as it then stands. */
export class JobTender {
  /** Chains whose last draw is in the log. */
  private readonly complete = new Map<number, ChainEnd>();
  /** Looks in a row in which a complete chain was refused. */
  private readonly refusals = new Map<number, number>();
  private readonly tries = new Map<number, { readonly iteration: number; readonly times: number }>();
  private job: Job | null = null;
  private shape: DataShape | null = null;
  /** `services.disconnects()` of when `complete` was last begun anew. */
  private disconnects = 0;

  constructor(
    private readonly services: Services,
    private readonly options: TendOptions,
  ) {}

  /** `thorough`: also looks for tasks that were lost. */
  async tend(record: JobRecord, thorough: boolean): Promise<JobRecord> {
    switch (record.state) {
      case 'submitted':
        return this.start(record);
      case 'running':
        return this.follow(record, thorough);
      case 'completed':
      case 'failed':
      case 'cancelled':
        await this.services.deleteTasks(record.id);
        return record;
    }
  }

  /** Ends a job that can't go on. Returns the record as it then stands. */
  async fail(record: JobRecord, failure: FailureRecord): Promise<JobRecord> {
    const ended = await this.end(record, 'failed', failure);
    await this.services.deleteTasks(record.id);
    return ended;
  }

  private async start(record: JobRecord): Promise<JobRecord> {
    const { services } = this;
    const job = (this.job = resolveJob(JSON.parse(record.jobJson)));
    const shape = await this.dataShape(record, job);
    await services.createLog(record.id, maxLogBytes(job, shape));
    // Another coordinator may have started it while this one read the data.
    const current = await services.update(record.id, () => null);
    if (current.state !== 'submitted' || !isSameRun(current, record)) return current;
    await services.forget(record.id);
    const running = await services.update(record.id, (now) =>
      now.state === 'submitted' && isSameRun(now, record) ? { ...now, state: 'running', startedAtMs: services.nowMs(), endedAtMs: null, failure: null } : null,
    );
    return running.state === 'running' ? this.follow(running, true) : running;
  }

  private async follow(record: JobRecord, thorough: boolean): Promise<JobRecord> {
    const { services } = this;
    const job = (this.job ??= resolveJob(JSON.parse(record.jobJson)));
    const disconnects = services.disconnects();
    const hopeless = [...(await services.failures(record.id)).values()].find(({ attempts }) => attempts >= this.options.maxAttempts);
    if (hopeless) return this.fail(record, hopeless.failure);
    const partitions = await Promise.all(Array.from({ length: job.log.partitions }, (_, partition) => services.partition(record.id, partition)));
    if (thorough) {
      const corrupt = await this.queueMissing(record, job, partitions);
      if (corrupt) return this.fail(record, corrupt);
    }
    const chains = partitions.flatMap((partition) => [...partition.chains.values()]);
    this.options.onProgress?.(record.id, chains.filter(({ finished }) => finished).length);
    return partitions.every(({ finished }) => finished) ? this.end(record, 'completed', null, disconnects) : record;
  }

  private async dataShape(record: JobRecord, job: Job): Promise<DataShape> {
    return (this.shape ??= await this.services.shapeOf(record, job));
  }

  /** A chain without its last draw has a task, in the queue or in hand. Returns why the job is hopeless, or null. */
  private async queueMissing(record: JobRecord, job: Job, partitions: readonly PartitionView[]): Promise<FailureRecord | null> {
    const { services } = this;
    const { id } = record;
    if (this.disconnects !== services.disconnects()) {
      this.disconnects = services.disconnects();
      this.complete.clear();
    }
    const queued = await services.queuedChains(id);
    for (let chain = 0; chain < job.inference.chains; chain++) {
      if (queued.has(chain)) continue;
      const task = { job: id, chain, partition: partitionOf(job, chain) };
      const verdict = partitions[task.partition]!.chains.get(chain);
      const known = this.complete.get(chain);
      // A chain that readers refuse is looked at again: forged slots pass for its end until readers have said so.
      const end = known && !refuses(verdict, known) ? known : await services.chainEnd(task, recordShape(job, await this.dataShape(record, job)));
      const complete = end.iteration >= totalIterations(job);
      if (complete) this.complete.set(chain, end);
      else this.complete.delete(chain);
      if (complete ? this.isRefused(chain, end, verdict) : this.standsStill(chain, end)) return unreadable(chain, complete, verdict);
      if (!complete && (await services.addTask(job.resources.class, task))) {
        this.tries.set(chain, { iteration: end.iteration, times: 1 + this.triesFrom(chain, end) });
        this.options.onTask?.(job.resources.class);
      }
    }
    return null;
  }

  /** Whether a chain that is complete in the log was read to its end and not accepted, in one look after the other. */
  private isRefused(chain: number, end: ChainEnd, verdict: ChainVerdict | undefined): boolean {
    this.refusals.set(chain, refuses(verdict, end) ? (this.refusals.get(chain) ?? 0) + 1 : 0);
    return this.refusals.get(chain)! >= this.options.maxAttempts;
  }

  /** Whether one worker after the other was done with a chain that never moved: what they write is not what is read here. */
  private standsStill(chain: number, end: ChainEnd): boolean {
    return this.triesFrom(chain, end) >= this.options.maxAttempts;
  }

  /** How often the chain's task was queued since it last moved. */
  private triesFrom(chain: number, { iteration }: ChainEnd): number {
    const tries = this.tries.get(chain);
    return tries?.iteration === iteration ? tries.times : 0;
  }

  /**
   * Ends the run that was looked at: a job that was started anew meanwhile is left alone, and so is one whose server may have
   * lost since what was seen there.
   */
  private async end(record: JobRecord, state: JobState, failure: FailureRecord | null, disconnects = this.services.disconnects()): Promise<JobRecord> {
    let mine = false;
    const ended = await this.services.update(record.id, (now) => {
      mine = !isEnded(now.state) && isSameRun(now, record) && disconnects === this.services.disconnects();
      return mine ? { ...now, state, failure, endedAtMs: this.services.nowMs() } : null;
    });
    if (mine) this.options.onEnded?.(ended);
    return ended;
  }
}

/** Accepted to its end is not yet folded to its end: the fold may wait for the reference. */
const refuses = (verdict: ChainVerdict | undefined, { sequence, iteration }: ChainEnd): boolean =>
  verdict?.finished === false && verdict.judgedSequence >= sequence && verdict.judgedIteration < iteration;

const isSameRun = (a: JobRecord, b: JobRecord): boolean => a.submittedAtMs === b.submittedAtMs && a.startedAtMs === b.startedAtMs;

function unreadable(chain: number, complete: boolean, verdict: ChainVerdict | undefined): FailureRecord {
  const first = verdict?.firstQuarantined;
  const what = complete ? 'reaches its last draw in the log, but its slots are not accepted' : 'was sampled again and again, but its slots cannot be read back';
  return {
    code: 'LOG_CORRUPT',
    message: `chain ${chain} ${what}${first ? `; the first refused: ${first.subject}: ${first.reason}` : ''}`,
    path: first?.subject ?? null,
    remedy: 'Run coordinators, workers and aggregators of one version, let nobody else write to the log, and submit the job under a new name.',
    chain,
  };
}
