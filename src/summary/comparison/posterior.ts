// One side of a comparison: means and standard deviations out of a results directory, or a bare file of them.
import { stat } from 'node:fs/promises';
import { readWholeFile } from '../../data/file.js';
import { readTensors } from '../../data/parameters.js';
import { toNumeric } from '../../data/tensor.js';
import { BasinetError } from '../../errors.js';
import type { Activation, Network } from '../../network/network.js';
import { denseNetwork } from '../../network/dense.js';
import { readSummary } from '../readSummary.js';
import type { ResultsSummary } from '../summarySchema.js';
import { tensorName } from '../tensors.js';

/** Of weights after alignment (`mean/…`), or as sampled (`raw/mean/…`). */
export type Space = 'aligned' | 'raw';

/** Mean and standard deviation of every element, row-major; finite, std ≥ 0. */
export interface GaussianTensor {
  readonly shape: readonly number[];
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

export interface ComparedPosterior {
  readonly path: string;
  readonly kind: 'results' | 'file';
  /** Name of the job and number of draws; null for a bare file. */
  readonly job: string | null;
  readonly draws: number | null;
  /** As the job declared it; null for a bare file, which does not say. */
  readonly network: Network | null;
  /** By the names of the state_dict. */
  readonly tensors: ReadonlyMap<string, GaussianTensor>;
}

/**
 * A results directory of basinet, or a safetensors (or .npz) file with `mean/<name>` and `std/<name>` for every tensor
 * of the state_dict, in any floating-point type (rounded to float32). Other tensors of a file are passed over. A file
 * without `raw/mean/` tensors holds one posterior, which is read in either space.
 *
 * @throws BasinetError RESULTS_INVALID where there is nothing of the kind, tensors are missing, or values are no means
 *   and standard deviations; DATA_INVALID where a file cannot be read
 */
export async function readComparedPosterior(path: string, space: Space): Promise<ComparedPosterior> {
  const found = await stat(path).catch((cause: unknown) => {
    throw invalid(path, `there is no results directory and no file at ${path}`, path, GIVE, cause);
  });
  return found.isDirectory() ? fromResults(path, space) : fromFile(path, space);
}

const GIVE = 'Give a results directory that basinet run has written, or a safetensors file of mean/<name> and std/<name>.';

async function fromResults(path: string, space: Space): Promise<ComparedPosterior> {
  const results = await readSummary(path);
  const { summary } = results;
  const statistics = summary.statistics[space];
  if (statistics === null) {
    const other = space === 'aligned' ? 'raw' : 'aligned';
    throw invalid(path, `${path} holds no ${space} statistics: its job did not keep them`, space, `Compare with --space ${other}, or sample again with statistics.${space}: true in the job.`);
  }
  const tensors = summary.model.tensors.map(({ name, shape }): [string, GaussianTensor] => [
    name,
    requireValues(path, space, name, { shape, mean: results.tensor(space, 'mean', name).data, std: results.tensor(space, 'std', name).data }),
  ]);
  return { path, kind: 'results', job: summary.job.name, draws: statistics.draws, network: networkOf(summary), tensors: new Map(tensors) };
}

/** The order of the layers is the job's; their names alone need not tell it. */
function networkOf({ model: { layers } }: ResultsSummary): Network | null {
  const first = layers[0];
  if (first === undefined) return null;
  const hidden = layers.slice(0, -1).map(({ name, outputs, activation }) => ({ name, width: outputs, activation: activation as Activation }));
  return denseNetwork(first.inputs, hidden, layers.at(-1)!.outputs);
}

async function fromFile(path: string, wanted: Space): Promise<ComparedPosterior> {
  const file = readTensors(await readWholeFile(path), path);
  const space = wanted === 'raw' && [...file.keys()].some((name) => name.startsWith(tensorName('raw', 'mean', ''))) ? 'raw' : 'aligned';
  const namesOf = (statistic: 'mean' | 'std'): string[] => {
    const prefix = tensorName(space, statistic, '');
    return [...file.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  };
  const names = [...new Set([...namesOf('mean'), ...namesOf('std')])];
  const read = (statistic: 'mean' | 'std', name: string) => {
    const key = tensorName(space, statistic, name);
    const found = file.get(key);
    if (found === undefined) throw invalid(path, `${path} holds no tensor ${key}`, key, SAVE);
    return { shape: found.shape, data: Float32Array.from(toNumeric(found).data) };
  };
  if (names.length === 0) {
    throw invalid(path, `${path} holds no tensor mean/<name>, but ${list([...file.keys()])}`, [...file.keys()], SAVE);
  }
  const tensors = names.map((name): [string, GaussianTensor] => {
    const mean = read('mean', name);
    const std = read('std', name);
    if (mean.shape.join() !== std.shape.join()) {
      throw invalid(path, `${path}: std of ${name} is [${std.shape.join(', ')}], its mean [${mean.shape.join(', ')}]`, std.shape, SAVE);
    }
    return [name, requireValues(path, space, name, { shape: mean.shape, mean: mean.data, std: std.data })];
  });
  return { path, kind: 'file', job: null, draws: null, network: null, tensors: new Map(tensors) };
}

const SAVE = 'Save, for every tensor of the state_dict, its mean as mean/<name> and its standard deviation as std/<name>, of one shape.';

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
}

function requireValues(path: string, space: Space, name: string, tensor: GaussianTensor): GaussianTensor {
  for (const statistic of ['mean', 'std'] as const) {
    const values = tensor[statistic];
    const bad = values.findIndex((value) => !Number.isFinite(value) || (statistic === 'std' && value < 0));
    if (bad < 0) continue;
    throw invalid(
      path,
      `${path}: ${tensorName(space, statistic, name)}${placeOf(bad, tensor.shape)} is ${values[bad]}`,
      values[bad],
      statistic === 'mean' ? 'Give means that are all finite.' : 'Give standard deviations that are finite and not negative; of draws, there must be two or more.',
    );
  }
  return tensor;
}

/** `[1, 0]`: where the row-major element `flat` lies along every axis; nothing for a scalar. */
function placeOf(flat: number, shape: readonly number[]): string {
  if (shape.length === 0) return '';
  const index: number[] = [];
  let rest = flat;
  for (const extent of [...shape].reverse()) {
    index.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return `[${index.join(', ')}]`;
}

function invalid(path: string, message: string, value: unknown, remedy: string, cause?: unknown): BasinetError {
  return new BasinetError('RESULTS_INVALID', message, { path, value, remedy, ...(cause === undefined ? {} : { cause }) });
}
