// A chain's thread as the main thread sees it.
import { Worker } from 'node:worker_threads';
import { errorOf } from '../bus/failure.js';
import type { DrawRecord } from '../bus/records.js';
import { BasinetError } from '../errors.js';
import type { Device } from './device/device.js';
import { IN_FLIGHT, newControl, newProgress, progressAt, readProgress, STOP, writeProgress, type Progress, type ThreadInput, type ThreadMessage } from './protocol.js';

export interface ChainThread {
  /** `done` after the last draw, `stopped` after `stop`; rejects with the thread's error. Settles after the last record was handed over. */
  readonly ended: Promise<'done' | 'stopped'>;
  progress(): Progress;
  /** Ends after the transition at hand. Idempotent. */
  stop(): void;
  /** Ends at once. */
  terminate(): Promise<void>;
}

export interface ThreadSpec extends Omit<ThreadInput, 'control' | 'progress' | 'place'> {
  /** What computes for the chain, together with others; null: its thread. */
  readonly device: Device | null;
}
/** Starts a thread; `take` gets its records in order, and the thread waits while too many of them are not yet taken. */
export type StartThread = (spec: ThreadSpec, take: (record: DrawRecord) => Promise<void>) => ChainThread;

const MAIN = new URL('./chainThread.js', import.meta.url);

export const startThread: StartThread = ({ device, ...spec }, take) => {
  const place = device?.join() ?? null;
  const input: ThreadInput = { ...spec, place, control: newControl(), progress: newProgress() };
  const control = new Int32Array(input.control);
  const fields = new Float64Array(input.progress);
  // Until its first iteration here it is where it was.
  if (spec.resume) writeProgress(fields, progressAt(spec.resume.record));
  const worker = new Worker(MAIN, { workerData: input, transferList: place ? [place.port] : [] });
  const stop = () => {
    Atomics.store(control, STOP, 1);
    Atomics.notify(control, IN_FLIGHT);
  };
  let taken = Promise.resolve();
  const ended = new Promise<'done' | 'stopped'>((resolve, reject) => {
    const fail = (error: unknown) => {
      stop();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.on('message', (message: ThreadMessage) => {
      if (message.type === 'records') {
        taken = taken.then(async () => {
          for (const record of message.records) {
            await take(record);
            Atomics.sub(control, IN_FLIGHT, 1);
          }
          Atomics.notify(control, IN_FLIGHT);
        });
        taken.catch(fail);
      } else if (message.type === 'failed') {
        fail(errorOf(message.failure));
      } else {
        taken.then(() => resolve(message.type), fail);
      }
    });
    worker.once('error', (error) => fail(new BasinetError('INTERNAL', `the thread of chain ${spec.chain} failed: ${String(error)}`, { cause: error })));
    worker.once('exit', (code) => {
      // After the last message; a thread that ended well has settled this, or will when its records are taken.
      if (code !== 0) fail(new BasinetError('INTERNAL', `the thread of chain ${spec.chain} ended with status ${code}`));
    });
  });
  ended.catch(() => undefined);
  return {
    ended,
    progress: () => readProgress(fields),
    stop,
    terminate: async () => {
      stop();
      await worker.terminate();
    },
  };
};
