// `basinet align`: rebasin of saved networks, many to one, with the number of transpositions per group.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { packPosition, positionFromStateDict, readTensors } from '../../data/parameters.js';
import { BasinetError } from '../../errors.js';
import { inferDenseNetwork } from '../../network/inferNetwork.js';
import type { Network, TensorLayout } from '../../network/network.js';
import { LOG_NOISE_TENSOR } from '../../posterior/build.js';
import { createAligner, type AlignmentResult } from '../../rebasin/index.js';
import { figure, table } from '../format.js';
import { positiveInteger } from '../numbers.js';
import { printResult } from '../output.js';

export interface AlignOptions {
  readonly out?: string;
  readonly maxSweeps: string;
  readonly json?: boolean;
}

interface Aligned {
  readonly file: string;
  readonly written: string | null;
  readonly groups: readonly { readonly name: string; readonly size: number; readonly transpositions: number; readonly permutation: readonly number[] }[];
  readonly objective: number;
  readonly distanceBefore: number;
  readonly distanceAfter: number;
  readonly sweeps: number;
}

/** Every file is read and checked before anything is written. */
export async function align(reference: string, others: readonly string[], options: AlignOptions): Promise<void> {
  const maxSweeps = positiveInteger('--max-sweeps', options.maxSweeps);
  const targets = targetsOf(others, options.out);
  const referenceBytes = await read(reference);
  const saved = [...readTensors(referenceBytes, reference)].map(([name, { shape }]) => ({ name, shape }));
  const network = inferDenseNetwork(saved.filter(({ name }) => name !== LOG_NOISE_TENSOR), reference);
  const tensors = withNoise(network, saved);
  const aligner = createAligner(network, tensors, positionFromStateDict(tensors, referenceBytes, reference), { maxSweeps });
  const positions = await Promise.all(others.map(async (file) => positionFromStateDict(tensors, await read(file), file)));
  if (options.out !== undefined) await mkdir(options.out, { recursive: true });
  const results: Aligned[] = [];
  for (const [i, file] of others.entries()) {
    const aligned = new Float32Array(positions[i]!.length);
    const result = aligner.align(finite(positions[i]!, file), aligned, null);
    const target = targets[i] ?? null;
    if (target !== null) await writeFile(target, packPosition(tensors, aligned));
    results.push(describe(file, target, network, result));
  }
  printResult(options.json === true, { reference, layers: network.layers.map(({ name, inputs, outputs }) => ({ name, inputs, outputs })), aligned: results }, () => render(network, results));
}

/** The learned noise of a Gaussian likelihood is saved with the network; it belongs to no group and is carried along. */
function withNoise(network: Network, saved: readonly { readonly name: string }[]): readonly TensorLayout[] {
  if (!saved.some(({ name }) => name === LOG_NOISE_TENSOR)) return network.tensors;
  return [...network.tensors, { name: LOG_NOISE_TENSOR, shape: [1], offset: network.dimension, size: 1 }];
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

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new BasinetError('DATA_INVALID', `cannot read ${file}: ${(error as Error).message}`, { path: file, remedy: 'give a safetensors file that exists and may be read', cause: error });
  }
}

function finite(position: Float32Array, file: string): Float32Array {
  const bad = position.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return position;
  throw new BasinetError('NETWORK_MISMATCH', `${file}: parameter ${bad} is ${position[bad]}`, { path: file, value: position[bad], remedy: 'align networks whose parameters are all finite' });
}

function describe(file: string, written: string | null, network: Network, result: AlignmentResult): Aligned {
  return {
    file,
    written,
    groups: network.groups.map((group, g) => ({
      name: group.name,
      size: group.size,
      transpositions: result.transpositions[g] ?? 0,
      permutation: Array.from(result.permutations[g] ?? []),
    })),
    objective: result.objective,
    distanceBefore: result.distanceBefore,
    distanceAfter: result.distanceAfter,
    sweeps: result.sweeps,
  };
}

function render(network: Network, results: readonly Aligned[]): string {
  const head = ['network', ...network.groups.map((g) => `NoT ${g.name} (of ${g.size - 1})`), 'distance', 'aligned'];
  const rows = results.map((r) => [r.file, ...r.groups.map((g) => String(g.transpositions)), figure(r.distanceBefore), figure(r.distanceAfter)]);
  return table([head, ...rows], head.map((_, i) => i > 0)).join('\n');
}
