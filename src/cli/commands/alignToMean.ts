// `basinet align --to mean`: rebasin of saved networks to their common mean.
import { join } from 'node:path';
import { packPosition } from '../../data/parameters.js';
import { BasinetError } from '../../errors.js';
import { alignToMean, type MeanAlignment } from '../../rebasin/index.js';
import { writeFileAtomic } from '../../summary/files.js';
import { alignedPaths, groupAlignments, flipsCells, flipsHeads, layersOf, makeOutputDirectory, transpositionsHead, type GroupAlignment } from '../alignedNetworks.js';
import { figure, table } from '../format.js';
import { readNetworksToAlign, type NetworkOptions } from '../networksToAlign.js';
import { positiveInteger } from '../numbers.js';
import { printResult } from '../output.js';

const MEAN_FILE = 'mean.safetensors';
const DEFAULT_ITERATIONS = '50';

export interface AlignToMeanOptions extends NetworkOptions {
  readonly out?: string;
  readonly maxIterations?: string;
  readonly json?: boolean;
}

interface Aligned {
  readonly file: string;
  readonly written: string | null;
  readonly groups: readonly GroupAlignment[];
  /** To the mean. */
  readonly distanceBefore: number;
  readonly distanceAfter: number;
}

/** Every file is read and checked before anything is written. */
export async function alignAllToMean(files: readonly string[], options: AlignToMeanOptions): Promise<void> {
  const maxIterations = positiveInteger('--max-iterations', options.maxIterations ?? DEFAULT_ITERATIONS);
  const { out } = options;
  const targets = out === undefined ? [] : alignedPaths(files, out, files, [MEAN_FILE]);
  const { network, tensors, positions, alignment } = await readNetworksToAlign(files, options);
  if (alignment.matching !== 'weights') {
    throw new BasinetError('USAGE', `--to mean: the mean is one of weights, which --matching ${alignment.matching} does not bring together`, {
      path: '--matching',
      value: alignment.matching,
      remedy: 'use --matching weights, or align to one reference',
    });
  }
  const result = alignToMean(network, tensors, positions, { ...alignment, maxIterations });
  const mean = out === undefined ? null : join(out, MEAN_FILE);
  if (out !== undefined && mean !== null) {
    await makeOutputDirectory(out);
    for (const [k, target] of targets.entries()) await writeFileAtomic(target, packPosition(tensors, result.networks[k]!.aligned));
    await writeFileAtomic(mean, packPosition(tensors, result.mean));
  }
  const aligned = result.networks.map((one, k): Aligned => {
    const { distanceBefore, distanceAfter } = one;
    return { file: files[k]!, written: targets[k] ?? null, groups: groupAlignments(network, one), distanceBefore, distanceAfter };
  });
  const { iterations, converged, squaredDistances } = result;
  printResult(options.json === true, { to: 'mean', mean, layers: layersOf(network), iterations, converged, squaredDistances, aligned }, () => render(aligned, result));
}

function render(aligned: readonly Aligned[], { iterations, converged, squaredDistances }: MeanAlignment): string {
  const head = ['network', ...aligned[0]!.groups.map(transpositionsHead), ...flipsHeads(aligned[0]!.groups), 'distance to the mean', 'aligned'];
  const rows = aligned.map((r) => [r.file, ...r.groups.map((g) => String(g.transpositions)), ...flipsCells(r.groups), figure(r.distanceBefore), figure(r.distanceAfter)]);
  const rounds = `${iterations} ${iterations === 1 ? 'iteration' : 'iterations'}`;
  return [
    ...table([head, ...rows], head.map((_, i) => i > 0)),
    '',
    `total squared distance to the mean ${figure(squaredDistances[0]!)} aligned to ${aligned[0]!.file}, ${figure(squaredDistances.at(-1)!)} after ${rounds}`,
    converged ? 'converged: the last iteration changed nothing' : `not converged: stopped at --max-iterations ${iterations}`,
  ].join('\n');
}
