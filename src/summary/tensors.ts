// summary.safetensors: the compact posterior, a tensor for every statistic of every tensor of the network.
import type { TensorLayout } from '../network/network.js';
import type { StateDictTensor } from '../network/parameters.js';
import type { MergedStatistics } from './statistics.js';

/** The statistics of a space, in the order in which they are documented. */
export const STATISTICS = ['mean', 'std', 'rhat', 'ess'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** `mean/fc1.weight` for aligned weights, `raw/mean/fc1.weight` for weights as sampled. */
export function tensorName(space: 'aligned' | 'raw', statistic: Statistic, tensor: string): string {
  return `${space === 'raw' ? 'raw/' : ''}${statistic}/${tensor}`;
}

export interface CompactPosterior {
  readonly tensors: readonly TensorLayout[];
  readonly aligned: MergedStatistics | null;
  readonly raw: MergedStatistics | null;
  /** [dimension], or null where nothing was aligned. */
  readonly reference: Float32Array | null;
}

/**
 * Tensors by name, everything as float32, the type of the weights themselves: rounding (6e-8) is far below the Monte Carlo
 * error of any of these numbers, and `mean/` loads into a float32 state_dict as it is.
 */
export function compactPosteriorTensors({ tensors, aligned, raw, reference }: CompactPosterior): Map<string, StateDictTensor> {
  const file = new Map<string, StateDictTensor>();
  const add = (name: string, { shape, offset, size }: TensorLayout, values: Float64Array | Float32Array) =>
    file.set(name, { dtype: 'F32', shape: [...shape], data: Float32Array.from(values.subarray(offset, offset + size)) });
  for (const [space, statistics] of [['aligned', aligned], ['raw', raw]] as const) {
    if (statistics === null) continue;
    for (const statistic of STATISTICS) {
      for (const tensor of tensors) add(tensorName(space, statistic, tensor.name), tensor, statistics[statistic]);
    }
  }
  if (reference !== null) for (const tensor of tensors) add(`reference/${tensor.name}`, tensor, reference);
  return file;
}
