// A posterior's uncertainties in the labelling of another network of the same architecture.
import type { Network } from '../../network/network.js';
import { applyPermutations, createAligner, invertPermutation, type AlignmentResult } from '../../rebasin/index.js';
import type { WeightUncertainty } from '../uncertainty.js';

export interface LabelledUncertainty extends WeightUncertainty {
  /** Of the network to the posterior's mean. */
  readonly alignment: AlignmentResult;
}

/**
 * Aligns the network to the posterior's mean by weight matching, and relabels mean and standard deviation the other way
 * round, by the inverse permutations: element i of them is of the weight at place i of `position`, which stays as it is.
 *
 * @param position - [network.dimension]
 * @throws BasinetError NETWORK_MISMATCH for another length, ARGUMENT_INVALID where it is not finite
 */
export function uncertaintyInLabellingOf(network: Network, position: Float32Array, { mean, std }: WeightUncertainty, maxSweeps: number): LabelledUncertainty {
  const alignment = createAligner(network, network.tensors, mean, { maxSweeps }).align(position, new Float32Array(position.length), null);
  const back = alignment.permutations.map(invertPermutation);
  const relabel = (values: Float32Array) => applyPermutations(network, network.tensors, values, back);
  return { mean: relabel(mean), std: relabel(std), alignment };
}
