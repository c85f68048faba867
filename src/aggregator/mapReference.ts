// The fit of the reference as the main thread sees it: a thread that is started, awaited, and ended with the fold.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { errorOf, type FailureRecord } from '../bus/failure.js';
import type { JobData } from '../data/dataset.js';
import { BasinetError } from '../errors.js';
import type { Job } from '../job/schema.js';

/** What the thread is started with. */
export interface MapInput {
  readonly job: Job;
  /** Arrays lie on SharedArrayBuffers. */
  readonly data: Pick<JobData, 'shape' | 'train'>;
  readonly threads: number;
}

export type MapAnswer = { readonly position: Float32Array } | { readonly failure: FailureRecord };

const MAIN = new URL('./mapThread.js', import.meta.url);

/** The fit [dimension]; null where the signal aborted first. Throws as `fitMap`. */
export async function fitMapInThread(job: Job, { shape, train }: JobData, signal: AbortSignal): Promise<Float32Array | null> {
  if (signal.aborted) return null;
  const worker = new Worker(MAIN, { workerData: { job, data: { shape, train }, threads: availableParallelism() } satisfies MapInput });
  const end = (): void => void worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    const answer = await new Promise<MapAnswer | null>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (error) => reject(new BasinetError('INTERNAL', `the thread that fits the reference failed: ${String(error)}`, { cause: error })));
      worker.once('exit', (code) => (signal.aborted ? resolve(null) : reject(new BasinetError('INTERNAL', `the thread that fits the reference ended with status ${code}`))));
    });
    if (answer === null) return null;
    if ('failure' in answer) throw errorOf(answer.failure);
    return answer.position;
  } finally {
    signal.removeEventListener('abort', end);
    await worker.terminate();
  }
}
