// Means and standard deviations from files and results directories; what is missing or no number is named.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSafetensors, type Tensor } from '../../src/data/safetensors.js';
import { denseNetwork } from '../../src/network/dense.js';
import { stateDictOf } from '../../src/network/parameters.js';
import { readMean, readUncertainty } from '../../src/summary/uncertainty.js';
import { temporaryDirectory } from '../support/cli.js';
import { normals, writeTinyJob, writeTinyResults } from '../support/tinyJob.js';

const network = denseNetwork(2, [{ width: 5, activation: 'tanh' }], 1);
const mean = normals(1, network.dimension);
const std = normals(2, network.dimension).map(Math.abs);

/** A file with the given statistics, its layers renamed. */
function write(statistics: Readonly<Record<string, Float32Array>>, rename = (name: string) => name): string {
  const tensors = Object.entries(statistics).flatMap(([statistic, values]) =>
    [...stateDictOf(network.tensors, values)].map(([name, tensor]): [string, Tensor] => [`${statistic}/${rename(name)}`, tensor]),
  );
  const path = join(temporaryDirectory(), 'summary.safetensors');
  writeFileSync(path, writeSafetensors(new Map(tensors)));
  return path;
}

describe('readUncertainty', () => {
  it('reads bare files, other statistics and other names of layers among them', async () => {
    await expect(readUncertainty(network, write({ mean, std, rhat: mean, 'raw/mean': std }))).resolves.toEqual({ mean, std });
    await expect(readUncertainty(network, write({ mean, std }, (name) => name.replace('fc1', '0').replace('fc2', '2')))).resolves.toEqual({ mean, std });
  });

  it('reads results directories, and their mean with the learned noise', async () => {
    const place = temporaryDirectory();
    const directory = join(place, 'results');
    const posterior = await writeTinyResults(writeTinyJob(place, 'gaussian', [5]), directory);
    const found = await readUncertainty(posterior.network, directory);
    const whole = await readMean(posterior, directory);
    expect(found.mean).toHaveLength(posterior.network.dimension);
    expect(whole).toHaveLength(posterior.dimension);
    expect(whole.subarray(0, found.mean.length)).toEqual(found.mean);
    expect(found.std.every((value) => value >= 0)).toBe(true);
  });

  const bad = (value: number) => std.map((s, i) => (i === 12 ? value : s));
  it.each([
    ['a missing file', () => join(temporaryDirectory(), 'absent'), 'RESULTS_INVALID', 'no file at'],
    ['no std', () => write({ mean }), 'RESULTS_INVALID', 'holds no tensor std/fc1.bias'],
    ['statistics of weights as sampled alone', () => write({ 'raw/mean': mean, 'raw/std': std }), 'RESULTS_INVALID', 'holds no tensor mean/<name>'],
    ['a std that is NaN, as of one draw', () => write({ mean, std: bad(NaN) }), 'RESULTS_INVALID', 'std/fc1.bias[2] is NaN'],
    ['a negative std', () => write({ mean, std: bad(-1) }), 'RESULTS_INVALID', 'std/fc1.bias[2] is -1'],
    ['an infinite mean', () => write({ mean: bad(Infinity), std }), 'RESULTS_INVALID', 'mean/fc1.bias[2] is Infinity'],
  ] as const)('refuses %s', async (_, path, code, message) => {
    await expect(readUncertainty(network, path())).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string, remedy: expect.any(String) as string });
  });

  it('refuses another architecture', async () => {
    await expect(readUncertainty(denseNetwork(2, [{ width: 6, activation: 'tanh' }], 1), write({ mean, std }))).rejects.toMatchObject({
      code: 'NETWORK_MISMATCH',
      message: expect.stringContaining('fc1.weight is [5, 2], not [6, 2]') as string,
    });
  });
});
