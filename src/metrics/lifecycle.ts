// The life of a role: runs once, is drained or aborted once, ends with its first error; cleans up in every case.
import type { Role } from './role.js';

export interface RoleSignals {
  /** Aborted by `drain` and by `abort`: finish the unit of work at hand and return. */
  readonly drain: AbortSignal;
  /** Aborted by `abort`: return at once. */
  readonly abort: AbortSignal;
}

export interface RoleParts {
  readonly name: Role['name'];
  readonly metricsPort: number;
  /** Its end is the role's end. */
  readonly run: (signals: RoleSignals) => Promise<void>;
  /** Called once, after `run`. What it throws is dropped where `run` failed. */
  readonly cleanUp: () => Promise<void>;
}

/** Starts `run` at once. */
export function createRole({ name, metricsPort, run, cleanUp }: RoleParts): Role {
  const draining = new AbortController();
  const aborting = new AbortController();
  const done = (async () => {
    let failed = true;
    try {
      await run({ drain: draining.signal, abort: aborting.signal });
      failed = false;
    } finally {
      await cleanUp().catch((error: unknown) => {
        if (!failed) throw error;
      });
    }
  })();
  const settled = done.catch(() => undefined);
  const drain = async () => {
    draining.abort();
    await settled;
  };
  return {
    name,
    done,
    metricsPort,
    drain,
    abort: async () => {
      aborting.abort();
      draining.abort();
      await settled;
    },
    [Symbol.asyncDispose]: drain,
  };
}

/** Resolves when the signal is aborted, at once where it is. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
