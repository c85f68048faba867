// Which engine a chain gets on a worker, and what the worker says that it has.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cpuFeatures } from '../../src/engine/native.js';
import { loadTfjs } from '../../src/engine/tfjs/load.js';
import { DEFAULT_TFJS_SETTINGS } from '../../src/engine/tfjs/settings.js';
import type { Job } from '../../src/job/schema.js';
import { WorkerEngines } from '../../src/worker/engines.js';
import { tinyJob } from '../support/cluster.js';

const best = `native-${cpuFeatures()!.instructionSets[0]}`;
const job = (engine: Job['engine'], allowDeviceClassChange = false): Job => tinyJob('engines', {}, { engine, resources: { allowDeviceClassChange } });
const classOf = (only: ConstructorParameters<typeof WorkerEngines>[0], wanted: Job, before: string | null): string => new WorkerEngines(only).choose(wanted, before).engine.deviceClass;

afterEach(() => vi.unstubAllEnvs());

describe('a chain', () => {
  it.each([
    { what: 'that is new takes what its job asks for', only: 'auto', wanted: job('reference'), before: null, expected: 'reference' },
    { what: 'that is new takes the worker’s where its job leaves it open', only: 'reference', wanted: job('auto'), before: null, expected: 'reference' },
    { what: 'goes on with the instruction set that it was begun with', only: 'auto', wanted: job('native'), before: 'native-portable', expected: 'native-portable' },
    { what: 'goes on with the engine that it was begun with', only: 'auto', wanted: job('auto'), before: 'reference', expected: 'reference' },
    { what: 'stays what it was even where it may change', only: 'auto', wanted: job('auto', true), before: 'reference', expected: 'reference' },
    { what: 'changes where its job lets it', only: 'auto', wanted: job('auto', true), before: 'tfjs-gpu-of-old', expected: best },
    { what: 'changes to the worker’s only engine where its job lets it', only: 'native', wanted: job('auto', true), before: 'reference', expected: best },
  ] as const)('$what', ({ only, wanted, before, expected }) => {
    vi.stubEnv('BASINET_TFJS', 'off');
    expect(classOf(only, wanted, before)).toBe(expected);
  });

  it.each([
    { what: 'of another engine than the worker’s only one', only: 'native', wanted: job('reference'), before: null, code: 'ENGINE_UNAVAILABLE', path: 'engine', remedy: /of the engine reference/ },
    { what: 'that was begun on a device that is not here', only: 'auto', wanted: job('auto'), before: 'tfjs-gpu-of-old', code: 'STATE_INVALID', path: 'resources.allowDeviceClassChange', remedy: /tfjs-gpu-of-old/ },
    { what: 'that was begun with another engine than the worker’s only one', only: 'native', wanted: job('auto'), before: 'reference', code: 'STATE_INVALID', path: 'resources.allowDeviceClassChange', remedy: /reference/ },
  ] as const)('$what is refused', ({ only, wanted, before, code, path, remedy }) => {
    expect(() => classOf(only, wanted, before)).toThrow(expect.objectContaining({ code, path, remedy: expect.stringMatching(remedy) as string }));
  });
});

describe('a worker announces', () => {
  it('every engine and class that it has, of tfjs once it was loaded', () => {
    vi.stubEnv('BASINET_TFJS', 'off');
    expect(new WorkerEngines('auto').announced()).toEqual({
      engines: ['native', 'reference'],
      deviceClasses: [...cpuFeatures()!.instructionSets.map((name) => `native-${name}`), 'reference'],
    });
    expect(new WorkerEngines('reference').announced()).toEqual({ engines: ['reference'], deviceClasses: ['reference'] });
  });

  it.skipIf(!loadTfjs({ ...DEFAULT_TFJS_SETTINGS, device: 'cpu' }).available)('the class of its TensorFlow, also where it could not take the chain for which it was loaded', () => {
    const engines = new WorkerEngines('tfjs');
    expect(engines.announced()).toEqual({ engines: ['tfjs'], deviceClasses: [] });
    expect(() => engines.choose(job('auto'), 'tfjs-gpu-of-old')).toThrow(/computed on tfjs-gpu-of-old/);
    expect(engines.announced()).toEqual({ engines: ['tfjs'], deviceClasses: [expect.stringMatching(/^tfjs-cpu-/)] });
  });

  it('no TensorFlow that cannot be loaded', () => {
    vi.stubEnv('BASINET_TFJS', 'off');
    const engines = new WorkerEngines('auto');
    expect(() => engines.choose(job('auto'), 'tfjs-gpu-of-old')).toThrow(/computed on tfjs-gpu-of-old/);
    vi.unstubAllEnvs();
    expect(engines.announced().engines).toEqual(['native', 'reference']);
  });

  it('the one instruction set that is forced', () => {
    vi.stubEnv('BASINET_ISA', 'portable');
    expect(new WorkerEngines('native').announced()).toEqual({ engines: ['native'], deviceClasses: ['native-portable'] });
  });
});
