// Mean and standard deviation of every weight, from a results directory or from a file that holds them.
import type { Network } from '../network/network.js';
import { LOG_NOISE_TENSOR, withLearnedNoise } from '../posterior/build.js';
import type { Posterior } from '../posterior/posterior.js';
import { readForm, readFormMean, readStatistics } from './compact/read.js';

/** Of the aligned posterior, as `network.tensors` lay it out. */
export interface WeightUncertainty {
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

/**
 * @param path - a results directory, or a safetensors or .npz file with `mean/<name>` and `std/<name>`; further tensors are
 *   ignored, and layers may have names of their own
 * @throws BasinetError DATA_INVALID where the file is damaged, RESULTS_INVALID where there is none, where it lacks one of the two
 *   or holds values that are no mean or no standard deviation, NETWORK_MISMATCH where they are of another network
 */
export async function readUncertainty(network: Network, path: string): Promise<WeightUncertainty> {
  const file = await readStatistics(path);
  const noise = file.tensors.has(`mean/${LOG_NOISE_TENSOR}`);
  const { mean, std } = readForm({ network, tensors: noise ? withLearnedNoise(network) : network.tensors }, file, 'aligned');
  return { mean: mean.subarray(0, network.dimension), std: std.subarray(0, network.dimension) };
}

/**
 * The mean of the aligned posterior as a position, a learned noise included.
 *
 * @param path - as for `readUncertainty`
 * @throws BasinetError as `readUncertainty`
 */
export async function readMean(posterior: Posterior, path: string): Promise<Float32Array> {
  return readFormMean(posterior, await readStatistics(path), 'aligned');
}
