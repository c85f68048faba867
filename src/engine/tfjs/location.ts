// Where scripts/build-tfjs-node.mjs puts TensorFlow.js, and where the engine looks for it.
import { join } from 'node:path';
import { cacheDir } from '../../cacheDir.js';

/** TensorFlow.js on libtensorflow, without and with CUDA; of one version, since bits depend on it. */
export const TFJS_NODE = { cpu: '@tensorflow/tfjs-node', gpu: '@tensorflow/tfjs-node-gpu', version: '4.22.0' } as const;

/** The directory whose `node_modules` holds what the script built for this kind of device. */
export function builtTfjs(device: 'cpu' | 'gpu', environment: NodeJS.ProcessEnv = process.env): string {
  return join(cacheDir(environment), `tfjs-node-${device}`);
}
