// A posterior's uncertainties in the labelling of another network of the same architecture.
import type { Network } from '../../network/network.js';
import { applyPermutations, createAligner, invertRelabelling, type AlignerOptions, type AlignmentResult } from '../../rebasin/index.js';
import type { WeightUncertainty } from '../uncertainty.js';

export interface LabelledUncertainty extends WeightUncertainty {
  /** Of the network to the posterior's mean. */
  readonly alignment: AlignmentResult;
}

/**
 * Aligns the network to the posterior's mean, and relabels mean and standard deviation the other way round, by the inverse
 * relabelling: element i of them is of the weight at place i of `position`, which stays as it is. A sign that changes leaves a
 * standard deviation as it is.
 *
 * @param position - [network.dimension]
 * @throws BasinetError NETWORK_MISMATCH for another length, ARGUMENT_INVALID where it is not finite, and what `createAligner` throws
 */
export function uncertaintyInLabellingOf(network: Network, position: Float32Array, { mean, std }: WeightUncertainty, options: AlignerOptions): LabelledUncertainty {
  const alignment = createAligner(network, network.tensors, mean, options).align(position, new Float32Array(position.length), null);
  const { permutations, signs } = invertRelabelling(alignment);
  return { mean: applyPermutations(network, network.tensors, mean, permutations, signs), std: applyPermutations(network, network.tensors, std, permutations), alignment };
}
