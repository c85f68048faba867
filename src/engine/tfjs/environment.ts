// Environment variables that TensorFlow and CUDA read once, when they are loaded, and what a job wants of them.
import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import type { TfjsSettings } from './settings.js';

/** Variables that decide results: an unset one is set, one that says otherwise stands in the way. */
function decisive({ device, tf32 }: TfjsSettings): Record<string, string> {
  return {
    NVIDIA_TF32_OVERRIDE: tf32 ? '1' : '0',
    TF_DETERMINISTIC_OPS: '1',
    ...(device === 'cpu' ? { CUDA_VISIBLE_DEVICES: '-1' } : {}),
  };
}

/** What one may set as one likes. */
const CONVENIENT = {
  TF_NUM_INTRAOP_THREADS: () => String(availableParallelism()),
  /** Several processes may share a GPU. */
  TF_FORCE_GPU_ALLOW_GROWTH: () => 'true',
  TF_CPP_MIN_LOG_LEVEL: () => '2',
};

/**
 * Sets what is not set yet; returns what stands in the way, or null. The process's own environment is that of its main thread:
 * a worker thread has a copy, so the main thread must have been here before.
 */
export function prepareEnvironment(settings: TfjsSettings, environment: NodeJS.ProcessEnv = process.env): string | null {
  for (const [name, wanted] of Object.entries(decisive(settings))) {
    const found = environment[name];
    if (found !== undefined && found !== wanted) return `${name} is ${found} in this process, and the job needs ${wanted}`;
    if (found === undefined && !isMainThread) return `${name} must be ${wanted} before TensorFlow is loaded, and a worker thread cannot set it`;
    environment[name] = wanted;
  }
  for (const [name, value] of Object.entries(CONVENIENT)) environment[name] ??= value();
  return null;
}

/** Threads of an operation on the CPU, as `prepareEnvironment` left it. */
export const intraOpThreads = (environment: NodeJS.ProcessEnv = process.env): string => environment.TF_NUM_INTRAOP_THREADS!;
