// One leased task from its lease to its end: claims the chain, samples it in a thread, settles the task.
import type { Bus } from '../bus/connection.js';
import { openChain, type ChainObserver, type ChainWriter } from '../bus/chainWriter.js';
import { readTail, type ChainTail } from '../bus/chainTail.js';
import { failureOf, type FailureRecord } from '../bus/failure.js';
import { countFailure } from '../bus/failures.js';
import { getJob, isEnded, type JobRecord } from '../bus/jobStore.js';
import { isAmbiguous } from '../bus/natsErrors.js';
import { hasRefusedSlots } from '../bus/status.js';
import type { LeasedTask } from '../bus/taskQueue.js';
import type { Engine } from '../engine/engine.js';
import { BasinetError } from '../errors.js';
import { bytesPerDraw, gridOf, recordShape, totalIterations } from '../job/plan.js';
import type { Job } from '../job/schema.js';
import type { Computed, Devices } from './device/devices.js';
import type { WorkerEngines } from './engines.js';
import type { JobDataCache, LoadedJob } from './jobData.js';
import type { ChainNeeds } from './needs.js';
import { ownCarried, ownRecord } from './ownRecord.js';
import { progressAt, type Progress } from './protocol.js';
import type { ChainThread, StartThread, ThreadSpec } from './thread.js';

/** `waiting`: for a worker that has what the chain was begun on. */
export type Activity = 'waiting' | 'starting' | 'map' | 'warmup' | 'fitting' | 'sampling' | 'done' | 'stopped' | 'failed';

/** What a runner is at, for status and metrics. */
export interface ChainView {
  readonly job: string;
  readonly chain: number;
  readonly activity: Activity;
  readonly epoch: number;
  readonly deviceClass: string;
  /** Null before the job is loaded. */
  readonly loaded: LoadedJob | null;
  /** Null before the thread runs. */
  readonly progress: Progress | null;
  readonly failure: FailureRecord | null;
}

export interface RunnerContext {
  readonly bus: Bus;
  readonly worker: string;
  readonly data: JobDataCache;
  readonly devices: Devices;
  /** Threads of a chain whose job leaves it open. */
  readonly threadsPerChain: number;
  readonly engines: WorkerEngines;
  /** Pause before a failed chain is tried again, times the attempts so far. */
  readonly retryMs: number;
  readonly startThread: StartThread;
  readonly observer: ChainObserver;
  /** Told at every change of activity; resolves when others know. Never rejects. */
  onActivity(view: ChainView): Promise<void>;
  /** Whether another worker can take such a chain; false where that is not known. */
  servedElsewhere(needs: ChainNeeds): Promise<boolean>;
  onClaim(): void;
  /** A chain goes on as another device class than it was computed on. */
  onDeviceClassChange(): void;
  onFenced(): void;
}

/** What waits between a thread and the log, in bytes. */
const IN_FLIGHT_BYTES = 16 << 20;
const MAX_IN_FLIGHT = 256;
const MAX_RETRY_MS = 60_000;
const FOREIGN_PATIENCE = 5;
const IDLE: ReadonlySet<Activity> = new Set<Activity>(['waiting', 'done', 'failed', 'stopped']);

export class ChainRunner implements ChainView {
  activity: Activity = 'starting';
  epoch = 0;
  deviceClass = '';
  loaded: LoadedJob | null = null;
  failure: FailureRecord | null = null;
  /** Which of the jobs that bore this name; null before the record was read. */
  submittedAtMs: number | null = null;
  private thread: ChainThread | null = null;
  private writer: ChainWriter | null = null;
  /** Ends what waits for the log … */
  private readonly halt = new AbortController();
  /** … and, at a drain too, what comes before the first transition. */
  private readonly leaving = new AbortController();
  private order: 'drain' | 'drop' | 'abort' | null = null;
  private last: Progress | null = null;

  constructor(
    private readonly context: RunnerContext,
    private readonly leased: LeasedTask,
  ) {}

  get job(): string {
    return this.leased.task.job;
  }

  get chain(): number {
    return this.leased.task.chain;
  }

  get progress(): Progress | null {
    return this.thread?.progress() ?? this.last;
  }

  /** Ends after the transition at hand; what was kept goes into the log, the task back to the queue. Idempotent. */
  drain(): void {
    this.order ??= 'drain';
    this.leaving.abort();
    this.thread?.stop();
  }

  /** Ends at once; the task is done with, since its job has ended. Idempotent. */
  drop(): void {
    this.order = 'drop';
    this.writer?.abandon();
    this.halt.abort();
    this.leaving.abort();
    this.thread?.stop();
  }

  /** Ends at once and says nothing to anybody: the lease lapses. Idempotent. */
  abort(): void {
    this.order = 'abort';
    this.writer?.abandon();
    this.halt.abort();
    this.leaving.abort();
    void this.thread?.terminate();
  }

  /** Runs to the end of this lease. Never throws for a fault of the chain; throws where the connection is gone for good. */
  async run(): Promise<void> {
    const { bus } = this.context;
    const { task } = this.leased;
    try {
      const stored = await getJob(bus, task.job);
      if (!stored || isEnded(stored.record.state)) return await this.leased.done();
      this.submittedAtMs = stored.record.submittedAtMs;
      const outcome = await this.context.data.with(stored.record, (loaded) => this.runJob(stored.record, loaded));
      if (outcome === 'done') {
        // The word first: a worker killed between the two leaves a task, whose next owner finds the chain done and says so.
        await this.enter('done');
        await this.leased.done();
      } else if (outcome === 'waiting') {
        await this.enter('waiting');
        this.leased.giveBack(this.context.retryMs * FOREIGN_PATIENCE);
      } else {
        this.leased.giveBack();
        await this.enter('stopped');
      }
    } catch (error) {
      await this.settleFailure(error);
    } finally {
      this.writer?.abandon();
      this.last = this.thread?.progress() ?? null;
      // The thread may be deep in a transition; nothing waits for it.
      void this.thread?.terminate();
      this.thread = null;
    }
  }

  /** `done`: the chain has its last draw; `waiting`: another worker can take it, and this one can't. */
  private async runJob(record: JobRecord, loaded: LoadedJob): Promise<'done' | 'stopped' | 'waiting'> {
    this.loaded = loaded;
    void this.enter('starting');
    const { bus, devices } = this.context;
    const { job } = loaded;
    const { task } = this.leased;
    const shape = recordShape(job, loaded.data.shape);
    const whole = await hasRefusedSlots(bus, task.job, task.partition, task.chain);
    const tail = await readTail(bus, task, shape, { whole, signal: this.halt.signal });
    this.epoch = tail.epoch;
    this.last = tail.resume && progressAt(tail.resume.record);
    this.deviceClass = tail.resume?.deviceClass ?? '';
    if (tail.resume && tail.resume.record.iteration >= totalIterations(job)) return 'done';
    if (this.order) return 'stopped';
    const engine = await this.chooseEngine(job, tail);
    if (engine === null) return 'waiting';
    const key = `${record.id}\n${record.submittedAtMs}`;
    const recorded = tail.resume?.deviceClass ?? null;
    return (await devices.with({ key, loaded, engine, recorded, signal: this.leaving.signal }, (computed) => this.sample(loaded, tail, whole, computed))) ?? 'stopped';
  }

  private async sample(loaded: LoadedJob, tail: ChainTail, whole: boolean, { deviceClass, device }: Computed): Promise<'done' | 'stopped'> {
    if (this.order) return 'stopped';
    this.deviceClass = deviceClass;
    const { bus, worker, observer } = this.context;
    const { job } = loaded;
    const { task } = this.leased;
    const { writer, resume } = await openChain(bus, {
      ...task,
      worker,
      deviceClass,
      shape: recordShape(job, loaded.data.shape),
      allowDeviceClassChange: job.resources.allowDeviceClassChange,
      slotBytes: job.log.slotBytes,
      slotSeconds: job.log.slotSeconds,
      tail,
      whole,
      signal: this.halt.signal,
      observer,
    });
    this.writer = writer;
    this.epoch = writer.epoch;
    this.context.onClaim();
    if (resume && resume.deviceClass !== deviceClass) this.context.onDeviceClassChange();
    const spec: ThreadSpec = {
      job,
      shape: loaded.data.shape,
      train: loaded.data.train,
      probe: loaded.probe,
      chain: task.chain,
      deviceClass,
      resume: resume && { record: ownRecord(resume.record), carried: ownCarried(resume.carried) },
      device,
      threads: job.resources.threadsPerChain === 'auto' ? this.context.threadsPerChain : job.resources.threadsPerChain,
      maxInFlight: Math.min(MAX_IN_FLIGHT, Math.max(2, Math.floor(IN_FLIGHT_BYTES / bytesPerDraw(job, loaded.data.shape)))),
    };
    const thread = this.context.startThread(spec, (draw) => writer.append(draw));
    this.thread = thread;
    if (this.order) thread.stop();
    void this.enter(activityOf(loaded, resume?.record.iteration ?? 0));
    const fenced = writer.fenced.then((error) => Promise.reject(error));
    fenced.catch(() => undefined);
    const outcome = await Promise.race([thread.ended, fenced]);
    // A stopped chain too keeps what it has.
    await writer.close();
    return outcome;
  }

  /** Null where this worker has none for the chain, and another one that lives has. */
  private async chooseEngine(job: Job, { resume }: ChainTail): Promise<Engine | null> {
    const deviceClass = resume?.deviceClass ?? null;
    try {
      return this.context.engines.choose(job, deviceClass).engine;
    } catch (error) {
      const { resources, engine } = job;
      const needs = { resources: resources.class, engine, deviceClass: resources.allowDeviceClassChange ? null : deviceClass };
      if (await this.context.servedElsewhere(needs)) return null;
      throw error;
    }
  }

  /** Follows the thread from its start through warmup or fit to sampling; called now and then. */
  refreshActivity(): void {
    if (!this.thread || !this.loaded || IDLE.has(this.activity)) return;
    this.activity = activityOf(this.loaded, this.thread.progress().iteration);
  }

  private enter(activity: Activity): Promise<void> {
    this.activity = activity;
    return this.context.onActivity(this);
  }

  private async settleFailure(error: unknown): Promise<void> {
    const code = error instanceof BasinetError ? error.code : 'INTERNAL';
    if (this.order === 'abort') return this.leased.letGo();
    // The job was cancelled, or deleted with its log.
    if (this.order === 'drop' || code === 'JOB_CONFLICT') return this.leased.done();
    if (code === 'LOG_FENCED') {
      // The lease is the other worker's now: not a word about it.
      this.leased.letGo();
      this.context.onFenced();
      return;
    }
    if (this.context.bus.nc.isClosed()) {
      this.leased.letGo();
      throw error;
    }
    const { bus, worker, retryMs } = this.context;
    // Trouble with NATS is no fault of the chain.
    if (code === 'BUS_UNAVAILABLE' || isAmbiguous(error)) return this.leased.giveBack(retryMs);
    const failure = { ...failureOf(error, this.chain), chain: this.chain };
    this.failure = failure;
    const told = this.enter('failed');
    const attempts = await countFailure(bus, this.job, failure, worker).catch(() => 1);
    // A worker of the right device class should have time to come by.
    const patience = code === 'STATE_INVALID' ? FOREIGN_PATIENCE : 1;
    this.leased.giveBack(Math.min(MAX_RETRY_MS, retryMs * attempts * patience));
    await told;
  }
}

function activityOf({ job }: LoadedJob, iteration: number): Activity {
  const { method, start } = job.inference;
  const { warmup } = gridOf(job);
  if (method === 'map' || method === 'vi') return iteration < warmup ? 'fitting' : 'sampling';
  if (iteration === 0) return start.from === 'map' ? 'map' : 'starting';
  return iteration < warmup ? 'warmup' : 'sampling';
}
