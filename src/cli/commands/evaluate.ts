// `basinet evaluate`: scores of saved networks on a job's data, each alone and all as an ensemble.
import type { Posterior } from '../../posterior/posterior.js';
import type { Scores } from '../../summary/evaluation/evaluate.js';
import { isDirectory, readMean } from '../../summary/uncertainty.js';
import { table } from '../format.js';
import { jobScorer, type JobScorer } from '../jobScorer.js';
import { printResult } from '../output.js';
import { readFittingNetwork } from '../savedNetwork.js';
import { scoreColumns } from '../scoreColumns.js';

export interface EvaluateOptions {
  readonly json?: boolean;
}

interface Evaluated {
  readonly path: string;
  /** `mean`: the mean network of a results directory. */
  readonly source: 'network' | 'mean';
  readonly scores: Scores;
}

interface Ensemble {
  readonly members: number;
  readonly scores: Scores;
}

/** Every network is read and checked before any is evaluated. */
export async function evaluate(path: string, networks: readonly string[], options: EvaluateOptions): Promise<void> {
  const test = await jobScorer(path);
  try {
    const members = await Promise.all(networks.map((file) => readMember(test.posterior, file)));
    const evaluated = members.map(({ position, ...member }): Evaluated => ({ ...member, scores: test.score([position]) }));
    const ensemble: Ensemble | null = members.length < 2 ? null : { members: members.length, scores: test.score(members.map(({ position }) => position)) };
    printResult(options.json === true, { ...test.about, networks: evaluated, ensemble }, () => render(test.about, evaluated, ensemble));
  } finally {
    test.dispose();
  }
}

async function readMember(posterior: Posterior, path: string): Promise<Omit<Evaluated, 'scores'> & { readonly position: Float32Array }> {
  if (await isDirectory(path)) return { path, source: 'mean', position: await readMean(posterior, path) };
  return { path, source: 'network', position: (await readFittingNetwork(posterior, path)).position };
}

function render(about: JobScorer['about'], evaluated: readonly Evaluated[], ensemble: Ensemble | null): string {
  const columns = scoreColumns(about.kind);
  const row = (label: string, scores: Scores) => [label, ...columns.map(({ cell }) => cell(scores))];
  const rows = [
    [`on ${about.rows} ${about.split} rows`, ...columns.map(({ head }) => head)],
    ...evaluated.map(({ path, source, scores }) => row(source === 'mean' ? `${path} (mean)` : path, scores)),
    ...(ensemble === null ? [] : [row(`ensemble of ${ensemble.members}`, ensemble.scores)]),
  ];
  return table(rows, [false, ...columns.map(() => true)]).join('\n');
}
