// Predictions of kept draws over the test set, one draw at a time.
import type { Scaling } from '../../data/dataset.js';
import type { Dataset, Engine } from '../../engine/engine.js';
import type { Posterior } from '../../posterior/posterior.js';
import { CategoricalEvaluator, type CategoricalEvaluation } from './categorical.js';
import { GaussianEvaluator, type GaussianEvaluation } from './gaussian.js';

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
  const { likelihood, network, dimension } = posterior;
  const potential = engine.potential(posterior, data, { threads: options.threads });
  const outputs = new Float32Array(data.rows * network.outputs);
  const predict = (position: Float32Array) => {
    potential.predict(position, data.inputs, data.rows, outputs);
    return outputs;
  };
  if (likelihood.kind === 'categorical') {
    const evaluator = new CategoricalEvaluator(network.outputs, data.targets as Int32Array, options.draws);
    return { add: (position) => evaluator.add(predict(position)), finish: () => evaluator.finish(), dispose: () => potential.dispose() };
  }
  const evaluator = new GaussianEvaluator(data.targets as Float32Array, network.outputs, options.scaling);
  const noiseOf = (position: Float32Array) => (likelihood.kind === 'gaussian' ? likelihood.noiseStd : Math.exp(position[dimension - 1]!));
  return {
    add: (position) => evaluator.add(predict(position), noiseOf(position)),
    finish: () => evaluator.finish(),
    dispose: () => potential.dispose(),
  };
}
