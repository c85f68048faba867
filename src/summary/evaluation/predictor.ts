// What one position says about the rows of a data set: network outputs and noise.
import type { Dataset, Engine } from '../../engine/engine.js';
import { noiseStdOf } from '../../posterior/noise.js';
import type { Posterior } from '../../posterior/posterior.js';

export interface Predictor {
  /** Network outputs [rows, outputs] of one position [dimension]; the next call writes over them. */
  predict(position: Float32Array): Float32Array;
  /** Standard deviation of a Gaussian likelihood's noise, in the units that the network sees; NaN without one. */
  noiseStd(position: Float32Array): number;
  /** Frees the engine's memory. */
  dispose(): void;
}

/** Throws what the engine throws where it cannot take the posterior or the data. */
export function createPredictor(engine: Engine, posterior: Posterior, data: Dataset, threads: number): Predictor {
  const potential = engine.potential(posterior, data, { threads });
  const outputs = new Float32Array(data.rows * posterior.network.outputs);
  return {
    predict(position) {
      potential.predict(position, data.inputs, data.rows, outputs);
      return outputs;
    },
    noiseStd: (position) => noiseStdOf(posterior, position),
    dispose: () => potential.dispose(),
  };
}
