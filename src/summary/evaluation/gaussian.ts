// The predictive of a regression over a test set, folded draw by draw, in the units of the data file.
import type { Scaling } from '../../data/dataset.js';
import { GaussianPredictive, OutputMoments, type RegressionMetrics } from '../../stats/index.js';
import type { RegressionSummary } from '../summarySchema.js';
import { gaussianPredictions, type GaussianPredictions } from './predictions.js';

/** In the units of the data file. */
export interface GaussianEvaluation {
  readonly kind: 'gaussian';
  readonly outputs: number;
  readonly draws: number;
  readonly predictions: GaussianPredictions;
  readonly predictive: RegressionSummary;
  readonly averageDraw: RegressionSummary;
  /** [rows, outputs] */
  readonly targets: Float64Array;
  /** [rows, outputs]: probability that the predictive gives to values below the target. */
  readonly pit: Float64Array;
}

/** Folds on the standardised scale, where one noise serves all outputs; converts on `finish`. */
export class GaussianEvaluator {
  readonly #targets: Float32Array;
  readonly #outputs: number;
  readonly #scaling: Scaling;
  readonly #predictive: GaussianPredictive;
  readonly #moments: OutputMoments;
  readonly #single = { rmse: 0, nll: 0, coverage50: 0, coverage90: 0 };

  /** `targets`: [rows, outputs], standardised as the network sees them. */
  constructor(targets: Float32Array, outputs: number, scaling: Scaling) {
    this.#targets = targets;
    this.#outputs = outputs;
    this.#scaling = scaling;
    this.#predictive = new GaussianPredictive(targets, outputs);
    this.#moments = new OutputMoments(targets.length);
  }

  /** `values`: [rows, outputs] of one draw; `noiseStd` in the units that the network sees. */
  add(values: Float32Array, noiseStd: number): void {
    this.#predictive.update(values, noiseStd);
    this.#moments.update(values, noiseStd);
    const { rmse, nll, coverage50, coverage90 } = scoreGaussian(values, noiseStd, this.#targets, this.#outputs, this.#scaling);
    this.#single.rmse += rmse;
    this.#single.nll += nll;
    this.#single.coverage50 += coverage50;
    this.#single.coverage90 += coverage90;
  }

  finish(): GaussianEvaluation {
    const n = this.#predictive.draws;
    const { rmse, nll, coverage50, coverage90 } = this.#single;
    const original = (value: number, k: number) => (this.#scaling.mean?.[k % this.#outputs] ?? 0) + unitOf(this.#scaling, k % this.#outputs) * value;
    return {
      kind: 'gaussian',
      outputs: this.#outputs,
      draws: n,
      predictions: gaussianPredictions(this.#moments, this.#outputs, this.#scaling),
      predictive: inOriginalUnits(this.#predictive.metrics(), this.#moments.mean(), this.#targets, this.#outputs, this.#scaling),
      averageDraw: { rmse: rmse / n, nll: nll / n, coverage50: coverage50 / n, coverage90: coverage90 / n },
      targets: Float64Array.from(this.#targets, original),
      pit: this.#predictive.state().cdfSum.map((sum) => sum / n),
    };
  }
}

/**
 * Scores of one draw, in the units of the data file.
 *
 * @param values - [rows, outputs], standardised as the network sees them, as `targets`; `noiseStd` in the same units
 * @throws BasinetError ARGUMENT_INVALID for a noise that is not positive and finite
 */
function scoreGaussian(values: Float32Array, noiseStd: number, targets: Float32Array, outputs: number, scaling: Scaling): RegressionScores {
  const single = new GaussianPredictive(targets, outputs);
  single.update(values, noiseStd);
  return inOriginalUnits(single.metrics(), values, targets, outputs, scaling);
}

type RegressionScores = Record<keyof RegressionSummary, number>;

/** Errors scale per output, densities by the Jacobian Σ ln scale. */
function inOriginalUnits(metrics: RegressionMetrics, means: ArrayLike<number>, targets: Float32Array, outputs: number, scaling: Scaling): RegressionScores {
  let squares = 0;
  for (let k = 0; k < means.length; k++) squares += (unitOf(scaling, k % outputs) * (means[k]! - targets[k]!)) ** 2;
  let jacobian = 0;
  for (let output = 0; output < outputs; output++) jacobian += Math.log(unitOf(scaling, output));
  const coverage = (level: number) => metrics.coverage.find((entry) => entry.level === level)?.share ?? NaN;
  return { rmse: Math.sqrt(squares / means.length), nll: metrics.nll + jacobian, coverage50: coverage(0.5), coverage90: coverage(0.9) };
}

/** Unit of an output in units of the data file. */
function unitOf(scaling: Scaling, output: number): number {
  return scaling.std?.[output] ?? 1;
}

/** Share of targets inside the predictive's central interval of probability `level`. */
export function coverageOf(pit: ArrayLike<number>, level: number): number {
  let inside = 0;
  for (let i = 0; i < pit.length; i++) if (2 * Math.abs(pit[i]! - 0.5) <= level) inside++;
  return inside / pit.length;
}
