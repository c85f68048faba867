// One look at one job: does what its state asks for next. Every step may be repeated, or done by two coordinators at once.
import type { FailureRecord } from '../bus/failure.js';
import { isEnded, type JobRecord, type JobState } from '../bus/jobStore.js';
import { resolveJob } from '../job/load.js';
import { maxLogBytes, partitionOf, totalIterations } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { Services } from './services.js';

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
  private readonly complete = new Set<number>();
  private job: Job | null = null;

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
    const ended = await this.end(record.id, 'failed', failure);
    await this.services.deleteTasks(record.id);
    return ended;
  }

  private async start(record: JobRecord): Promise<JobRecord> {
    const { services } = this;
    const job = (this.job = resolveJob(JSON.parse(record.jobJson)));
    const shape = await services.shapeOf(record, job);
    await services.createLog(record.id, maxLogBytes(job, shape));
    await services.forget(record.id);
    const running = await services.update(record.id, (now) =>
      now.state === 'submitted' ? { ...now, state: 'running', startedAtMs: services.nowMs(), endedAtMs: null, failure: null } : null,
    );
    return running.state === 'running' ? this.follow(running, true) : running;
  }

  private async follow(record: JobRecord, thorough: boolean): Promise<JobRecord> {
    const { services } = this;
    const job = (this.job ??= resolveJob(JSON.parse(record.jobJson)));
    const hopeless = [...(await services.failures(record.id)).values()].find(({ attempts }) => attempts >= this.options.maxAttempts);
    if (hopeless) return this.fail(record, hopeless.failure);
    if (thorough) await this.queueMissing(record.id, job);
    let finished = 0;
    let chainsFinished = 0;
    for (let partition = 0; partition < job.log.partitions; partition++) {
      const status = await services.partition(record.id, partition);
      chainsFinished += status.chainsFinished;
      if (status.finished) finished++;
    }
    this.options.onProgress?.(record.id, chainsFinished);
    return finished === job.log.partitions ? this.end(record.id, 'completed', null) : record;
  }

  /** A chain without its last draw has a task, in the queue or in hand. */
  private async queueMissing(id: string, job: Job): Promise<void> {
    const { services } = this;
    const queued = await services.queuedChains(id);
    for (let chain = 0; chain < job.inference.chains; chain++) {
      if (queued.has(chain) || this.complete.has(chain)) continue;
      const task = { job: id, chain, partition: partitionOf(job, chain) };
      if ((await services.iterationOf(task)) >= totalIterations(job)) this.complete.add(chain);
      else if (await services.addTask(job.resources.class, task)) this.options.onTask?.(job.resources.class);
    }
  }

  private async end(id: string, state: JobState, failure: FailureRecord | null): Promise<JobRecord> {
    let mine = false;
    const ended = await this.services.update(id, (now) => {
      mine = !isEnded(now.state);
      return mine ? { ...now, state, failure, endedAtMs: this.services.nowMs() } : null;
    });
    if (mine) this.options.onEnded?.(ended);
    return ended;
  }
}

