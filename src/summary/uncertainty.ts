// Mean and standard deviation of every weight, from a results directory or from a file that holds them.
import { stat } from 'node:fs/promises';
import { readWholeFile } from '../data/file.js';
import { readTensors } from '../data/parameters.js';
import { numericTensors } from '../data/tensor.js';
import { BasinetError } from '../errors.js';
import type { Network, TensorLayout } from '../network/network.js';
import type { NamedValues } from '../network/parameters.js';
import { LOG_NOISE_TENSOR } from '../posterior/build.js';
import type { Posterior } from '../posterior/posterior.js';
import { positionOfSaved } from '../posterior/savedModel.js';
import { readSummary } from './readSummary.js';
import { tensorName, type Statistic } from './tensors.js';

/** Of the aligned posterior, as `network.tensors` lay it out. */
export interface WeightUncertainty {
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

/**
 * @param path - a results directory, or a safetensors or .npz file with `mean/<name>` and `std/<name>`; further tensors are
 *   ignored, and layers may have names of their own
 * @throws BasinetError DATA_INVALID where the file is missing or damaged, RESULTS_INVALID where it lacks one of the two or
 *   holds values that are no mean or no standard deviation, NETWORK_MISMATCH where they are of another network
 */
export async function readUncertainty(network: Network, path: string): Promise<WeightUncertainty> {
  const tensors = await readStatistics(path);
  const of = (statistic: Statistic) => {
    const given = statisticOf(tensors, statistic, path);
    given.delete(LOG_NOISE_TENSOR);
    return { statistic, values: positionOfSaved({ network, tensors: network.tensors }, given, `${path} (${statistic})`).position };
  };
  const mean = of('mean');
  const std = of('std');
  check(network.tensors, mean, path, Number.isFinite);
  check(network.tensors, std, path, (value) => Number.isFinite(value) && value >= 0);
  return { mean: mean.values, std: std.values };
}

/**
 * The mean of the aligned posterior as a position, a learned noise included.
 *
 * @param path - as for `readUncertainty`
 * @throws BasinetError as `readUncertainty`
 */
export async function readMean(posterior: Posterior, path: string): Promise<Float32Array> {
  const { position: values } = positionOfSaved(posterior, statisticOf(await readStatistics(path), 'mean', path), `${path} (mean)`);
  check(posterior.tensors, { statistic: 'mean', values }, path, Number.isFinite);
  return values;
}

async function readStatistics(path: string): Promise<ReadonlyMap<string, NamedValues>> {
  if (await isDirectory(path)) return (await readSummary(path)).tensors;
  return numericTensors(readTensors(await readWholeFile(path), path));
}

/** Whether results lie there rather than a file; false where nothing does. */
export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}

function statisticOf(tensors: ReadonlyMap<string, NamedValues>, statistic: Statistic, path: string): Map<string, NamedValues> {
  const prefix = tensorName('aligned', statistic, '');
  const found = [...tensors].filter(([name]) => name.startsWith(prefix));
  if (found.length > 0) return new Map(found.map(([name, values]) => [name.slice(prefix.length), values]));
  throw new BasinetError('RESULTS_INVALID', `${path} holds no tensor ${prefix}<name>: no ${statistic} of aligned weights`, {
    path,
    value: [...tensors.keys()],
    remedy: 'Give a results directory of a job with statistics.aligned, or a safetensors file with mean/<name> and std/<name> of every tensor.',
  });
}

function check(layout: readonly TensorLayout[], { statistic, values }: { statistic: Statistic; values: Float32Array }, path: string, good: (value: number) => boolean): void {
  const bad = values.findIndex((value) => !good(value));
  if (bad < 0) return;
  const { name, offset } = layout.find((tensor) => bad < tensor.offset + tensor.size)!;
  const place = `${tensorName('aligned', statistic, name)}[${bad - offset}]`;
  throw new BasinetError('RESULTS_INVALID', `${path}: ${place} is ${values[bad]}`, {
    path: `${path}: ${place}`,
    value: values[bad],
    remedy: 'Give a summary of at least two draws whose means and standard deviations are all finite.',
  });
}
