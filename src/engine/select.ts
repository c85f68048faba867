// Chooses the engine that a job or a command asks for, and says why.
import { BasinetError } from '../errors.js';
import { loadAddon } from './addon.js';
import type { Engine } from './engine.js';
import { instructionSets, nativeEngine } from './native.js';
import { referenceEngine } from './reference.js';
import { widthOf } from './stack.js';
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

/**
 * The engine of this machine that computes as `deviceClass` to the last bit, in stacks of whatever width that names; null where it has
 * none, or `wanted` is another engine. A processor has those of the instruction sets below its best one, too.
 */
export function engineOfClass(deviceClass: string, wanted: 'auto' | Engine['name'], tfjs: TfjsSettings = DEFAULT_TFJS_SETTINGS): Engine | null {
  const [name = '', device] = deviceClass.split('-');
  if (wanted !== 'auto' && wanted !== name) return null;
  switch (name) {
    case 'reference':
      return deviceClass === 'reference' ? referenceEngine() : null;
    case 'native': {
      const instructionSet = instructionSets().find((each) => each === device);
      return instructionSet === undefined ? null : nativeEngine(instructionSet);
    }
    case 'tfjs':
      return tfjsOfClass(deviceClass, device === 'gpu' ? 'gpu' : 'cpu', tfjs);
    default:
      return null;
  }
}

function tfjsOfClass(deviceClass: string, device: 'cpu' | 'gpu', tfjs: TfjsSettings): Engine | null {
  if (tfjs.device !== 'auto' && tfjs.device !== device) return null;
  const status = loadTfjs(tfjs);
  return status.available && widthOf(deviceClass, status.runtime.deviceClass) !== null ? tfjsEngine(status.runtime, tfjs.activationBytes) : null;
}

/** Null where there is nothing to run on a GPU with: TensorFlow is loaded only where both package and GPU are there. */
function onGpu(tfjs: TfjsSettings): SelectedEngine | null {
  if (tfjs.device === 'cpu' || findTfjs([TFJS_NODE.gpu]) === null || visibleGpus().length === 0) return null;
  const status = loadTfjs({ ...tfjs, device: 'gpu' });
  if (status.available) return { engine: tfjsEngine(status.runtime, tfjs.activationBytes), reason: 'a GPU is here' };
  return onProcessor(`a GPU is here and cannot be used: ${status.reason}`);
}

/**
 * For what is no sampling (alignment, scores, predictions): the job's engine where that is a processor's, else the best of this
 * processor, so that it can be done anywhere.
 */
export function processorEngine(wanted: 'auto' | Engine['name']): Engine {
  return wanted === 'native' || wanted === 'reference' ? selectEngine(wanted).engine : onProcessor().engine;
}

function onProcessor(because = 'the fastest engine of this machine'): SelectedEngine {
  const status = loadAddon();
  if (status.available) return { engine: nativeEngine(), reason: because };
  return { engine: referenceEngine(), reason: `the native engine, far faster, is not available: ${status.reason}` };
}
