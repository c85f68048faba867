// The Zarr store of draws: blocks of any size, chains of different lengths, and what is left after a failure.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DrawStoreWriter, type ResultDraw } from '../../src/summary/drawStore.js';
import { runPython } from '../support/python.js';

const tensors = [
  { name: 'a.weight', shape: [2, 3], offset: 0, size: 6 },
  { name: 'b', shape: [1], offset: 6, size: 1 },
];

function draw(chain: number, iteration: number): ResultDraw {
  return {
    iteration,
    position: Float32Array.from({ length: 7 }, (_, i) => 100 * chain + 10 * iteration + i),
    info: {
      potentialEnergy: iteration,
      kineticEnergy: chain,
      energyError: iteration === 2 ? Infinity : 0,
      acceptanceRate: 0.5,
      accepted: iteration % 2 === 1,
      divergent: iteration === 2,
      stepSize: 0.1,
      leapfrogSteps: 3,
      priorEnergy: 0,
      likelihoodEnergy: 0,
      totalGradients: 0,
      totalDivergences: 0,
      meanAcceptanceRate: 0.5,
    },
  };
}

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'basinet-draws-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function write(lengths: readonly number[], blockBytes: number): Promise<string> {
  const directory = join(parent, 'draws');
  const writer = await DrawStoreWriter.create(directory, { tensors, chains: lengths.map((_, i) => 3 * i), draws: Math.max(...lengths), method: 'hmc', attributes: { job: 'x' }, blockBytes });
  for (const [index, length] of lengths.entries()) {
    const chain = writer.chain(index);
    for (let i = 1; i <= length; i++) await chain.append(draw(index, i));
    await chain.close();
  }
  await writer.finish();
  return directory;
}

const READ = `
import sys, json, xarray as xr, numpy as np
d = xr.open_datatree(sys.argv[1], engine='zarr')
clean = lambda v: [None if isinstance(x, float) and not np.isfinite(x) else x for x in np.asarray(v).ravel().tolist()]
print(json.dumps({'a': clean(d.posterior['a.weight'][:, :, 1, 2]), 'b': clean(d.posterior['b']), 'chain': clean(d.posterior.chain),
  'lp': clean(d.sample_stats.lp), 'diverging': clean(d.sample_stats.diverging), 'error': clean(np.isposinf(d.sample_stats.energy_error))}))`;

it.each([1, 56, 84, 1000])('keeps every draw in chunks of %i bytes', async (blockBytes) => {
  const read = JSON.parse(runPython(READ, '', [await write([5, 5], blockBytes)])) as Record<string, unknown[]>;
  const at = (offset: number) => [0, 1].flatMap((chain) => [1, 2, 3, 4, 5].map((i) => 100 * chain + 10 * i + offset));
  expect(read.a).toEqual(at(5));
  expect(read.b).toEqual(at(6));
  expect(read.chain).toEqual([0, 3]);
  expect(read.diverging).toEqual([0, 1].flatMap(() => [false, true, false, false, false]));
  expect(read.error).toEqual(read.diverging);
});

it('ends a shorter chain in NaN', async () => {
  const read = JSON.parse(runPython(READ, '', [await write([4, 1], 56)])) as Record<string, unknown[]>;
  expect(read.b).toEqual([16, 26, 36, 46, 116, null, null, null]);
  expect(read.lp).toEqual([-1, -2, -3, -4, -1, null, null, null]);
});

it('replaces an older store whole, and leaves it alone until then', async () => {
  const directory = await write([2], 1000);
  await writeFile(join(directory, 'stray'), '');
  const writer = await DrawStoreWriter.create(directory, { tensors, chains: [0], draws: 1, method: 'hmc', attributes: {} });
  expect(await readdir(directory)).toContain('stray');
  await writer.abort();
  expect(await readdir(parent)).toEqual(['draws']);
  await write([1], 1000);
  expect(await readdir(directory)).not.toContain('stray');
});

it('says where a file is in the way', async () => {
  await writeFile(join(parent, 'file'), '');
  const creating = DrawStoreWriter.create(join(parent, 'file', 'draws'), { tensors, chains: [0], draws: 1, method: 'hmc', attributes: {} });
  await expect(creating).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', value: 'ENOTDIR' });
});
