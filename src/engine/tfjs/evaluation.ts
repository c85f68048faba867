// One evaluation of the potential on the device, and what the host makes of the sums that it leaves there.
import type { Posterior } from '../../posterior/posterior.js';
import type { EnergyParts } from '../engine.js';
import { activationsOn } from './activations.js';
import { uploadConstants } from './constants.js';
import { denseOn, type DenseNetwork } from './dense.js';
import { likelihoodOn, type DeviceLikelihood } from './likelihood.js';
import { uploadPrior } from './prior.js';
import type { DeviceRows, RowBlock } from './rows.js';
import type { Scalar, Tensor, Tensor1D, Tf } from './runtime.js';
import { blockCount, blockSums, sumOf } from './sums.js';

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** An evaluation that has not left the device. */
export interface DeviceEvaluation {
  /** dU/dq, [dimension] */
  readonly gradient: Tensor1D;
  /** What `partsOf` reads the energy from: sums of the prior's terms, sums of the likelihood's, log noise where it is learned. */
  readonly sums: Tensor1D;
}

export interface Evaluator {
  readonly network: DenseNetwork;
  /** Asks the device for U's gradient at `position` [dimension] and the sums of its energy; waits for nothing. */
  evaluate(position: Tensor1D, rows: DeviceRows): DeviceEvaluation;
  /** Energies in nats from `sums`, of `count` rows. */
  partsOf(sums: Float32Array, count: number): EnergyParts;
  dispose(): void;
}

/**
 * @param rows - N: rows of the data set; of a mini-batch of B rows the likelihood counts N/B times
 */
export function evaluatorOn(tf: Tf, posterior: Posterior, rows: number): Evaluator {
  const { likelihood, temperature, dimension } = posterior;
  const learned = likelihood.kind === 'gaussian-learned';
  const constants = uploadConstants(tf);
  const network = denseOn(tf, posterior.network, activationsOn(tf, constants));
  const prior = uploadPrior(tf, posterior);
  const inverseTemperature = tf.scalar(1 / temperature);
  const fixedPrecision = tf.scalar(likelihood.kind === 'gaussian' ? likelihood.noiseStd ** -2 : 1);
  const minusTwo = tf.scalar(-2);
  /** Σ 1 over all rows and outputs. */
  const values = tf.scalar(rows * posterior.network.outputs);
  const priorSums = blockCount(dimension);

  /** Terms of one block's energy in sums, and its gradient by the network's parameters. */
  function evaluateBlock(parameters: ReturnType<DenseNetwork['unpack']>, energies: DeviceLikelihood, block: RowBlock): [sums: Tensor1D, gradient: Tensor1D] {
    const layers = network.forward(parameters, block.inputs);
    const { terms, byOutputs } = energies(layers[layers.length - 1]!.value, block.targets);
    return [blockSums(tf, terms), network.backward(parameters, block.inputs, layers, byOutputs)];
  }

  /** The sums of all blocks, and the sum of their gradients; null without rows. */
  function evaluateRows(position: Tensor1D, noisePrecision: Scalar, { blocks }: DeviceRows): { sums: Tensor1D; gradient: Tensor1D } | null {
    const parameters = network.unpack(position);
    const energies = likelihoodOn(tf, likelihood.kind, noisePrecision);
    const sums: Tensor1D[] = [];
    let gradient: Tensor1D | null = null;
    for (const block of blocks) {
      const before: Tensor1D | null = gradient;
      const [blockSum, total]: [Tensor1D, Tensor1D] = tf.tidy(() => {
        const [own, ofBlock] = evaluateBlock(parameters, energies, block());
        return [own, before === null ? ofBlock : tf.add<Tensor1D>(before, ofBlock)];
      });
      before?.dispose();
      sums.push(blockSum);
      gradient = total;
    }
    return gradient === null ? null : { sums: tf.concat1d(sums), gradient };
  }

  /** N/B · (gradient by the network's parameters, then where it is learned by the log noise: Σ 1 − (y − f)²/σ²). */
  function likelihoodGradient({ sums, gradient }: { sums: Tensor1D; gradient: Tensor1D }, noisePrecision: Scalar, count: number): Tensor1D {
    const weighted = <T extends Tensor>(tensor: T): T => (count === rows ? tensor : tf.mul<T>(tensor, tf.scalar(rows / count)));
    if (!learned) return weighted(gradient);
    const byLogNoise: Tensor1D = tf.reshape(tf.sub(values, weighted(tf.mul(noisePrecision, tf.sum(sums)))), [1]);
    return tf.concat1d([weighted(gradient), byLogNoise]);
  }

  return {
    network,
    evaluate: (position, deviceRows) => {
      const [gradient, sums] = tf.tidy<[Tensor1D, Tensor1D]>(() => {
        const logNoise = learned ? tf.slice(position, dimension - 1, 1) : null;
        const noisePrecision: Scalar = logNoise ? tf.reshape(tf.exp(tf.mul(minusTwo, logNoise)), []) : fixedPrecision;
        const own = prior.evaluate(position);
        const ofRows = evaluateRows(learned ? tf.slice(position, 0, dimension - 1) : position, noisePrecision, deviceRows);
        const total = ofRows ? tf.add<Tensor1D>(own.gradient, likelihoodGradient(ofRows, noisePrecision, deviceRows.count)) : own.gradient;
        const parts = [own.sums, ...(ofRows ? [ofRows.sums] : []), ...(logNoise ? [logNoise] : [])];
        return [temperature === 1 ? total : tf.mul<Tensor1D>(total, inverseTemperature), tf.concat1d(parts)];
      });
      return { gradient, sums };
    },
    partsOf(sums, count) {
      const end = learned ? sums.length - 1 : sums.length;
      const terms = sumOf(sums, priorSums, end);
      const logNoise = likelihood.kind === 'gaussian' ? Math.log(likelihood.noiseStd) : sums[end]!;
      const ofRows = likelihood.kind === 'categorical' ? terms : 0.5 * Math.exp(-2 * logNoise) * terms + count * posterior.network.outputs * (logNoise + HALF_LOG_2PI);
      return { prior: prior.energyOf(sumOf(sums, 0, priorSums)), likelihood: count === 0 ? 0 : (rows / count) * ofRows };
    },
    dispose() {
      prior.dispose();
      tf.dispose({ ...constants, inverseTemperature, fixedPrecision, minusTwo, values });
    },
  };
}
