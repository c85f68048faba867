// How draws were relabelled, in the store of draws: chunks of any size, chains of different lengths, bytes that do not fit.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bytesOf } from '../../src/bus/bytes.js';
import { wire } from '../../src/bus/wire.js';
import { numTranspositions, oneLineOf, type Relabelling } from '../../src/rebasin/index.js';
import { DrawStoreWriter } from '../../src/summary/drawStore.js';
import { tracesOf } from '../../src/summary/traces.js';
import { runPython } from '../support/python.js';
import { networkOf, randomRelabelling } from '../support/relabelled.js';

const network = networkOf(2, [4, 3], 1);
const LENGTHS = [5, 3];
const relabellings = LENGTHS.map((length, chain) => Array.from({ length }, (_, draw): Relabelling => {
  const { permutations, signs } = randomRelabelling(network, 10 * chain + draw + 1);
  return { permutations, signs: [signs[0]!, null] };
}));

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'basinet-draws-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function write(blockBytes: number, spoil = (bytes: Uint8Array): Uint8Array => bytes): Promise<string> {
  const traces = tracesOf([
    {
      traces: relabellings.map((own, chain) =>
        wire.ChainTrace.create({
          chain,
          iteration: own.map((_, draw) => draw + 1),
          transpositions: own.flatMap(({ permutations }) => permutations.map(numTranspositions)),
          relabellings: spoil(Buffer.concat(own.map((each) => bytesOf(oneLineOf(each))))),
        }),
      ),
    },
  ]);
  const directory = join(parent, 'draws');
  const writer = await DrawStoreWriter.create(directory, { tensors: network.tensors, chains: [0, 1], draws: 5, method: 'hmc', attributes: {}, blockBytes, alignment: { groups: network.groups, traces } });
  await writer.finish();
  return directory;
}

it.each([1, 4 * network.dimension * 2, 1 << 20])('is kept in chunks of %i bytes; where a chain has no draw there is -1, 0 and -1', async (blockBytes) => {
  const read = JSON.parse(
    runPython(
      `import sys, json, xarray as xr
a = xr.open_datatree(sys.argv[1], engine='zarr')['alignment']
print(json.dumps({name: a[name].values.tolist() for name in a.data_vars}))`,
      '',
      [await write(blockBytes)],
    ),
  ) as Record<string, unknown>;
  const column = <T>(of: (own: Relabelling) => T, missing: T) => relabellings.map((own) => Array.from({ length: 5 }, (_, draw) => (draw < own.length ? of(own[draw]!) : missing)));
  for (const [g, { name, size }] of network.groups.entries()) {
    expect(read[`${name}_permutation`]).toEqual(column(({ permutations }) => Array.from(permutations[g]!), Array<number>(size).fill(-1)));
    expect(read[`${name}_sign`]).toEqual(column(({ signs }) => Array.from(signs[g] ?? new Int8Array(size).fill(1)), Array<number>(size).fill(0)));
    expect(read[`${name}_transpositions`]).toEqual(column(({ permutations }) => numTranspositions(permutations[g]!), -1));
  }
});

it('bytes that are not those of the draws, or no relabellings, are LOG_CORRUPT', async () => {
  const twice = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => bytes[i < 2 ? i + 2 : i] ?? byte);
  for (const spoil of [twice, (bytes: Uint8Array) => bytes.fill(99)]) {
    await expect(write(1 << 20, spoil)).rejects.toMatchObject({ code: 'LOG_CORRUPT', path: 'statistics.traces[0].relabellings' });
  }
  await expect(write(1 << 20, (bytes) => bytes.slice(14))).rejects.toMatchObject({ code: 'LOG_CORRUPT', path: 'statistics.traces[0].relabellings' });
});
