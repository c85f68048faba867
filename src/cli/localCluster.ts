// The cluster of one machine: every role as a process of its own, supervised, on a nats-server that the caller started.
import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BasinetError } from '../errors.js';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
/** A role that dies is started again; the log makes that safe. One that keeps dying is given up. */
const RESTARTS = { limit: 5, pauseMs: 1000 };

export interface ClusterOptions {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Logs of the roles go here, one file each. */
  readonly logDirectory: string;
  /** The engine of each worker, `auto` or its name. */
  readonly workers: readonly string[];
  readonly resourceClass: 'cpu' | 'gpu';
  /** Chains at once in each worker. */
  readonly slots: number;
  readonly cacheDirectory: string;
  /** The program that the roles are commands of; default: this one. */
  readonly main?: string;
  /** Rejects where the server is gone: then the roles are killed, since they would wait for it for ever. */
  readonly lost?: Promise<never>;
}

export interface LocalCluster {
  /** Rejects when a role keeps dying, or with `lost`; never resolves otherwise. */
  readonly failed: Promise<never>;
  /** Process ids by role, for those who want to kill one. */
  processes(): ReadonlyMap<string, number>;
  /** Drains every role; resolves when all have ended. */
  drain(): Promise<void>;
  /** SIGKILL to every role. */
  kill(): void;
}

interface Member {
  readonly name: string;
  readonly args: readonly string[];
  /** Resolves when this role, or one that took its place, is ready for the first time. */
  readonly ready: Promise<void>;
  readonly markReady: () => void;
  child: ChildProcess | null;
  restarts: number;
  exited: Promise<void>;
}

function newMember(name: string, args: readonly string[]): Member {
  let markReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (markReady = resolve));
  return { name, args, ready, markReady: () => markReady(), child: null, restarts: 0, exited: Promise.resolve() };
}

/** Starts a coordinator, an aggregator and the workers; resolves when all are ready. */
export async function startLocalCluster(options: ClusterOptions): Promise<LocalCluster> {
  mkdirSync(options.logDirectory, { recursive: true });
  let fail: (error: BasinetError) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  let stopping = false;

  const start = (member: Member): void => {
    const log = createWriteStream(join(options.logDirectory, `${member.name}.log`), { flags: 'a' });
    const child = fork(options.main ?? MAIN, [...member.args, '--server', options.url], {
      // A process group of its own: Ctrl-C reaches the parent alone, which then drains.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, BASINET_NATS_USER: options.user, BASINET_NATS_PASSWORD: options.password },
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('message', () => member.markReady());
    member.child = child;
    member.exited = new Promise((resolve) =>
      child.once('exit', (code, signal) => {
        log.end();
        resolve();
        if (!stopping) startAgain(member, signal ?? `status ${code ?? 'unknown'}`);
      }),
    );
  };

  const startAgain = (member: Member, how: string): void => {
    if (++member.restarts > RESTARTS.limit) {
      fail(ended(member, how, options));
      return;
    }
    void sleep(RESTARTS.pauseMs).then(() => {
      if (!stopping) start(member);
    });
  };

  const members = plan(options).map(([name, args]) => newMember(name, args));
  const kill = (): void => {
    stopping = true;
    for (const { child } of members) child?.kill('SIGKILL');
  };
  options.lost?.catch((error: unknown) => {
    kill();
    fail(error as BasinetError);
  });
  members.forEach(start);
  try {
    await Promise.race([Promise.all(members.map(({ ready }) => ready)), failed]);
  } catch (error) {
    kill();
    throw error;
  }

  return {
    failed,
    processes: () => new Map(members.map(({ name, child }) => [name, child?.pid ?? -1])),
    async drain() {
      stopping = true;
      for (const { child } of members) child?.kill('SIGTERM');
      await Promise.all(members.map(({ exited }) => exited));
    },
    kill,
  };
}

function plan(options: ClusterOptions): [string, string[]][] {
  const workers = options.workers.map((engine, i): [string, string[]] => [
    options.workers.length === 1 ? 'worker' : `worker-${i}`,
    ['worker', '--class', options.resourceClass, '--engine', engine, '--slots', String(options.slots), '--cache', options.cacheDirectory],
  ]);
  return [['coordinator', ['coordinator']], ['aggregator', ['aggregator', '--name', 'local']], ...workers];
}

function ended(member: Member, how: string, options: ClusterOptions): BasinetError {
  return new BasinetError('JOB_FAILED', `the ${member.name} ended with ${how}`, {
    remedy: `read ${join(options.logDirectory, `${member.name}.log`)}; the job itself is kept and can be resumed`,
  });
}
