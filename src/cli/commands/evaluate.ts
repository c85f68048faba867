// `basinet evaluate`: scores of networks and posteriors on a job's data, each by itself, the networks as an ensemble too.
import { BasinetError } from '../../errors.js';
import { auroc } from '../../stats/index.js';
import { describe } from '../../summary/distribution.js';
import { scoresOf, type Evaluation, type Scores, type TestSet } from '../../summary/evaluation/evaluate.js';
import { nearness, type Nearness } from '../../summary/evaluation/predictions.js';
import type { Distribution } from '../../summary/summarySchema.js';
import { figure, table } from '../format.js';
import { jobTestSet, type JobTestSet } from '../jobTestSet.js';
import { DEFAULT_SAMPLES, modelSources, readModels, type Model, type ModelOptions } from '../models.js';
import { positiveInteger } from '../numbers.js';
import { printResult } from '../output.js';
import { nearnessColumns, scoreColumns } from '../scoreColumns.js';

export interface EvaluateOptions {
  readonly from?: string;
  readonly samples?: string;
  readonly against?: string;
  readonly ood: readonly string[];
  readonly json?: boolean;
}

/** What is told of a model, or of an ensemble. */
interface Figures {
  readonly scores: Scores;
  /** To what is compared against; null where there is nothing. */
  readonly nearness: Nearness | null;
  readonly outOfDistribution: readonly { readonly name: string; readonly rows: number; readonly entropy: Distribution; readonly auroc: number }[];
}

interface Evaluated extends Figures {
  readonly path: string;
  readonly source: Model['source'];
  /** Networks averaged. */
  readonly networks: number;
}

interface Ensemble extends Figures {
  readonly members: number;
}

interface Against {
  readonly path: string;
  readonly source: Model['source'];
}

/** Every model is read and checked before any is evaluated. */
export async function evaluate(path: string, paths: readonly string[], options: EvaluateOptions): Promise<void> {
  const from = modelSources(options.from);
  const samples = options.samples === undefined ? null : positiveInteger('--samples', options.samples);
  const test = await jobTestSet(path, options.ood);
  try {
    const { job, posterior, about } = test;
    const reading: ModelOptions = { from, draws: samples, samples: samples ?? (job.evaluation.compactSamples || DEFAULT_SAMPLES), seed: job.seed };
    const models = (await Promise.all(paths.map((one) => readModels(posterior, one, reading)))).flat();
    const against = await comparedAgainst(options.against, models, (one) => readModels(posterior, one, { ...reading, from: null }));
    const evaluations = new Map<Model, Evaluation>();
    for (const model of new Set([...models, ...(against === null ? [] : [against])])) evaluations.set(model, await evaluationOf(test, model));
    const reference = against && evaluations.get(against)!;
    const evaluated = models.map((model): Evaluated => ({ path: model.path, source: model.source, networks: model.networks, ...figures(evaluations.get(model)!, reference) }));
    const single = models.filter(({ source }) => source === 'network' || source === 'mean');
    const ensemble: Ensemble | null = single.length < 2 ? null : { members: single.length, ...figures(await evaluationOf(test, together(single)), reference) };
    const to: Against | null = against && { path: against.path, source: against.source };
    printResult(options.json === true, { ...about, against: to, networks: evaluated, ensemble }, () => render(about, evaluated, ensemble, to));
  } finally {
    test.dispose();
  }
}

/** What was asked for, which may be one of the models; else the draws of the first results. */
async function comparedAgainst(path: string | undefined, models: readonly Model[], read: (path: string) => Promise<Model[]>): Promise<Model | null> {
  if (path === undefined) return models.find(({ source }) => source === 'draws') ?? null;
  const [wanted] = await read(path);
  if (wanted === undefined) throw new BasinetError('RESULTS_INVALID', `${path} holds nothing that predicts`, { path, remedy: 'Give results, or a saved network.' });
  return models.find((model) => model.path === wanted.path && model.source === wanted.source) ?? wanted;
}

async function evaluationOf(test: TestSet, model: Pick<Model, 'networks' | 'positions'>): Promise<Evaluation> {
  const evaluator = test.evaluator(model.networks);
  for await (const position of model.positions()) evaluator.add(position);
  return evaluator.finish();
}

function together(models: readonly Model[]): Pick<Model, 'networks' | 'positions'> {
  return {
    networks: models.length,
    async *positions() {
      for (const model of models) yield* model.positions();
    },
  };
}

function figures(evaluation: Evaluation, reference: Evaluation | null): Figures {
  return {
    scores: scoresOf(evaluation),
    nearness: reference && nearness(evaluation.predictions, reference.predictions),
    outOfDistribution: evaluation.outOfDistribution.map(({ name, predictions: { rows, entropy } }) => ({ name, rows, entropy: describe(entropy), auroc: auroc(evaluation.predictions.entropy, entropy) })),
  };
}

function render(about: JobTestSet['about'], evaluated: readonly Evaluated[], ensemble: Ensemble | null, against: Against | null): string {
  const rows: [label: string, figures: Figures][] = [
    ...evaluated.map((one): [string, Figures] => [labelOf(one), one]),
    ...(ensemble === null ? [] : [[`ensemble of ${ensemble.members}`, ensemble] as [string, Figures]]),
  ];
  const columns = [...scoreColumns(about.kind), ...(against === null ? [] : nearnessColumns(about.kind))];
  const scores = rows.map(([label, one]) => [label, ...columns.map(({ cell }) => cell({ ...one.scores, ...one.nearness }))]);
  const lines = table([[`on ${about.rows} ${about.split} rows`, ...columns.map(({ head }) => head)], ...scores], [false, ...columns.map(() => true)]);
  if (against !== null) lines.push('', `${nearnessColumns(about.kind).map(({ head }) => head).join(' and ')}: with ${labelOf(against)}`);
  for (const [i, { name, rows: count }] of (rows[0]?.[1].outOfDistribution ?? []).entries()) {
    const cells = rows.map(([label, { outOfDistribution }]) => [label, figure(outOfDistribution[i]!.entropy.mean ?? NaN), figure(outOfDistribution[i]!.entropy.median ?? NaN), figure(outOfDistribution[i]!.auroc)]);
    lines.push('', ...table([[`on ${count} rows of ${name}`, 'entropy', 'median', 'AUROC'], ...cells], [false, true, true, true]));
  }
  return lines.join('\n');
}

/** The path, and what of it where it could be something else. */
function labelOf({ path, source }: Against): string {
  return source === 'network' ? path : `${path} (${source})`;
}
