// What commands that align saved networks share: where the aligned files go, and how permutations are told.
import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { BasinetError } from '../errors.js';
import type { Network, PermutationGroup } from '../network/network.js';
import { outputError } from '../summary/files.js';

/** One group's permutation as `--json` has it. */
export interface GroupAlignment {
  readonly name: string;
  readonly size: number;
  readonly transpositions: number;
  /** permutation[i] is the unit of the file that takes place i. */
  readonly permutation: readonly number[];
}

export function groupAlignments(network: Network, { permutations, transpositions }: { readonly permutations: readonly Int32Array[]; readonly transpositions: readonly number[] }): GroupAlignment[] {
  return network.groups.map(({ name, size }, g) => ({
    name,
    size,
    transpositions: transpositions[g] ?? 0,
    permutation: Array.from(permutations[g] ?? []),
  }));
}

/** Head of a column of numbers of transpositions. */
export function transpositionsHead({ name, size }: Pick<PermutationGroup, 'name' | 'size'>): string {
  return `NoT ${name} (of ${size - 1})`;
}

/** The network's layers as `--json` has them. */
export function layersOf(network: Network): { readonly name: string; readonly inputs: number; readonly outputs: number }[] {
  return network.layers.map(({ name, inputs, outputs }) => ({ name, inputs, outputs }));
}

/**
 * Where the aligned copy of each file goes.
 *
 * @param also - names of files that are written there as well
 * @throws BasinetError USAGE where two files would get one name, or one of `inputs` would be written over
 */
export function alignedPaths(files: readonly string[], out: string, inputs: readonly string[], also: readonly string[] = []): string[] {
  const paths = files.map((file) => join(out, basename(file)));
  const all = [...also.map((name) => join(out, name)), ...paths];
  for (const [i, path] of all.entries()) {
    if (all.indexOf(path) === i && !inputs.some((file) => resolve(file) === resolve(path))) continue;
    throw new BasinetError('USAGE', `align: ${path} would be written over`, { path: '--out', value: out, remedy: 'name another directory, and give files of different names' });
  }
  return paths;
}

/** Makes a directory for output. Throws OUTPUT_UNWRITABLE. */
export async function makeOutputDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw outputError(error, directory);
  });
}
