// How often a chain failed by its own fault: what makes a coordinator give a job up.
import { strictly } from './codec.js';
import type { Bus } from './connection.js';
import { failureFromWire, failureToWire, type FailureRecord } from './failure.js';
import { keysOf } from './keys.js';
import { FAILURE_BUCKET, failureKey } from './names.js';
import { busError, isWritten } from './natsErrors.js';
import { wire } from './wire.js';

export interface ChainFailures {
  readonly attempts: number;
  /** The latest. */
  readonly failure: FailureRecord;
  readonly worker: string;
  readonly failedAtMs: number;
}

/** Counts one more failure. Returns how many there are. */
export async function countFailure(bus: Bus, job: string, failure: FailureRecord & { readonly chain: number }, worker: string): Promise<number> {
  const kv = await bus.kv(FAILURE_BUCKET);
  const key = failureKey(job, failure.chain);
  for (;;) {
    const entry = await kv.get(key);
    const before = entry?.operation === 'PUT' ? read(entry.value) : null;
    const attempts = (before?.attempts ?? 0) + 1;
    const value = wire.ChainFailures.encode({ attempts, failure: failureToWire(failure), worker, failedAtMs: Date.now() }).finish();
    try {
      if (entry?.operation === 'PUT') await kv.update(key, value, entry.revision);
      else await kv.create(key, value);
      return attempts;
    } catch (error) {
      if (!isWritten(error)) throw busError(error, `cannot record the failure of chain ${failure.chain} of job ${job}`);
    }
  }
}

/** By chain. */
export async function listFailures(bus: Bus, job: string): Promise<Map<number, ChainFailures>> {
  const kv = await bus.kv(FAILURE_BUCKET);
  const all = new Map<number, ChainFailures>();
  for (const key of await keysOf(bus, FAILURE_BUCKET, `${job}.*`)) {
    const entry = await kv.get(key);
    const failures = entry?.operation === 'PUT' ? read(entry.value) : null;
    if (failures) all.set(Number(key.split('.')[1]), failures);
  }
  return all;
}

/** Forgets a job's failures: it starts anew. */
export async function clearFailures(bus: Bus, job: string): Promise<void> {
  const kv = await bus.kv(FAILURE_BUCKET);
  for (const chain of (await listFailures(bus, job)).keys()) await kv.purge(failureKey(job, chain));
}

function read(bytes: Uint8Array): ChainFailures | null {
  try {
    const { attempts, failure, worker, failedAtMs } = strictly('failures', () => wire.ChainFailures.decode(bytes));
    return { attempts, failure: failureFromWire(failure ?? {}), worker, failedAtMs };
  } catch {
    return null;
  }
}
