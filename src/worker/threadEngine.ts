// The engine of a thread: the one whose device class the main thread chose.
import type { Engine } from '../engine/engine.js';
import { engineOfClass } from '../engine/select.js';
import type { TfjsSettings } from '../engine/tfjs/settings.js';
import { BasinetError } from '../errors.js';

/** Throws ENGINE_UNAVAILABLE where this thread has not what its main thread has. */
export function threadEngine(deviceClass: string, tfjs: TfjsSettings): Engine {
  const engine = engineOfClass(deviceClass, 'auto', tfjs);
  if (engine !== null) return engine;
  throw new BasinetError('ENGINE_UNAVAILABLE', `a thread of this worker cannot compute as ${deviceClass}, as its main thread can`, { path: 'engine', value: deviceClass });
}
