// Finds and loads TensorFlow.js for Node.js, or says why it can't and what to install. It is no dependency of basinet: it takes a gigabyte.
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { intraOpThreads, prepareEnvironment } from './environment.js';
import { visibleGpus } from './gpu.js';
import { builtTfjs, TFJS_NODE } from './location.js';
import type { Tf, TfjsRuntime } from './runtime.js';
import type { TfjsSettings } from './settings.js';

export type TfjsStatus =
  | { readonly available: true; readonly runtime: TfjsRuntime; readonly device: 'cpu' | 'gpu'; readonly path: string }
  | { readonly available: false; readonly reason: string; readonly remedy: string };

/** What `@tensorflow/tfjs-node` adds to the core library, as far as it is used. */
interface NodeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

export interface TfjsPackage {
  readonly name: string;
  /** Its package.json. */
  readonly path: string;
}

/** What to do about TensorFlow.js that is not there. */
export const INSTALL: Readonly<Record<'cpu' | 'gpu', string>> = {
  cpu: `Run node scripts/build-tfjs-node.mjs, or npm install ${TFJS_NODE.cpu}@${TFJS_NODE.version}; or set engine to auto or native.`,
  gpu:
    `Run node scripts/build-tfjs-node.mjs --gpu (CUDA 12 and cuDNN 9 come with it; the driver must be 525.60.13 or newer), ` +
    `or npm install ${TFJS_NODE.gpu}@${TFJS_NODE.version} beside CUDA 11.2 and cuDNN 8.1 (driver 450.80.02 or newer); or set engine to auto or native.`,
};

let loaded: { readonly tf: Tf; readonly path: string } | undefined;

/**
 * The package to load: in the directory that BASINET_TFJS names, else where Node.js finds it from here, else what
 * scripts/build-tfjs-node.mjs built. Null where there is none; BASINET_TFJS=off pretends so.
 */
export function findTfjs(names: readonly string[], environment: NodeJS.ProcessEnv = process.env): TfjsPackage | null {
  const named = environment.BASINET_TFJS;
  if (named === 'off') return null;
  const directories = named ? [named] : [fileURLToPath(new URL('.', import.meta.url)), builtTfjs('gpu', environment), builtTfjs('cpu', environment)];
  for (const name of names) {
    for (const directory of directories) {
      try {
        return { name, path: createRequire(join(directory, 'resolve.js')).resolve(`${name}/package.json`) };
      } catch {
        // Not there: the next place.
      }
    }
  }
  return null;
}

/** Loads once per thread. The settings that decide results hold for the whole process, so those of the first job do. */
export function loadTfjs(settings: TfjsSettings): TfjsStatus {
  const wanted = settings.device === 'cpu' ? [TFJS_NODE.cpu, TFJS_NODE.gpu] : [TFJS_NODE.gpu, TFJS_NODE.cpu];
  const found = findTfjs(wanted);
  const remedy = INSTALL[settings.device === 'gpu' ? 'gpu' : 'cpu'];
  if (found === null) return { available: false, reason: missing(), remedy };
  // The package for processors needs no such thing; one that is loaded has its devices already, also for threads that load it again.
  const hideGpus = settings.device === 'cpu' && found.name === TFJS_NODE.gpu && loaded === undefined && isMainThread;
  const conflict = prepareEnvironment(settings, hideGpus);
  if (conflict !== null) return { available: false, reason: conflict, remedy: 'Give the job a process of its own, or mend the environment variable.' };
  try {
    loaded ??= { tf: createRequire(found.path)(found.name) as Tf, path: found.path };
  } catch (error) {
    return { available: false, reason: `${found.path} cannot be loaded: ${(error as Error).message.split('\n')[0]}`, remedy };
  }
  const { tf, path } = loaded;
  const backend = tf.findBackend('tensorflow') as unknown as NodeBackend;
  const device = backend.isUsingGpuDevice ? 'gpu' : 'cpu';
  if (settings.device !== 'auto' && settings.device !== device) {
    return { available: false, reason: `TensorFlow ${backend.binding.TF_Version} (${path}) computes on the ${device} in this process`, remedy };
  }
  const deviceClass = device === 'gpu' ? gpuClass(backend, settings) : cpuClass(backend);
  return { available: true, runtime: { tf, backend: 'tensorflow', deviceClass }, device, path };
}

function missing(): string {
  if (process.env.BASINET_TFJS === 'off') return 'switched off by BASINET_TFJS=off';
  return process.env.BASINET_TFJS ? `BASINET_TFJS=${process.env.BASINET_TFJS} holds no ${TFJS_NODE.cpu}` : `${TFJS_NODE.cpu} is not installed`;
}

const slug = (text: string): string => text.toLowerCase().replace(/\((r|tm|c)\)/g, '').replace(/[^a-z0-9.]+/g, '-').replace(/^-|-$/g, '');

/** How products are cut up depends on the number of threads and the sizes of the processor's caches, and so do their bits. */
function cpuClass({ binding }: NodeBackend): string {
  return `tfjs-cpu-${binding.TF_Version}-${intraOpThreads()}t-${slug(cpus()[0]?.model ?? 'unknown')}`;
}

function gpuClass({ binding }: NodeBackend, { tf32 }: TfjsSettings): string {
  const names = [...new Set(visibleGpus().map(({ name }) => slug(name)))];
  return `tfjs-gpu-${names.join('+') || 'unknown'}-${binding.TF_Version}${tf32 ? '-tf32' : ''}`;
}
