// Hidden activations on fixed inputs, as functions of the position.
import { ACTIVATION_FUNCTIONS } from '../network/activation.js';
import { denseNetwork } from '../network/dense.js';
import { buildPosterior } from '../posterior/build.js';
import type { Posterior } from '../posterior/posterior.js';
import type { Dataset, Engine } from './engine.js';

/**
 * Outputs of every hidden layer, after its activation function, for the rows of `inputs`: per layer [rows, units], row-major.
 * The next call overwrites them.
 *
 * @throws BasinetError what the engine throws
 */
export function hiddenActivations(engine: Engine, posterior: Posterior, inputs: Dataset, threads: number): (position: Float32Array) => readonly Float32Array[] {
  const { network } = posterior;
  const parts = network.layers.slice(0, -1).map((layer, k) => {
    const sub = denseNetwork(network.inputs, network.layers.slice(0, k).map((l) => ({ width: l.outputs, activation: l.activation, name: `h${l.name}` })), layer.outputs);
    const post = buildPosterior(sub, { prior: { layers: {} }, likelihood: { kind: 'gaussian', noise: 1 }, temperature: 1 });
    const potential = engine.potential(post, { ...inputs, targets: new Float32Array(inputs.rows * layer.outputs) }, { threads });
    return { potential, out: new Float32Array(inputs.rows * layer.outputs), dimension: sub.dimension, value: ACTIVATION_FUNCTIONS[layer.activation].value };
  });
  return (position) =>
    parts.map(({ potential, out, dimension, value }) => {
      potential.predict(position.slice(0, dimension), inputs.inputs, inputs.rows, out);
      for (let i = 0; i < out.length; i++) out[i] = value(out[i]!);
      return out;
    });
}
