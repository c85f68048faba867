// Likelihoods on the device: each row's part of the energy, and its derivative by the network's outputs.
import type { Likelihood } from '../../posterior/posterior.js';
import type { Scalar, Tensor1D, Tensor2D, Tf } from './runtime.js';

export interface RowEnergies {
  /** Numbers whose sum the energy of these rows is a function of: [rows], or of a Gaussian [rows · outputs]. */
  readonly terms: Tensor1D;
  /** [rows, outputs] */
  readonly byOutputs: Tensor2D;
}

/** For outputs and targets [rows, outputs]. */
export type DeviceLikelihood = (outputs: Tensor2D, targets: Tensor2D) => RowEnergies;

/**
 *     categorical: terms log Σ_c exp(f_c) − f_y
 *     gaussian:    terms (y − f)²
 *
 * @param noisePrecision - 1/σ² of a Gaussian likelihood
 */
export function likelihoodOn(tf: Tf, kind: Likelihood['kind'], noisePrecision: Scalar): DeviceLikelihood {
  if (kind === 'categorical') {
    return (outputs, targets) => {
      const shifted = tf.sub<Tensor2D>(outputs, tf.max(outputs, 1, true));
      const exponentials = tf.exp(shifted);
      const sums = tf.sum<Tensor2D>(exponentials, 1, true);
      const ofLabel = tf.sum<Tensor1D>(tf.mul(shifted, targets), 1);
      return {
        terms: tf.sub(tf.reshape(tf.log(sums), [outputs.shape[0]]), ofLabel),
        byOutputs: tf.sub(tf.div(exponentials, sums), targets),
      };
    };
  }
  return (outputs, targets) => {
    const residuals = tf.sub<Tensor2D>(outputs, targets);
    return { terms: tf.reshape(tf.square(residuals), [outputs.size]), byOutputs: tf.mul(residuals, noisePrecision) };
  };
}
