// The Gaussian prior on the device.
import type { Posterior } from '../../posterior/posterior.js';
import type { Tensor1D, Tf } from './runtime.js';
import { blockSums } from './sums.js';

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

export interface DevicePrior {
  /** Gradient (q − m)/s², and block sums of ((q − m)/s)². */
  evaluate(position: Tensor1D): { readonly gradient: Tensor1D; readonly sums: Tensor1D };
  /** Σ_i ½ ((q_i − m_i)/s_i)² + log s_i + ½ log 2π, from Σ_i ((q_i − m_i)/s_i)². */
  energyOf(squares: number): number;
  dispose(): void;
}

export function uploadPrior(tf: Tf, { tensors, priors, dimension }: Posterior): DevicePrior {
  const perElement = (value: (t: number) => number): Tensor1D => {
    const values = new Float32Array(dimension);
    tensors.forEach(({ offset, size }, t) => values.fill(value(t), offset, offset + size));
    return tf.tensor1d(values);
  };
  const precision = perElement((t) => 1 / priors[t]!.std ** 2);
  const mean = priors.some((prior) => prior.mean !== 0) ? perElement((t) => priors[t]!.mean) : null;
  const normaliser = tensors.reduce((sum, { size }, t) => sum + size * (Math.log(priors[t]!.std) + HALF_LOG_2PI), 0);
  return {
    evaluate(position) {
      const centred = mean === null ? position : tf.sub<Tensor1D>(position, mean);
      const gradient = tf.mul<Tensor1D>(centred, precision);
      return { gradient, sums: blockSums(tf, tf.mul(centred, gradient)) };
    },
    energyOf: (squares) => 0.5 * squares + normaliser,
    dispose: () => tf.dispose(mean === null ? precision : [precision, mean]),
  };
}
