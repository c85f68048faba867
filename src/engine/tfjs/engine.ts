// The tfjs engine: the network, prior and likelihood on TensorFlow.js, on whatever device its runtime has.
import type { Engine } from '../engine.js';
import { potentialOver } from '../potentialOver.js';
import type { TfjsRuntime } from './runtime.js';
import { DEFAULT_TFJS_SETTINGS } from './settings.js';
import { tfjsStack } from './stack.js';

/**
 * The engine on `runtime`. It ignores `threads`: the runtime has threads of its own.
 *
 * @param activationBytes - as `TfjsSettings.activationBytes`
 */
export function tfjsEngine(runtime: TfjsRuntime, activationBytes = DEFAULT_TFJS_SETTINGS.activationBytes): Engine {
  return {
    name: 'tfjs',
    deviceClass: runtime.deviceClass,
    potential: (posterior, data) => {
      const stack = tfjsStack(runtime, posterior, data, 1, activationBytes);
      return potentialOver(posterior, data.rows, (request) => stack.run([request])[0]!, () => stack.dispose());
    },
    stack: (posterior, data, width) => tfjsStack(runtime, posterior, data, width, activationBytes),
  };
}
