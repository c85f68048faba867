// Potentials that the thread of a device computes: bits, errors, and threads that die. On libtensorflow.
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { selectEngine } from '../../../src/engine/select.js';
import { potentialOver } from '../../../src/engine/potentialOver.js';
import { loadTfjs } from '../../../src/engine/tfjs/load.js';
import { DEFAULT_TFJS_SETTINGS } from '../../../src/engine/tfjs/settings.js';
import type { Device as DeviceClass } from '../../../src/worker/device/device.js';
import type { remotePotential as RemotePotential } from '../../../src/worker/device/remote.js';
import { dataOf, hashed, positionOf, posteriorOf } from '../../engine/support.js';

const TFJS = { ...DEFAULT_TFJS_SETTINGS, device: 'cpu' } as const;
const built = (name: string) => new URL(`../../../dist/worker/device/${name}.js`, import.meta.url);
if (!existsSync(built('device'))) throw new Error('dist/ does not exist: npm test makes it, or node scripts/build.mjs');
const { Device } = (await import(built('device').href)) as { Device: typeof DeviceClass };
const { remotePotential } = (await import(built('remote').href)) as { remotePotential: typeof RemotePotential };

const posterior = posteriorOf({ inputs: 7, hidden: [11], outputs: 3, rows: 301 }, 'tanh', 'gaussian-learned');
const data = dataOf(posterior, 301);
const here = loadTfjs(TFJS);
const deviceClass = here.available ? here.runtime.deviceClass : '';
const newDevice = (width: number) => new Device({ deviceClass, tfjs: TFJS, posterior, train: data, width });

/** A thread that asks for evaluations for ever, and says after each that it has. */
const asking = (place: ReturnType<DeviceClass['join']>) =>
  new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     import(workerData.remote).then(({ remotePotential }) => {
       const potential = remotePotential(workerData.posterior, 301, workerData.place);
       const gradient = new Float32Array(potential.dimension);
       for (;;) {
         try { parentPort.postMessage({ energy: potential.valueAndGradient(workerData.position, gradient) }); }
         catch (error) { parentPort.postMessage({ code: error.code, message: error.message }); return; }
       }
     });`,
    { eval: true, workerData: { remote: built('remote').href, posterior, place, position: positionOf(posterior) }, transferList: [place.port] },
  );
type Said = { readonly energy?: number; readonly code?: string };
const next = (worker: Worker) => new Promise<Said>((resolve) => worker.once('message', resolve));

describe.skipIf(!loadTfjs(TFJS).available)('a device', () => {
  test('gives the bits of a stack in the same thread, for everything that a potential can do', async () => {
    const device = newDevice(3);
    const remote = remotePotential(posterior, 301, device.join());
    const stack = selectEngine('tfjs', TFJS).engine.stack!(posterior, data, 3);
    const local = potentialOver(posterior, 301, (request) => stack.run([request])[0]!, () => stack.dispose());
    const [there, here] = [remote, local].map((potential) => {
      const position = positionOf(posterior);
      const gradient = new Float32Array(posterior.dimension);
      const momentum = hashed(posterior.dimension, 9);
      const energies: unknown[] = [potential.valueAndGradient(position, gradient), potential.parts()];
      energies.push(potential.trajectory!(position, momentum, gradient, new Float32Array(posterior.dimension).fill(1.3), 1e-3, 7, Infinity), potential.parts());
      energies.push(potential.trajectory!(position.slice(), momentum.slice(), gradient.slice(), new Float32Array(posterior.dimension).fill(1), 1e4, 7, 1e6));
      for (const size of [1, 21, 40, 21]) energies.push(potential.batchValueAndGradient(position, Int32Array.from({ length: size }, (_, i) => (i * 7) % 301), gradient));
      const outputs = new Float32Array(40);
      const hidden = [new Float32Array(17 * 11)];
      potential.predict(position, data.inputs, 12, outputs);
      potential.activations(position, hashed(17 * 7, 5), 17, hidden);
      return { energies, position, gradient, momentum, outputs, hidden };
    });
    expect(there).toEqual(here);
    expect(() => remote.batchValueAndGradient(positionOf(posterior), Int32Array.of(301), new Float32Array(posterior.dimension))).toThrow(/row 301/);
    remote.dispose();
    local.dispose();
    await device.close();
  });

  test('hands on the error of a stack that cannot be had, with its code', async () => {
    const device = new Device({ deviceClass, tfjs: TFJS, posterior, train: { ...data, inputs: data.inputs.subarray(1) }, width: 2 });
    const potential = remotePotential(posterior, 301, device.join());
    expect(() => potential.valueAndGradient(positionOf(posterior), new Float32Array(posterior.dimension))).toThrow(expect.objectContaining({ code: 'DATA_INVALID', message: expect.stringMatching(/301 rows need/) as string }));
    await device.close();
  });

  test('goes on for the others when a chain’s thread is terminated, in the middle of asking', async () => {
    const device = newDevice(2);
    const [first, second] = [asking(device.join()), asking(device.join())];
    expect(await next(first)).toEqual(await next(second));
    for (let i = 0; i < 20; i++) await next(second);
    // Terminated while it waits for an answer: it does nothing else.
    await first.terminate();
    const { energy } = await next(second);
    for (let i = 0; i < 20; i++) expect(await next(second)).toEqual({ energy });
    // Its place is free: the next chain has it.
    const third = asking(device.join());
    expect(await next(third)).toEqual({ energy });
    await Promise.all([second.terminate(), third.terminate()]);
    await device.close();
  });

  test('that has ended wakes who waits for it, and whoever asks later', async () => {
    const device = newDevice(2);
    const worker = asking(device.join());
    await next(worker);
    let last: Said = {};
    const ended = new Promise((resolve) => worker.on('message', (said: Said) => {
      last = said;
      if (said.code !== undefined) resolve(undefined);
    }));
    await device.close();
    expect(device.ended).toBe(true);
    await ended;
    expect(last).toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await worker.terminate();
    const late = remotePotential(posterior, 301, device.join());
    expect(() => late.valueAndGradient(positionOf(posterior), new Float32Array(posterior.dimension))).toThrow(expect.objectContaining({ code: 'ENGINE_UNAVAILABLE' }));
  });
});
