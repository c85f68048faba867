// Networks that a command aligns: read, checked against each other or a job, rescaled where that is asked for.
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { readJobData } from '../data/read.js';
import { processorEngine } from '../engine/select.js';
import { BasinetError } from '../errors.js';
import { alignerOptions } from '../job/alignment.js';
import { loadJob } from '../job/load.js';
import { modelOf } from '../job/plan.js';
import type { Network, TensorLayout } from '../network/network.js';
import { balanceUnits, type AlignerOptions } from '../rebasin/index.js';
import { alignmentOf, withAlignment, type AlignmentCommandOptions } from './alignmentOptions.js';
import { readParameters, readSavedNetwork } from './savedNetwork.js';

export interface NetworkOptions extends AlignmentCommandOptions {
  readonly job?: string;
  readonly rescale?: boolean;
}

export interface NetworksToAlign {
  readonly network: Network;
  readonly tensors: readonly TensorLayout[];
  /** In the order of the files. */
  readonly positions: readonly Float32Array[];
  readonly alignment: AlignerOptions;
}

/**
 * With a job, its network, whose tensors every file must hold; otherwise what the first file holds, whose hidden activations are
 * taken to be odd where signs are to be aligned, and ReLU elsewhere.
 *
 * @throws BasinetError USAGE for options that exclude each other or lack another; what reading files and job throws
 */
export async function readNetworksToAlign(files: readonly string[], options: NetworkOptions): Promise<NetworksToAlign> {
  const { job: path, rescale = false, signs, matching } = options;
  if (rescale && signs === true) {
    throw new BasinetError('USAGE', '--rescale is for ReLU, whose signs cannot change', { path: '--rescale', value: true, remedy: 'leave out --signs or --rescale' });
  }
  if (path === undefined && matching === 'activations') {
    throw new BasinetError('USAGE', '--matching activations: files of weights do not say on what inputs', { path: '--job', remedy: 'add --job JOB: its data and its activation functions' });
  }
  const { network, tensors, first, alignment } = path === undefined ? await fromFile(files[0]!, options) : await fromJob(path, files[0]!, options);
  const others = await Promise.all(files.slice(1).map((file) => readParameters(tensors, file)));
  const positions = [first, ...others].map((position) => (rescale ? balanceUnits(network, tensors, position) : position));
  return { network, tensors, positions, alignment };
}

async function fromFile(file: string, options: NetworkOptions) {
  const alignment = alignmentOf(options);
  const { network, tensors, position: first } = await readSavedNetwork(file, options.signs === true ? 'tanh' : 'relu');
  return { network, tensors, first, alignment };
}

async function fromJob(path: string, file: string, options: NetworkOptions) {
  const job = withAlignment(await loadJob(path), options);
  const data = await readJobData(job, dirname(path));
  const { network, posterior } = modelOf(job, data.shape);
  const first = await readParameters(posterior.tensors, file);
  const alignment = alignerOptions(job, posterior, data, { engine: () => processorEngine(job.engine), threads: availableParallelism() });
  return { network, tensors: posterior.tensors, first, alignment };
}
