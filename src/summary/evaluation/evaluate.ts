// Predictions over the test set, and over inputs from elsewhere: of kept draws, one at a time, and of networks as they come.
import type { NamedInputs, Scaling } from '../../data/dataset.js';
import type { Dataset, Engine } from '../../engine/engine.js';
import type { Posterior } from '../../posterior/posterior.js';
import type { ClassificationSummary, RegressionSummary } from '../summarySchema.js';
import { CategoricalEvaluator, type CategoricalEvaluation } from './categorical.js';
import { GaussianEvaluator, type GaussianEvaluation } from './gaussian.js';
import { createPredictionFold, type Predictions } from './predictions.js';
import { createPredictor, type Inputs, type Predictor } from './predictor.js';

/** What is known of the test set, and of each of the inputs from elsewhere. */
export type Evaluation = (CategoricalEvaluation | GaussianEvaluation) & {
  readonly outOfDistribution: readonly { readonly name: string; readonly predictions: Predictions }[];
};
/** Of a classifier, or of a regression. */
export type Scores = ClassificationSummary | RegressionSummary;

export interface TestSetOptions {
  readonly threads: number;
  /** How targets were standardised. */
  readonly scaling: Scaling;
  /** Default none. */
  readonly outOfDistribution?: readonly NamedInputs[];
}

export interface Evaluator {
  /** Predicts with one position [dimension] and folds the outputs. */
  add(position: Float32Array): void;
  finish(): Evaluation;
}

/** Rows that networks are evaluated on, set up once. */
export interface TestSet {
  /** A new fold, of so many networks. */
  evaluator(draws: number): Evaluator;
  /** Frees the engine's memory. */
  dispose(): void;
}

/** Throws what the engine throws where it cannot take the posterior or the data. */
export function createTestSet(engine: Engine, posterior: Posterior, data: Dataset, options: TestSetOptions): TestSet {
  const predictor = createPredictor(engine, posterior, data, options.threads);
  return { evaluator: (draws) => createEvaluator(predictor, posterior, data, draws, options), dispose: () => predictor.dispose() };
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

/** Throws as `createTestSet`. */
export function createScorer(engine: Engine, posterior: Posterior, data: Dataset, options: TestSetOptions): Scorer {
  return scorerOn(createTestSet(engine, posterior, data, options));
}

/** Disposing of it disposes of the test set. */
export function scorerOn(testSet: TestSet): Scorer {
  return {
    score(positions) {
      const evaluator = testSet.evaluator(positions.length);
      for (const position of positions) evaluator.add(position);
      return scoresOf(evaluator.finish());
    },
    dispose: () => testSet.dispose(),
  };
}

/** Of the predictive; of a single network those that stay finite where its probabilities underflow. */
export function scoresOf({ draws, predictive, averageDraw }: Evaluation): Scores {
  return draws === 1 ? averageDraw : predictive;
}

function createEvaluator(predictor: Predictor, posterior: Posterior, data: Dataset, draws: number, { scaling, outOfDistribution = [] }: TestSetOptions): Evaluator {
  const { likelihood, network } = posterior;
  const fold =
    likelihood.kind === 'categorical'
      ? new CategoricalEvaluator(network.outputs, data.targets as Int32Array, draws)
      : new GaussianEvaluator(data.targets as Float32Array, network.outputs, scaling);
  const outputsOf = ({ rows }: Inputs) => new Float32Array(rows * network.outputs);
  const outputs = outputsOf(data);
  const others = outOfDistribution.map((inputs) => ({ inputs, fold: createPredictionFold(posterior, inputs.rows, scaling), outputs: outputsOf(inputs) }));
  return {
    add(position) {
      const noiseStd = predictor.noiseStd(position);
      predictor.predict(position, data, outputs);
      fold.add(outputs, noiseStd);
      for (const other of others) {
        predictor.predict(position, other.inputs, other.outputs);
        other.fold.add(other.outputs, noiseStd);
      }
    },
    finish: () => ({ ...fold.finish(), outOfDistribution: others.map(({ inputs: { name }, fold: elsewhere }) => ({ name, predictions: elsewhere.finish() })) }),
  };
}
