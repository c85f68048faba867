// The Gaussian prior on the device.
import type { Posterior } from '../../posterior/posterior.js';
import type { Tensor1D, Tensor2D, Tf } from './runtime.js';
import { blockSums } from './sums.js';

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

export interface DevicePrior {
  /** At positions [chains, dimension]: gradients (q − m)/s² of that shape, and block sums of ((q − m)/s)² [chains, blocks]. */
  evaluate(positions: Tensor2D): { readonly gradient: Tensor2D; readonly sums: Tensor2D };
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
    evaluate(positions) {
      const centred = mean === null ? positions : tf.sub<Tensor2D>(positions, mean);
      const gradient = tf.mul<Tensor2D>(centred, precision);
      return { gradient, sums: blockSums(tf, tf.mul(centred, gradient)) };
    },
    energyOf: (squares) => 0.5 * squares + normaliser,
    dispose: () => tf.dispose(mean === null ? precision : [precision, mean]),
  };
}
