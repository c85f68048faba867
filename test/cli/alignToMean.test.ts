// `basinet align --to mean` as a user calls it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPosition, packPosition } from '../../src/data/parameters.js';
import { denseNetwork } from '../../src/network/dense.js';
import { applyPermutations, composePermutations, invertPermutation, numTranspositions } from '../../src/rebasin/index.js';
import { runCli, temporaryDirectory } from '../support/cli.js';
import { shuffled } from '../support/shuffled.js';
import { normals } from '../support/uniforms.js';

const network = denseNetwork(8, [{ width: 15, activation: 'relu' }, { width: 11, activation: 'relu' }], 3);
const NAMES = ['a', 'b', 'c', 'd'].map((name) => `${name}.safetensors`);

/** Noisy relabelled copies of one network, saved in `directory`. */
function saveCopies(directory: string, noise = 0.2) {
  const next = normals(3);
  const original = Float32Array.from({ length: network.dimension }, next);
  return NAMES.map((name, k) => {
    const noisy = original.map((weight) => weight + noise * next());
    const hidden = network.groups.map((group, g) => shuffled(group.size, 10 * k + g));
    writeFileSync(join(directory, name), packPosition(network.tensors, applyPermutations(network, network.tensors, noisy, hidden)));
    return { file: join(directory, name), noisy, hidden };
  });
}

interface Document {
  to: string;
  mean: string | null;
  layers: { name: string }[];
  iterations: number;
  converged: boolean;
  squaredDistances: number[];
  aligned: { file: string; written: string | null; distanceBefore: number; distanceAfter: number; groups: { name: string; transpositions: number; permutation: number[] }[] }[];
}

describe('basinet align --to mean', () => {
  it('aligns noisy relabelled copies to each other, and writes them and their mean', async () => {
    const directory = temporaryDirectory();
    const copies = saveCopies(directory);
    const out = join(directory, 'aligned');
    const { status, stdout, stderr } = await runCli(['align', '--to', 'mean', ...copies.map(({ file }) => file), '--out', out, '--json']);
    expect(status, stderr).toBe(0);
    const result = JSON.parse(stdout) as Document;
    expect(result).toMatchObject({ to: 'mean', mean: join(out, 'mean.safetensors'), converged: true });
    expect(result.iterations).toBeGreaterThan(0);
    for (let i = 1; i < result.squaredDistances.length; i++) expect(result.squaredDistances[i]).toBeLessThanOrEqual(result.squaredDistances[i - 1]!);
    expect(readdirSync(out).sort()).toEqual([...NAMES, 'mean.safetensors']);
    const labels = copies[0]!.hidden;
    const positions: Float32Array[] = [];
    for (const [k, { file, noisy, hidden }] of copies.entries()) {
      const told = result.aligned[k]!;
      expect(told).toMatchObject({ file, written: join(out, NAMES[k]!) });
      for (const [g, { transpositions, permutation }] of told.groups.entries()) {
        const expected = composePermutations(invertPermutation(hidden[g]!), labels[g]!);
        expect(permutation).toEqual(Array.from(expected));
        expect(transpositions).toBe(numTranspositions(expected));
      }
      positions.push(await loadPosition(network.tensors, told.written!));
      expect(positions[k]).toEqual(applyPermutations(network, network.tensors, noisy, labels));
      if (k > 0) expect(told.distanceAfter).toBeLessThan(told.distanceBefore);
    }
    const mean = await loadPosition(network.tensors, result.mean!);
    expect(mean).toBeAllclose(mean.map((_, i) => positions.reduce((sum, position) => sum + position[i]!, 0) / positions.length), { rtol: 1e-6, atol: 1e-7 });
    expect(result.squaredDistances.at(-1)).toBeCloseTo(result.aligned.reduce((sum, { distanceAfter }) => sum + distanceAfter ** 2, 0), 4);
  });

  it('prints a table without --out, and says whether it converged', async () => {
    const files = saveCopies(temporaryDirectory()).map(({ file }) => file);
    const whole = await runCli(['align', '--to', 'mean', ...files]);
    expect(whole.status, whole.stderr).toBe(0);
    expect(whole.stdout).toMatch(/network +NoT fc1 \(of 14\) +NoT fc2 \(of 10\) +distance to the mean +aligned/);
    for (const file of files) expect(whole.stdout).toContain(file);
    expect(whole.stdout).toContain('converged: the last iteration changed nothing');
    const directory = temporaryDirectory();
    const unrelated = NAMES.map((name, k) => {
      writeFileSync(join(directory, name), packPosition(network.tensors, Float32Array.from({ length: network.dimension }, normals(k + 50))));
      return join(directory, name);
    });
    const stopped = await runCli(['align', '--to', 'mean', ...unrelated, '--max-iterations', '1']);
    expect(stopped.status, stopped.stderr).toBe(0);
    expect(stopped.stdout).toContain('not converged: stopped at --max-iterations 1');
  });

  it.each([
    ['an output over an input', [], '.', 64, 'would be written over'],
    ['--max-iterations 0', ['--max-iterations', '0'], 'out', 64, '1 or more'],
    ['another target', ['--to', 'median'], 'out', 64, 'median'],
  ])('refuses %s before writing anything', async (_, args, out, expected, message) => {
    const directory = temporaryDirectory();
    const files = saveCopies(directory).map(({ file }) => file);
    const before = readdirSync(directory);
    const { status, stderr } = await runCli(['align', '--to', 'mean', ...files, '--out', join(directory, out), ...args]);
    expect(status).toBe(expected);
    expect(stderr).toContain(message);
    expect(readdirSync(directory)).toEqual(before);
  });

  it('refuses a file named as the mean is, networks of other shapes, NaN, and limits that mean nothing', async () => {
    const directory = temporaryDirectory();
    const [a, b] = saveCopies(directory).map(({ file }) => file) as [string, string];
    mkdirSync(join(directory, 'other'));
    const mean = join(directory, 'other', 'mean.safetensors');
    writeFileSync(mean, readFileSync(b));
    expect(await runCli(['align', '--to', 'mean', a, mean, '--out', join(directory, 'out')])).toMatchObject({ status: 64 });
    const smaller = denseNetwork(8, [{ width: 5, activation: 'relu' }], 3);
    writeFileSync(mean, packPosition(smaller.tensors, new Float32Array(smaller.dimension)));
    expect(await runCli(['align', '--to', 'mean', a, mean])).toMatchObject({ status: 4, stderr: expect.stringContaining('does not fit') as string });
    writeFileSync(mean, packPosition(network.tensors, new Float32Array(network.dimension).fill(NaN, 9, 10)));
    expect(await runCli(['align', '--to', 'mean', a, mean])).toMatchObject({ status: 4, stderr: expect.stringContaining('fc1.weight[1, 1] is NaN') as string });
    expect(await runCli(['align', a, b, '--max-iterations', '3'])).toMatchObject({ status: 64, stderr: expect.stringContaining('--to mean') as string });
  });
});
