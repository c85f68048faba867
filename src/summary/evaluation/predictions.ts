// What a predictive says of rows, whatever their targets: probabilities or moments, and how uncertain each row is.
import type { Scaling } from '../../data/dataset.js';
import type { Posterior } from '../../posterior/posterior.js';
import { agreement, CategoricalPredictive, normalEntropies, OutputMoments, relativeWasserstein, totalVariation } from '../../stats/index.js';

export interface CategoricalPredictions {
  readonly kind: 'categorical';
  readonly rows: number;
  readonly classes: number;
  /** Networks averaged. */
  readonly draws: number;
  /** [rows, classes] */
  readonly probabilities: Float64Array;
  /** Of the predictive, in nats. [rows] */
  readonly entropy: Float64Array;
  /** Entropy minus the mean entropy of single networks, in nats. [rows] */
  readonly mutualInformation: Float64Array;
}

/** In the units of the data file. */
export interface GaussianPredictions {
  readonly kind: 'gaussian';
  readonly rows: number;
  readonly outputs: number;
  /** Networks averaged. */
  readonly draws: number;
  /** Mean and standard deviation of the predictive, noise included. [rows, outputs] */
  readonly mean: Float64Array;
  readonly std: Float64Array;
  /** Standard deviation over networks of their outputs. [rows, outputs] */
  readonly outputStd: Float64Array;
  /** Of the normal of that standard deviation, in nats, summed over outputs. [rows] */
  readonly entropy: Float64Array;
}

export type Predictions = CategoricalPredictions | GaussianPredictions;

export interface PredictionFold {
  /** `outputs`: [rows, outputs] of one network; `noiseStd` in the units that the network sees. */
  add(outputs: Float32Array, noiseStd: number): void;
  finish(): Predictions;
}

export function createPredictionFold({ likelihood, network }: Posterior, rows: number, scaling: Scaling): PredictionFold {
  if (likelihood.kind === 'categorical') {
    const predictive = new CategoricalPredictive(rows, network.outputs);
    return { add: (logits) => void predictive.update(logits), finish: () => categoricalPredictions(predictive) };
  }
  const moments = new OutputMoments(rows * network.outputs);
  return { add: (values, noiseStd) => moments.update(values, noiseStd), finish: () => gaussianPredictions(moments, network.outputs, scaling) };
}

export function categoricalPredictions(predictive: CategoricalPredictive): CategoricalPredictions {
  const { rows, classes, draws } = predictive;
  return { kind: 'categorical', rows, classes, draws, probabilities: predictive.mean(), entropy: predictive.entropies(), mutualInformation: predictive.mutualInformation() };
}

/** `scaling`: how targets were standardised. */
export function gaussianPredictions(moments: OutputMoments, outputs: number, scaling: Scaling): GaussianPredictions {
  const unit = (value: number, k: number) => (scaling.std?.[k % outputs] ?? 1) * value;
  const mean = moments.mean().map((value, k) => (scaling.mean?.[k % outputs] ?? 0) + unit(value, k));
  const std = moments.std().map(unit);
  return { kind: 'gaussian', rows: mean.length / outputs, outputs, draws: moments.draws, mean, std, outputStd: moments.outputStd().map(unit), entropy: normalEntropies(std, outputs) };
}

/** How near a predictive is to a reference: of classes, or of reals. */
export type Nearness = { readonly agreement: number; readonly totalVariation: number } | { readonly wasserstein2: number };

/** Of two predictives of one job on the same rows. Throws ARGUMENT_INVALID where rows differ. */
export function nearness(predictions: Predictions, reference: Predictions): Nearness {
  if (predictions.kind === 'gaussian') return { wasserstein2: relativeWasserstein(predictions, reference as GaussianPredictions) };
  const [p, q] = [predictions.probabilities, (reference as CategoricalPredictions).probabilities];
  return { agreement: agreement(p, q, predictions.classes), totalVariation: totalVariation(p, q, predictions.classes) };
}
