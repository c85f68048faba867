// How each kept draw was relabelled, as group `alignment` of the draws' Zarr store.
import type { PermutationGroup } from '../network/network.js';
import { BasinetError } from '../errors.js';
import { relabellingOfLine, validateRelabelling, type OneLine, type Relabelling } from '../rebasin/index.js';
import { transpositionsOf, type ChainTrace } from './traces.js';
import type { ZarrStore } from './zarr.js';

export interface DrawAlignment {
  readonly groups: readonly PermutationGroup[];
  /** In the order of the `chain` dimension. */
  readonly traces: readonly ChainTrace[];
}

export interface DrawAlignmentShape {
  /** Length of the `draw` dimension. */
  readonly draws: number;
  /** Draws to a chunk. */
  readonly blockDraws: number;
}

/** What stands where a chain has no draw: no unit, no sign, no count. */
const MISSING = { permutation: -1, sign: 0, transpositions: -1 };

/**
 * `<group>_permutation` int32 and `<group>_sign` int8 [chain, draw, unit], `<group>_transpositions` int32 [chain, draw].
 * Coordinates are the caller's.
 *
 * @throws BasinetError LOG_CORRUPT where a chain's relabellings are not those of its draws; OUTPUT_UNWRITABLE
 */
export async function writeDrawAlignment(store: ZarrStore, { groups, traces }: DrawAlignment, { draws, blockDraws }: DrawAlignmentShape): Promise<void> {
  const path = (name: string, what: string): string => `alignment/${name}_${what}`;
  for (const { name, size } of groups) {
    const unit = { shape: [traces.length, draws, size], chunks: [1, blockDraws, size], dimensions: ['chain', 'draw', `${name}_unit`], fill: null };
    await store.array({ path: path(name, 'permutation'), type: '<i4', ...unit, attributes: { long_name: 'unit of the draw that takes each place; -1: no draw' } });
    await store.array({ path: path(name, 'sign'), type: '|i1', ...unit, attributes: { long_name: 'sign that it takes there; 0: no draw' } });
    await store.array({
      path: path(name, 'transpositions'),
      type: '<i4',
      shape: [traces.length, draws],
      chunks: [1, Math.max(1, draws)],
      dimensions: ['chain', 'draw'],
      fill: null,
      attributes: { long_name: 'number of transpositions of the permutation; -1: no draw' },
    });
  }
  const sizes = groups.map(({ size }) => size);
  for (const [chain, trace] of traces.entries()) {
    const lines = linesOf(trace, sizes);
    for (let block = 0; block * blockDraws < draws; block++) {
      const own = lines.slice(block * blockDraws, (block + 1) * blockDraws).map((line) => relabellingOf(line, groups, traces[chain]!.chain));
      for (const [g, { name, size }] of groups.entries()) {
        const permutation = new Int32Array(blockDraws * size).fill(MISSING.permutation);
        const sign = new Int8Array(blockDraws * size).fill(MISSING.sign);
        own.forEach(({ permutations, signs }, draw) => {
          permutation.set(permutations[g]!, draw * size);
          sign.set(signs[g] ?? new Int8Array(size).fill(1), draw * size);
        });
        await store.writeChunk(path(name, 'permutation'), [chain, block, 0], new Uint8Array(permutation.buffer));
        await store.writeChunk(path(name, 'sign'), [chain, block, 0], new Uint8Array(sign.buffer));
      }
    }
    for (const [g, { name }] of groups.entries()) {
      const counts = new Int32Array(Math.max(1, draws)).fill(MISSING.transpositions);
      counts.set(transpositionsOf(trace, g, groups.length));
      await store.writeChunk(path(name, 'transpositions'), [chain, 0], new Uint8Array(counts.buffer));
    }
  }
}

/** One line of units per draw, out of the bytes of them all. */
function linesOf({ chain, iteration, transpositions, relabellings }: ChainTrace, sizes: readonly number[]): OneLine[] {
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const width = relabellings.length / (iteration.length * units);
  if (transpositions.length !== iteration.length * sizes.length) {
    throw corrupt(chain, 'transpositions', `${transpositions.length} transpositions for ${iteration.length} draws of ${sizes.length} groups`, transpositions.length);
  }
  if (iteration.length === 0) return [];
  if (width !== 2 && width !== 4) {
    throw corrupt(chain, 'relabellings', `${relabellings.length} bytes of relabellings for ${iteration.length} draws of ${units} units`, relabellings.length);
  }
  const bytes = new Uint8Array(relabellings).buffer;
  const all = width === 2 ? new Int16Array(bytes) : new Int32Array(bytes);
  return iteration.map((_, draw) => all.subarray(draw * units, (draw + 1) * units));
}

function relabellingOf(line: OneLine, groups: readonly PermutationGroup[], chain: number): Relabelling {
  const relabelling = relabellingOfLine(line, groups.map(({ size }) => size));
  try {
    validateRelabelling({ groups }, relabelling.permutations, relabelling.signs, 'relabelling');
  } catch (error) {
    if (!(error instanceof BasinetError)) throw error;
    throw corrupt(chain, 'relabellings', `one that is none: ${error.message}`, error.value);
  }
  return relabelling;
}

function corrupt(chain: number, field: 'transpositions' | 'relabellings', what: string, value: unknown): BasinetError {
  return new BasinetError('LOG_CORRUPT', `the statistics of chain ${chain} hold ${what}`, {
    path: `statistics.traces[${chain}].${field}`,
    value,
    remedy: 'Fold the log again (delete the aggregator snapshot), then export the results again.',
  });
}
