// Likelihoods on the device: each row's part of the energy, and its derivative by the network's outputs.
import type { Likelihood } from '../../posterior/posterior.js';
import type { Scalar, Tensor2D, Tensor3D, Tf } from './runtime.js';

export interface RowEnergies {
  /** Numbers whose sum the energy of these rows is a function of: [chains, rows], or of a Gaussian [chains, rows · outputs]. */
  readonly terms: Tensor2D;
  /** [chains, rows, outputs] */
  readonly byOutputs: Tensor3D;
}

/** For outputs [chains, rows, outputs] and targets of the same shape or [1, rows, outputs], the last of which are only padding from row `count` on. */
export type DeviceLikelihood = (outputs: Tensor3D, targets: Tensor3D, count: number) => RowEnergies;

/**
 *     categorical: terms log Σ_c exp(f_c) − f_y
 *     gaussian:    terms (y − f)²
 *
 * @param noisePrecision - 1/σ² of a Gaussian likelihood: one number, or [chains, 1, 1]
 */
export function likelihoodOn(tf: Tf, kind: Likelihood['kind'], noisePrecision: Scalar | Tensor3D): DeviceLikelihood {
  const counted = (terms: Tensor3D, count: number): Tensor2D => {
    const [chains, rows, width] = terms.shape;
    return tf.reshape(count === rows ? terms : tf.slice(terms, [0, 0, 0], [chains, count, width]), [chains, count * width]);
  };
  if (kind === 'categorical') {
    return (outputs, targets, count) => {
      const shifted = tf.sub<Tensor3D>(outputs, tf.max(outputs, 2, true));
      const exponentials = tf.exp(shifted);
      const sums = tf.sum<Tensor3D>(exponentials, 2, true);
      const ofLabel = tf.sum<Tensor3D>(tf.mul(shifted, targets), 2, true);
      return {
        terms: counted(tf.sub(tf.log(sums), ofLabel), count),
        byOutputs: tf.sub(tf.div(exponentials, sums), targets),
      };
    };
  }
  return (outputs, targets, count) => {
    const residuals = tf.sub<Tensor3D>(outputs, targets);
    return { terms: counted(tf.square(residuals), count), byOutputs: tf.mul(residuals, noisePrecision) };
  };
}
