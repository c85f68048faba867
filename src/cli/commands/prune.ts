// `basinet prune`: sets weights of a saved network to zero by the uncertainties of a summary, and shows what that costs.
import { join, parse } from 'node:path';
import { readFittingNetwork, type FittingNetwork } from '../../data/fittingNetwork.js';
import { BasinetError } from '../../errors.js';
import type { Network } from '../../network/network.js';
import { writeFileAtomic } from '../../summary/files.js';
import { PRUNING_CRITERIA, removalOrder, type PruningCriterion } from '../../summary/prune/criteria.js';
import { pruningPoints, PRUNING_FRACTIONS, type PruningCurve } from '../../summary/prune/curve.js';
import { encodePruned } from '../../summary/prune/encode.js';
import { uncertaintyInLabellingOf } from '../../summary/prune/labelling.js';
import { keptCount, prunablePlaces, pruningMask } from '../../summary/prune/mask.js';
import { share } from '../../summary/report/html.js';
import { readUncertainty } from '../../summary/uncertainty.js';
import { VERSION } from '../../version.js';
import { alignmentRows, groupAlignments, type GroupAlignment } from '../alignedNetworks.js';
import { weightMatchingOf, type AlignmentCommandOptions } from '../alignmentOptions.js';
import { figure, table } from '../format.js';
import { jobTestSet, type JobTestSet } from '../jobTestSet.js';
import { fraction, seed } from '../numbers.js';
import { printResult } from '../output.js';
import { requireOwnFiles } from '../ownFiles.js';
import { scoreColumns } from '../scoreColumns.js';

export interface PruneOptions extends Omit<AlignmentCommandOptions, 'matching'> {
  readonly summary: string;
  readonly criterion: PruningCriterion | 'all';
  readonly keep?: string;
  readonly out?: string;
  readonly report?: string;
  readonly seed: string;
  readonly biases?: boolean;
  readonly json?: boolean;
}

interface Files {
  readonly network: string;
  readonly mask: string;
}

interface Pruned {
  readonly network: string;
  readonly summary: string;
  /** Parameters that may be pruned, of all of the network. */
  readonly prunable: number;
  readonly parameters: number;
  readonly biases: boolean;
  readonly seed: number;
  readonly alignment: { readonly groups: readonly GroupAlignment[]; readonly distanceBefore: number; readonly distanceAfter: number };
  readonly curves: readonly PruningCurve[];
  readonly written: (Files & { readonly keep: number; readonly kept: number }) | null;
  readonly report: string | null;
}

/** Everything is read, checked and scored before anything is written. */
export async function prune(path: string, file: string, options: PruneOptions): Promise<void> {
  const keep = options.keep === undefined ? null : fraction('--keep', options.keep);
  const input = { seed: seed('--seed', options.seed), biases: options.biases === true };
  const files = filesOf(path, file, options);
  const test = await jobTestSet(path);
  try {
    const { network } = test.posterior;
    const saved = await readFittingNetwork(test.posterior, file);
    const position = saved.position.subarray(0, network.dimension);
    const { alignment, ...uncertainty } = uncertaintyInLabellingOf(network, position, await readUncertainty(network, options.summary), weightMatchingOf(test.job, options));
    const places = prunablePlaces(network, input.biases);
    const criteria = options.criterion === 'all' ? PRUNING_CRITERIA : [options.criterion];
    const orders = criteria.map((criterion) => ({ criterion, order: removalOrder(criterion, { ...uncertainty, places, position, seed: input.seed }) }));
    const fractions = fractionsOf(keep, options.report !== undefined);
    const score = (pruned: Float32Array) => test.score([pruned]);
    const result: Pruned = {
      network: file,
      summary: options.summary,
      prunable: places.length,
      parameters: network.dimension,
      ...input,
      alignment: { groups: groupAlignments(network, alignment), distanceBefore: alignment.distanceBefore, distanceAfter: alignment.distanceAfter },
      curves: orders.map(({ criterion, order }) => ({ criterion, points: pruningPoints({ order, tensors: network.tensors, position: saved.position, fractions, score }) })),
      written: files && keep !== null ? { ...files, keep, kept: keptCount(keep, places.length) } : null,
      report: options.report ?? null,
    };
    if (result.written !== null) await write(result.written, network, saved, pruningMask(orders[0]!.order, network.dimension, result.written.keep));
    if (result.report !== null) {
      // Charts take half a second to load: only where they are asked for.
      const { renderPruningReport } = await import('../../summary/report/pruning.js');
      await writeFileAtomic(result.report, await renderPruningReport({ ...result, tensors: network.tensors, about: test.about, version: VERSION }));
    }
    printResult(options.json === true, { ...test.about, ...result }, () => render(result, test.about));
  } finally {
    test.dispose();
  }
}

/** Descending. A single fraction is shown beside the whole network. */
function fractionsOf(keep: number | null, wholeCurve: boolean): number[] {
  const others = keep === null || wholeCurve ? PRUNING_FRACTIONS : [1];
  return [...new Set([...(keep === null ? [] : [keep]), ...others])].sort((a, b) => b - a);
}

/** Where network and mask go; null without --out. What is read, results and all, is never written over. */
function filesOf(job: string, network: string, { out, keep, criterion, summary, report }: PruneOptions): Files | null {
  const { dir, name, ext } = parse(out ?? '');
  const files = out === undefined ? null : { network: out, mask: join(dir, `${name}.mask${ext}`) };
  const targets = [...Object.values(files ?? {}).map((file) => ['--out', file] as const), ...(report === undefined ? [] : [['--report', report] as const])];
  requireOwnFiles('prune', targets, [job, network, summary]);
  if (out !== undefined && (keep === undefined || criterion === 'all')) {
    throw new BasinetError('USAGE', `--out: ${keep === undefined ? 'no fraction to keep is given' : 'one criterion at a time can be written'}`, {
      path: '--out',
      value: out,
      remedy: keep === undefined ? 'give --keep too, e.g. --keep 0.1' : `choose one of --criterion ${PRUNING_CRITERIA.join(', ')}`,
    });
  }
  return files;
}

async function write(files: Files, network: Network, { tensors, names }: FittingNetwork, mask: Uint8Array): Promise<void> {
  const encoded = encodePruned(tensors, network.tensors, names, mask);
  await writeFileAtomic(files.network, encoded.network);
  await writeFileAtomic(files.mask, encoded.mask);
}

function render({ alignment, curves, prunable, parameters, biases, written, report }: Pruned, about: JobTestSet['about']): string {
  const { groups, distanceBefore, distanceAfter } = alignment;
  const aligned = [...alignmentRows(groups), ['distance to the mean', figure(distanceBefore)], ['aligned', figure(distanceAfter)]];
  const [quality, nll] = scoreColumns(about.kind);
  const head = ['kept', biases ? 'parameters' : 'weights', ...curves.flatMap(({ criterion }) => [`${criterion} ${quality!.head}`, `${criterion} ${nll!.head}`])];
  const rows = curves[0]!.points.map(({ keep, kept }, i) => [
    share(keep),
    String(kept),
    ...curves.flatMap(({ points }) => [quality!.cell(points[i]!.scores), nll!.cell(points[i]!.scores)]),
  ]);
  return [
    ...table(aligned, [false, true]),
    '',
    `${prunable} of ${parameters} parameters can be pruned; scores on ${about.rows} ${about.split} rows`,
    ...table([head, ...rows], head.map(() => true)),
    ...(written === null ? [] : ['', `${written.network}: ${written.kept} of ${prunable} kept; mask in ${written.mask}`]),
    ...(report === null ? [] : ['', `${report}: the curves; open it in a browser`]),
  ].join('\n');
}
