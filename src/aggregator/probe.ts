// The probe: each draw's predictions on a fixed set of inputs, how good they are, and how good their mean is.
import type { DrawRecord } from '../bus/records.js';
import type { JobData } from '../data/dataset.js';
import { noiseStdOf } from '../posterior/noise.js';
import type { Posterior } from '../posterior/posterior.js';
import { classificationMetrics, GaussianPredictive, logitsNll, mostProbable, softmax, type GaussianPredictiveState } from '../stats/index.js';

/** Sums over a chain's kept draws. Plain data: part of the snapshot. */
export interface ProbeSums {
  readonly draws: number;
  /** Of the single draws' NLL per row, nats; real targets: in original units. */
  readonly nll: number;
  /** Of the single draws' accuracy; NaN for real targets. */
  readonly accuracy: number;
  /** Real targets only: the chain's predictive mixture. */
  readonly mixture: GaussianPredictiveState | null;
}

/** Quality of the running predictive; what does not apply is NaN. */
export interface ProbeScores {
  readonly accuracy: number;
  /** Mean over rows of −ln of the predictive probability (or density) of the true target, nats. Real targets: in original units. */
  readonly nll: number;
  readonly calibrationError: number;
  /** Real targets: root mean square error of the predictive mean, in original units. */
  readonly rmse: number;
}

/** One chain's share of the probe. */
export interface ChainProbe {
  /** Adds a draw. Returns its predictions (probabilities, or means), [rows, outputs], in memory that the next call overwrites. */
  update(draw: DrawRecord): Float64Array;
  /** Shares memory with the probe. */
  sums(): ProbeSums;
}

export interface Probe {
  /** rows × outputs: length of the predictions. */
  readonly size: number;
  chain(saved: ProbeSums | null): ChainProbe;
  /** Scores of the predictive of several chains; `mean` is that of their predictions over all draws, [rows, outputs]. */
  score(mean: Float64Array, chains: readonly ProbeSums[]): ProbeScores;
}

/** The probe of a job: the first `rows` rows of the test set, or of the training set where there is none; null for 0 rows. */
export function createProbe(posterior: Posterior, data: JobData, rows: number): Probe | null {
  if (rows === 0) return null;
  const { targets } = data.test ?? data.train;
  const { outputs } = data.shape;
  return targets instanceof Int32Array
    ? categoricalProbe(targets.slice(0, rows), outputs)
    : gaussianProbe(targets.slice(0, rows * outputs), outputs, posterior, data.targetScaling.std);
}

function categoricalProbe(targets: Int32Array, classes: number): Probe {
  const size = targets.length * classes;
  const probabilities = new Float64Array(size);
  return {
    size,
    chain: (saved) => {
      let { draws, nll, accuracy } = saved ?? { draws: 0, nll: 0, accuracy: 0 };
      return {
        update: ({ probeOutputs }) => {
          const logits = requireOutputs(probeOutputs, size);
          softmax(logits, classes, probabilities);
          draws++;
          nll += logitsNll(logits, targets, classes);
          accuracy += targets.reduce((right, target, row) => right + (mostProbable(logits.subarray(row * classes, (row + 1) * classes)) === target ? 1 : 0), 0) / targets.length;
          return probabilities;
        },
        sums: () => ({ draws, nll, accuracy, mixture: null }),
      };
    },
    score: (mean) => {
      const { accuracy, nll, calibrationError } = classificationMetrics(mean, targets, classes);
      return { accuracy, nll, calibrationError, rmse: NaN };
    },
  };
}

/**
 * Targets, outputs and noise are in the units that the network sees: y = (original − mean) / std per column. In original
 * units a density is divided by Π std, and an error multiplied by its column's std.
 */
function gaussianProbe(targets: Float32Array, outputs: number, posterior: Posterior, std: Float64Array | null): Probe {
  const size = targets.length;
  const rows = size / outputs;
  const logScale = std === null ? 0 : std.reduce((sum, value) => sum + Math.log(value), 0);
  const means = new Float64Array(size);

  return {
    size,
    chain: (saved) => {
      const mixture = saved?.mixture ? GaussianPredictive.restore(targets, outputs, saved.mixture) : new GaussianPredictive(targets, outputs);
      let { draws, nll } = saved ?? { draws: 0, nll: 0 };
      return {
        update: ({ probeOutputs, position }) => {
          means.set(requireOutputs(probeOutputs, size));
          const single = new GaussianPredictive(targets, outputs);
          single.update(means, noiseStdOf(posterior, position));
          draws++;
          nll += single.metrics().nll + logScale;
          mixture.merge(single);
          return means;
        },
        sums: () => ({ draws, nll, accuracy: NaN, mixture: mixture.state() }),
      };
    },
    score: (mean, chains) => {
      const mixture = new GaussianPredictive(targets, outputs);
      for (const chain of chains) if (chain.mixture) mixture.merge(GaussianPredictive.restore(targets, outputs, chain.mixture));
      let squares = 0;
      for (let k = 0; k < size; k++) squares += ((mean[k]! - targets[k]!) * (std?.[k % outputs] ?? 1)) ** 2;
      return { accuracy: NaN, nll: mixture.metrics().nll + logScale, calibrationError: NaN, rmse: Math.sqrt(squares / (rows * outputs)) };
    },
  };
}

/** The judge lets no draw through without them. */
function requireOutputs(outputs: Float32Array | null, size: number): Float32Array {
  if (outputs?.length !== size) throw new Error(`a draw has ${outputs?.length ?? 0} probe outputs, not ${size}`);
  return outputs;
}
