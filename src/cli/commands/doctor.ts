// `basinet doctor`: what this machine offers, and what is missing for what.
import { cpus, freemem, totalmem, arch, platform, release } from 'node:os';
import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { loadAddon } from '../../engine/addon.js';
import { selectEngine } from '../../engine/select.js';
import { denseNetwork } from '../../network/dense.js';
import { buildPosterior } from '../../posterior/build.js';
import { measureGradientRate } from '../../job/explain.js';
import { findNatsServer } from '../../natsServer/find.js';
import { cpuFeatures } from '../../engine/native.js';
import { bytes, figure } from '../format.js';
import { printResult } from '../output.js';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly remedy: string | null;
}

export async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const checks = [nodeCheck(), cpuCheck(), memoryCheck(), diskCheck(), engineCheck(), natsCheck(), ...gpuCheck()];
  const rates = measureEngines();
  const result = { checks, gradients: rates };
  printResult(options.json === true, result, () =>
    [
      ...checks.map((c) => `${c.ok ? '✓' : '✗'} ${c.name.padEnd(12)} ${c.found}${c.remedy === null ? '' : `\n  ${''.padEnd(12)} → ${c.remedy}`}`),
      '',
      'gradients per second, 784-64-10 on 1,000 rows, one thread:',
      ...rates.map((r) => `  ${r.engine.padEnd(12)} ${figure(r.gradientsPerSecond)}   (${r.deviceClass})`),
    ].join('\n'),
  );
}
