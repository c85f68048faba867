// One side of a comparison: means and standard deviations out of a results directory, or a bare file of them.
import { BasinetError } from '../../errors.js';
import type { Activation, Network } from '../../network/network.js';
import { denseNetwork } from '../../network/dense.js';
import { compactTensors, formsHeld, readStatistics, type GaussianTensor, type StatisticsFile } from '../compact/read.js';
import type { ResultsSummary } from '../summarySchema.js';

/** Of weights after alignment (`mean/…`), or as sampled (`raw/mean/…`). */
export type Space = 'aligned' | 'raw';

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
  const file = await readStatistics(path);
  const { summary } = file;
  if (summary === null) {
    const held = formsHeld(file.tensors.keys()).includes('raw') ? space : 'aligned';
    return { path, kind: 'file', job: null, draws: null, network: null, tensors: gaussians(file, held) };
  }
  const statistics = summary.statistics[space];
  if (statistics === null) {
    const other = space === 'aligned' ? 'raw' : 'aligned';
    throw new BasinetError('RESULTS_INVALID', `${path} holds no ${space} statistics: its job did not keep them`, {
      path,
      value: space,
      remedy: `Compare with --space ${other}, or sample again with statistics.${space}: true in the job.`,
    });
  }
  return { path, kind: 'results', job: summary.job.name, draws: statistics.draws, network: networkOf(summary), tensors: gaussians(file, space, summary.model.tensors.map(({ name }) => name)) };
}

/** `order`: of the layers; of a bare file its own. */
function gaussians(file: StatisticsFile, space: Space, order?: readonly string[]): ReadonlyMap<string, GaussianTensor> {
  const tensors = compactTensors(file, space);
  return new Map((order ?? [...tensors.keys()]).map((name) => {
    const { shape, mean, std } = tensors.get(name)!;
    return [name, { shape, mean, std }];
  }));
}

/** The order of the layers is the job's; their names alone need not tell it. */
function networkOf({ model: { layers } }: ResultsSummary): Network | null {
  const first = layers[0];
  if (first === undefined) return null;
  const hidden = layers.slice(0, -1).map(({ name, outputs, activation }) => ({ name, width: outputs, activation: activation as Activation }));
  return denseNetwork(first.inputs, hidden, layers.at(-1)!.outputs);
}
