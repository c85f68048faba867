// `basinet doctor`: what this machine offers, and what is missing for what.
import { statfsSync } from 'node:fs';
import { arch, availableParallelism, cpus, freemem, platform, release, tmpdir, totalmem } from 'node:os';
import type { Engine } from '../../engine/engine.js';
import { loadAddon } from '../../engine/addon.js';
import { cpuFeatures } from '../../engine/native.js';
import { selectEngine } from '../../engine/select.js';
import { visibleGpus } from '../../engine/tfjs/gpu.js';
import { findTfjs, loadTfjs } from '../../engine/tfjs/load.js';
import { TFJS_NODE } from '../../engine/tfjs/location.js';
import { DEFAULT_TFJS_SETTINGS } from '../../engine/tfjs/settings.js';
import { measureGradientRate } from '../../job/measure.js';
import { findNatsServer, misnamedServer } from '../../natsServer/find.js';
import { denseNetwork } from '../../network/dense.js';
import { buildPosterior } from '../../posterior/build.js';
import { resolveJob } from '../../job/load.js';
import { VERSION } from '../../version.js';
import { bytes, figure } from '../format.js';
import { printResult } from '../output.js';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly remedy: string | null;
}

const check = (name: string, ok: boolean, found: string, remedy: string): Check => ({ name, ok, found, remedy: ok ? null : remedy });

export interface DoctorOptions {
  readonly json?: boolean;
}

export function doctor(options: DoctorOptions): void {
  const checks = [nodeCheck(), cpuCheck(), memoryCheck(), diskCheck(), engineCheck(), natsCheck(), gpuCheck(), tfjsCheck()];
  const rates = (['native', 'reference', 'tfjs'] as const).flatMap(rateOf);
  printResult(options.json === true, { version: VERSION, checks, gradients: rates }, () =>
    [
      ...checks.map((c) => `${c.ok ? '✓' : '✗'} ${c.name.padEnd(12)} ${c.found}${c.remedy === null ? '' : `\n  ${''.padEnd(12)} → ${c.remedy}`}`),
      '',
      'gradients per second of 784-64-10 on 1,000 rows, one thread (tfjs: all):',
      ...rates.map((r) => `  ${r.engine.padEnd(12)} ${figure(r.gradientsPerSecond)}   (${r.deviceClass})`),
    ].join('\n'),
  );
}

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return check('node', major > 20 || (major === 20 && minor >= 19), `${process.versions.node} on ${platform()} ${release()} ${arch()}, basinet ${VERSION}`, 'install Node 20.19 or newer');
}

function cpuCheck(): Check {
  const features = cpuFeatures()?.features.join(' ') ?? 'features unknown without the native engine';
  return check('cpu', true, `${availableParallelism()} of ${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown model'}, ${features}`, '');
}

function memoryCheck(): Check {
  return check('memory', freemem() > 1e9, `${bytes(freemem())} free of ${bytes(totalmem())}`, 'free some memory: the demo needs about 1 GB');
}

function diskCheck(): Check {
  const { bavail, bsize } = statfsSync(process.cwd());
  const free = bavail * bsize;
  return check('disk', free > 2e9, `${bytes(free)} free here, temporary files in ${tmpdir()}`, 'free some disk space: basinet explain JOB tells the size of a job’s draw log');
}

function engineCheck(): Check {
  const status = loadAddon();
  const { engine, reason } = selectEngine('auto');
  const found = `${engine.name} (${engine.deviceClass}): ${reason}`;
  return check('engine', status.available, found, 'install a C++20 compiler (Debian: apt-get install g++) and run npm run build:native; the reference engine is far slower');
}

function natsCheck(): Check {
  const server = findNatsServer();
  const misnamed = misnamedServer(server);
  if (misnamed !== null) return check('nats-server', false, misnamed.message, misnamed.remedy ?? '');
  return check('nats-server', server !== null, server?.description ?? 'none', 'basinet run fetches one by itself; or install it (Debian: apt-get install nats-server; macOS: brew install nats-server)');
}

function gpuCheck(): Check {
  const gpus = visibleGpus().map(({ name, memoryBytes, driver }) => `${name}, ${bytes(memoryBytes)}, driver ${driver}`);
  return check('gpu', true, gpus.join('; ') || 'none seen (nvidia-smi)', '');
}

/** An optional part: what is not installed is missing only where a GPU has nothing to compute with. */
function tfjsCheck(): Check {
  const installed = findTfjs([TFJS_NODE.gpu, TFJS_NODE.cpu]) !== null;
  const hasGpu = visibleGpus().length > 0;
  const status = loadTfjs({ ...DEFAULT_TFJS_SETTINGS, device: hasGpu ? 'gpu' : 'auto' });
  if (status.available) return check('tfjs', true, `${status.runtime.deviceClass} (${status.path})`, '');
  return check('tfjs', !installed && !hasGpu, status.reason, status.remedy);
}

function rateOf(name: Engine['name']): { engine: string; deviceClass: string; gradientsPerSecond: number }[] {
  if (name === 'native' && !loadAddon().available) return [];
  if (name === 'tfjs' && !loadTfjs(DEFAULT_TFJS_SETTINGS).available) return [];
  const { engine } = selectEngine(name);
  const rows = 1000;
  const job = resolveJob({ name: 'doctor', data: { train: { format: 'idx', inputs: 'none', targets: 'none' } }, network: { hidden: [{ width: 64 }] } });
  const inputs = Float32Array.from({ length: rows * 784 }, (_, i) => (i % 97) / 97);
  const targets = Int32Array.from({ length: rows }, (_, i) => i % 10);
  const potential = engine.potential(buildPosterior(denseNetwork(784, job.network.hidden, 10), job), { rows, features: 784, inputs, targets }, { threads: 1 });
  try {
    return [{ engine: engine.name, deviceClass: engine.deviceClass, gradientsPerSecond: measureGradientRate(potential, 0.5, () => performance.now()) }];
  } finally {
    potential.dispose();
  }
}
