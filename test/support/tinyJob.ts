// Tiny jobs on CSV files, and networks for them, for commands that work with saved networks.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJobData } from '../../src/data/read.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { loadJob } from '../../src/job/load.js';
import type { JobInput } from '../../src/job/schema.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { fillNormal } from '../../src/random/index.js';
import { writeResults } from '../../src/summary/index.js';
import { drawsOf, fakeUniforms, sampleJob } from '../summary/fixture.js';
import { writeJob } from './cli.js';

/** Normal numbers, the same for the same seed. */
export function normals(seed: number, size: number, scale = 1): Float32Array {
  const out = new Float32Array(size);
  fillNormal({ seed, chain: 0, iteration: 0 }, 'test', out);
  return out.map((value) => value * scale);
}

/** Four inputs; three classes, or one standardised target with a learned noise. Writes data and job; returns its path. */
export function writeTinyJob(directory: string, kind: 'categorical' | 'gaussian', hidden: readonly number[] = [12]): string {
  const uniform = fakeUniforms(kind === 'categorical' ? 3 : 4);
  const csv = (rows: number) => {
    const lines = Array.from({ length: rows }, () => {
      const x = Array.from({ length: 4 }, () => Number((2 * uniform() - 1).toFixed(4)));
      const signal = x[0]! + x[1]! * x[2]! + 0.3 * uniform();
      return [...x, kind === 'categorical' ? (signal > 0.3 ? 2 : signal > -0.1 ? 1 : 0) : (5 + 3 * signal).toFixed(4)].join(',');
    });
    return `a,b,c,d,y\n${lines.join('\n')}\n`;
  };
  const source = (name: string, rows: number) => {
    writeFileSync(join(directory, name), csv(rows));
    return { format: 'csv' as const, file: name, targets: ['y'] };
  };
  const input: JobInput = {
    name: `tiny-${kind}`,
    seed: 3,
    data: { train: source('train.csv', 40), test: source('test.csv', 61), ...(kind === 'gaussian' && { targets: { standardize: true } }) },
    network: { hidden: hidden.map((width) => ({ width, activation: 'tanh' as const })) },
    ...(kind === 'gaussian' && { likelihood: { kind, noise: { learned: true } } }),
    inference: { chains: 2, warmup: 20, draws: 6, leapfrogSteps: 5, stepSize: 0.02 },
  };
  return writeJob(directory, input);
}

/** Samples a tiny job and writes its results to `outDir`. */
export async function writeTinyResults(path: string, outDir: string): Promise<Posterior> {
  const job = await loadJob(path);
  const data = await readJobData(job, dirname(path));
  const { posterior, partitions, records } = sampleJob(job, data);
  await writeResults({ outDir, job, data, posterior, partitions, draws: drawsOf(records), engine: referenceEngine(), version: '1.2.3' });
  return posterior;
}
