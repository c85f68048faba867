// Reads the draws of a results directory back, one at a time, chain by chain in the order of sampling.
import { join } from 'node:path';
import type { TensorLayout } from '../network/network.js';
import { BasinetError } from '../errors.js';
import { RESULT_FILES } from './files.js';
import { invalidStore, ZarrReader, type ZarrArray } from './readZarr.js';

/** A kept draw, as sampled. */
export interface StoredDraw {
  readonly chain: number;
  /** Counts the chain's draws from 0. */
  readonly index: number;
  /** Transitions of the chain so far, warmup included. */
  readonly iteration: number;
  /** [dimension], as the layout says; a new array each time. */
  readonly position: Float32Array;
  /** Sampler statistics by their names in the store (`potential_energy`, `accepted`, …), booleans as 0 and 1. */
  readonly info: Readonly<Record<string, number>>;
}

/** The draws of one chain. */
export interface StoredChain {
  readonly chain: number;
  /** How many draws it has: a chain that ended early has fewer than the others. */
  readonly draws: number;
  /** [draws] each, by their names in the store, booleans as 0 and 1. */
  readonly statistics: Readonly<Record<string, Float64Array>>;
}

export interface StoredDraws {
  readonly directory: string;
  readonly chains: readonly StoredChain[];
  /** Of all chains. */
  readonly draws: number;
  /**
   * Draws of the chain at place `place` of `chains`, in order.
   *
   * @param indices - only these draws, ascending; default all. Of others nothing is read, beyond what lies between two of one block
   * @throws BasinetError RESULTS_INVALID where a chunk is missing or cut off, or holds a parameter that is not finite
   */
  chain(place: number, indices?: readonly number[]): AsyncGenerator<StoredDraw, void, undefined>;
}

/**
 * Opens `draws/` of a results directory. Memory: the sampler statistics of all chains; while a chain is read, one block of
 * its draws (16 MiB).
 *
 * @param directory - the results directory
 * @param tensors - the layout of positions: `posterior.tensors`
 * @throws BasinetError RESULTS_INVALID where there are no draws or the store contradicts itself, NETWORK_MISMATCH where they
 *   are of other tensors
 */
export async function readDraws(directory: string, tensors: readonly TensorLayout[]): Promise<StoredDraws> {
  const root = join(directory, RESULT_FILES.draws);
  const store = await ZarrReader.open(root);
  const numbers = await store.readWhole(store.array('posterior/chain'));
  const length = store.array('posterior/draw').shape[0]!;
  const arrays = positionArrays(store, tensors, [numbers.length, length], root);
  const chains = await readChains(store, numbers, length, root);
  return {
    directory,
    chains,
    draws: chains.reduce((sum, { draws }) => sum + draws, 0),
    chain: (place, indices) => readChain({ store, root, tensors, arrays, place, ...chains[place]! }, indices),
  };
}

/** The array of each tensor, in the order of the layout. */
function positionArrays(store: ZarrReader, tensors: readonly TensorLayout[], [chains, draws]: readonly [number, number], root: string): ZarrArray[] {
  const found = new Map(store.arrays('posterior').filter(({ shape }) => shape.length > 1).map((array) => [array.path.slice('posterior/'.length), array]));
  const problems = tensors.flatMap(({ name, shape }) => {
    const has = found.get(name)?.shape.slice(2);
    if (has === undefined) return [`missing: ${name} [${shape.join(', ')}]`];
    return has.join() === shape.join() ? [] : [`wrong shape: ${name} is [${has.join(', ')}], not [${shape.join(', ')}]`];
  });
  const known = new Set(tensors.map(({ name }) => name));
  for (const [name, { shape }] of found) if (!known.has(name)) problems.push(`unexpected: ${name} [${shape.slice(2).join(', ')}]`);
  if (problems.length > 0) {
    throw new BasinetError('NETWORK_MISMATCH', `the draws in ${root} do not fit the network:\n${problems.map((line) => `  ${line}`).join('\n')}`, {
      path: root,
      value: [...found.keys()],
      remedy: 'Give the results of a job of this network, or the job that the results are of.',
    });
  }
  return tensors.map(({ name, shape }) => {
    const array = found.get(name)!;
    const whole = array.type === '<f4' && array.shape[0] === chains && array.shape[1] === draws && array.chunks[0] === 1 && array.chunks[1]! > 0 && array.chunks.slice(2).join() === shape.join();
    if (!whole) throw invalidStore(join(root, array.path), `${array.type} [${array.shape.join(', ')}] in chunks of [${array.chunks.join(', ')}] for ${chains} chains of ${draws} draws`, array.shape);
    return array;
  });
}

async function readChains(store: ZarrReader, numbers: Float64Array, length: number, root: string): Promise<StoredChain[]> {
  const arrays = store.arrays('sample_stats').filter(({ dimensions }) => dimensions.join() === 'chain,draw');
  if (!arrays.some(({ path }) => path === ITERATION)) throw invalidStore(join(root, ITERATION), 'the store does not say at which iterations its draws were made', ITERATION);
  for (const { path, shape, chunks } of arrays) {
    if (shape[0] === numbers.length && shape[1] === length && chunks[0] === 1 && chunks[1] === Math.max(1, length)) continue;
    throw invalidStore(join(root, path), `[${shape.join(', ')}] in chunks of [${chunks.join(', ')}] for ${numbers.length} chains of ${length} draws`, shape);
  }
  const chains: StoredChain[] = [];
  for (const [place, chain] of numbers.entries()) {
    const rows = new Map<string, Float64Array>();
    for (const array of arrays) rows.set(array.path.slice('sample_stats/'.length), (await store.readRow(array, place)).subarray(0, length));
    const draws = drawsMade(rows.get('iteration')!, chain, root);
    chains.push({ chain, draws, statistics: Object.fromEntries([...rows].map(([name, values]) => [name, values.subarray(0, draws)])) });
  }
  return chains;
}

const ITERATION = 'sample_stats/iteration';

/** A draw's iteration is 1 or more, and beyond the last draw of a chain 0 is stored. */
function drawsMade(iterations: Float64Array, chain: number, root: string): number {
  const ended = iterations.indexOf(0);
  const draws = ended < 0 ? iterations.length : ended;
  const bad = iterations.findIndex((iteration, i) => (i < draws ? iteration <= (i === 0 ? 0 : iterations[i - 1]!) : iteration !== 0));
  if (bad < 0) return draws;
  throw invalidStore(join(root, ITERATION), `draw ${bad} of chain ${chain} is at iteration ${iterations[bad]}, out of order`, iterations[bad]);
}

interface ChainReading extends StoredChain {
  readonly store: ZarrReader;
  readonly root: string;
  readonly tensors: readonly TensorLayout[];
  readonly arrays: readonly ZarrArray[];
  readonly place: number;
}

async function* readChain(reading: ChainReading, indices: readonly number[] = Array.from({ length: reading.draws }, (_, i) => i)): AsyncGenerator<StoredDraw, void, undefined> {
  const { store, tensors, arrays, place, chain, draws, statistics } = reading;
  const bad = indices.findIndex((index, i) => !Number.isInteger(index) || index >= draws || index <= (i === 0 ? -1 : indices[i - 1]!));
  if (bad >= 0) {
    throw new BasinetError('ARGUMENT_INVALID', `chain ${chain} of ${draws} draws cannot be read at draw ${indices[bad]}`, { path: `indices[${bad}]`, value: indices[bad], remedy: `Give ascending draws from 0 to ${draws - 1}.` });
  }
  const dimension = tensors.reduce((sum, { size }) => sum + size, 0);
  const perBlock = Math.min(...arrays.map(({ chunks }) => chunks[1]!));
  for (let done = 0; done < indices.length; ) {
    const block = Math.floor(indices[done]! / perBlock);
    const until = indices.findIndex((index, i) => i >= done && index >= (block + 1) * perBlock);
    const wanted = indices.slice(done, until < 0 ? undefined : until);
    const [from, to] = [wanted[0]! - block * perBlock, wanted.at(-1)! + 1 - block * perBlock];
    const values = await Promise.all(arrays.map(async (array) => floats(await store.readEntries(array, [place, block, ...array.shape.slice(2).map(() => 0)], 1, from, to))));
    for (const index of wanted) {
      const position = new Float32Array(dimension);
      for (const [t, { offset, size }] of tensors.entries()) {
        const at = (index - wanted[0]!) * size;
        position.set(values[t]!.subarray(at, at + size), offset);
      }
      checkFinite(position, reading, index);
      yield { chain, index, iteration: statistics.iteration![index]!, position, info: Object.fromEntries(Object.entries(statistics).map(([name, all]) => [name, all[index]!])) };
    }
    done += wanted.length;
  }
}

function floats(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

function checkFinite(position: Float32Array, { tensors, root, chain }: ChainReading, index: number): void {
  const bad = position.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const { name, offset } = tensors.find((tensor) => bad < tensor.offset + tensor.size)!;
  throw invalidStore(join(root, 'posterior', name), `element ${bad - offset} of draw ${index} of chain ${chain} is ${position[bad]}`, position[bad]);
}
