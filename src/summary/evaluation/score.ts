// How well single networks predict a data set.
import type { Scaling } from '../../data/dataset.js';
import type { Dataset, Engine } from '../../engine/engine.js';
import type { Posterior } from '../../posterior/posterior.js';
import { classificationMetrics, logitsNll, softmax } from '../../stats/index.js';
import { scoreGaussian } from './gaussian.js';
import { createPredictor } from './predictor.js';

/** What is measured beside the loss: share of right classes, or root mean square error in the units of the data file. */
export type Metric = 'accuracy' | 'rmse';

export interface Score {
  /** Mean negative log likelihood per row, in nats; of real targets the density is per unit of the data file. */
  readonly loss: number;
  readonly metric: number;
}

export interface Scorer {
  /** Of one position [dimension]: as an evaluation's `averageDraw` of this draw alone. */
  score(position: Float32Array): Score;
  /** Frees the engine's memory. */
  dispose(): void;
}

export function metricOf({ likelihood }: Posterior): Metric {
  return likelihood.kind === 'categorical' ? 'accuracy' : 'rmse';
}

/**
 * @param scaling - how targets were standardised
 * @throws what the engine throws where it cannot take the posterior or the data
 */
export function createScorer(engine: Engine, posterior: Posterior, data: Dataset, options: { readonly threads: number; readonly scaling: Scaling }): Scorer {
  const predictor = createPredictor(engine, posterior, data, options.threads);
  const { outputs } = posterior.network;
  const dispose = () => predictor.dispose();
  if (posterior.likelihood.kind === 'categorical') {
    const targets = data.targets as Int32Array;
    const probabilities = new Float64Array(data.rows * outputs);
    return {
      score(position) {
        const logits = predictor.predict(position);
        const { accuracy } = classificationMetrics(softmax(logits, outputs, probabilities), targets, outputs);
        return { loss: logitsNll(logits, targets, outputs), metric: accuracy };
      },
      dispose,
    };
  }
  const targets = data.targets as Float32Array;
  return {
    score(position) {
      const { nll, rmse } = scoreGaussian(predictor.predict(position), predictor.noiseStd(position), targets, outputs, options.scaling);
      return { loss: nll, metric: rmse };
    },
    dispose,
  };
}
