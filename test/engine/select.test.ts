// Which engine is chosen, what is said about it, and what the processor offers.
import { afterEach, expect, test, vi } from 'vitest';
import { cpuFeatures, measureFmaPeak, nativeEngine } from '../../src/engine/native.js';
import { selectEngine } from '../../src/engine/select.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test('auto is the native engine where the addon is built', () => {
  const { engine, reason } = selectEngine('auto');
  expect(engine.name).toBe('native');
  expect(engine.deviceClass).toBe(`native-${cpuFeatures()!.instructionSets[0]}`);
  expect(reason).not.toBe('');
  expect(selectEngine('reference').engine.deviceClass).toBe('reference');
  expect(() => selectEngine('tfjs')).toThrow(expect.objectContaining({ code: 'ENGINE_UNAVAILABLE' }));
});

test('without the addon auto is the reference engine and says why; native is an error', async () => {
  vi.stubEnv('BASINET_NATIVE', 'off');
  vi.resetModules();
  const fresh = await import('../../src/engine/select.js');
  const { engine, reason } = fresh.selectEngine('auto');
  expect(engine.name).toBe('reference');
  expect(reason).toMatch(/BASINET_NATIVE=off/);
  expect(() => fresh.selectEngine('native')).toThrow(expect.objectContaining({ code: 'ENGINE_UNAVAILABLE', remedy: expect.stringMatching(/build:native/) as string }));
  const native = await import('../../src/engine/native.js');
  expect(native.cpuFeatures()).toBeNull();
  expect(native.measureFmaPeak(1, 1)).toBeNull();
});

test('BASINET_ISA forces an instruction set; an unknown one is an error', () => {
  vi.stubEnv('BASINET_ISA', 'portable');
  expect(nativeEngine().deviceClass).toBe('native-portable');
  vi.stubEnv('BASINET_ISA', 'mmx');
  expect(() => nativeEngine()).toThrow(expect.objectContaining({ code: 'ENGINE_UNAVAILABLE', path: 'BASINET_ISA', value: 'mmx' }));
});

test('the peak rate of fused multiply-adds is measured', () => {
  expect(cpuFeatures()!.instructionSets).toContain('portable');
  expect(measureFmaPeak(1, 20)).toBeGreaterThan(0.1);
  expect(measureFmaPeak(2, 20)).toBeGreaterThan(0.1);
});
