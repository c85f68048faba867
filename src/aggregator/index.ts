// The aggregator: folds the draw logs of all running jobs into statistics, one owner a partition.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { connectBus, type Bus, type BusOptions } from '../bus/connection.js';
import { getJob, watchJobs, type JobRecord } from '../bus/jobStore.js';
import { BasinetError } from '../errors.js';
import { serveMetrics, type Metrics, type Role } from '../metrics/index.js';
import { createRole, type RoleSignals } from '../metrics/lifecycle.js';
import { forgetState, isOver, sweep } from './cleanup.js';
import { JobFold, Places, type JobFoldOptions } from './jobFold.js';
import { pause } from './lifecycle.js';

export { logSource, recordsOf } from './logSource.js';
export { refold, type DrawSource, type RefoldOptions, type SourceDraw } from './refold.js';

export interface AggregatorOptions {
  readonly connection: Omit<BusOptions, 'name' | 'wait'>;
  /** Port of /metrics and /healthz; 0, the default, takes a free one. */
  readonly metricsPort?: number;
  /** Address of that port; default loopback. */
  readonly metricsHost?: string;
  /**
   * Holds this aggregator's leases; must be its own among those that run. A restart under the same name goes on at once,
   * under another after `leaseSeconds`. Default: host name, process id and a random part.
   */
  readonly name?: string;
  /** Least time between two snapshots of a partition; they also take at most 2% of the time. Default 30. */
  readonly snapshotSeconds?: number;
  /** Time without a sign of life after which another aggregator takes a partition. Default 10. */
  readonly leaseSeconds?: number;
  /** Time between two status reports of a partition. Default 0.5. */
  readonly statusSeconds?: number;
  /** Most partitions that this aggregator folds at once, over all jobs. Default: no limit. */
  readonly maxPartitions?: number;
  /** Takes one line for the operator; default: standard error. */
  readonly log?: (line: string) => void;
}

/** Starts an aggregator, as soon as NATS answers. Throws USAGE where the port is taken or an option makes no sense. */
export async function startAggregator(options: AggregatorOptions): Promise<Role> {
  const name = options.name ?? `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  const settings = settle(options);
  const bus = await connectBus({ ...options.connection, name: `basinet aggregator ${name}`, wait: true });
  const served = await serveMetrics({
    role: 'aggregator',
    port: options.metricsPort ?? 0,
    host: options.metricsHost ?? '127.0.0.1',
    healthy: () => !bus.nc.isClosed(),
  }).catch(async (error: unknown) => {
    await bus.close();
    throw error;
  });
  const { metrics } = served;
  const places = new Places(options.maxPartitions ?? Infinity, (taken) => metrics.set('basinet_partitions_active', {}, taken));
  metrics.set('basinet_partitions_active', {}, 0);
  const jobs = new JobFollower(bus, metrics, { ...settings, holder: name, places });
  return createRole({
    name: 'aggregator',
    metricsPort: served.port,
    run: (signals) => jobs.run(signals),
    cleanUp: async () => {
      await served.close();
      await bus.close();
    },
  });
}

function settle(options: AggregatorOptions): Omit<JobFoldOptions, 'holder' | 'places'> {
  const milliseconds = (key: 'snapshotSeconds' | 'leaseSeconds' | 'statusSeconds', usual: number): number => {
    const seconds = options[key] ?? usual;
    if (seconds > 0 && Number.isFinite(seconds)) return 1000 * seconds;
    throw new BasinetError('USAGE', `${key} cannot be ${seconds}`, { path: key, value: seconds, remedy: 'Give a positive number of seconds.' });
  };
  const most = options.maxPartitions ?? 1;
  if (!(Number.isSafeInteger(most) && most >= 1)) {
    throw new BasinetError('USAGE', `an aggregator cannot fold ${most} partitions`, { path: 'maxPartitions', value: most, remedy: 'Give a whole number from 1.' });
  }
  return {
    snapshotMs: milliseconds('snapshotSeconds', 30),
    leaseMs: milliseconds('leaseSeconds', 10),
    statusMs: milliseconds('statusSeconds', 0.5),
    now: () => performance.now(),
    log: options.log ?? ((line) => process.stderr.write(`aggregator: ${line}\n`)),
  };
}

/** Starts a fold for every job that runs, and ends those of jobs that don't. */
class JobFollower {
  readonly #folds = new Map<string, { readonly fold: JobFold; readonly submittedAtMs: number }>();
  #fail: (error: unknown) => void = () => undefined;

  constructor(
    private readonly bus: Bus,
    private readonly metrics: Metrics,
    private readonly options: JobFoldOptions,
  ) {}

  async run({ drain, abort }: RoleSignals): Promise<void> {
    const failed = new Promise<never>((_, reject) => (this.#fail = reject));
    failed.catch(() => undefined);
    const closed = this.bus.closed().then((cause) => {
      throw new BasinetError('BUS_UNAVAILABLE', `the connection to NATS was closed: ${cause?.message ?? 'by the client'}`, { cause, remedy: 'Restart this aggregator.' });
    });
    closed.catch(() => undefined);
    abort.addEventListener('abort', () => this.#end('abort'), { once: true });
    const over = new AbortController();
    try {
      await Promise.race([this.#watch(AbortSignal.any([drain, over.signal])), failed, closed]);
    } finally {
      over.abort();
      this.#end(abort.aborted ? 'abort' : 'drain');
      await Promise.allSettled([...this.#folds.values()].map(({ fold }) => fold.done));
    }
  }

  #end(how: 'drain' | 'abort'): void {
    for (const { fold } of this.#folds.values()) void fold[how]().catch(() => undefined);
  }

  /** Follows the job records until the signal aborts. */
  async #watch(signal: AbortSignal): Promise<void> {
    sweep(this.bus).catch((error: unknown) => this.options.log(`cannot remove what old jobs left: ${String(error)}`));
    while (!signal.aborted) {
      try {
        for await (const { id, job } of watchJobs(this.bus, { signal })) await this.#follow(id, job?.record ?? null);
      } catch (error) {
        if (signal.aborted) return;
        this.options.log(`cannot watch the jobs: ${(error as Error).message}; trying again`);
      }
      await pause(1000, signal);
    }
  }

  async #follow(id: string, record: JobRecord | null): Promise<void> {
    const known = this.#folds.get(id);
    const running = record?.state === 'running';
    if (known !== undefined && running && known.submittedAtMs === record.submittedAtMs) return;
    if (known !== undefined) {
      this.#folds.delete(id);
      await known.fold.abort();
      this.metrics.forgetJob(id);
      // Submitted again while the fold came to rest: what there is may belong to that job by now.
      if (isOver(record) && isOver((await getJob(this.bus, id))?.record ?? null)) await forgetState(this.bus, id);
    }
    if (!running) return;
    const fold = new JobFold(this.bus, record, this.metrics, this.options);
    this.#folds.set(id, { fold, submittedAtMs: record.submittedAtMs });
    fold.done.catch((error: unknown) => this.#fail(error));
  }
}
