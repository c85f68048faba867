// `basinet barrier`: loss and accuracy along the straight line between two saved networks, before and after alignment.
import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { readFittingNetwork } from '../../data/fittingNetwork.js';
import { readJobData } from '../../data/read.js';
import type { Engine } from '../../engine/engine.js';
import { selectEngine } from '../../engine/select.js';
import { alignerOptions } from '../../job/alignment.js';
import { loadJob } from '../../job/load.js';
import { modelOf } from '../../job/plan.js';
import type { Network } from '../../network/network.js';
import { measureBarrier, type BarrierResult, type PathCurve, type PathCurves } from '../../summary/barrier.js';
import { writeFileAtomic } from '../../summary/files.js';
import { VERSION } from '../../version.js';
import { alignmentRows, groupAlignments, makeOutputDirectory } from '../alignedNetworks.js';
import { withAlignment, type AlignmentCommandOptions } from '../alignmentOptions.js';
import { figure, table } from '../format.js';
import { integerFrom } from '../numbers.js';
import { note, printResult } from '../output.js';
import { requireOwnFiles } from '../ownFiles.js';

export interface BarrierCommandOptions extends AlignmentCommandOptions {
  readonly points: string;
  readonly out?: string;
  readonly engine: 'auto' | Engine['name'];
  readonly json?: boolean;
}

export async function barrier(path: string, a: string, b: string, options: BarrierCommandOptions): Promise<void> {
  const points = integerFrom('--points', options.points, 3);
  if (options.out !== undefined) requireOwnFiles('barrier', [['--out', options.out]], [path, a, b]);
  const job = withAlignment(await loadJob(path), options);
  const data = await readJobData(job, dirname(path));
  const { network, posterior } = modelOf(job, data.shape);
  const [positionA, positionB] = [(await readFittingNetwork(posterior, a)).position, (await readFittingNetwork(posterior, b)).position];
  const { engine } = selectEngine(options.engine, job.tfjs);
  // Before minutes of computing, not after them.
  if (options.out !== undefined) await makeOutputDirectory(dirname(options.out));
  const threads = availableParallelism();
  using alignment = alignerOptions(job, posterior, data, { engine: () => engine, threads });
  const result = measureBarrier({ engine, posterior, data, a: positionA, b: positionB, points, threads, ...alignment });
  if (options.out !== undefined) {
    // Charts take half a second to load: only where they are asked for.
    const { renderBarrierReport } = await import('../../summary/report/barrier.js');
    await writeFileAtomic(options.out, await renderBarrierReport({ jobName: job.name, a: basename(a), b: basename(b), groups: network.groups, result, version: VERSION }));
    note(`wrote ${options.out}`);
  }
  const { distanceBefore, distanceAfter } = result.alignment;
  const document = {
    job: job.name,
    a,
    b,
    engine: engine.name,
    deviceClass: engine.deviceClass,
    report: options.out ?? null,
    alignment: { matching: alignment.matching, groups: groupAlignments(network, result.alignment), distanceBefore, distanceAfter },
    lambdas: result.lambdas,
    raw: describeCurves(result.raw, result),
    aligned: describeCurves(result.aligned, result),
  };
  printResult(options.json === true, document, () => render(network, result));
}

function describeCurves({ train, test }: PathCurves, { metric }: BarrierResult) {
  const describe = (curve: PathCurve) => ({ loss: curve.loss, [metric]: curve.metric, barrier: curve.barrier.height, barrierAt: curve.barrier.lambda });
  return { train: describe(train), test: test && describe(test) };
}

function render(network: Network, result: BarrierResult): string {
  const { lambdas, metric, alignment, raw, aligned } = result;
  const splits = [
    { name: 'train', raw: raw.train, aligned: aligned.train },
    ...(raw.test === null || aligned.test === null ? [] : [{ name: 'test', raw: raw.test, aligned: aligned.test }]),
  ];
  const head = ['λ', ...splits.flatMap(({ name }) => [`${name} loss`, 'aligned', `${name} ${metric === 'rmse' ? 'RMSE' : metric}`, 'aligned'])];
  const rows = lambdas.map((lambda, i) => [lambda.toFixed(3), ...splits.flatMap((split) => [split.raw.loss, split.aligned.loss, split.raw.metric, split.aligned.metric].map((values) => figure(values[i]!)))]);
  const barrierRows = splits.map((split) => [split.name, ...[split.raw.barrier, split.aligned.barrier].flatMap(({ height, lambda }) => [figure(height), height > 0 ? lambda.toFixed(3) : '–'])]);
  const groups = alignmentRows(groupAlignments(network, alignment));
  return [
    ...table([head, ...rows], head.map(() => true)),
    '',
    ...table([['barrier (nats per row)', 'raw', 'at λ', 'aligned', 'at λ'], ...barrierRows], [false, true, true, true, true]),
    '',
    ...table([...groups, ['distance of B to A', figure(alignment.distanceBefore)], ['aligned', figure(alignment.distanceAfter)]], [false, true]),
  ].join('\n');
}
