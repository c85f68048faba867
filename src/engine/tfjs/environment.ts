// Environment variables that TensorFlow and CUDA read once, when they are loaded, and what a job wants of them.
import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { hidesGpus } from './gpu.js';
import type { TfjsSettings } from './settings.js';

/** Variables that decide results: an unset one is set, one that says otherwise stands in the way. */
const decisive = ({ tf32 }: TfjsSettings, hideGpus: boolean): Record<string, string> => ({
  NVIDIA_TF32_OVERRIDE: tf32 ? '1' : '0',
  TF_DETERMINISTIC_OPS: '1',
  ...(hideGpus ? { [DEVICES]: '-1' } : {}),
});

const DEVICES = 'CUDA_VISIBLE_DEVICES';
const saysSame = (name: string, found: string, wanted: string): boolean => found === wanted || (name === DEVICES && hidesGpus(found) && hidesGpus(wanted));

/** What one may set as one likes. */
const CONVENIENT = {
  TF_NUM_INTRAOP_THREADS: () => String(availableParallelism()),
  /** Several processes may share a GPU. */
  TF_FORCE_GPU_ALLOW_GROWTH: () => 'true',
  TF_CPP_MIN_LOG_LEVEL: () => '2',
};

/**
 * Sets what is not set yet, or nothing at all where something stands in the way, which it returns; null where nothing does. The
 * process's own environment is that of its main thread: a worker thread has a copy, so the main thread must have been here before.
 *
 * @param hideGpus - hides them from the whole process for good
 */
export function prepareEnvironment(settings: TfjsSettings, hideGpus: boolean, environment: NodeJS.ProcessEnv = process.env): string | null {
  const wanted = Object.entries(decisive(settings, hideGpus));
  for (const [name, value] of wanted) {
    const found = environment[name];
    if (found !== undefined && !saysSame(name, found, value)) return `${name} is ${found} in this process, and the job needs ${value}`;
    if (found === undefined && !isMainThread) return `${name} must be ${value} before TensorFlow is loaded, and a worker thread cannot set it`;
  }
  if (settings.device === 'gpu' && hidesGpus(environment[DEVICES])) return `${DEVICES} is "${environment[DEVICES]}" in this process, and the job needs a GPU`;
  for (const [name, value] of wanted) environment[name] ??= value;
  for (const [name, value] of Object.entries(CONVENIENT)) environment[name] ??= value();
  return null;
}

/** Threads of an operation on the CPU, as `prepareEnvironment` left it. */
export const intraOpThreads = (environment: NodeJS.ProcessEnv = process.env): string => environment.TF_NUM_INTRAOP_THREADS!;
