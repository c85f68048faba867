// `basinet doctor`: what this machine offers, and what is missing for what.
import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { arch, availableParallelism, cpus, freemem, platform, release, tmpdir, totalmem } from 'node:os';
import type { Engine } from '../../engine/engine.js';
import { loadAddon } from '../../engine/addon.js';
import { cpuFeatures } from '../../engine/native.js';
import { selectEngine } from '../../engine/select.js';
import { measureGradientRate } from '../../job/explain.js';
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
  const checks = [nodeCheck(), cpuCheck(), memoryCheck(), diskCheck(), engineCheck(), natsCheck(), gpuCheck()];
  const rates = (['native', 'reference'] as const).flatMap(rateOf);
  printResult(options.json === true, { version: VERSION, checks, gradients: rates }, () =>
    [
      ...checks.map((c) => `${c.ok ? '✓' : '✗'} ${c.name.padEnd(12)} ${c.found}${c.remedy === null ? '' : `\n  ${''.padEnd(12)} → ${c.remedy}`}`),
      '',
      'gradients per second of 784-64-10 on 1,000 rows, one thread:',
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

/** A GPU is not used by this version; it is shown so that nobody wonders. */
function gpuCheck(): Check {
  const query = spawnSync('nvidia-smi', ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'], { encoding: 'utf8' });
  const found = query.status === 0 ? `${query.stdout.trim().split('\n').join('; ')} (this version samples on CPUs)` : 'none seen (nvidia-smi)';
  return check('gpu', true, found, '');
}

function rateOf(name: Engine['name'] & ('native' | 'reference')): { engine: string; deviceClass: string; gradientsPerSecond: number }[] {
  if (name === 'native' && !loadAddon().available) return [];
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
