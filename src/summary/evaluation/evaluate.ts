// Predictions over the test set: of kept draws, one at a time, and of networks as they come.
import type { Scaling } from '../../data/dataset.js';
import type { Dataset, Engine } from '../../engine/engine.js';
import type { Posterior } from '../../posterior/posterior.js';
import type { ClassificationSummary, RegressionSummary } from '../summarySchema.js';
import { CategoricalEvaluator, type CategoricalEvaluation } from './categorical.js';
import { GaussianEvaluator, type GaussianEvaluation } from './gaussian.js';
import { createPredictor, type Predictor } from './predictor.js';

export type Evaluation = CategoricalEvaluation | GaussianEvaluation;
/** Of a classifier, or of a regression. */
export type Scores = ClassificationSummary | RegressionSummary;

export interface EvaluatorOptions {
  /** How many draws will be added. */
  readonly draws: number;
  readonly threads: number;
  /** How targets were standardised. */
  readonly scaling: Scaling;
}

export interface Evaluator {
  /** Predicts with one position [dimension] and folds the outputs. */
  add(position: Float32Array): void;
  finish(): Evaluation;
  /** Frees the engine's memory. */
  dispose(): void;
}

/** Throws what the engine throws where it cannot take the posterior or the data. */
export function createEvaluator(engine: Engine, posterior: Posterior, data: Dataset, options: EvaluatorOptions): Evaluator {
  const predictor = createPredictor(engine, posterior, data, options.threads);
  return { ...foldOver(predictor, posterior, data, options), dispose: () => predictor.dispose() };
}

export interface Scorer {
  /**
   * Scores of one network, or of the ensemble of several: the average of their predictive probabilities, or the mixture of
   * their densities. One network's NLL stays finite where its probabilities underflow.
   *
   * @param positions - [dimension] each, at least one
   */
  score(positions: readonly Float32Array[]): Scores;
  /** Frees the engine's memory. */
  dispose(): void;
}

/** Throws as `createEvaluator`. */
export function createScorer(engine: Engine, posterior: Posterior, data: Dataset, options: Omit<EvaluatorOptions, 'draws'>): Scorer {
  const predictor = createPredictor(engine, posterior, data, options.threads);
  return {
    score(positions) {
      const fold = foldOver(predictor, posterior, data, { ...options, draws: positions.length });
      for (const position of positions) fold.add(position);
      const { predictive, averageDraw } = fold.finish();
      return positions.length === 1 ? averageDraw : predictive;
    },
    dispose: () => predictor.dispose(),
  };
}

function foldOver(predictor: Predictor, { likelihood, network }: Posterior, data: Dataset, { draws, scaling }: EvaluatorOptions): Omit<Evaluator, 'dispose'> {
  if (likelihood.kind === 'categorical') {
    const evaluator = new CategoricalEvaluator(network.outputs, data.targets as Int32Array, draws);
    return { add: (position) => evaluator.add(predictor.predict(position)), finish: () => evaluator.finish() };
  }
  const evaluator = new GaussianEvaluator(data.targets as Float32Array, network.outputs, scaling);
  return { add: (position) => evaluator.add(predictor.predict(position), predictor.noiseStd(position)), finish: () => evaluator.finish() };
}
