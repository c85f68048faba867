// Whether chains are faster in a stack or each by itself, found out by letting as many threads compute as there will be chains.
import { Worker } from 'node:worker_threads';
import { errorOf, type FailureRecord } from '../../bus/failure.js';
import type { DataShape } from '../../data/dataset.js';
import type { Dataset } from '../../engine/engine.js';
import type { Job } from '../../job/schema.js';
import type { LoadedJob } from '../jobData.js';
import { Device, deviceInput } from './device.js';
import type { Place } from './place.js';

/** The width that `chains` chains of a job are to be computed with on an engine of class `deviceClass`: all of them, or 1. Rejects where `signal` is aborted. */
export type MeasureWidth = (loaded: LoadedJob, deviceClass: string, chains: number, signal: AbortSignal) => Promise<number>;

export interface MeasureInput {
  readonly job: Job;
  readonly shape: DataShape;
  readonly train: Dataset;
  readonly deviceClass: string;
  /** Null: the thread has an engine of its own. */
  readonly place: Place | null;
  readonly seconds: number;
}

export interface Speed {
  readonly gradientsPerSecond: number;
  /** Processors that the whole process used meanwhile. */
  readonly processors: number;
}

/** Of one thread, or why there is none. */
export type MeasureMessage = { readonly speed: Speed } | { readonly failure: FailureRecord };

const MAIN = new URL('./measureThread.js', import.meta.url);
const SECONDS = 1;

/** @param note - told what was found */
export function widthMeasure(note: (line: string) => void): MeasureWidth {
  return async (loaded, deviceClass, chains, signal) => {
    const { name } = loaded.job;
    const stacked = await stackedSpeed(loaded, deviceClass, chains, SECONDS, signal).catch(whyNot);
    const separate = await separateSpeed(loaded, deviceClass, chains, SECONDS, signal).catch(whyNot);
    signal.throwIfAborted();
    // Where neither works, the chains say so themselves.
    const width = rateOf(stacked) > rateOf(separate) ? chains : 1;
    note(`job ${name}: ${chains} chains make ${said(stacked)} in one stack, ${said(separate)} each by itself: ${width === 1 ? 'each by itself' : 'stacked'} (tfjs.stack)`);
    return width;
  };
}

/** Of all chains together. Rejects with what the threads threw, and where `signal` is aborted. */
export async function stackedSpeed(loaded: LoadedJob, deviceClass: string, chains: number, seconds: number, signal?: AbortSignal): Promise<Speed> {
  const device = new Device(deviceInput(loaded, deviceClass, chains));
  try {
    return await speedTogether(loaded, deviceClass, Array.from({ length: chains }, () => device.join()), seconds, signal);
  } finally {
    await device.close();
  }
}

/** The same, with a thread and an engine for each. */
export const separateSpeed = (loaded: LoadedJob, deviceClass: string, chains: number, seconds: number, signal?: AbortSignal): Promise<Speed> =>
  speedTogether(loaded, deviceClass, Array.from({ length: chains }, () => null), seconds, signal);

async function speedTogether({ job, data }: LoadedJob, deviceClass: string, places: readonly (Place | null)[], seconds: number, signal?: AbortSignal): Promise<Speed> {
  signal?.throwIfAborted();
  const threads = places.map((place) => {
    const workerData: MeasureInput = { job, shape: data.shape, train: data.train, deviceClass, place, seconds };
    return new Worker(MAIN, { workerData, transferList: place ? [place.port] : [] });
  });
  const end = () => Promise.all(threads.map((thread) => thread.terminate()));
  const leave = () => void end();
  signal?.addEventListener('abort', leave);
  try {
    const speeds = await Promise.all(threads.map(speedOfThread));
    const sum = (of: (speed: Speed) => number): number => speeds.reduce((total, speed) => total + of(speed), 0);
    return { gradientsPerSecond: sum((speed) => speed.gradientsPerSecond), processors: sum((speed) => speed.processors) / speeds.length };
  } finally {
    signal?.removeEventListener('abort', leave);
    await end();
  }
}

const speedOfThread = (thread: Worker): Promise<Speed> =>
  new Promise((resolve, reject) => {
    thread.once('message', (message: MeasureMessage) => ('failure' in message ? reject(errorOf(message.failure)) : resolve(message.speed)));
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread ended with status ${code}`)));
  });

const whyNot = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
const rateOf = (speed: Speed | Error): number => (speed instanceof Error ? 0 : speed.gradientsPerSecond);
const said = (speed: Speed | Error): string => (speed instanceof Error ? `nothing (${speed.message})` : `${speed.gradientsPerSecond.toPrecision(3)} gradients/s`);
