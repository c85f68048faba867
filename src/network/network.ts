// What a network is: dense layers, named tensors in one flat vector, and its permutation groups.

export const ACTIVATIONS = ['identity', 'relu', 'tanh', 'sigmoid', 'silu', 'gelu', 'softplus'] as const;
/** GELU is the exact one (erf), as PyTorch's default; softplus has beta = 1. */
export type Activation = (typeof ACTIVATIONS)[number];

/** `outputs = activation(weight · inputs + bias)`, with weight [outputs, inputs] and bias [outputs]. */
export interface DenseLayer {
  /** PyTorch module name: `fc1`, `fc2`, … unless the job names it. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** The last layer's is `identity`: the likelihood takes logits or means. */
  readonly activation: Activation;
}

/** One named tensor inside the flat parameter vector (row-major). */
export interface TensorLayout {
  /** PyTorch state_dict name, e.g. `fc1.weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** First element's index in the flat vector. */
  readonly offset: number;
  readonly size: number;
}

/**
 * A set of axes that must be permuted together for the function to stay the same: for hidden width k,
 * axis 0 of `fc<k>.weight` and `fc<k>.bias`, and axis 1 of `fc<k+1>.weight`. Its name is that of the layer whose units it
 * permutes; the first of its axes is that of the weight whose rows these units are.
 */
export interface PermutationGroup {
  readonly name: string;
  readonly size: number;
  readonly axes: readonly { readonly tensor: string; readonly axis: number }[];
}

export interface Network {
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly DenseLayer[];
  /** weight, bias of each layer in order. */
  readonly tensors: readonly TensorLayout[];
  /** Sum of the tensor sizes. */
  readonly dimension: number;
  readonly groups: readonly PermutationGroup[];
}
