// Reads a results directory back: summary.json checked against its schema, tensors by name.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors } from '../data/safetensors.js';
import { BasinetError } from '../errors.js';
import { RESULT_FILES } from './files.js';
import { SUMMARY_VERSION, summarySchema, type ResultsSummary } from './summarySchema.js';
import { factorName, quantileName, residualName, SPACES, STATISTICS, tensorName, type Space, type Statistic } from './tensorNames.js';

export interface ResultTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
}

export interface Results {
  readonly directory: string;
  readonly summary: ResultsSummary;
  /** Every tensor of summary.safetensors, by its name there. */
  readonly tensors: ReadonlyMap<string, ResultTensor>;
  /** Statistic of one of the network's tensors. Throws RESULTS_INVALID where the job did not keep it. */
  tensor(space: Space, statistic: Statistic, name: string): ResultTensor;
}

/** Throws RESULTS_INVALID where the directory is incomplete, from another version, or contradicts itself. */
export async function readSummary(directory: string): Promise<Results> {
  const summary = parseSummary(await read(directory, RESULT_FILES.summary), join(directory, RESULT_FILES.summary));
  const tensors = parseTensors(await read(directory, RESULT_FILES.tensors), join(directory, RESULT_FILES.tensors));
  const missing = expectedTensors(summary).find(([name, shape]) => tensors.get(name)?.shape.join() !== shape.join());
  if (missing !== undefined) {
    const [name, shape] = missing;
    const found = tensors.get(name);
    const problem = found === undefined ? 'is missing' : `has shape [${found.shape.join(', ')}]`;
    throw invalid(join(directory, RESULT_FILES.tensors), `tensor ${name} of shape [${shape.join(', ')}] ${problem}`, name);
  }
  return {
    directory,
    summary,
    tensors,
    tensor(space, statistic, name) {
      const found = tensors.get(tensorName(space, statistic, name));
      if (found === undefined) throw invalid(directory, `these results hold no ${space} ${statistic} of ${name}`, name);
      return found;
    },
  };
}

async function read(directory: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(directory, name));
  } catch (cause) {
    throw new BasinetError('RESULTS_INVALID', `${directory} holds no ${name} that can be read`, {
      path: join(directory, name),
      remedy: 'Give a directory that basinet run has written to the end.',
      cause,
    });
  }
}

function parseSummary(bytes: Uint8Array, path: string): ResultsSummary {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw invalid(path, 'not JSON', undefined, cause);
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version !== SUMMARY_VERSION) throw invalid(path, `schemaVersion is ${JSON.stringify(version)}; this basinet reads ${SUMMARY_VERSION}`, version);
  const parsed = summarySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit the schema'}`, undefined, parsed.error);
}

function parseTensors(bytes: Uint8Array, path: string): Map<string, ResultTensor> {
  const tensors = new Map<string, ResultTensor>();
  for (const [name, tensor] of readSafetensors(bytes, path)) {
    if (tensor.dtype !== 'F32') throw invalid(path, `tensor ${name} has element type ${tensor.dtype}, not F32`, tensor.dtype);
    tensors.set(name, { shape: tensor.shape, data: tensor.data });
  }
  return tensors;
}

function expectedTensors({ statistics, model }: ResultsSummary): [name: string, shape: readonly number[]][] {
  const { quantiles, covariance } = statistics;
  const ofItsShape = (name: string): string[] => [
    ...SPACES.filter((space) => statistics[space] !== null).flatMap((space) => {
      const nested = statistics[space]!.nestedRhat === null ? [] : (['nested_rhat'] as const);
      return [...STATISTICS, ...nested].map((statistic) => tensorName(space, statistic, name));
    }),
    ...(quantiles?.probabilities.map((probability) => quantileName(probability, name)) ?? []),
    ...(covariance === null ? [] : [residualName(name)]),
  ];
  return model.tensors.flatMap(({ name, shape }) => [
    ...ofItsShape(name).map((full): [string, readonly number[]] => [full, shape]),
    ...(covariance === null ? [] : ([[factorName(name), [covariance.rank, ...shape]]] as [string, readonly number[]][])),
  ]);
}

function invalid(path: string, message: string, value?: unknown, cause?: unknown): BasinetError {
  return new BasinetError('RESULTS_INVALID', `${path}: ${message}`, {
    path,
    value,
    remedy: 'Write the results again (basinet run JOB --overwrite), or give another directory.',
    ...(cause === undefined ? {} : { cause }),
  });
}
