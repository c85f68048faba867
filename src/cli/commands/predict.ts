// `basinet predict`: the predictive of results, a compact form or a saved network, row by row.
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { readInputs, readJobData } from '../../data/read.js';
import type { JobData, NamedInputs } from '../../data/dataset.js';
import { processorEngine } from '../../engine/select.js';
import { BasinetError } from '../../errors.js';
import { loadJob } from '../../job/load.js';
import { modelOf } from '../../job/plan.js';
import type { Job } from '../../job/schema.js';
import type { Posterior } from '../../posterior/posterior.js';
import { describe } from '../../summary/distribution.js';
import { createPredictionFold, type Predictions } from '../../summary/evaluation/predictions.js';
import { createPredictor } from '../../summary/evaluation/predictor.js';
import { RESULT_FILES, writeFileAtomic } from '../../summary/files.js';
import { makeOutputDirectory } from '../alignedNetworks.js';
import { figure, table } from '../format.js';
import { fileOfInputs, inputSource } from '../inputSource.js';
import { DEFAULT_SAMPLES, modelSources, readModels, type Model } from '../models.js';
import { positiveInteger } from '../numbers.js';
import { printResult } from '../output.js';
import { requireOwnFiles } from '../ownFiles.js';
import { encodePredictions, namedPredictions, predictionFormat } from '../predictionFile.js';

export interface PredictOptions {
  readonly job?: string;
  readonly inputs?: string;
  readonly from?: string;
  readonly samples?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Everything is read and checked before anything is predicted. */
export async function predict(path: string, options: PredictOptions): Promise<void> {
  const jobFile = options.job ?? (await jobOfResults(path));
  const format = options.out === undefined ? null : predictionFormat(options.out);
  if (options.out !== undefined) requireOwnFiles('predict', [['--out', options.out]], [path, jobFile, ...(options.inputs === undefined ? [] : [fileOfInputs(options.inputs)])]);
  const samples = options.samples === undefined ? null : positiveInteger('--samples', options.samples);
  const from = modelSources(options.from);
  const { job, data } = await readJob(jobFile, options);
  const { posterior } = modelOf(job, data.shape);
  const models = await readModels(posterior, path, { from, draws: samples, samples: samples ?? (job.evaluation.compactSamples || DEFAULT_SAMPLES), seed: job.seed });
  const model = onlyModel(models, options.from);
  const rows = options.inputs === undefined ? testInputs(data) : await readInputs(await inputSource(options.inputs, job), '.', job, data);
  const predictions = await predictionsOf(job, posterior, data, model, rows);
  if (options.out !== undefined && format !== null) {
    await makeOutputDirectory(dirname(options.out));
    await writeFileAtomic(options.out, encodePredictions(predictions, format));
  }
  const about = { model: path, source: model.source, networks: model.networks, inputs: rows.name, rows: rows.rows, kind: predictions.kind, out: options.out ?? null };
  printResult(options.json === true, options.out === undefined ? { ...about, predictions: Object.fromEntries(namedPredictions(predictions)) } : about, () => render(about, predictions));
}

async function jobOfResults(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.isDirectory()) return join(path, RESULT_FILES.job);
  throw new BasinetError('USAGE', `predict: ${path} is a file, which does not tell its network, its likelihood and how inputs are scaled`, { path: '--job', value: path, remedy: 'add --job JOB' });
}

async function readJob(path: string, { job: given }: PredictOptions): Promise<{ job: Job; data: JobData }> {
  try {
    const job = await loadJob(path);
    return { job, data: await readJobData(job, dirname(path)) };
  } catch (error) {
    if (given !== undefined || !(error instanceof BasinetError)) throw error;
    throw new BasinetError(error.code, error.message, {
      ...(error.path === undefined ? {} : { path: error.path }),
      value: error.value,
      remedy: 'Name the job file that was run with --job: the one in a results directory has paths that start from where that file was.',
      cause: error,
    });
  }
}

function onlyModel(models: readonly Model[], from: string | undefined): Model {
  if (models.length === 1 && (from === undefined || models[0]!.source !== 'network')) return models[0]!;
  const [message, remedy] = models.length === 1 ? ['a saved network has nothing to choose from', 'leave --from out'] : ['one of them at a time predicts', `give one of ${models.map(({ source }) => source).join(', ')}`];
  throw new BasinetError('USAGE', `--from: ${message}`, { path: '--from', value: from, remedy });
}

function testInputs({ train, test }: JobData): NamedInputs {
  return { name: test === null ? 'train' : 'test', ...(test ?? train) };
}

async function predictionsOf(job: Job, posterior: Posterior, data: JobData, model: Model, rows: NamedInputs): Promise<Predictions> {
  const predictor = createPredictor(processorEngine(job.engine), posterior, data.train, availableParallelism());
  try {
    const fold = createPredictionFold(posterior, rows.rows, data.targetScaling);
    const outputs = new Float32Array(rows.rows * posterior.network.outputs);
    for await (const position of model.positions()) {
      predictor.predict(position, rows, outputs);
      fold.add(outputs, predictor.noiseStd(position));
    }
    return fold.finish();
  } finally {
    predictor.dispose();
  }
}

function render(about: { readonly source: string; readonly networks: number; readonly inputs: string; readonly rows: number; readonly out: string | null }, predictions: Predictions): string {
  const quantities: [name: string, values: Float64Array][] =
    predictions.kind === 'categorical'
      ? [['entropy (nats)', predictions.entropy], ['mutual information (nats)', predictions.mutualInformation]]
      : [['standard deviation', predictions.std], ['of the outputs over networks', predictions.outputStd]];
  const rows = quantities.map(([name, values]) => {
    const { mean, q05, median, q95 } = describe(values);
    return [name, ...[mean, q05, median, q95].map((value) => figure(value ?? NaN))];
  });
  return [
    `${about.rows} rows (${about.inputs}), predictions of ${about.networks} ${about.networks === 1 ? 'network' : 'networks'} averaged (${about.source})`,
    ...table([['over rows', 'mean', '5%', 'median', '95%'], ...rows], [false, true, true, true, true]),
    ...(about.out === null ? [] : ['', `${about.out}: the predictions`]),
  ].join('\n');
}
