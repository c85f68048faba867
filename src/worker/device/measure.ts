// Whether chains are faster in a stack or each by itself, found out by letting as many threads compute as there will be chains.
import { Worker } from 'node:worker_threads';
import { errorOf, type FailureRecord } from '../../bus/failure.js';
import type { DataShape } from '../../data/dataset.js';
import type { Dataset } from '../../engine/engine.js';
import type { Job } from '../../job/schema.js';
import type { LoadedJob } from '../jobData.js';
import { Device, deviceInput } from './device.js';
import type { Place } from './place.js';

/** The width that `chains` chains of a job are to be computed with: all of them, or 1. */
export type MeasureWidth = (loaded: LoadedJob, chains: number) => Promise<number>;

export interface MeasureInput {
  readonly job: Job;
  readonly shape: DataShape;
  readonly train: Dataset;
  /** Null: the thread has an engine of its own. */
  readonly place: Place | null;
  readonly seconds: number;
}

/** Gradients a second of one thread, or why there is none. */
export type MeasureMessage = { readonly rate: number } | { readonly failure: FailureRecord };

const MAIN = new URL('./measureThread.js', import.meta.url);
const SECONDS = 1;

/** @param note - told what was found */
export function widthMeasure(note: (line: string) => void): MeasureWidth {
  return async (loaded, chains) => {
    const { name } = loaded.job;
    const stacked = await stackedRate(loaded, chains).catch(whyNot);
    const separate = await separateRate(loaded, chains).catch(whyNot);
    // Where neither works, the chains say so themselves.
    const width = rateOf(stacked) > rateOf(separate) ? chains : 1;
    note(`job ${name}: ${chains} chains make ${said(stacked)} in one stack, ${said(separate)} each by itself: ${width === 1 ? 'each by itself' : 'stacked'} (tfjs.stack)`);
    return width;
  };
}

/** Gradients a second of all chains. Rejects with what the threads threw. */
export async function stackedRate(loaded: LoadedJob, chains: number, seconds = SECONDS): Promise<number> {
  const device = new Device(deviceInput(loaded, chains));
  try {
    return await rateTogether(loaded, Array.from({ length: chains }, () => device.join()), seconds);
  } finally {
    await device.close();
  }
}

/** The same, with a thread and an engine for each. */
export const separateRate = (loaded: LoadedJob, chains: number, seconds = SECONDS): Promise<number> => rateTogether(loaded, Array.from({ length: chains }, () => null), seconds);

async function rateTogether({ job, data }: LoadedJob, places: readonly (Place | null)[], seconds: number): Promise<number> {
  const threads = places.map((place) => {
    const workerData: MeasureInput = { job, shape: data.shape, train: data.train, place, seconds };
    return new Worker(MAIN, { workerData, transferList: place ? [place.port] : [] });
  });
  try {
    const rates = await Promise.all(threads.map(rateOfThread));
    return rates.reduce((sum, rate) => sum + rate, 0);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

const rateOfThread = (thread: Worker): Promise<number> =>
  new Promise((resolve, reject) => {
    thread.once('message', (message: MeasureMessage) => ('failure' in message ? reject(errorOf(message.failure)) : resolve(message.rate)));
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread ended with status ${code}`)));
  });

const whyNot = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
const rateOf = (rate: number | Error): number => (typeof rate === 'number' ? rate : 0);
const said = (rate: number | Error): string => (typeof rate === 'number' ? `${rate.toPrecision(3)} gradients/s` : `nothing (${rate.message})`);
