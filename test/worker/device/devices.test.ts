// Which width a chain is computed with, and for how long its device lives; and a measurement of both ways.
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.js';
import { loadTfjs } from '../../../src/engine/tfjs/load.js';
import { DEFAULT_TFJS_SETTINGS } from '../../../src/engine/tfjs/settings.js';
import { resolveJob } from '../../../src/job/load.js';
import type { ChainToCompute, Devices as DevicesClass, Computed } from '../../../src/worker/device/devices.js';
import type * as measuring from '../../../src/worker/device/measure.js';
import type { LoadedJob } from '../../../src/worker/jobData.js';
import { hashed } from '../../engine/support.js';

const TFJS = { ...DEFAULT_TFJS_SETTINGS, device: 'cpu' } as const;
const built = (name: string) => new URL(`../../../dist/worker/device/${name}.js`, import.meta.url);
if (!existsSync(built('devices'))) throw new Error('dist/ does not exist: npm test makes it, or node scripts/build.mjs');
const { Devices } = (await import(built('devices').href)) as { Devices: typeof DevicesClass };
const { widthMeasure, stackedSpeed, separateSpeed } = (await import(built('measure').href)) as typeof measuring;

const stacking: Engine = { name: 'tfjs', deviceClass: 'tfjs-a', potential: () => expect.fail(), stack: () => expect.fail() };
const alone: Engine = { name: 'native', deviceClass: 'native-a', potential: () => expect.fail() };

function loaded(stack: 'auto' | number, inference: object = { leapfrogSteps: 4, stepSize: 1e-3 }): LoadedJob {
  const job = resolveJob({
    name: 'measured',
    data: { train: { format: 'csv', file: 'none', targets: ['y'] } },
    network: { hidden: [{ width: 5, activation: 'tanh' }] },
    likelihood: { kind: 'gaussian', noise: 0.1 },
    engine: 'tfjs',
    tfjs: { device: 'cpu', stack },
    inference: { chains: 5, ...inference },
  });
  const shape = { features: 3, outputs: 1, trainRows: 40, testRows: 0, targetKind: 'real' as const };
  return { job, data: { train: { rows: 40, features: 3, inputs: hashed(120, 1), targets: hashed(40, 2) }, shape } as LoadedJob['data'], probe: null };
}

const chain = (key: string, job: LoadedJob, engine: Engine, recorded: string | null, signal?: AbortSignal): ChainToCompute => ({ key, loaded: job, engine, recorded, ...(signal && { signal }) });
const classOf = ({ deviceClass }: Computed) => Promise.resolve(deviceClass);

test('a chain that begins is measured for, once a job; one that goes on keeps its width; an engine without stacks has none', async () => {
  const asked: number[] = [];
  const devices = new Devices(4, (_job, _class, chains) => {
    asked.push(chains);
    return Promise.resolve(1);
  });
  const job = loaded('auto');
  expect(await Promise.all([0, 1, 2].map(() => devices.with(chain('a', job, stacking, null), classOf)))).toEqual(['tfjs-a', 'tfjs-a', 'tfjs-a']);
  expect(asked).toEqual([4]);
  expect(await devices.with(chain('b', job, stacking, 'tfjs-b-x4'), classOf)).toBe('tfjs-a');
  expect(asked).toEqual([4, 4]);
  expect(await devices.with(chain('a', job, stacking, 'tfjs-a-x3'), classOf)).toBe('tfjs-a-x3');
  expect(await devices.with(chain('a', loaded(2), stacking, 'tfjs-a'), classOf)).toBe('tfjs-a');
  expect(await devices.with(chain('c', loaded(6), stacking, null), classOf)).toBe('tfjs-a-x6');
  expect(await devices.with(chain('c', loaded(6), alone, 'native-a-x6'), classOf)).toBe('native-a');
  expect(asked).toEqual([4, 4]);
  expect(await new Devices(1, () => expect.fail()).with(chain('a', job, stacking, null), classOf)).toBe('tfjs-a');
});

test('chains of a job and width share a device, which ends with the last of them', async () => {
  const devices = new Devices(4, () => expect.fail());
  let first: Computed['device'] = null;
  await devices.with(chain('a', loaded(2), stacking, null), async ({ device }) => {
    first = device;
    await devices.with(chain('a', loaded(2), stacking, null), (second) => Promise.resolve(expect(second.device).toBe(device)));
    await devices.with(chain('a', loaded(2), stacking, 'tfjs-a-x3'), (other) => Promise.resolve(expect(other.device).not.toBe(device)));
    await devices.with(chain('b', loaded(2), stacking, null), (other) => Promise.resolve(expect(other.device).not.toBe(device)));
    expect(device!.ended).toBe(false);
  });
  while (!first!.ended) await new Promise((resolve) => setTimeout(resolve, 5));
  await devices.with(chain('a', loaded(2), stacking, null), ({ device }) => Promise.resolve(expect(device).not.toBe(first)));
});

test('a chain that is told to leave waits for no measurement; others still do', async () => {
  let tell: (width: number) => void = () => undefined;
  const signals: AbortSignal[] = [];
  const devices = new Devices(4, (_job, _class, _chains, signal) => {
    signals.push(signal);
    return new Promise((resolve) => (tell = resolve));
  });
  const leaving = new AbortController();
  const [stays, leaves] = [devices.with(chain('a', loaded('auto'), stacking, null), classOf), devices.with(chain('a', loaded('auto'), stacking, null, leaving.signal), classOf)];
  leaving.abort();
  expect(await leaves).toBeNull();
  expect(await devices.with(chain('a', loaded('auto'), stacking, null, leaving.signal), classOf)).toBeNull();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  tell(1);
  expect(await stays).toBe('tfjs-a');
});

test('a measurement that nobody waits for any more ends, and is made anew for who comes later', async () => {
  const signals: AbortSignal[] = [];
  const devices = new Devices(4, (_job, _class, _chains, signal) => {
    signals.push(signal);
    return signals.length === 1 ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))) : Promise.resolve(1);
  });
  const leaving = new AbortController();
  const both = [0, 1].map(() => devices.with(chain('a', loaded('auto'), stacking, null, leaving.signal), classOf));
  leaving.abort();
  expect(await Promise.all(both)).toEqual([null, null]);
  expect(await devices.with(chain('a', loaded('auto'), stacking, null), classOf)).toBe('tfjs-a');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
});

const here = loadTfjs(TFJS);
const deviceClass = here.available ? here.runtime.deviceClass : '';

describe.skipIf(!here.available)('a measurement', () => {
  test.each([
    ['hmc', {}],
    ['sghmc', { method: 'sghmc', stepSize: 1e-3, batchSize: 10 }],
  ])('lets the chains compute both ways and takes the faster one: %s', async (_method, inference) => {
    const notes: string[] = [];
    const width = await widthMeasure((line) => notes.push(line))(loaded('auto', inference), deviceClass, 2, new AbortController().signal);
    const [, stacked, separate, chosen] = /job measured: 2 chains make ([\d.e+]+) gradients\/s in one stack, ([\d.e+]+) gradients\/s each by itself: (.*) \(tfjs.stack\)/.exec(notes.join())!;
    expect([width, chosen]).toEqual(Number(stacked) > Number(separate) ? [2, 'stacked'] : [1, 'each by itself']);
  });

  test('ends where it is told to', async () => {
    const long = loaded('auto', { leapfrogSteps: 10_000, stepSize: 1e-9 });
    const stopped = (measure: (signal: AbortSignal) => Promise<unknown>) => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 500);
      return measure(stop.signal);
    };
    // In the midst of a call: of one that came to its end there is a speed.
    await expect(stopped((signal) => stackedSpeed(long, deviceClass, 2, 1, signal))).rejects.toThrow(/ended with status/);
    await expect(stopped((signal) => separateSpeed(long, deviceClass, 2, 1, signal))).rejects.toThrow(/ended with status/);
    await expect(stopped((signal) => widthMeasure(() => expect.fail())(long, deviceClass, 2, signal))).rejects.toThrow(/aborted/);
  });

  test('takes what works, and says what does not', async () => {
    const notes: string[] = [];
    const job = loaded('auto', { method: 'sghmc', stepSize: 1e-3, batchSize: 50 });
    expect(await widthMeasure((line) => notes.push(line))(job, deviceClass, 2, new AbortController().signal)).toBe(1);
    expect(notes.join()).toMatch(/nothing \(.*50.*\) in one stack, nothing/);
  });
});
