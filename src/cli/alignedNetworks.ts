// What commands that align saved networks share: where the aligned files go, and how permutations are told.
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Network, PermutationGroup } from '../network/network.js';
import type { Relabelling } from '../rebasin/index.js';
import { outputError } from '../summary/files.js';
import { requireOwnFiles } from './ownFiles.js';

/** One group's permutation as `--json` has it. */
export interface GroupAlignment {
  readonly name: string;
  readonly size: number;
  readonly transpositions: number;
  /** permutation[i] is the unit of the file that takes place i. */
  readonly permutation: readonly number[];
  /** signs[i] is the sign, 1 or −1, that it takes there; null where signs were not aligned. */
  readonly signs: readonly number[] | null;
}

export function groupAlignments(network: Network, { permutations, signs, transpositions }: Relabelling & { readonly transpositions: readonly number[] }): GroupAlignment[] {
  return network.groups.map(({ name, size }, g) => ({
    name,
    size,
    transpositions: transpositions[g] ?? 0,
    permutation: Array.from(permutations[g] ?? []),
    signs: signs[g] ? Array.from(signs[g]) : null,
  }));
}

/** Head of a column of numbers of transpositions. */
export function transpositionsHead({ name, size }: Pick<PermutationGroup, 'name' | 'size'>): string {
  return `NoT ${name} (of ${size - 1})`;
}

/** Heads of columns of numbers of changed signs, of the groups whose signs were aligned. */
export function flipsHeads(groups: readonly GroupAlignment[]): string[] {
  return groups.filter(({ signs }) => signs !== null).map(({ name, size }) => `signs ${name} (of ${size})`);
}

/** The cells of those columns. */
export function flipsCells(groups: readonly GroupAlignment[]): string[] {
  return groups.flatMap(({ signs }) => (signs === null ? [] : [String(signs.filter((sign) => sign < 0).length)]));
}

/** Rows of a table of one alignment: what, and how many. */
export function alignmentRows(groups: readonly GroupAlignment[]): string[][] {
  return groups.flatMap((group) => {
    const heads = [transpositionsHead(group), ...flipsHeads([group])];
    return [group.transpositions, ...flipsCells([group])].map((count, i) => [heads[i]!, String(count)]);
  });
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
  requireOwnFiles('align', all.map((path) => ['--out', path]), inputs, 'name another directory, and give files of different names');
  return paths;
}

/** Makes a directory for output. Throws OUTPUT_UNWRITABLE. */
export async function makeOutputDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw outputError(error, directory);
  });
}
