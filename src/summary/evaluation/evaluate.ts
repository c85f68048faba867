// Predictions of kept draws over the test set, one draw at a time.
import type { Scaling } from '../../data/dataset.js';
import type { Dataset, Engine } from '../../engine/engine.js';
import type { Posterior } from '../../posterior/posterior.js';
import { CategoricalEvaluator, type CategoricalEvaluation } from './categorical.js';
import { GaussianEvaluator, type GaussianEvaluation } from './gaussian.js';
import { createPredictor } from './predictor.js';

export type Evaluation = CategoricalEvaluation | GaussianEvaluation;

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
  const { outputs } = posterior.network;
  const dispose = () => predictor.dispose();
  if (posterior.likelihood.kind === 'categorical') {
    const evaluator = new CategoricalEvaluator(outputs, data.targets as Int32Array, options.draws);
    return { add: (position) => evaluator.add(predictor.predict(position)), finish: () => evaluator.finish(), dispose };
  }
  const evaluator = new GaussianEvaluator(data.targets as Float32Array, outputs, options.scaling);
  return {
    add: (position) => evaluator.add(predictor.predict(position), predictor.noiseStd(position)),
    finish: () => evaluator.finish(),
    dispose,
  };
}
