// Which engine is chosen, what is said about it, and what the processor offers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cpuFeatures, measureFmaPeak, nativeEngine } from '../../src/engine/native.js';
import { engineOfClass, processorEngine, selectEngine } from '../../src/engine/select.js';
import { DEFAULT_TFJS_SETTINGS } from '../../src/engine/tfjs/settings.js';
import { fakeDriver, type FakeDriver } from './fakeDriver.js';
import { tfjsRuntimes } from './support.js';

const onLibtensorflow = tfjsRuntimes.find(({ backend }) => backend === 'tensorflow');

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

test('tfjs without TensorFlow.js is an error that says what to install and what else there is', () => {
  vi.stubEnv('BASINET_TFJS', 'off');
  const unavailable = (remedy: RegExp): unknown => expect.objectContaining({ code: 'ENGINE_UNAVAILABLE', path: 'engine', value: 'tfjs', remedy: expect.stringMatching(remedy) as string });
  expect(() => selectEngine('tfjs')).toThrow(unavailable(/build-tfjs-node\.mjs, .*@tensorflow\/tfjs-node@.* auto or native/));
  expect(() => selectEngine('tfjs', { ...DEFAULT_TFJS_SETTINGS, device: 'gpu' })).toThrow(unavailable(/--gpu .*driver must be .*tfjs-node-gpu@.*CUDA 11\.2 and cuDNN 8\.1/));
  vi.stubEnv('BASINET_TFJS', '/nowhere');
  expect(() => selectEngine('tfjs')).toThrow(/BASINET_TFJS=\/nowhere holds no/);
});

describe('on a machine with a GPU', () => {
  /** A driver, and packages that load or do not, by their main files. */
  function pretend(mains: Readonly<Record<string, string>>, driver = fakeDriver()) {
    for (const [name, main] of Object.entries(mains)) {
      const home = join(driver.directory, 'node_modules', '@tensorflow', name);
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, 'package.json'), `{"name":"@tensorflow/${name}","main":"main.js"}`);
      writeFileSync(join(home, 'main.js'), main);
    }
    vi.stubEnv('BASINET_TFJS', driver.directory);
    vi.stubEnv('PATH', driver.path);
    for (const name of ['NVIDIA_TF32_OVERRIDE', 'TF_DETERMINISTIC_OPS', 'CUDA_VISIBLE_DEVICES']) vi.stubEnv(name, undefined);
    vi.resetModules();
    return import('../../src/engine/select.js');
  }
  const pretendGpu = (main: string, driver?: FakeDriver) => pretend({ 'tfjs-node-gpu': main }, driver);

  const backend = (gpu: boolean) => `exports.findBackend = () => ({ isUsingGpuDevice: ${gpu}, binding: { TF_Version: '2.99.0' } });`;

  test('auto is tfjs where the package for GPUs is installed and sees it', async () => {
    const fresh = await pretendGpu(backend(true));
    const { engine, reason } = fresh.selectEngine('auto');
    expect(engine).toMatchObject({ name: 'tfjs', deviceClass: 'tfjs-gpu-nvidia-h100-80gb-hbm3-2.99.0' });
    expect(reason).toMatch(/GPU/);
    // TF32 is one setting of the whole process.
    expect(process.env.NVIDIA_TF32_OVERRIDE).toBe('0');
    expect(() => fresh.selectEngine('tfjs', { ...DEFAULT_TFJS_SETTINGS, tf32: true })).toThrow(/NVIDIA_TF32_OVERRIDE is 0 .* needs 1/);
    expect(() => fresh.selectEngine('tfjs', { ...DEFAULT_TFJS_SETTINGS, device: 'cpu' })).toThrow(/computes on the gpu in this process/);
    expect(fresh.selectEngine('auto', { ...DEFAULT_TFJS_SETTINGS, device: 'cpu' }).engine.name).toBe('native');
    // A job that was refused leaves nothing behind for the next.
    expect(process.env.CUDA_VISIBLE_DEVICES).toBeUndefined();
    expect(fresh.selectEngine('auto').engine.name).toBe('tfjs');
  });

  test('a job for the processor hides the GPU only where there is no package for processors', async () => {
    const onCpu = { ...DEFAULT_TFJS_SETTINGS, device: 'cpu' } as const;
    const both = await pretend({ 'tfjs-node-gpu': backend(true), 'tfjs-node': backend(false) });
    expect(both.selectEngine('tfjs', onCpu).engine.deviceClass).toMatch(/^tfjs-cpu-/);
    expect(process.env.CUDA_VISIBLE_DEVICES).toBeUndefined();
    const alone = await pretendGpu(`const gpu = process.env.CUDA_VISIBLE_DEVICES !== '-1'; exports.findBackend = () => ({ isUsingGpuDevice: gpu, binding: { TF_Version: '2.99.0' } });`);
    expect(alone.selectEngine('tfjs', onCpu).engine.deviceClass).toMatch(/^tfjs-cpu-/);
    expect(process.env.CUDA_VISIBLE_DEVICES).toBe('-1');
    expect(() => alone.selectEngine('tfjs', { ...DEFAULT_TFJS_SETTINGS, device: 'gpu' })).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/CUDA_VISIBLE_DEVICES is "-1" .* needs a GPU/) as string, remedy: expect.stringMatching(/process of its own/) as string }),
    );
  });

  test('the driver is asked once, however often an engine is chosen', async () => {
    const driver = fakeDriver();
    const fresh = await pretendGpu(backend(true), driver);
    for (let chain = 0; chain < 3; chain++) expect(fresh.selectEngine('auto').engine.name).toBe('tfjs');
    expect(driver.calls()).toBe(1);
  });

  test.each([
    ['does not see it', backend(false), /2\.99\.0 .* computes on the cpu/],
    ['cannot be loaded', 'throw new Error("libcudart.so.12: no such file")', /cannot be loaded: libcudart/],
  ])('auto is native and says why, where TensorFlow.js %s', async (_what, main, message) => {
    const fresh = await pretendGpu(main);
    const { engine, reason } = fresh.selectEngine('auto');
    expect(engine.name).toBe('native');
    expect(reason).toMatch(message);
    expect(() => fresh.selectEngine('tfjs', { ...DEFAULT_TFJS_SETTINGS, device: 'gpu' })).toThrow(expect.objectContaining({ code: 'ENGINE_UNAVAILABLE', remedy: expect.stringMatching(/cuDNN/) as string }));
  });

  test('what TF32 makes of a result is another device class', async () => {
    const fresh = await pretendGpu(backend(true));
    expect(fresh.selectEngine('tfjs', { ...DEFAULT_TFJS_SETTINGS, tf32: true }).engine.deviceClass).toMatch(/-tf32$/);
  });
});

test.each(['reference', 'native-portable', `native-${cpuFeatures()!.instructionSets[0]}`])('the engine of class %s is to be had by its class', (deviceClass) => {
  expect(engineOfClass(deviceClass, 'auto')).toMatchObject({ deviceClass, name: deviceClass.split('-')[0] });
  expect(engineOfClass(deviceClass, 'tfjs')).toBeNull();
});

test.each(['', 'native', 'native-sse9', 'reference-2', 'tfjs-cpu-0.1', 'tfjs-gpu-nvidia-h100-2.99.0', 'abacus'])('there is no engine of class "%s" here', (deviceClass) => {
  expect(engineOfClass(deviceClass, 'auto')).toBeNull();
});

test('where an instruction set is forced, no other is to be had', () => {
  vi.stubEnv('BASINET_ISA', 'portable');
  expect(engineOfClass('native-portable', 'auto')).not.toBeNull();
  expect(engineOfClass(`native-${cpuFeatures()!.instructionSets[0]}`, 'auto')).toBeNull();
});

test.runIf(onLibtensorflow !== undefined)('TensorFlow’s class is to be had where it is what is here', () => {
  const { deviceClass } = onLibtensorflow!;
  const cpu = { ...DEFAULT_TFJS_SETTINGS, device: 'cpu' } as const;
  expect(engineOfClass(deviceClass, 'auto', cpu)).toMatchObject({ name: 'tfjs', deviceClass });
  expect(engineOfClass(`${deviceClass}-other`, 'auto', cpu)).toBeNull();
});

test('what is no sampling takes a processor', () => {
  expect(processorEngine('tfjs').name).toBe('native');
  expect(processorEngine('reference').name).toBe('reference');
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
