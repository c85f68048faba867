// The directory of a run: results at its top, the cluster's store and logs below `cluster/` until the run has succeeded.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BasinetError } from '../errors.js';
import { prepareOutputDirectory } from '../summary/files.js';

const RECORD_VERSION = 1;

/** What `--resume` must know beyond what the log holds. */
export interface RunRecord {
  readonly version: typeof RECORD_VERSION;
  readonly job: string;
  readonly startedAt: string;
  /** Seconds that earlier sittings of this run took. */
  readonly elapsedSeconds: number;
}

export class RunDirectory {
  readonly path: string;

  private constructor(path: string) {
    this.path = resolve(path);
  }

  get cluster(): string {
    return join(this.path, 'cluster');
  }
  get store(): string {
    return join(this.cluster, 'nats');
  }
  get logs(): string {
    return join(this.cluster, 'logs');
  }
  get cache(): string {
    return join(this.cluster, 'cache');
  }

  /** A directory for a new run. Refuses one that holds anything, unless `overwrite`. */
  static async create(path: string, overwrite: boolean): Promise<RunDirectory> {
    const directory = new RunDirectory(path);
    const unfinished = existsSync(directory.cluster);
    if (unfinished) directory.lock();
    if (unfinished && !overwrite) {
      directory.unlock();
      throw new BasinetError('JOB_CONFLICT', `${path} holds a run that has not ended`, {
        path,
        remedy: `go on with it (basinet run --resume ${path}), or replace it (--overwrite)`,
      });
    }
    await prepareOutputDirectory(directory.path, { overwrite });
    if (unfinished) {
      for (const name of readdirSync(directory.cluster)) {
        if (name !== 'lock') rmSync(join(directory.cluster, name), { recursive: true, force: true });
      }
    } else {
      mkdirSync(directory.cluster, { recursive: true });
      directory.lock();
    }
    return directory;
  }

  /** The directory of a run that was stopped or killed. */
  static resume(path: string): { directory: RunDirectory; record: RunRecord } {
    const directory = new RunDirectory(path);
    const file = join(directory.cluster, 'run.json');
    if (!existsSync(file)) {
      const done = existsSync(join(directory.path, 'summary.json'));
      throw new BasinetError('JOB_CONFLICT', done ? `the run in ${path} has ended: its results are there` : `${path} holds no stopped run`, {
        path,
        remedy: done ? 'nothing is left to do' : 'give the directory that was --out of the stopped run',
      });
    }
    directory.lock();
    return { directory, record: JSON.parse(readFileSync(file, 'utf8')) as RunRecord };
  }

  save(record: Omit<RunRecord, 'version'>): void {
    writeFileSync(join(this.cluster, 'run.json'), `${JSON.stringify({ version: RECORD_VERSION, ...record })}\n`);
  }

  /** As `save`, unless the cluster's store has been removed. */
  saveIfPresent(record: Omit<RunRecord, 'version'>): void {
    if (existsSync(this.cluster)) this.save(record);
  }

  /** Removes the cluster's store and logs: the run has succeeded. */
  removeCluster(): void {
    rmSync(this.cluster, { recursive: true, force: true });
  }

  /** Lets another process have the directory. */
  unlock(): void {
    rmSync(this.lockFile, { force: true });
  }

  private get lockFile(): string {
    return join(this.cluster, 'lock');
  }

  /** One run a directory: the lock names its process, and a lock of a process that is gone is taken over. */
  private lock(): void {
    try {
      const descriptor = openSync(this.lockFile, 'wx');
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(readFileSync(this.lockFile, 'utf8'));
      if (isAlive(owner)) {
        throw new BasinetError('JOB_CONFLICT', `process ${owner} is running in ${this.path}`, { path: this.path, value: owner, remedy: 'wait for it, stop it, or name another directory' });
      }
      this.unlock();
      this.lock();
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
