// Chooses the engine that a job or a command asks for, and says why.
import { BasinetError } from '../errors.js';
import { loadAddon } from './addon.js';
import type { Engine } from './engine.js';
import { nativeEngine } from './native.js';
import { referenceEngine } from './reference.js';
import { tfjsEngine } from './tfjs/engine.js';
import { visibleGpus } from './tfjs/gpu.js';
import { findTfjs, loadTfjs } from './tfjs/load.js';
import { TFJS_NODE } from './tfjs/location.js';
import { DEFAULT_TFJS_SETTINGS, type TfjsSettings } from './tfjs/settings.js';

export interface SelectedEngine {
  readonly engine: Engine;
  /** One phrase for the user: why this one. */
  readonly reason: string;
}

/**
 * `auto` is tfjs where `@tensorflow/tfjs-node-gpu` is installed and sees a GPU; else the native engine, or the reference
 * engine where the addon cannot be loaded.
 *
 * @throws BasinetError ENGINE_UNAVAILABLE where `native` or `tfjs` is asked for and cannot be had
 */
export function selectEngine(wanted: 'auto' | Engine['name'], tfjs: TfjsSettings = DEFAULT_TFJS_SETTINGS): SelectedEngine {
  switch (wanted) {
    case 'native':
      return { engine: nativeEngine(), reason: 'asked for' };
    case 'reference':
      return { engine: referenceEngine(), reason: 'asked for' };
    case 'tfjs': {
      const status = loadTfjs(tfjs);
      if (status.available) return { engine: tfjsEngine(status.runtime, tfjs.activationBytes), reason: 'asked for' };
      throw new BasinetError('ENGINE_UNAVAILABLE', `the tfjs engine is not available: ${status.reason}`, { path: 'engine', value: wanted, remedy: status.remedy });
    }
    case 'auto':
      return onGpu(tfjs) ?? onProcessor();
  }
}

/** Null where there is nothing to run on a GPU with: TensorFlow is loaded only where both package and GPU are there. */
function onGpu(tfjs: TfjsSettings): SelectedEngine | null {
  if (tfjs.device === 'cpu' || findTfjs([TFJS_NODE.gpu]) === null || visibleGpus().length === 0) return null;
  const status = loadTfjs({ ...tfjs, device: 'gpu' });
  if (status.available) return { engine: tfjsEngine(status.runtime, tfjs.activationBytes), reason: 'a GPU is here' };
  return onProcessor(`a GPU is here and cannot be used: ${status.reason}`);
}

function onProcessor(because = 'the fastest engine of this machine'): SelectedEngine {
  const status = loadAddon();
  if (status.available) return { engine: nativeEngine(), reason: because };
  return { engine: referenceEngine(), reason: `the native engine, far faster, is not available: ${status.reason}` };
}
