// What one position says about rows of inputs: network outputs and noise.
import type { Dataset, Engine } from '../../engine/engine.js';
import { noiseStdOf } from '../../posterior/noise.js';
import type { Posterior } from '../../posterior/posterior.js';

/** Rows to predict, normalised as the network sees them. */
export type Inputs = Pick<Dataset, 'rows' | 'inputs'>;

export interface Predictor {
  /** Network outputs of one position [dimension] into `out` [rows, outputs]. */
  predict(position: Float32Array, inputs: Inputs, out: Float32Array): void;
  /** Standard deviation of a Gaussian likelihood's noise, in the units that the network sees; NaN without one. */
  noiseStd(position: Float32Array): number;
  /** Frees the engine's memory. */
  dispose(): void;
}

/**
 * `data`: any rows of the job, which the engine is set up with. Throws what the engine throws where it cannot take the
 * posterior or the data.
 */
export function createPredictor(engine: Engine, posterior: Posterior, data: Dataset, threads: number): Predictor {
  const potential = engine.potential(posterior, data, { threads });
  return {
    predict: (position, { rows, inputs }, out) => potential.predict(position, inputs, rows, out),
    noiseStd: (position) => noiseStdOf(posterior, position),
    dispose: () => potential.dispose(),
  };
}
