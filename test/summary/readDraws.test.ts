// Draws read back from the store: every block size, chains of different lengths, chosen draws, and stores that are damaged.
import { rm, truncate, writeFile, readFile, appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DrawStoreWriter, type ResultDraw } from '../../src/summary/drawStore.js';
import { readDraws, type StoredDraw } from '../../src/summary/readDraws.js';
import { temporaryDirectory } from '../support/cli.js';
import '../support/propertySeed.js';

const tensors = [
  { name: 'a.weight', shape: [2, 3], offset: 0, size: 6 },
  { name: 'b', shape: [1], offset: 6, size: 1 },
];

const position = (chain: number, index: number) => Float32Array.from({ length: 7 }, (_, i) => 100 * chain + 10 * index + i + 0.1);

const draw = (chain: number, index: number): ResultDraw => ({
  iteration: 20 + 2 * index,
  position: position(chain, index),
  info: {
    potentialEnergy: index + 0.25,
    kineticEnergy: chain,
    energyError: index === 1 ? Infinity : -0.5,
    acceptanceRate: 0.5,
    accepted: index % 2 === 1,
    divergent: index === 1,
    stepSize: 0.1,
    leapfrogSteps: 3,
    priorEnergy: 0,
    likelihoodEnergy: 0,
    totalGradients: 0,
    totalDivergences: 0,
    meanAcceptanceRate: 0.5,
  },
});

/** Chains 0, 3, 6, … of so many draws each; the results directory. */
async function write(lengths: readonly number[], blockBytes: number, make = draw): Promise<string> {
  const directory = temporaryDirectory();
  const spec = { tensors, chains: lengths.map((_, i) => 3 * i), draws: Math.max(0, ...lengths), method: 'hmc' as const, attributes: {}, blockBytes };
  const writer = await DrawStoreWriter.create(join(directory, 'draws'), spec);
  for (const [place, length] of lengths.entries()) {
    const chain = writer.chain(place);
    for (let i = 0; i < length; i++) await chain.append(make(3 * place, i));
    await chain.close();
  }
  await writer.finish();
  return directory;
}

async function collect(draws: AsyncIterable<StoredDraw>): Promise<StoredDraw[]> {
  const all: StoredDraw[] = [];
  for await (const one of draws) all.push(one);
  return all;
}

describe('readDraws', () => {
  it('gives back every draw that was written, or those that are asked for, whatever the blocks', async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(lengths, fc.constantFrom(1, 56, 84, 1000), fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), async (given, blockBytes, chosen) => {
        const store = await readDraws(await write(given, blockBytes), tensors);
        expect(store.chains.map(({ chain, draws }) => [chain, draws])).toEqual(given.map((length, i) => [3 * i, length]));
        expect(store.draws).toBe(given.reduce((sum, length) => sum + length, 0));
        for (const [place, { chain, draws }] of store.chains.entries()) {
          const all = Array.from({ length: draws }, (_, i) => i);
          const some = all.filter((i) => chosen[i]);
          expect((await collect(store.chain(place))).map(({ position: read }) => read)).toEqual(all.map((i) => position(chain, i)));
          expect((await collect(store.chain(place, some))).map(({ index, position: read }) => [index, read])).toEqual(some.map((i) => [i, position(chain, i)]));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('tells chain, iteration and sampler statistics of each', async () => {
    const store = await readDraws(await write([2, 3], 56), tensors);
    const [, second] = await collect(store.chain(1));
    expect(second).toMatchObject({ chain: 3, index: 1, iteration: 22 });
    expect(second!.info).toEqual({
      lp: -1.25, energy: 4.25, potential_energy: 1.25, kinetic_energy: 3, energy_error: Infinity, acceptance_rate: 0.5,
      step_size: 0.1, n_steps: 3, iteration: 22, accepted: 1, diverging: 1,
    });
    expect(store.chains[0]!.statistics.potential_energy).toEqual(Float64Array.of(0.25, 1.25));
  });

  const readAll = async (directory: string) => {
    const store = await readDraws(directory, tensors);
    for (const place of store.chains.keys()) await collect(store.chain(place));
  };
  const edited = (file: string, from: string, to: string) => async (draws: string) => {
    const path = join(draws, file);
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    await writeFile(path, text.replaceAll(from, to));
  };
  it.each<[string, (draws: string) => Promise<void>, string]>([
    ['no store', (draws) => rm(draws, { recursive: true }), 'there is no store of draws'],
    ['metadata that are no JSON', (draws) => writeFile(join(draws, '.zmetadata'), '{'), 'not JSON'],
    ['compressed arrays', edited('.zmetadata', '"compressor": null', '"compressor": {"id": "blosc"}'), 'compressor'],
    ['another element type', edited('.zmetadata', '"<f4"', '"<f2"'), 'dtype'],
    ['no iterations', edited('.zmetadata', 'sample_stats/iteration/', 'sample_stats/else/'), 'does not say at which iterations'],
    ['a missing chunk', (draws) => rm(join(draws, 'posterior', 'a.weight', '1.0.0.0')), 'a chunk is missing'],
    ['a chunk cut short', (draws) => truncate(join(draws, 'posterior', 'b', '0.0.0'), 3), 'has 3 bytes, not 8'],
    ['a chunk too long', (draws) => appendFile(join(draws, 'sample_stats', 'lp', '0.0'), 'x'), 'has 25 bytes, not 24'],
    ['a weight that is NaN', async (draws) => {
      const file = join(draws, 'posterior', 'a.weight', '1.0.0.0');
      const bytes = await readFile(file);
      bytes.writeFloatLE(NaN, 4 * 10);
      await writeFile(file, bytes);
    }, 'element 4 of draw 1 of chain 3 is NaN'],
    ['iterations out of order', async (draws) => {
      const file = join(draws, 'sample_stats', 'iteration', '0.0');
      const bytes = await readFile(file);
      bytes.writeBigInt64LE(20n, 8);
      await writeFile(file, bytes);
    }, 'draw 1 of chain 0 is at iteration 20, out of order'],
  ])('refuses %s', async (_, damage, message) => {
    const directory = await write([2, 3], 56);
    await damage(join(directory, 'draws'));
    await expect(readAll(directory)).rejects.toMatchObject({ code: 'RESULTS_INVALID', message: expect.stringContaining(message) as string, remedy: expect.any(String) as string });
  });

  it('refuses draws of another network, naming what differs', async () => {
    const other = [{ name: 'a.weight', shape: [3, 2], offset: 0, size: 6 }, { name: 'c', shape: [1], offset: 6, size: 1 }];
    const reading = readDraws(await write([1], 56), other);
    await expect(reading).rejects.toMatchObject({ code: 'NETWORK_MISMATCH' });
    await expect(reading).rejects.toThrow(/a\.weight is \[2, 3\], not \[3, 2\][^]*missing: c \[1\][^]*unexpected: b \[1\]/);
  });

  it('refuses draws that a chain does not have', async () => {
    const store = await readDraws(await write([2], 56), tensors);
    for (const indices of [[2], [1, 0], [-1], [0.5]]) await expect(collect(store.chain(0, indices))).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});
