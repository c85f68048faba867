// The tfjs engine: the network, prior and likelihood on TensorFlow.js, on whatever device its runtime has.
import type { Engine } from '../engine.js';
import { tfjsPotential } from './potential.js';
import type { TfjsRuntime } from './runtime.js';
import { DEFAULT_TFJS_SETTINGS } from './settings.js';

/**
 * The engine on `runtime`. It ignores `threads`: the runtime has threads of its own.
 *
 * @param activationBytes - as `TfjsSettings.activationBytes`
 */
export function tfjsEngine(runtime: TfjsRuntime, activationBytes = DEFAULT_TFJS_SETTINGS.activationBytes): Engine {
  return {
    name: 'tfjs',
    deviceClass: runtime.deviceClass,
    potential: (posterior, data) => tfjsPotential(runtime, posterior, data, activationBytes),
  };
}
