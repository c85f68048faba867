// Which GPUs are seen, and what the environment must say before TensorFlow is loaded.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { prepareEnvironment } from '../../src/engine/tfjs/environment.js';
import { visibleGpus } from '../../src/engine/tfjs/gpu.js';
import { DEFAULT_TFJS_SETTINGS, type TfjsSettings } from '../../src/engine/tfjs/settings.js';
import { fakeDriver } from './fakeDriver.js';

describe('visibleGpus', () => {
  const query = ['GPU-aaaa1111-22, NVIDIA A100-SXM4-40GB, 40960 MiB, 550.54.15', 'GPU-bbbb3333-44, NVIDIA H100 80GB HBM3, 81559, 550.54.15'];
  const list = [
    'GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-aaaa1111-22)',
    '  MIG 1g.5gb      Device  0: (UUID: MIG-c6d4f1ef-42e4)',
    '  MIG 3g.20gb     Device  1: (UUID: MIG-cba663e8-9bed)',
    'GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-bbbb3333-44)',
    '  MIG 1g.10gb     Device  0: (UUID: MIG-0f0f0f0f-1111)',
  ];
  const [A100, H100] = ['NVIDIA A100-SXM4-40GB', 'NVIDIA H100 80GB HBM3'] as const;

  test.each<[string | undefined, string[]]>([
    [undefined, [A100, H100]],
    ['1', [H100]],
    ['1, 0', [H100, A100]],
    ['GPU-bbbb3333-44', [H100]],
    ['GPU-aaaa', [A100]],
    ['MIG-cba663e8-9bed', [`${A100} MIG 3g.20gb`]],
    ['MIG-0f0f0f0f-1111', [`${H100} MIG 1g.10gb`]],
    ['MIG-GPU-bbbb3333-44/7/0', [H100]],
    ['MIG-of-a-driver-that-lists-none', [A100]],
    ['', []],
    ['-1', []],
    ['0,-1,1', [A100]],
    ['2', []],
    ['NoDevFiles', []],
  ])('CUDA_VISIBLE_DEVICES=%s', (visible, names) => {
    const { path } = fakeDriver({ query, list });
    expect(visibleGpus({ PATH: path, CUDA_VISIBLE_DEVICES: visible }).map(({ name }) => name)).toEqual(names);
  });

  test('has each with its memory and driver; none without a driver', () => {
    expect(visibleGpus({ PATH: fakeDriver({ query }).path })[1]).toEqual({ uuid: 'GPU-bbbb3333-44', name: H100, memoryBytes: 81559 * 2 ** 20, driver: '550.54.15' });
    expect(visibleGpus({ PATH: '/nowhere' })).toEqual([]);
  });

  test('threads know what the process was told', async () => {
    const driver = fakeDriver({ query });
    const wanted = visibleGpus({ PATH: driver.path });
    const built = fileURLToPath(new URL('../../dist/engine/tfjs/gpu.js', import.meta.url));
    const program = `import(${JSON.stringify(built)}).then(({ visibleGpus }) => require('node:worker_threads').parentPort.postMessage(visibleGpus()))`;
    const seen = await new Promise((resolve, reject) => {
      new Worker(program, { eval: true, env: { PATH: driver.path } }).once('message', resolve).once('error', reject);
    });
    expect(seen).toEqual(wanted);
    expect(driver.calls()).toBe(1);
  });
});

describe('prepareEnvironment', () => {
  const settings = (change: Partial<TfjsSettings> = {}): TfjsSettings => ({ ...DEFAULT_TFJS_SETTINGS, ...change });

  test('sets what decides results, and leaves what the user chose', () => {
    const environment: NodeJS.ProcessEnv = { TF_NUM_INTRAOP_THREADS: '3' };
    expect(prepareEnvironment(settings({ device: 'cpu' }), true, environment)).toBeNull();
    expect(environment).toMatchObject({ NVIDIA_TF32_OVERRIDE: '0', TF_DETERMINISTIC_OPS: '1', CUDA_VISIBLE_DEVICES: '-1', TF_NUM_INTRAOP_THREADS: '3' });
  });

  test('sets nothing where something stands in the way', () => {
    for (const conflict of [{ NVIDIA_TF32_OVERRIDE: '1' }, { TF_DETERMINISTIC_OPS: '0' }, { CUDA_VISIBLE_DEVICES: '0' }]) {
      const environment: NodeJS.ProcessEnv = { ...conflict };
      expect(prepareEnvironment(settings({ device: 'cpu' }), true, environment)).toContain(Object.keys(conflict)[0]);
      expect(environment).toEqual(conflict);
    }
  });

  test('an empty CUDA_VISIBLE_DEVICES hides all GPUs, as -1 does', () => {
    for (const hidden of ['', '-1']) {
      expect(prepareEnvironment(settings({ device: 'cpu' }), true, { CUDA_VISIBLE_DEVICES: hidden })).toBeNull();
      expect(prepareEnvironment(settings({ device: 'gpu' }), false, { CUDA_VISIBLE_DEVICES: hidden })).toMatch(/needs a GPU/);
      expect(prepareEnvironment(settings(), false, { CUDA_VISIBLE_DEVICES: hidden })).toBeNull();
    }
  });
});
