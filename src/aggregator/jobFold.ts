// Folds all partitions of one running job that this aggregator can get hold of.
import { createHash } from 'node:crypto';
import type { Bus } from '../bus/connection.js';
import { failureOf } from '../bus/failure.js';
import { countFailure } from '../bus/failures.js';
import type { JobRecord } from '../bus/jobStore.js';
import { LEASE_BUCKET, leaseKey } from '../bus/names.js';
import { apiCode, isAmbiguous, isClosed } from '../bus/natsErrors.js';
import { getDataset } from '../bus/objects.js';
import { unpackJobData } from '../data/container.js';
import { BasinetError } from '../errors.js';
import { resolveJob } from '../job/load.js';
import type { Job } from '../job/schema.js';
import type { Metrics } from '../metrics/index.js';
import { Lease } from './lease.js';
import { pause } from './lifecycle.js';
import { fitMapInThread } from './mapReference.js';
import { foldModel } from './model.js';
import { PartitionRun, type PartitionEnd, type PartitionOptions } from './partition.js';
import { REFERENCE_CHAIN } from './reference.js';
import type { FoldJob } from './storedState.js';

export interface JobFoldOptions extends PartitionOptions {
  /** Who holds this aggregator's leases. */
  readonly holder: string;
  /** Milliseconds without a beat after which another aggregator takes a partition. */
  readonly leaseMs: number;
  /** How many partitions this aggregator folds, over all its jobs; shared by all of them. */
  readonly places: Places;
}

/** Counts the partitions that an aggregator folds, and how many it may. */
export class Places {
  #reserved = 0;
  #folded = 0;

  constructor(
    private readonly limit: number,
    private readonly changed: (folded: number) => void,
  ) {}

  /** Runs `use` in a place of its own. Returns null, and runs nothing, where all are taken. */
  async within<T>(use: () => Promise<T>): Promise<T | null> {
    if (this.#reserved >= this.limit) return null;
    this.#reserved++;
    try {
      return await use();
    } finally {
      this.#reserved--;
    }
  }

  /** Counts a partition while it is folded. */
  async folding<T>(fold: Promise<T>): Promise<T> {
    this.changed(++this.#folded);
    try {
      return await fold;
    } finally {
      this.changed(--this.#folded);
    }
  }
}

/** After an error of the bus, or where the log is not there yet; doubled each time where nothing else has happened. */
const RETRY_MS = 1000;
const RETRY_MAX_MS = 30_000;

export class JobFold {
  /** Resolves when everything of this job has come to rest; rejects with a defect of ours. */
  readonly done: Promise<void>;
  readonly #stop = new AbortController();
  readonly #runs = new Set<PartitionRun>();
  #how: 'drain' | 'abort' | null = null;

  constructor(
    private readonly bus: Bus,
    private readonly record: JobRecord,
    private readonly metrics: Metrics,
    private readonly options: JobFoldOptions,
  ) {
    this.done = this.#run();
    this.done.catch(() => undefined);
  }

  /** Each partition ends after the entry at hand, with a snapshot. */
  drain(): Promise<void> {
    this.#how ??= 'drain';
    this.#stop.abort();
    for (const run of this.#runs) run.drain();
    return this.done;
  }

  /** Ends at once, saving nothing. */
  abort(): Promise<void> {
    this.#how = 'abort';
    this.#stop.abort();
    for (const run of this.#runs) run.abort();
    return this.done;
  }

  async #run(): Promise<void> {
    const loaded = await this.#retrying(() => this.#load());
    if (loaded === null) return;
    using model = loaded.model;
    const partitions = Array.from({ length: loaded.job.log.partitions }, (_, partition) => partition).filter((partition) => model.chainsOf(partition).length > 0);
    await Promise.all(partitions.map((partition) => this.#own(loaded, partition)));
  }

  async #load(): Promise<FoldJob & { readonly job: Job }> {
    const { id, jobJson, dataHash } = this.record;
    const job = parseRecord(jobJson);
    const data = unpackJobData(await getDataset(this.bus, dataHash), job);
    return {
      id,
      job,
      hash: createHash('sha256').update(jobJson).update('\n').update(dataHash).digest(),
      model: foldModel(job, data),
      fitMap: (signal) => this.#fitMap(job, signal),
    };
  }

  /** A fit that fails counts as a failure of the chain from whose start it sets out, so that the coordinator ends a job that it fails again and again. */
  async #fitMap(job: Job, signal: AbortSignal): Promise<Float32Array | null> {
    const { id, dataHash } = this.record;
    try {
      // Read again, so that rows are held only while they are needed.
      return await fitMapInThread(job, unpackJobData(await getDataset(this.bus, dataHash), job, { shared: true }), signal);
    } catch (error) {
      if (error instanceof BasinetError && error.code === 'SAMPLER_FAILED') await countFailure(this.bus, id, { ...failureOf(error), chain: REFERENCE_CHAIN }, this.options.holder);
      throw error;
    }
  }

  /** Holds the lease of a partition and folds it, until it is finished or this job is stopped. */
  async #own(job: FoldJob, partition: number): Promise<void> {
    const { holder, leaseMs, now, places } = this.options;
    const store = await this.#retrying(() => this.bus.kv(LEASE_BUCKET));
    if (store === null) return;
    const lease = new Lease(store, leaseKey(job.id, partition), { holder, durationMs: leaseMs, now });
    const beatMs = leaseMs / 3;
    while (!this.#stop.signal.aborted) {
      const run = new PartitionRun(this.bus, job, partition, this.metrics, this.options);
      const end = await places.within(async () => {
        const held = await lease.beat().catch(() => false);
        return held ? places.folding(this.#foldHolding(lease, run)) : 'elsewhere';
      });
      if (end === null || end === 'elsewhere') {
        await pause(beatMs, this.#stop.signal);
        continue;
      }
      if (end === 'finished' && !this.#stop.signal.aborted) await this.#keep(lease, run);
      if (end === 'lost') {
        this.metrics.add('basinet_partitions_lost_total', {});
        this.options.log(`job ${job.id}, partition ${partition}: another aggregator saved a snapshot; it goes on there`);
        await pause(leaseMs, this.#stop.signal);
      }
    }
    if (this.#how !== 'abort') await lease.release().catch(() => undefined);
  }

  /** Runs the fold while a beat keeps the lease; a lease that is lost ends it. */
  async #foldHolding(lease: Lease, run: PartitionRun): Promise<PartitionEnd | 'failed'> {
    this.#runs.add(run);
    if (this.#stop.signal.aborted) run.abort();
    const over = new AbortController();
    const beating = this.#beat(lease, over.signal, () => run.abort());
    try {
      return await run.run();
    } catch (error) {
      this.#tolerate(error);
      await pause(RETRY_MS, this.#stop.signal);
      return 'failed';
    } finally {
      this.#runs.delete(run);
      over.abort();
      await beating;
    }
  }

  /** A finished partition stays ours until the job has ended, or the log has lost its end: another aggregator would only fold it again. */
  async #keep(lease: Lease, run: PartitionRun): Promise<void> {
    const lost = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, lost.signal]);
    await this.#beat(lease, signal, () => lost.abort(), async () => {
      if (!(await run.sayAgain())) lost.abort();
    });
  }

  async #beat(lease: Lease, signal: AbortSignal, lost: () => void, kept: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    for (;;) {
      await pause(this.options.leaseMs / 3, signal);
      if (signal.aborted) return;
      // An error of the bus is no loss: if another takes the lease meanwhile, the snapshot's revision tells.
      const held = await lease.beat().catch(() => true);
      if (held) await kept().catch(() => undefined);
      else lost();
    }
  }

  async #retrying<T>(action: () => Promise<T>): Promise<T | null> {
    for (let wait = RETRY_MS; !this.#stop.signal.aborted; wait = Math.min(RETRY_MAX_MS, 2 * wait)) {
      try {
        return await action();
      } catch (error) {
        this.#tolerate(error);
        await pause(wait, this.#stop.signal);
      }
    }
    return null;
  }

  /** What NATS or a job's content brings about is waited out; anything else is a defect of ours, and ends the role. */
  #tolerate(error: unknown): void {
    const ours = error instanceof BasinetError ? error.code === 'INTERNAL' : !(isAmbiguous(error) || isClosed(error) || apiCode(error) !== 0);
    if (ours) throw error;
    if (!this.#stop.signal.aborted) this.options.log(`job ${this.record.id}: ${(error as Error).message}; trying again`);
  }
}

function parseRecord(json: string): Job {
  try {
    return resolveJob(JSON.parse(json));
  } catch (error) {
    if (error instanceof BasinetError) throw error;
    throw new BasinetError('JOB_INVALID', `the job record holds no JSON: ${(error as Error).message}`, { cause: error });
  }
}
