// summary.safetensors: the compact posterior, a tensor for every statistic of every tensor of the network.
import type { TensorLayout } from '../network/network.js';
import type { StateDictTensor } from '../network/parameters.js';
import type { MergedCovariance } from './covariance.js';
import type { MergedQuantiles } from './quantiles.js';
import type { MergedStatistics } from './statistics.js';
import { factorName, quantileName, residualName, SPACES, STATISTICS, tensorName } from './tensorNames.js';

export interface CompactPosterior {
  readonly tensors: readonly TensorLayout[];
  readonly aligned: MergedStatistics | null;
  readonly raw: MergedStatistics | null;
  readonly control: MergedStatistics | null;
  readonly quantiles: MergedQuantiles | null;
  readonly covariance: MergedCovariance | null;
  /** [dimension], or null where nothing was aligned. */
  readonly reference: Float32Array | null;
}

/**
 * Tensors by name, everything as float32, the type of the weights themselves: rounding (6e-8) is far below the Monte Carlo
 * error of any of these numbers, and `mean/` loads into a float32 state_dict as it is.
 */
export function compactPosteriorTensors({ tensors, reference, quantiles, covariance, ...spaces }: CompactPosterior): Map<string, StateDictTensor> {
  const file = new Map<string, StateDictTensor>();
  const add = (name: string, { shape, offset, size }: TensorLayout, values: Float64Array | Float32Array) =>
    file.set(name, { dtype: 'F32', shape: [...shape], data: Float32Array.from(values.subarray(offset, offset + size)) });
  for (const space of SPACES) {
    const statistics = spaces[space];
    if (statistics === null) continue;
    for (const statistic of STATISTICS) {
      for (const tensor of tensors) add(tensorName(space, statistic, tensor.name), tensor, statistics[statistic]);
    }
    const { nestedRhat } = statistics;
    if (nestedRhat !== null) for (const tensor of tensors) add(tensorName(space, 'nested_rhat', tensor.name), tensor, nestedRhat);
  }
  quantiles?.probabilities.forEach((probability, k) => {
    for (const tensor of tensors) add(quantileName(probability, tensor.name), tensor, quantiles.values[k]!);
  });
  if (covariance !== null) {
    for (const tensor of tensors) {
      file.set(factorName(tensor.name), { dtype: 'F32', shape: [covariance.rank, ...tensor.shape], data: factorsOf(covariance, tensor) });
      add(residualName(tensor.name), tensor, covariance.residualStd);
    }
  }
  if (reference !== null) for (const tensor of tensors) add(`reference/${tensor.name}`, tensor, reference);
  return file;
}

/** A tensor's part of every factor: [rank, size]. */
function factorsOf({ rank, factors }: MergedCovariance, { offset, size }: TensorLayout): Float32Array {
  const dimension = factors.length / rank;
  const part = new Float32Array(rank * size);
  for (let k = 0; k < rank; k++) part.set(factors.subarray(k * dimension + offset, k * dimension + offset + size), k * size);
  return part;
}
