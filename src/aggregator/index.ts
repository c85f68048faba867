// The aggregator: folds the draw logs of all running jobs into statistics, one owner a partition.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { connectBus, type Bus, type BusOptions } from '../bus/connection.js';
import { watchJobs, type JobRecord } from '../bus/jobStore.js';
import { BasinetError } from '../errors.js';
import { serveMetrics, type MetricsServer, type Role } from '../metrics/index.js';
import { forgetState, isOver, sweep } from './cleanup.js';
import { JobFold, Places, type JobFoldOptions } from './jobFold.js';
import { pause } from './lifecycle.js';

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

/** Starts an aggregator, as soon as NATS answers; until then /healthz says 503. Throws USAGE where the port is taken. */
export async function startAggregator(options: AggregatorOptions): Promise<Role> {
  let healthy = false;
  const server = await serveMetrics({
    role: 'aggregator',
    port: options.metricsPort ?? 0,
    host: options.metricsHost ?? '127.0.0.1',
    healthy: () => healthy,
  });
  try {
    const name = options.name ?? `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
    const bus = await connectBus({ ...options.connection, name: `basinet aggregator ${name}`, wait: true });
    return new Aggregator(bus, server, name, options, (well) => (healthy = well));
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** running → draining → ended, or running → aborting → ended. */
class Aggregator implements Role {
  readonly name = 'aggregator';
  readonly done: Promise<void>;
  readonly metricsPort: number;
  readonly #folds = new Map<string, { readonly fold: JobFold; readonly submittedAtMs: number }>();
  readonly #stop = new AbortController();
  readonly #foldOptions: JobFoldOptions;
  #aborted = false;
  #fail: (error: unknown) => void = () => undefined;

  constructor(
    private readonly bus: Bus,
    private readonly server: MetricsServer,
    name: string,
    options: AggregatorOptions,
    private readonly setHealthy: (well: boolean) => void,
  ) {
    this.metricsPort = server.port;
    const { metrics } = server;
    this.#foldOptions = {
      holder: name,
      snapshotMs: 1000 * (options.snapshotSeconds ?? 30),
      leaseMs: 1000 * (options.leaseSeconds ?? 10),
      statusMs: 1000 * (options.statusSeconds ?? 0.5),
      now: () => performance.now(),
      log: options.log ?? ((line) => process.stderr.write(`aggregator: ${line}\n`)),
      places: new Places(options.maxPartitions ?? Infinity, (taken) => metrics.set('basinet_partitions_active', {}, taken)),
    };
    metrics.set('basinet_partitions_active', {}, 0);
    setHealthy(true);
    this.done = this.#run();
    this.done.catch(() => undefined);
  }

  async drain(): Promise<void> {
    this.#stop.abort();
    await this.done.catch(() => undefined);
  }

  async abort(): Promise<void> {
    this.#aborted = true;
    this.#stop.abort();
    for (const { fold } of this.#folds.values()) void fold.abort().catch(() => undefined);
    await this.done.catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain();
  }

  async #run(): Promise<void> {
    try {
      const failed = new Promise<never>((_, reject) => (this.#fail = reject));
      const closed = this.bus.closed().then((cause) => {
        if (this.#stop.signal.aborted) return;
        throw new BasinetError('BUS_UNAVAILABLE', `the connection to NATS was closed${cause === undefined ? '' : `: ${cause.message}`}`, { cause });
      });
      await Promise.race([this.#watch(), failed, closed]);
    } finally {
      this.setHealthy(false);
      this.#stop.abort();
      const folds = [...this.#folds.values()];
      await Promise.allSettled(folds.map(({ fold }) => (this.#aborted ? fold.abort() : fold.drain())));
      await this.bus.close();
      await this.server.close();
    }
  }

  /** Follows the job records until told to stop. */
  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    sweep(this.bus).catch((error: unknown) => this.#foldOptions.log(`cannot remove what old jobs left: ${String(error)}`));
    while (!signal.aborted) {
      try {
        for await (const { id, job } of watchJobs(this.bus, { signal })) await this.#follow(id, job?.record ?? null);
      } catch (error) {
        if (signal.aborted) return;
        this.#foldOptions.log(`cannot watch the jobs: ${(error as Error).message}; trying again`);
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
      this.server.metrics.forgetJob(id);
      if (isOver(record)) await forgetState(this.bus, id);
    }
    if (!running) return;
    const fold = new JobFold(this.bus, record, this.server.metrics, this.#foldOptions);
    this.#folds.set(id, { fold, submittedAtMs: record.submittedAtMs });
    fold.done.catch((error: unknown) => this.#fail(error));
  }
}
