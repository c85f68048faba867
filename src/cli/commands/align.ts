// `basinet align`: rebasin of saved networks, many to one, with the number of transpositions per group.
import { packPosition } from '../../data/parameters.js';
import { BasinetError } from '../../errors.js';
import type { Network } from '../../network/network.js';
import { createAligner, type AlignmentResult } from '../../rebasin/index.js';
import { writeFileAtomic } from '../../summary/files.js';
import { alignedPaths, groupAlignments, flipsCells, flipsHeads, layersOf, makeOutputDirectory, transpositionsHead, type GroupAlignment } from '../alignedNetworks.js';
import { figure, table } from '../format.js';
import { readNetworksToAlign } from '../networksToAlign.js';
import { printResult } from '../output.js';
import { alignAllToMean, type AlignToMeanOptions } from './alignToMean.js';

export interface AlignOptions extends AlignToMeanOptions {
  readonly to: 'reference' | 'mean';
}

interface Aligned {
  readonly file: string;
  readonly written: string | null;
  readonly groups: readonly GroupAlignment[];
  readonly objective: number;
  readonly distanceBefore: number;
  readonly distanceAfter: number;
  readonly sweeps: number;
}

/** Every file is read and checked before anything is written. */
export async function align(reference: string, others: readonly string[], options: AlignOptions): Promise<void> {
  if (options.to === 'mean') return alignAllToMean([reference, ...others], options);
  if (options.maxIterations !== undefined) {
    throw new BasinetError('USAGE', 'align: --max-iterations is for --to mean', { path: '--max-iterations', value: options.maxIterations, remedy: 'leave it out, or add --to mean' });
  }
  const targets = options.out === undefined ? [] : alignedPaths(others, options.out, [reference, ...others]);
  const { network, tensors, positions: [target, ...positions], alignment } = await readNetworksToAlign([reference, ...others], options);
  const aligner = createAligner(network, tensors, target!, alignment);
  if (options.out !== undefined) await makeOutputDirectory(options.out);
  const results: Aligned[] = [];
  for (const [i, file] of others.entries()) {
    const aligned = new Float32Array(positions[i]!.length);
    const result = aligner.align(positions[i]!, aligned, null);
    const written = targets[i] ?? null;
    if (written !== null) await writeFileAtomic(written, packPosition(tensors, aligned));
    results.push(describe(file, written, network, result));
  }
  const { matching } = alignment;
  printResult(options.json === true, { reference, matching, rescaled: options.rescale === true, layers: layersOf(network), aligned: results }, () => render(network, results));
}

function describe(file: string, written: string | null, network: Network, result: AlignmentResult): Aligned {
  const { objective, distanceBefore, distanceAfter, sweeps } = result;
  return { file, written, groups: groupAlignments(network, result), objective, distanceBefore, distanceAfter, sweeps };
}

function render(network: Network, results: readonly Aligned[]): string {
  const head = ['network', ...network.groups.map(transpositionsHead), ...flipsHeads(results[0]!.groups), 'distance', 'aligned'];
  const rows = results.map((r) => [r.file, ...r.groups.map((g) => String(g.transpositions)), ...flipsCells(r.groups), figure(r.distanceBefore), figure(r.distanceAfter)]);
  return table([head, ...rows], head.map((_, i) => i > 0)).join('\n');
}
