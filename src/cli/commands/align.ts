// `basinet align`: rebasin of saved networks, many to one, with the number of transpositions per group.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { packPosition } from '../../data/parameters.js';
import { BasinetError } from '../../errors.js';
import type { Network } from '../../network/network.js';
import { createAligner, type AlignmentResult } from '../../rebasin/index.js';
import { alignedGroups, transpositionsHead, type AlignedGroup } from '../alignedGroups.js';
import { figure, table } from '../format.js';
import { positiveInteger } from '../numbers.js';
import { printResult } from '../output.js';
import { readParameters, readSavedNetwork } from '../savedNetwork.js';

export interface AlignOptions {
  readonly out?: string;
  readonly maxSweeps: string;
  readonly json?: boolean;
}

interface Aligned {
  readonly file: string;
  readonly written: string | null;
  readonly groups: readonly AlignedGroup[];
  readonly objective: number;
  readonly distanceBefore: number;
  readonly distanceAfter: number;
  readonly sweeps: number;
}

/** Every file is read and checked before anything is written. */
export async function align(reference: string, others: readonly string[], options: AlignOptions): Promise<void> {
  const maxSweeps = positiveInteger('--max-sweeps', options.maxSweeps);
  const targets = targetsOf(others, options.out);
  const { network, tensors, position: target } = await readSavedNetwork(reference);
  const aligner = createAligner(network, tensors, target, { maxSweeps });
  const positions = await Promise.all(others.map((file) => readParameters(tensors, file)));
  if (options.out !== undefined) await mkdir(options.out, { recursive: true });
  const results: Aligned[] = [];
  for (const [i, file] of others.entries()) {
    const aligned = new Float32Array(positions[i]!.length);
    const result = aligner.align(positions[i]!, aligned, null);
    const written = targets[i] ?? null;
    if (written !== null) await writeFile(written, packPosition(tensors, aligned));
    results.push(describe(file, written, network, result));
  }
  printResult(options.json === true, { reference, layers: network.layers.map(({ name, inputs, outputs }) => ({ name, inputs, outputs })), aligned: results }, () => render(network, results));
}

/** Where each aligned network goes; null without --out. Two inputs of one name, or an input as its own output, are refused. */
function targetsOf(others: readonly string[], out: string | undefined): (string | null)[] {
  if (out === undefined) return others.map(() => null);
  const targets = others.map((file) => join(out, basename(file)));
  for (const [i, target] of targets.entries()) {
    const taken = targets.indexOf(target) !== i || others.some((file) => resolve(file) === resolve(target));
    if (taken) {
      throw new BasinetError('USAGE', `align: ${target} would be written over`, { path: '--out', value: out, remedy: 'name another directory, and give files of different names' });
    }
  }
  return targets;
}

function describe(file: string, written: string | null, network: Network, result: AlignmentResult): Aligned {
  return {
    file,
    written,
    groups: alignedGroups(network, result),
    objective: result.objective,
    distanceBefore: result.distanceBefore,
    distanceAfter: result.distanceAfter,
    sweeps: result.sweeps,
  };
}

function render(network: Network, results: readonly Aligned[]): string {
  const head = ['network', ...network.groups.map(transpositionsHead), 'distance', 'aligned'];
  const rows = results.map((r) => [r.file, ...r.groups.map((g) => String(g.transpositions)), figure(r.distanceBefore), figure(r.distanceAfter)]);
  return table([head, ...rows], head.map((_, i) => i > 0)).join('\n');
}
