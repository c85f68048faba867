// Posteriors, data and engines for the engine tests.
import { MessageChannel, Worker } from 'node:worker_threads';
import { checkDataset } from '../../src/engine/dataset.js';
import { cpuFeatures, nativeEngine } from '../../src/engine/native.js';
import { potentialOver } from '../../src/engine/potentialOver.js';
import { stackedClass } from '../../src/engine/stack.js';
import { tfjsEngine } from '../../src/engine/tfjs/engine.js';
import { loadTfjs } from '../../src/engine/tfjs/load.js';
import type { TfjsRuntime } from '../../src/engine/tfjs/runtime.js';
import { DEFAULT_TFJS_SETTINGS } from '../../src/engine/tfjs/settings.js';
import { referenceEngine } from '../../src/engine/reference.js';
import type { Dataset, Engine } from '../../src/engine/engine.js';
import { denseNetwork } from '../../src/network/dense.js';
import type { Activation } from '../../src/network/network.js';
import { buildPosterior, type PosteriorSettings } from '../../src/posterior/build.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { newState } from '../../src/worker/device/place.js';
import { remotePotential } from '../../src/worker/device/remote.js';

export const LIKELIHOODS = {
  categorical: { kind: 'categorical' },
  gaussian: { kind: 'gaussian', noise: 0.3 },
  'gaussian-learned': { kind: 'gaussian', noise: { learned: true, logMean: -1, logStd: 0.5 } },
} as const satisfies Record<string, PosteriorSettings['likelihood']>;

export type LikelihoodName = keyof typeof LIKELIHOODS;

/** Native engines of every instruction set that runs here. The tests need the addon: `npm run build:native`. */
export function nativeEngines(): Engine[] {
  const features = cpuFeatures();
  if (features === null) throw new Error('build/basinet.node is missing: npm run build:native makes it');
  return features.instructionSets.map((name) => nativeEngine(name));
}

/**
 * TensorFlow.js on its own backend in plain JavaScript, and on libtensorflow where scripts/build-tfjs-node.mjs built it, as CI does.
 * Both from one copy of its core library, which keeps one register of backends a process.
 */
export const tfjsRuntimes: readonly TfjsRuntime[] = await findRuntimes();

async function findRuntimes(): Promise<TfjsRuntime[]> {
  const node = loadTfjs({ ...DEFAULT_TFJS_SETTINGS, device: 'cpu' });
  const plain = { backend: 'cpu', deviceClass: 'tfjs-plain' };
  if (node.available) return [{ ...plain, tf: node.runtime.tf }, node.runtime];
  if (process.env.CI && process.platform === 'linux' && process.arch === 'x64') throw new Error(`${node.reason}: ${node.remedy}`);
  const tf = await import('@tensorflow/tfjs-core');
  await import('@tensorflow/tfjs-backend-cpu');
  return [{ ...plain, tf }];
}

/** The engine of stacks of `width`, in which one chain is alone. */
function stackedEngine(engine: Engine, width: number): Engine {
  return {
    ...engine,
    deviceClass: stackedClass(engine.deviceClass, width),
    potential: (posterior, data) => {
      const stack = engine.stack!(posterior, data, width);
      return potentialOver(posterior, data.rows, (request) => stack.run([request])[0]!, () => stack.dispose());
    },
  };
}

const HOST = new URL('../support/stackHost.mjs', import.meta.url);

/** The same, computed by another thread, as the chains of a worker have it: on libtensorflow, of the built package. */
function remoteEngine(engine: Engine, width: number): Engine {
  let host: Worker | undefined;
  return {
    ...engine,
    deviceClass: `${stackedClass(engine.deviceClass, width)} in another thread`,
    potential: (posterior, data) => {
      checkDataset(posterior, data);
      if (host === undefined) {
        host = new Worker(HOST);
        host.unref();
      }
      const { port1, port2 } = new MessageChannel();
      const state = newState();
      host.postMessage({ posterior, data, width, place: { port: port1, state } }, [port1]);
      return remotePotential(posterior, data.rows, { port: port2, state });
    },
  };
}

/** The reference engine, the native ones, and tfjs: by itself, in stacks, and on libtensorflow in stacks of another thread. */
export function allEngines(): Engine[] {
  const tfjs = tfjsRuntimes.map((runtime) => tfjsEngine(runtime));
  const fastest = tfjs.at(-1)!;
  const remote = tfjsRuntimes.at(-1)!.backend === 'tensorflow' ? [remoteEngine(fastest, 2)] : [];
  return [referenceEngine(), ...nativeEngines(), ...tfjs, stackedEngine(fastest, 3), ...remote];
}

/** Values in [-1, 1) that float32 holds exactly; scripts/oracles/gradients.py makes the same ones. */
export function hashed(length: number, phase: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    let h = (i + 1 + Math.imul(phase, 0x9e3779b9)) >>> 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h = (h ^ (h >>> 16)) >>> 0;
    return (h >>> 8) / 2 ** 23 - 1;
  });
}

export interface Shape {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly rows: number;
}

export function posteriorOf(shape: Shape, activation: Activation, likelihood: LikelihoodName, temperature = 1): Posterior {
  const network = denseNetwork(shape.inputs, shape.hidden.map((width) => ({ width, activation })), shape.outputs);
  const prior = { weight: 1.3, bias: 0.9, layers: { fc1: { weight: 0.7, bias: 2 } } };
  return buildPosterior(network, { prior, likelihood: LIKELIHOODS[likelihood], temperature });
}

export function dataOf(posterior: Posterior, rows: number): Dataset {
  const { inputs: features, outputs } = posterior.network;
  const targets =
    posterior.likelihood.kind === 'categorical'
      ? Int32Array.from({ length: rows }, (_, row) => (row * 7) % outputs)
      : hashed(rows * outputs, 2);
  return { rows, features, inputs: hashed(rows * features, 1), targets };
}

/** Parameters of a size at which wide layers do not saturate. */
export function positionOf(posterior: Posterior): Float32Array {
  const position = hashed(posterior.dimension, 3);
  posterior.network.tensors.forEach(({ offset, size, shape }) => {
    const scale = 1 / Math.sqrt(shape[1] ?? 1);
    for (let i = offset; i < offset + size; i++) position[i]! *= scale;
  });
  return position;
}

export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}
