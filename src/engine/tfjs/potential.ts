// The engine contract on a device: what is uploaded, asked for and read back. One reading a call is all that waits for it, and
// once it is done nothing uses the caller's arrays any more, with which tensors may share memory.
import { BasinetError } from '../../errors.js';
import type { Posterior } from '../../posterior/posterior.js';
import { checkBatch, checkDataset } from '../dataset.js';
import type { Dataset, EnergyParts, EnginePotential } from '../engine.js';
import { checkRows, hiddenWidths, wrongLength } from '../lengths.js';
import { evaluatorOn } from './evaluation.js';
import { explained } from './memory.js';
import { cutRows, rowsPerBlock, uploadData, type DeviceRows } from './rows.js';
import { activate, allOrNothing, onDevice, type TfjsRuntime } from './runtime.js';
import { trajectoryOn } from './trajectory.js';

/**
 * @param maxBytes - memory that activations and their derivatives may take; more rows than fit are computed in blocks
 * @throws BasinetError NETWORK_MISMATCH or DATA_INVALID where `data` does not fit the posterior
 */
export function tfjsPotential(runtime: TfjsRuntime, posterior: Posterior, data: Dataset, maxBytes: number): EnginePotential {
  checkDataset(posterior, data);
  const { tf } = runtime;
  const { dimension, network, temperature } = posterior;
  const perBlock = rowsPerBlock(posterior, maxBytes);
  activate(runtime);
  const own = allOrNothing(runtime, () => ({ data: uploadData(tf, posterior, data, perBlock), evaluator: evaluatorOn(tf, posterior, data.rows) }));
  let live: typeof own | null = own;
  let parts: EnergyParts = { prior: NaN, likelihood: NaN };

  /** Runs `body` on the device with what lies there. */
  function use<T>(body: (held: typeof own) => T): T {
    const held = live;
    if (held === null) throw new BasinetError('INTERNAL', 'the potential has been disposed of');
    try {
      return onDevice(runtime, () => body(held));
    } catch (error) {
      throw explained(error, posterior, data.rows, perBlock);
    }
  }

  const check = (name: string, array: Float32Array): void => {
    if (array.length !== dimension) throw wrongLength(name, array.length, dimension);
  };
  const energyOf = ({ prior, likelihood }: EnergyParts): number => (prior + likelihood) / temperature;

  function evaluate(position: Float32Array, gradient: Float32Array, rowsOf: (held: typeof own) => DeviceRows): number {
    return use((held) => {
      check('position', position);
      check('gradient', gradient);
      const rows = rowsOf(held);
      const found = held.evaluator.evaluate(tf.tensor1d(position), rows);
      const values = tf.concat1d([found.gradient, found.sums]).dataSync<'float32'>();
      gradient.set(values.subarray(0, dimension));
      parts = held.evaluator.partsOf(values.subarray(dimension), rows.count);
      return energyOf(parts);
    });
  }

  /** Outputs of the layers from `first` on for `rows` rows of `inputs`, layer by layer into `outputs`. */
  function forward(position: Float32Array, inputs: Float32Array, rows: number, first: number, outputs: readonly Float32Array[]): void {
    use(({ evaluator }) => {
      const parameters = evaluator.network.unpack(tf.tensor1d(position.subarray(0, network.dimension)));
      for (const [start, end] of cutRows(rows, perBlock)) {
        onDevice(runtime, () => {
          const block = tf.tensor2d(inputs.subarray(start * network.inputs, end * network.inputs), [end - start, network.inputs]);
          const layers = evaluator.network.forward(parameters, block);
          outputs.forEach((array, k) => array.set(layers[first + k]!.value.dataSync<'float32'>(), start * network.layers[first + k]!.outputs));
        });
      }
    });
  }

  const trajectory = trajectoryOn(tf, dimension);
  return {
    dimension,
    rows: data.rows,
    valueAndGradient: (position, gradient) => evaluate(position, gradient, (held) => held.data.all),
    batchValueAndGradient: (position, rows, gradient) =>
      evaluate(position, gradient, (held) => {
        checkBatch(rows, data.rows);
        return held.data.batch(rows);
      }),
    trajectory: (position, momentum, gradient, inverseMassMatrix, stepSize, steps, energyLimit) =>
      use((held) => {
        check('position', position);
        check('momentum', momentum);
        check('gradient', gradient);
        check('inverse mass matrix', inverseMassMatrix);
        const sums = trajectory((at) => held.evaluator.evaluate(at, held.data.all), { position, momentum, gradient }, inverseMassMatrix, stepSize, steps);
        let energy = NaN;
        for (let step = 1; step <= steps; step++) {
          parts = held.evaluator.partsOf(sums[step - 1]!, data.rows);
          energy = energyOf(parts);
          if (!(energy <= energyLimit && energy >= -Number.MAX_VALUE)) return { energy, stepsTaken: step };
        }
        return { energy, stepsTaken: steps };
      }),
    parts() {
      return use(() => parts);
    },
    predict(position, inputs, rows, outputs) {
      use(() => check('position', position));
      checkRows(network, inputs, rows, [outputs], [network.outputs]);
      forward(position, inputs, rows, network.layers.length - 1, [outputs]);
    },
    activations(position, inputs, rows, outputs) {
      use(() => check('position', position));
      checkRows(network, inputs, rows, outputs, hiddenWidths(network));
      forward(position, inputs, rows, 0, outputs);
    },
    dispose() {
      live?.data.dispose();
      live?.evaluator.dispose();
      live = null;
    },
  };
}
