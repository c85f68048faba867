// Sign symmetry: where φ(−z) = −φ(z), a hidden unit may change the sign of what goes in and of what comes out.
//
// φ(−w·x − b) · (−v) = φ(w·x + b) · v. A Gaussian prior of mean 0 does not tell the two apart, so that the posterior of a
// network with n such units has 2ⁿ copies of everything, beside the n! orders. No other activation here is odd: a ReLU unit
// can be rescaled instead, which is no symmetry of the posterior (balance.ts); sigmoid(−z) = 1 − sigmoid(z) would move the
// biases of the next layer, which a Gaussian prior notices.
import { BasinetError } from '../errors.js';
import type { Activation, Network } from '../network/network.js';

/** `auto`: the groups whose activation is odd; true: all, which must be; false: none. */
export type SignChoice = 'auto' | boolean;

export const ODD_ACTIVATIONS: readonly Activation[] = ['tanh', 'identity'];

/** Whether φ(−z) = −φ(z). */
export function isOdd(activation: Activation): boolean {
  return ODD_ACTIVATIONS.includes(activation);
}

/**
 * Per permutation group, whether its units may change their signs. A group is named after the layer whose units it permutes.
 *
 * @throws BasinetError ARGUMENT_INVALID for true where a group's activation is not odd
 */
export function signedGroups(network: Network, choice: SignChoice): boolean[] {
  return network.groups.map(({ name }) => {
    if (choice === false) return false;
    const activation = network.layers.find((layer) => layer.name === name)?.activation;
    const odd = activation !== undefined && isOdd(activation);
    if (odd || choice === 'auto') return odd;
    throw new BasinetError('ARGUMENT_INVALID', `signs cannot be aligned: the activation of ${name}, ${activation ?? 'unknown'}, is not odd`, {
      path: 'signs',
      value: choice,
      remedy: `Give auto, which leaves such a layer's signs alone, or false; ${ODD_ACTIVATIONS.join(' and ')} are odd.`,
    });
  });
}
