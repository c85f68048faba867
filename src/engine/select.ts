// Chooses the engine that a job or a command asks for, and says why.
import { BasinetError } from '../errors.js';
import { loadAddon } from './addon.js';
import type { Engine } from './engine.js';
import { nativeEngine } from './native.js';
import { referenceEngine } from './reference.js';

export interface SelectedEngine {
  readonly engine: Engine;
  /** One phrase for the user: why this one. */
  readonly reason: string;
}

/**
 * `auto` is the native engine, or the reference engine where the addon cannot be loaded.
 *
 * @throws BasinetError ENGINE_UNAVAILABLE where `native` is asked for and cannot be had, or the engine is unknown
 */
export function selectEngine(wanted: 'auto' | Engine['name']): SelectedEngine {
  switch (wanted) {
    case 'native':
      return { engine: nativeEngine(), reason: 'asked for' };
    case 'reference':
      return { engine: referenceEngine(), reason: 'asked for' };
    case 'auto': {
      const status = loadAddon();
      if (status.available) return { engine: nativeEngine(), reason: 'the fastest engine of this machine' };
      return { engine: referenceEngine(), reason: `the native engine, far faster, is not available: ${status.reason}` };
    }
    case 'tfjs':
      throw new BasinetError('ENGINE_UNAVAILABLE', 'this version of basinet has no tfjs engine', {
        path: 'engine',
        value: wanted,
        remedy: 'Choose auto, native or reference.',
      });
  }
}
