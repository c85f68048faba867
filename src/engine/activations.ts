// Hidden activations on fixed inputs, as a function of the position.
import type { Posterior } from '../posterior/posterior.js';
import type { Dataset, Engine } from './engine.js';

/** A potential behind a function: to be disposed of. */
export interface HiddenActivations extends Disposable {
  /** Per layer [rows, units], row-major. The next call overwrites them. */
  readonly at: (position: Float32Array) => readonly Float32Array[];
}

/**
 * Outputs of every hidden layer, after its activation function, for the rows of `data`.
 *
 * @throws BasinetError what the engine throws
 */
export function hiddenActivations(engine: Engine, posterior: Posterior, data: Dataset, threads: number): HiddenActivations {
  const potential = engine.potential(posterior, data, { threads });
  const outputs = posterior.network.layers.slice(0, -1).map((layer) => new Float32Array(data.rows * layer.outputs));
  return {
    at: (position) => {
      potential.activations(position, data.inputs, data.rows, outputs);
      return outputs;
    },
    [Symbol.dispose]: () => potential.dispose(),
  };
}
