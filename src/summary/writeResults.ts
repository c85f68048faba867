// Writes a results directory: tensors, summary, draws, report, and the job as it was resolved.
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { basinet } from '../bus/wire.js';
import { writeSafetensors } from '../data/safetensors.js';
import { BasinetError } from '../errors.js';
import type { StateDictTensor } from '../network/parameters.js';
import { mergeCovariance } from './covariance.js';
import { evaluatedPerChain, passOverDraws } from './drawPass.js';
import { evaluateForms, sampledForms, type EvaluatedForm } from './compact/evaluate.js';
import { createTestSet, type Evaluation, type TestSet } from './evaluation/evaluate.js';
import { discard, outputError, prepareOutputDirectory, RESULT_FILES, writeFileAtomic } from './files.js';
import { writeFitted } from './fitted.js';
import { DEFAULT_EVALUATED_DRAWS, type WriteResultsOptions } from './options.js';
import { mergeQuantiles } from './quantiles.js';
import { renderReport } from './report/report.js';
import { jobYaml, settingsDigest } from './settings.js';
import { mergeStatistics } from './statistics.js';
import { buildSummary } from './summary.js';
import type { ResultsSummary } from './summarySchema.js';
import { compactPosteriorTensors } from './tensors.js';
import { tracesOf } from './traces.js';

export type { ResultsStage, WriteResultsOptions } from './options.js';

/**
 * Writes every result of a job; each file appears whole or not at all, summary.json last. Memory: the merged statistics
 * (float64, four or five arrays of the dimension for aligned, raw and control weights; an array a quantile; float32, one a factor), a block of draws of one chain, the
 * predictive of the test set.
 *
 * Throws OUTPUT_UNWRITABLE (directory not empty or not writable, disk full), LOG_CORRUPT (draws missing),
 * NETWORK_MISMATCH (statistics of another network).
 */
export async function writeResults(options: WriteResultsOptions): Promise<ResultsSummary> {
  const { outDir, job, data, posterior, partitions, engine } = options;
  const progress = options.onProgress ?? (() => undefined);
  const path = (file: keyof typeof RESULT_FILES) => join(outDir, RESULT_FILES[file]);
  await prepareOutputDirectory(outDir, options);

  progress('merge', 0);
  const ordered = [...partitions].sort((a, b) => (a.partition ?? 0) - (b.partition ?? 0));
  const aligned = mergeStatistics(ordered.map((part) => part.aligned));
  const raw = mergeStatistics(ordered.map((part) => part.raw));
  const control = mergeStatistics(ordered.map((part) => part.control));
  const quantiles = mergeQuantiles(ordered.map((part) => part.histograms), job.statistics.quantiles);
  const covariance = mergeCovariance(ordered.map((part) => part.lowRank), aligned);
  const probe = mergeStatistics(ordered.map((part) => part.probe));
  const reference = referenceOf(ordered, posterior.dimension);
  for (const array of [aligned?.mean, raw?.mean, control?.mean, quantiles?.resolution, covariance?.residualStd]) checkSize(array?.length, posterior.dimension);
  checkSize(covariance?.size, posterior.dimension);
  const traces = tracesOf(ordered);

  const perChain = evaluatedPerChain(traces.map(({ iteration }) => iteration.length), options.maxEvaluatedDraws ?? DEFAULT_EVALUATED_DRAWS);
  const evaluated = perChain.reduce((sum, n) => sum + n, 0);
  const testRows = data.test ?? data.train;
  const digest = settingsDigest(job);
  const attributes = { inference_library: 'basinet', inference_library_version: options.version, job: job.name, settings_digest: digest };
  const { groups } = posterior.network;
  const testSet =
    evaluated === 0
      ? null
      : createTestSet(engine, posterior, testRows, { threads: options.threads ?? availableParallelism(), scaling: data.targetScaling, outOfDistribution: data.outOfDistribution });
  const yaml = jobYaml(job);
  let gradients: number[];
  let tensors: Uint8Array;
  let evaluation: Evaluation | null;
  let forms: EvaluatedForm[];
  try {
    const evaluator = testSet?.evaluator(evaluated) ?? null;
    gradients = await passOverDraws({
      directory: path('draws'),
      store: { tensors: posterior.tensors, method: job.inference.method, attributes, alignment: aligned === null || groups.length === 0 ? null : { groups, traces } },
      traces,
      draws: options.draws,
      evaluator,
      evaluatedPerChain: perChain,
      onDraw: (done, total) => progress('draws', done / total),
    });
    evaluation = evaluator?.finish() ?? null;

    progress('tensors', 0);
    const compact = compactPosteriorTensors({ tensors: posterior.tensors, aligned, raw, control, quantiles, covariance, reference });
    tensors = writeSafetensors(compact, { format: 'pt', ...attributes });
    await writeFileAtomic(path('tensors'), tensors);
    await writeFileAtomic(path('job'), yaml);
    forms = await evaluatedForms(options, testSet, evaluation, compact);
  } finally {
    testSet?.dispose();
  }

  // An earlier job's, where results are written over.
  await discard(path('fitted'));
  const fits = options.fitted ? await writeFitted({ outDir, tensors: posterior.tensors, chains: traces.map(({ chain }) => chain), fitted: options.fitted, metadata: { format: 'pt', ...attributes } }) : [];
  progress('report', 0);
  const summary = buildSummary({ options, digest, partitions: ordered, aligned, raw, control, quantiles, covariance, probe, traces, gradients, evaluation, forms });
  const report = await renderReport({ summary, job, posterior, aligned, raw, control, traces, evaluation, forms, testSet: testRows });
  await writeFileAtomic(path('report'), report);
  const complete: ResultsSummary = {
    ...summary,
    files: [
      describeFile(RESULT_FILES.tensors, tensors),
      ...fits.map(({ path: file, content }) => describeFile(file, content)),
      { path: `${RESULT_FILES.draws}/`, bytes: await directoryBytes(path('draws')), sha256: null },
      describeFile(RESULT_FILES.report, report),
      describeFile(RESULT_FILES.job, yaml),
    ],
  };
  await writeFileAtomic(path('summary'), `${JSON.stringify(complete, null, 2)}\n`);
  progress('report', 1);
  return complete;
}

/** Of every form that the tensors hold; none where nothing is evaluated, or the job wants none. */
async function evaluatedForms({ job, posterior, onProgress }: WriteResultsOptions, testSet: TestSet | null, reference: Evaluation | null, tensors: ReadonlyMap<string, StateDictTensor>): Promise<EvaluatedForm[]> {
  const samples = job.evaluation.compactSamples;
  if (testSet === null || reference === null || samples === 0) return [];
  const forms = sampledForms(posterior, { path: RESULT_FILES.tensors, tensors });
  return evaluateForms(testSet, forms, { seed: job.seed, samples, reference, onSample: (done, total) => onProgress?.('compact', done / total) });
}

function referenceOf(partitions: readonly basinet.v1.IPartitionStatistics[], dimension: number): Float32Array | null {
  const bytes = partitions.find(({ reference }) => (reference?.length ?? 0) > 0)?.reference;
  if (bytes === undefined || bytes === null) return null;
  checkSize(bytes.length / 4, dimension);
  return new Float32Array(new Uint8Array(bytes).buffer);
}

function checkSize(size: number | undefined, dimension: number): void {
  if (size === undefined || size === dimension) return;
  throw new BasinetError('NETWORK_MISMATCH', `the statistics are of ${size} parameters, the job's network has ${dimension}`, {
    path: 'partitions',
    value: size,
    remedy: 'Write the results with the job file that the statistics were made with.',
  });
}

function describeFile(path: string, content: Uint8Array | string) {
  return { path, bytes: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') };
}

async function directoryBytes(directory: string): Promise<number> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch (error) {
    throw outputError(error, directory);
  }
}
