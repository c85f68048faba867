// Jobs and their data as this worker's chains share them: fetched once, cached on disk by hash, held in shared memory.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bus } from '../bus/connection.js';
import { sha256Hex } from '../bus/hash.js';
import type { JobRecord } from '../bus/jobStore.js';
import { getDataset } from '../bus/objects.js';
import { unpackJobData } from '../data/container.js';
import type { JobData } from '../data/dataset.js';
import type { Dataset } from '../engine/engine.js';
import { resolveJob } from '../job/load.js';
import { probeRows } from '../job/plan.js';
import type { Job } from '../job/schema.js';

export interface LoadedJob {
  readonly job: Job;
  readonly data: JobData;
  /** Null without probe. */
  readonly probe: Dataset | null;
}

interface Held {
  readonly loaded: Promise<LoadedJob>;
  users: number;
}

/** Holds what running chains use. */
export class JobDataCache {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly bus: Bus,
    private readonly directory: string,
  ) {}

  /** Runs `use` with the job's data; they are let go when the last user has ended. Throws DATA_INVALID, JOB_INVALID, LOG_CORRUPT. */
  async with<T>(record: JobRecord, use: (loaded: LoadedJob) => Promise<T>): Promise<T> {
    // The same name can be another job later; its JSON tells them apart.
    const key = `${record.dataHash}\n${record.jobJson}`;
    const entry = this.held.get(key) ?? { loaded: this.load(record), users: 0 };
    this.held.set(key, entry);
    entry.users++;
    try {
      return await use(await entry.loaded);
    } finally {
      if (--entry.users === 0) this.held.delete(key);
    }
  }

  private async load(record: JobRecord): Promise<LoadedJob> {
    const job = resolveJob(JSON.parse(record.jobJson));
    const bytes = await cachedDataset(this.directory, record.dataHash, () => getDataset(this.bus, record.dataHash));
    const data = unpackJobData(bytes, job, { shared: true });
    return { job, data, probe: probeOf(job, data) };
  }
}

/** First rows of the test set, or of the training set where there is none. */
function probeOf(job: Job, data: JobData): Dataset | null {
  const source = data.test ?? data.train;
  const rows = probeRows(job, data.shape);
  if (rows === 0) return null;
  return { rows, features: source.features, inputs: source.inputs.subarray(0, rows * source.features), targets: source.targets };
}

/** From `directory` where it lies there whole, else from `fetch`, and then kept there. A cache that cannot be written is done without. */
export async function cachedDataset(directory: string, hash: string, fetch: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const path = join(directory, hash);
  const cached = await readFile(path).catch(() => null);
  if (cached && sha256Hex(cached) === hash) return cached;
  const bytes = await fetch();
  // Renamed into place, so that another process never reads half of it.
  const scratch = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(scratch, bytes);
    await rename(scratch, path);
  } catch {
    await rm(scratch, { force: true }).catch(() => undefined);
  }
  return bytes;
}
