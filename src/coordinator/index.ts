// The coordinator: turns submitted jobs into chain tasks, sees to it that none is lost, ends jobs that are finished or hopeless.
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '../bus/connection.js';
import { failureOf } from '../bus/failure.js';
import { getJob, isEnded, listJobs, watchJobs, type JobRecord, type JobState, type StoredJob } from '../bus/jobStore.js';
import { RESOURCE_CLASSES } from '../bus/names.js';
import { isTrouble, patiently } from '../bus/patience.js';
import { ensureStatus } from '../bus/status.js';
import { ensureTasks } from '../bus/tasks.js';
import { listWorkers } from '../bus/workers.js';
import type { Metrics, Role } from '../metrics/index.js';
import type { RoleSignals } from '../metrics/lifecycle.js';
import { startRole, type RoleOptions } from '../metrics/startRole.js';
import { natsServices } from './services.js';
import { JobTender } from './tend.js';

export interface CoordinatorOptions extends RoleOptions {
  /** A chain that failed so often by its own fault fails its job. Default 3. */
  readonly maxAttempts?: number;
  /** Between two looks at a running job. Default 1000. */
  readonly lookMs?: number;
  /** Between two searches for lost tasks. Default 10,000. */
  readonly reconcileMs?: number;
}

/** Waits for NATS as long as it takes. Several coordinators at once do no harm. */
export function startCoordinator(options: CoordinatorOptions): Promise<Role> {
  return startRole('coordinator', 'coordinator', options, (bus, metrics, signals) => new Coordinator(bus, metrics, options).run(signals));
}

interface Followed {
  readonly tender: JobTender;
  /** What is being done for the job, one thing at a time. */
  work: Promise<void>;
  busy: boolean;
  reconciledMs: number;
  /** Of the record that was acted on last. */
  revision: number;
  state: JobState;
  readonly submittedAtMs: number;
}

class Coordinator {
  private readonly followed = new Map<string, Followed>();

  constructor(
    private readonly bus: Bus,
    private readonly metrics: Metrics,
    private readonly options: CoordinatorOptions,
  ) {}

  async run({ drain }: RoleSignals): Promise<void> {
    await patiently(this.bus, () => Promise.all([ensureTasks(this.bus), ensureStatus(this.bus)]), drain);
    await Promise.all([this.watch(drain), this.look(drain)]);
    await Promise.all([...this.followed.values()].map(({ work }) => work));
  }

  /** A change of a record is acted on at once. */
  private async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.bus.nc.isClosed()) {
      try {
        for await (const { id, job } of watchJobs(this.bus, { signal })) {
          if (job) this.follow(job, true);
          else this.forget(id);
        }
      } catch (error) {
        if (!isTrouble(error)) throw error;
      }
      if (!signal.aborted) await delay(1000, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Running jobs are looked at now and then: a watch may miss what happened while the connection was lost. */
  private async look(signal: AbortSignal): Promise<void> {
    const { lookMs = 1000, reconcileMs = 10_000 } = this.options;
    let listedMs = 0;
    while (!signal.aborted && !this.bus.nc.isClosed()) {
      await delay(lookMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      for (const [id, followed] of this.followed) {
        if (isEnded(followed.state) || followed.busy) continue;
        const stored = await getJob(this.bus, id).catch(() => null);
        if (stored) this.follow(stored, Date.now() - followed.reconciledMs >= reconcileMs);
      }
      if (Date.now() - listedMs < reconcileMs) continue;
      listedMs = Date.now();
      await this.countWorkers().catch(() => undefined);
      for (const job of await listJobs(this.bus).catch(() => [])) if (!this.followed.has(job.record.id)) this.follow(job, true);
    }
  }

  private follow({ record, revision }: StoredJob, thorough: boolean): void {
    // Its own tender each time that a job starts anew: what it knows of the chains is of one run. Another coordinator may
    // have deleted, submitted and started it between two looks of ours.
    const known = this.followed.get(record.id);
    const anew = record.state === 'submitted' && known?.state !== 'submitted';
    if (anew || known?.submittedAtMs !== record.submittedAtMs) this.followed.delete(record.id);
    const followed = this.followed.get(record.id) ?? this.newFollowed(record);
    if (revision < followed.revision) return;
    followed.revision = revision;
    followed.work = followed.work.then(async () => {
      followed.busy = true;
      await this.tend(followed, record, thorough);
      followed.busy = false;
    });
  }

  private newFollowed(record: JobRecord): Followed {
    const { metrics } = this;
    const tender = new JobTender(natsServices(this.bus), {
      maxAttempts: this.options.maxAttempts ?? 3,
      onTask: (resources) => metrics.add('basinet_chain_tasks_total', { class: resources }),
      onProgress: (job, finished) => metrics.set('basinet_chains_finished', { job }, finished),
      onEnded: ({ state, startedAtMs, submittedAtMs, endedAtMs }) => metrics.observe('basinet_job_seconds', { state }, (endedAtMs! - (startedAtMs ?? submittedAtMs)) / 1000),
    });
    const followed = { tender, work: Promise.resolve(), busy: false, reconciledMs: 0, revision: 0, state: record.state, submittedAtMs: record.submittedAtMs };
    this.followed.set(record.id, followed);
    return followed;
  }

  /** Never throws: trouble with NATS is left to the next look, any other error fails the job. */
  private async tend(followed: Followed, record: JobRecord, thorough: boolean): Promise<void> {
    try {
      followed.state = (await followed.tender.tend(record, thorough)).state;
      if (thorough) followed.reconciledMs = Date.now();
    } catch (error) {
      if (isTrouble(error)) return;
      await followed.tender.fail(record, failureOf(error)).then(
        ({ state }) => (followed.state = state),
        () => undefined,
      );
    }
    if (isEnded(followed.state)) this.metrics.forgetJob(record.id);
    this.countJobs();
  }

  private forget(id: string): void {
    this.followed.delete(id);
    this.metrics.forgetJob(id);
    this.countJobs();
  }

  private async countWorkers(): Promise<void> {
    const workers = await listWorkers(this.bus);
    for (const name of RESOURCE_CLASSES) {
      const own = workers.filter(({ resourceClass }) => resourceClass === name);
      this.metrics.set('basinet_workers', { class: name }, own.length);
      this.metrics.set('basinet_worker_slots', { class: name }, own.reduce((sum, { slots }) => sum + slots, 0));
    }
  }

  private countJobs(): void {
    const counts: Record<JobState, number> = { submitted: 0, running: 0, completed: 0, failed: 0, cancelled: 0 };
    for (const { state } of this.followed.values()) counts[state]++;
    for (const [state, count] of Object.entries(counts)) this.metrics.set('basinet_jobs', { state }, count);
  }
}
