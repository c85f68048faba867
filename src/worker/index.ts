// The worker: leases chain tasks, samples each in a thread of its own, keeps no state but what is in the draw log.
import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';
import type { Bus } from '../bus/connection.js';
import { getJob, isEnded, type JobRecord } from '../bus/jobStore.js';
import type { ResourceClass } from '../bus/names.js';
import { patiently } from '../bus/patience.js';
import { openTasks, type LeasedTask } from '../bus/taskQueue.js';
import { cacheDir } from '../cacheDir.js';
import { selectEngine } from '../engine/select.js';
import { visibleGpus, type Gpu } from '../engine/tfjs/gpu.js';
import { findTfjs, INSTALL } from '../engine/tfjs/load.js';
import { TFJS_NODE } from '../engine/tfjs/location.js';
import { BasinetError } from '../errors.js';
import type { Metrics, Role } from '../metrics/index.js';
import { aborted, type RoleSignals } from '../metrics/lifecycle.js';
import { startRole, type RoleOptions } from '../metrics/startRole.js';
import { Announcer, type WorkerSelf } from './announcer.js';
import { ChainRunner, type RunnerContext } from './chainRunner.js';
import { Devices } from './device/devices.js';
import { widthMeasure } from './device/measure.js';
import { WORKER_ENGINES, WorkerEngines, type WorkerEngine } from './engines.js';
import { JobDataCache } from './jobData.js';
import { ChainReporter } from './status.js';
import { startThread } from './thread.js';

export { WORKER_ENGINES, WorkerEngines, type WorkerEngine } from './engines.js';

export interface WorkerOptions extends RoleOptions {
  /** Which tasks to take: `cpu` (the default) or `gpu`. */
  readonly resourceClass?: string;
  /** Chains at once; default: the machine's cores. */
  readonly slots?: number;
  /** Data sets are kept here; default: the user's cache directory. */
  readonly cacheDir?: string;
  /** The only engine to use; `auto` (the default): what each job asks for, of all that there are. */
  readonly engine?: string;
  /** How long a silent worker keeps its tasks; the first worker of a class sets it. Default 30,000. */
  readonly leaseMs?: number;
  /** Pause before a failed chain is tried again, times the attempts so far. Default 1000. */
  readonly retryMs?: number;
  /** Between two statuses of a chain; default 500. */
  readonly statusMs?: number;
  /** Told what the operator may want to know; default: nobody. */
  readonly note?: (line: string) => void;
}

/** Jobs of running chains are looked at this often, to see whether they were cancelled. */
const JOB_CHECK_MS = 1000;

/** Whether nobody wants a chain's draws: its job was deleted (perhaps submitted anew since), cancelled, or has failed. */
function isOver({ submittedAtMs }: ChainRunner, record: JobRecord | null): boolean {
  if (record === null || (submittedAtMs !== null && submittedAtMs !== record.submittedAtMs)) return true;
  // All draws of a completed job are in the log: its last runners end by themselves, and say so.
  return isEnded(record.state) && record.state !== 'completed';
}

/** Waits for NATS as long as it takes. Throws USAGE for options that make no sense. */
export async function startWorker(options: WorkerOptions): Promise<Role> {
  const slots = options.slots ?? availableParallelism();
  if (!(Number.isSafeInteger(slots) && slots >= 1)) {
    throw new BasinetError('USAGE', `a worker cannot have ${slots} slots`, { path: 'slots', value: slots, remedy: 'Give a whole number from 1.' });
  }
  const gpus = visibleGpus();
  const engine = engineNamed(options.engine ?? 'auto');
  const resources = resourceClassNamed(options.resourceClass ?? 'cpu', gpus, engine);
  const engines = new WorkerEngines(engine);
  // Unique to this process: a claim of a worker that was restarted must not look like its own.
  const name = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const self = { name, slots, resources, gpus, engines };
  return startRole('worker', `worker ${name}`, options, (bus, metrics, signals) => new WorkerLoop(bus, metrics, self, options).run(signals));
}

/** Throws USAGE, or ENGINE_UNAVAILABLE, where a worker with this engine cannot be of the class. */
export function resourceClassNamed(name: string, gpus: readonly Gpu[], engine: WorkerEngine): ResourceClass {
  if (name !== 'cpu' && name !== 'gpu') {
    throw new BasinetError('USAGE', `there is no resource class ${name}`, { path: 'resourceClass', value: name, remedy: 'Choose cpu or gpu.' });
  }
  if (name === 'gpu' && gpus.length === 0) {
    throw new BasinetError('USAGE', 'a worker of class gpu needs a GPU, and nvidia-smi shows none', {
      path: 'resourceClass',
      value: name,
      remedy: 'Install the NVIDIA driver, let the process see the device (CUDA_VISIBLE_DEVICES, nvidia.com/gpu on Kubernetes), or start it as cpu.',
    });
  }
  // Else it would keep the device busy with nothing: its jobs would run on the processor.
  if (name === 'gpu' && (engine === 'auto' || engine === 'tfjs') && findTfjs([TFJS_NODE.gpu]) === null) {
    throw new BasinetError('ENGINE_UNAVAILABLE', `a worker of class gpu needs ${TFJS_NODE.gpu}`, { path: 'resourceClass', value: name, remedy: INSTALL.gpu });
  }
  return name;
}

function engineNamed(name: string): WorkerEngine {
  const found = WORKER_ENGINES.find((each) => each === name);
  if (found === undefined) throw new BasinetError('USAGE', `there is no engine ${name}`, { path: 'engine', value: name, remedy: `Choose ${WORKER_ENGINES.join(', ')}.` });
  // One that is not there would be refused chain by chain.
  if (found !== 'auto' && !new WorkerEngines(found).announced().engines.includes(found)) selectEngine(found);
  return found;
}

class WorkerLoop {
  private readonly running = new Map<ChainRunner, ChainReporter>();
  private readonly data: JobDataCache;
  private readonly announcer: Announcer;
  private readonly devices: Devices;
  private free: () => void = () => undefined;
  private failure: Error | null = null;

  constructor(
    private readonly bus: Bus,
    private readonly metrics: Metrics,
    private readonly self: WorkerSelf,
    private readonly options: WorkerOptions,
  ) {
    this.announcer = new Announcer(bus, self, () => this.running.size);
    this.data = new JobDataCache(bus, join(options.cacheDir ?? cacheDir(), 'data'));
    this.devices = new Devices(self.slots, widthMeasure(options.note ?? (() => undefined)));
  }

  async run({ drain, abort }: RoleSignals): Promise<void> {
    this.metrics.set('basinet_chain_slots', {}, this.self.slots);
    const queue = await patiently(this.bus, () => openTasks(this.bus, this.self.resources, this.options.leaseMs), drain);
    if (queue === null) return;
    const stop = () => {
      queue.stop();
      for (const runner of this.running.keys()) runner.drain();
      this.free();
    };
    drain.addEventListener('abort', stop, { once: true });
    if (drain.aborted) stop();
    const reporting = setInterval(() => this.report(), this.options.statusMs ?? 500);
    const checking = setInterval(() => void this.dropEnded().catch(() => undefined), JOB_CHECK_MS);
    const announcing = this.announcer.start();
    try {
      await Promise.race([this.work(queue, drain), aborted(abort), this.bus.closed()]);
      if (this.failure !== null) throw this.failure;
    } finally {
      clearInterval(reporting);
      clearInterval(checking);
      queue.stop();
      for (const runner of this.running.keys()) runner.abort();
      await announcing.end(abort.aborted);
    }
  }

  private async work(queue: { next(): Promise<LeasedTask | null> }, drain: AbortSignal): Promise<void> {
    const tasks = new Set<Promise<void>>();
    while (!drain.aborted && this.failure === null) {
      if (this.running.size >= this.self.slots) {
        await new Promise<void>((resolve) => {
          this.free = resolve;
          if (drain.aborted || this.running.size < this.self.slots) resolve();
        });
        continue;
      }
      const task = await queue.next();
      if (!task) break;
      const done = this.runTask(task).finally(() => tasks.delete(done));
      tasks.add(done);
    }
    await Promise.all(tasks);
  }

  private async runTask(leased: LeasedTask): Promise<void> {
    const reporter = new ChainReporter(this.bus, this.metrics, this.self.name);
    const runner = new ChainRunner(this.contextOf(leased, reporter), leased);
    this.running.set(runner, reporter);
    this.metrics.set('basinet_chains_active', {}, this.running.size);
    try {
      await runner.run();
    } catch (error) {
      this.failure ??= error instanceof Error ? error : new Error(String(error));
    } finally {
      this.running.delete(runner);
      this.metrics.set('basinet_chains_active', {}, this.running.size);
      if (![...this.running.keys()].some(({ job }) => job === leased.task.job)) this.metrics.forgetJob(leased.task.job);
      this.free();
    }
  }

  private contextOf({ task }: LeasedTask, reporter: ChainReporter): RunnerContext {
    const { metrics, options } = this;
    const job = { job: task.job };
    const labels = { ...job, chain: String(task.chain) };
    return {
      bus: this.bus,
      worker: this.self.name,
      data: this.data,
      devices: this.devices,
      threadsPerChain: Math.max(1, Math.floor(availableParallelism() / this.self.slots)),
      engines: this.self.engines,
      servedElsewhere: (needs) => this.announcer.servedElsewhere(needs),
      retryMs: options.retryMs ?? 1000,
      startThread,
      observer: {
        onPublished: ({ draws, bytes, seconds }) => {
          metrics.add('basinet_draws_total', labels, draws);
          metrics.add('basinet_publish_bytes_total', job, bytes);
          metrics.observe('basinet_publish_seconds', {}, seconds);
        },
        onAmbiguous: () => metrics.add('basinet_publish_ambiguous_total', job),
      },
      onActivity: (view) => reporter.report(view),
      onClaim: () => metrics.add('basinet_claims_total', job),
      onDeviceClassChange: () => metrics.add('basinet_device_class_changes_total', job),
      onFenced: () => metrics.add('basinet_fences_total', job),
    };
  }

  private report(): void {
    for (const [runner, reporter] of this.running) {
      runner.refreshActivity();
      void reporter.report(runner);
    }
  }

  private async dropEnded(): Promise<void> {
    for (const job of new Set([...this.running.keys()].map((runner) => runner.job))) {
      const record = (await getJob(this.bus, job))?.record ?? null;
      for (const runner of this.running.keys()) if (runner.job === job && isOver(runner, record)) runner.drop();
    }
  }
}
