// One evaluation of the potential at the positions of several chains, and what the host makes of the sums that it leaves on the device.
import type { Posterior } from '../../posterior/posterior.js';
import type { EnergyParts } from '../engine.js';
import { activationsOn } from './activations.js';
import { uploadConstants } from './constants.js';
import { denseOn, type DenseNetwork } from './dense.js';
import { likelihoodOn, type DeviceLikelihood } from './likelihood.js';
import { uploadPrior } from './prior.js';
import type { DeviceRows, RowBlock } from './rows.js';
import type { Tensor, Tensor2D, Tensor3D, Tf } from './runtime.js';
import { blockCount, blockSums, sumOf, totals } from './sums.js';

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** An evaluation that has not left the device. */
export interface DeviceEvaluation {
  /** dU/dq, [chains, dimension] */
  readonly gradient: Tensor2D;
  /** What `partsOf` reads the energy from: sums of the prior's terms, sums of the likelihood's, log noise where it is learned; [chains, …]. */
  readonly sums: Tensor2D;
}

export interface Evaluator {
  readonly network: DenseNetwork;
  /** Asks the device for U's gradient at `positions` [chains, dimension] and the sums of its energy; waits for nothing. */
  evaluate(positions: Tensor2D, rows: DeviceRows): DeviceEvaluation;
  /** Energies in nats from the `sums` of one chain, of `count` rows. */
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
  /** Times log noise. A vector of them, so that no chain's exponential is one of a vector and another's is not (`rows.ts`). */
  const minusTwos = tf.fill([1, 16], -2);
  /** Σ 1 over all rows and outputs. */
  const values = tf.scalar(rows * posterior.network.outputs);
  const priorSums = blockCount(dimension);

  /** Terms of one block's energies in sums, and their gradients by the networks' parameters. */
  function evaluateBlock(parameters: ReturnType<DenseNetwork['unpack']>, energies: DeviceLikelihood, block: RowBlock): [sums: Tensor2D, gradient: Tensor2D] {
    const { inputs, targets, count, counted } = block;
    const layers = network.forward(parameters, inputs);
    const { terms, byOutputs } = energies(layers[layers.length - 1]!.value, targets, count);
    const length = counted.shape[2];
    const weighed = count === length ? byOutputs : tf.mul<Tensor3D>(byOutputs, tf.reshape(counted, [1, length, 1]));
    return [blockSums(tf, terms), network.backward(parameters, inputs, counted, layers, weighed)];
  }

  /** The sums of all blocks, and the sum of their gradients; null without rows. */
  function evaluateRows(positions: Tensor2D, noisePrecision: Tensor2D | null, { blocks }: DeviceRows): { sums: Tensor2D; gradient: Tensor2D } | null {
    const parameters = network.unpack(positions);
    const perRow: Tensor3D | null = noisePrecision && tf.reshape(noisePrecision, [noisePrecision.shape[0], 1, 1]);
    const energies = likelihoodOn(tf, likelihood.kind, perRow ?? fixedPrecision);
    const sums: Tensor2D[] = [];
    let gradient: Tensor2D | null = null;
    for (const block of blocks) {
      const before: Tensor2D | null = gradient;
      const [blockSum, total]: [Tensor2D, Tensor2D] = tf.tidy(() => {
        const [own, ofBlock] = evaluateBlock(parameters, energies, block());
        return [own, before === null ? ofBlock : tf.add<Tensor2D>(before, ofBlock)];
      });
      before?.dispose();
      sums.push(blockSum);
      gradient = total;
    }
    return gradient === null ? null : { sums: tf.concat2d(sums, 1), gradient };
  }

  /** N/B · (gradient by the network's parameters, then where it is learned by the log noise: Σ 1 − (y − f)²/σ²). */
  function likelihoodGradient({ sums, gradient }: { sums: Tensor2D; gradient: Tensor2D }, noisePrecision: Tensor2D | null, count: number): Tensor2D {
    const weighted = <T extends Tensor>(tensor: T): T => (count === rows ? tensor : tf.mul<T>(tensor, tf.scalar(rows / count)));
    if (noisePrecision === null) return weighted(gradient);
    const byLogNoise = tf.sub<Tensor2D>(values, weighted(tf.mul(noisePrecision, totals(tf, sums))));
    return tf.concat2d([weighted(gradient), byLogNoise], 1);
  }

  return {
    network,
    evaluate: (positions, deviceRows) => {
      const [gradient, sums] = tf.tidy<[Tensor2D, Tensor2D]>(() => {
        const [chains] = positions.shape;
        const logNoise = learned ? tf.slice(positions, [0, dimension - 1], [chains, 1]) : null;
        const noisePrecision = logNoise && tf.slice(tf.exp(tf.mul<Tensor2D>(logNoise, minusTwos)), [0, 0], [chains, 1]);
        const own = prior.evaluate(positions);
        const ofNetwork = learned ? tf.slice(positions, [0, 0], [chains, dimension - 1]) : positions;
        const ofRows = evaluateRows(ofNetwork, noisePrecision, deviceRows);
        const total = ofRows ? tf.add<Tensor2D>(own.gradient, likelihoodGradient(ofRows, noisePrecision, deviceRows.count)) : own.gradient;
        const parts = [own.sums, ...(ofRows ? [ofRows.sums] : []), ...(logNoise ? [logNoise] : [])];
        return [temperature === 1 ? total : tf.mul<Tensor2D>(total, inverseTemperature), tf.concat2d(parts, 1)];
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
      tf.dispose({ ...constants, inverseTemperature, fixedPrecision, minusTwos, values });
    },
  };
}
