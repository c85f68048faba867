// What aligning commands take: matchings, signs, orders, a job's settings, rescaling; and what excludes what.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPosition, packPosition } from '../../src/data/parameters.js';
import type { Network } from '../../src/network/network.js';
import { applyPermutations, balanceUnits, invertRelabelling, type Relabelling } from '../../src/rebasin/index.js';
import { runCli, temporaryDirectory } from '../support/cli.js';
import { networkOf, randomPosition, randomRelabelling } from '../support/relabelled.js';
import { writeTinyJob } from '../support/tinyJob.js';

interface Aligned {
  readonly aligned: readonly { readonly distanceAfter: number; readonly groups: readonly { readonly permutation: number[]; readonly signs: number[] | null }[] }[];
}

const save = (directory: string, name: string, network: Network, position: Float32Array): string => {
  const path = join(directory, `${name}.safetensors`);
  writeFileSync(path, packPosition(network.tensors, position));
  return path;
};

async function json<T>(...args: string[]): Promise<T> {
  const { status, stdout, stderr } = await runCli([...args, '--json']);
  expect(status, stderr + stdout).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Two files of a network 4-12-9-3, the second a relabelled copy of the first. */
function copies(directory: string, planted: (network: Network) => Relabelling): { network: Network; planted: Relabelling; files: [string, string] } {
  const network = networkOf(4, [12, 9], 3);
  const reference = randomPosition(network, 1);
  const own = planted(network);
  const copy = applyPermutations(network, network.tensors, reference, own.permutations, own.signs);
  return { network, planted: own, files: [save(directory, 'a', network, reference), save(directory, 'b', network, copy)] };
}

const expected = (planted: Relabelling): Relabelling => invertRelabelling(planted);
const found = ({ aligned }: Aligned) => aligned[0]!.groups.map(({ permutation, signs }) => ({ permutation, signs }));
const asFound = ({ permutations, signs }: Relabelling) => permutations.map((permutation, g) => ({ permutation: Array.from(permutation), signs: signs[g] ? Array.from(signs[g]) : null }));

describe('basinet align', () => {
  it('undoes planted signs where it is told that activations are odd, by options or by a job', async () => {
    const directory = temporaryDirectory();
    const { files, planted } = copies(directory, (network) => randomRelabelling(network, 2));
    const job = writeTinyJob(directory, 'categorical', [12, 9]);
    const variants = [['--signs'], ['--job', job], ['--signs', '--orders', '3'], ['--job', job, '--matching', 'activations'], ['--signs', '--matching', 'first-layer']];
    for (const options of variants) {
      const result = await json<Aligned>('align', ...files, ...options);
      expect(result.aligned[0]!.distanceAfter, options.join(' ')).toBe(0);
      expect(found(result), options.join(' ')).toEqual(asFound(expected(planted)));
    }
    const without = await json<Aligned>('align', ...files);
    expect(without.aligned[0]!.distanceAfter).toBeGreaterThan(1);
    expect(found(without).map(({ signs }) => signs)).toEqual([null, null]);
    expect(await json<Aligned>('align', ...files, '--job', job, '--no-signs')).toEqual({ ...without });
    const table = (await runCli(['align', ...files, '--signs'])).stdout;
    expect(table).toMatch(/NoT fc1 \(of 11\) +NoT fc2 \(of 8\) +signs fc1 \(of 12\) +signs fc2 \(of 9\)/);
  });

  it('--to mean aligns signs too', async () => {
    const directory = temporaryDirectory();
    const { files, network } = copies(directory, (given) => randomRelabelling(given, 2));
    const out = join(directory, 'out');
    const { squaredDistances } = await json<{ squaredDistances: number[] }>('align', '--to', 'mean', '--signs', ...files, '--out', out);
    expect(squaredDistances.at(-1)).toBe(0);
    expect(await loadPosition(network.tensors, join(out, 'mean.safetensors'))).toEqual(randomPosition(network, 1));
  });

  it('--rescale takes the scales of ReLU units out first', async () => {
    const directory = temporaryDirectory();
    const network = networkOf(4, [12], 3, 'relu');
    const reference = randomPosition(network, 1);
    const scaled = reference.slice();
    // fc1.weight [12, 4], fc1.bias [12], fc2.weight [3, 12]
    for (let i = 0; i < 4; i++) scaled[i]! *= 4;
    scaled[48]! *= 4;
    for (let o = 0; o < 3; o++) scaled[60 + 12 * o]! /= 4;
    const files = [save(directory, 'a', network, reference), save(directory, 'b', network, scaled)];
    const out = join(directory, 'out');
    expect((await json<Aligned>('align', ...files)).aligned[0]!.distanceAfter).toBeGreaterThan(0.5);
    expect((await json<Aligned>('align', ...files, '--rescale', '--out', out)).aligned[0]!.distanceAfter).toBeLessThan(1e-5);
    expect(await loadPosition(network.tensors, join(out, 'b.safetensors'))).toBeAllclose(balanceUnits(network, network.tensors, reference), { rtol: 1e-5 });
  });

  it.each([
    ['activations without a job', ['--matching', 'activations'], 64, '--job'],
    ['signs that are rescaled', ['--signs', '--rescale'], 64, '--rescale'],
    ['several orders of what has one', ['--matching', 'first-layer', '--orders', '2'], 64, '--orders'],
    ['no order', ['--orders', '0'], 64, '--orders'],
    ['a mean of what is not matched by weights', ['--to', 'mean', '--matching', 'first-layer'], 64, '--matching'],
    ['rescaling a tanh job', ['--rescale', '--job', 'JOB'], 16, 'tanh'],
  ])('refuses %s', async (_, options, code, names) => {
    const directory = temporaryDirectory();
    const { files } = copies(directory, (network) => randomRelabelling(network, 2));
    const job = writeTinyJob(directory, 'categorical', [12, 9]);
    const { status, stderr } = await runCli(['align', ...files, ...options.map((option) => (option === 'JOB' ? job : option))]);
    expect(status, stderr).toBe(code);
    expect(stderr).toContain(names);
  });
});

describe('basinet barrier, compare', () => {
  it('align as the job says, and as options say instead', async () => {
    const directory = temporaryDirectory();
    const { files } = copies(directory, (network) => randomRelabelling(network, 2));
    const job = writeTinyJob(directory, 'categorical', [12, 9]);
    interface Barrier {
      readonly alignment: { readonly matching: string; readonly distanceAfter: number };
    }
    for (const [options, matching] of [[[], 'weights'], [['--matching', 'activations'], 'activations'], [['--matching', 'first-layer'], 'first-layer']] as const) {
      expect((await json<Barrier>('barrier', job, ...files, '--points', '3', ...options)).alignment).toMatchObject({ matching, distanceAfter: 0 });
    }
    expect((await json<Barrier>('barrier', job, ...files, '--points', '3', '--no-signs')).alignment.distanceAfter).toBeGreaterThan(1);
  });

  it('compare bare files under signs where told to', async () => {
    const directory = temporaryDirectory();
    const network = networkOf(4, [12], 3);
    const { permutations, signs } = randomRelabelling(network, 2);
    const mean = randomPosition(network, 1);
    const std = randomPosition(network, 2).map(Math.abs);
    const relabel = (values: Float32Array, own: Relabelling['signs'] | null) => applyPermutations(network, network.tensors, values, permutations, own);
    const write = (name: string, means: Float32Array, stds: Float32Array): string => {
      const path = join(directory, `${name}.safetensors`);
      const tensors = (['mean', 'std'] as const).flatMap((statistic) => network.tensors.map((tensor) => ({ ...tensor, name: `${statistic}/${tensor.name}`, offset: tensor.offset + (statistic === 'mean' ? 0 : network.dimension) })));
      writeFileSync(path, packPosition(tensors, Float32Array.from([...means, ...stds])));
      return path;
    };
    const files = [write('a', mean, std), write('b', relabel(mean, signs), relabel(std, null))];
    interface Compared {
      readonly overall: { readonly wasserstein2Squared: number };
      readonly alignment: { readonly groups: readonly { readonly flips: number }[] };
    }
    const told = await json<Compared>('compare', ...files, '--signs');
    expect(told.overall.wasserstein2Squared).toBe(0);
    expect(told.alignment.groups[0]!.flips).toBe(signs[0]!.filter((sign) => sign < 0).length);
    expect((await json<Compared>('compare', ...files)).overall.wasserstein2Squared).toBeGreaterThan(1);
  });
});
