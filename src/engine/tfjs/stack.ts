// A stack on a device: what is uploaded, asked for and read back. One reading a call is all that waits for the device, and
// once it is done nothing uses the caller's arrays any more, with which tensors may share memory.
import { BasinetError } from '../../errors.js';
import type { Posterior } from '../../posterior/posterior.js';
import { checkDataset } from '../dataset.js';
import type { Dataset } from '../engine.js';
import type { BatchRequest, ForwardRequest, GradientRequest, Stack, StackRequest, StackResult, TrajectoryRequest } from '../stack.js';
import { evaluatorOn } from './evaluation.js';
import { explained } from './memory.js';
import { cutRows, rowsPerBlock, uploadData } from './rows.js';
import { activate, allOrNothing, onDevice, type TfjsRuntime } from './runtime.js';
import { stacked, trajectoriesOn } from './trajectory.js';

/**
 * @param width - K: chains that are computed at once; where fewer ask, places are filled up
 * @param maxBytes - memory that activations and their derivatives of all K may take; more rows than fit are computed in blocks
 * @throws BasinetError NETWORK_MISMATCH or DATA_INVALID where `data` does not fit the posterior
 */
export function tfjsStack(runtime: TfjsRuntime, posterior: Posterior, data: Dataset, width: number, maxBytes: number): Stack {
  checkDataset(posterior, data);
  const { tf } = runtime;
  const { dimension, network, temperature } = posterior;
  const perBlock = rowsPerBlock(posterior, maxBytes, width);
  activate(runtime);
  const own = allOrNothing(runtime, () => ({ data: uploadData(tf, posterior, data, perBlock, width), evaluator: evaluatorOn(tf, posterior, data.rows) }));
  let live: typeof own | null = own;
  const trajectories = trajectoriesOn(tf, dimension, width);

  const resultOf = (sums: Float32Array, rows: number): StackResult => {
    const { prior, likelihood } = own.evaluator.partsOf(sums, rows);
    return { prior, likelihood, energy: (prior + likelihood) / temperature, stepsTaken: 0 };
  };

  function evaluate(requests: readonly (GradientRequest | BatchRequest)[]): StackResult[] {
    const rows = requests[0]!.kind === 'gradient' ? own.data.all : own.data.batches(filled(requests as readonly BatchRequest[], width).map((request) => request.rows));
    const found = own.evaluator.evaluate(stacked(tf, requests.map(({ position }) => position), width), rows);
    const together = tf.concat2d([found.gradient, found.sums], 1);
    const values = together.dataSync<'float32'>();
    const columns = together.shape[1];
    return requests.map(({ gradient }, k) => {
      const of = values.subarray(k * columns, (k + 1) * columns);
      gradient.set(of.subarray(0, dimension));
      return resultOf(of.subarray(dimension), rows.count);
    });
  }

  function follow(requests: readonly TrajectoryRequest[]): StackResult[] {
    const sums = trajectories((at) => own.evaluator.evaluate(at, own.data.all), requests);
    return requests.map(({ steps, energyLimit }, k) => {
      for (let step = 1; ; step++) {
        const result = { ...resultOf(sums[k]![step - 1]!, data.rows), stepsTaken: step };
        const goesOn = result.energy <= energyLimit && result.energy >= -Number.MAX_VALUE;
        if (!goesOn || step === steps) return result;
      }
    });
  }

  function forward({ position, inputs, rows, first, outputs }: ForwardRequest): StackResult {
    const parameters = own.evaluator.network.unpack(tf.tensor2d(position.subarray(0, network.dimension), [1, network.dimension]));
    for (const [start, end] of cutRows(rows, rowsPerBlock(posterior, maxBytes))) {
      onDevice(runtime, () => {
        const block = tf.tensor3d(inputs.subarray(start * network.inputs, end * network.inputs), [1, end - start, network.inputs]);
        const layers = own.evaluator.network.forward(parameters, block);
        outputs.forEach((array, k) => array.set(layers[first + k]!.value.dataSync<'float32'>(), start * network.layers[first + k]!.outputs));
      });
    }
    return { energy: NaN, prior: NaN, likelihood: NaN, stepsTaken: 0 };
  }

  function answer(requests: readonly StackRequest[]): StackResult[] {
    switch (requests[0]!.kind) {
      case 'gradient':
      case 'batch':
        return evaluate(requests as readonly (GradientRequest | BatchRequest)[]);
      case 'trajectory':
        return follow(requests as readonly TrajectoryRequest[]);
      case 'forward':
        return [forward(requests[0] as ForwardRequest)];
    }
  }

  return {
    width,
    run(requests) {
      if (live === null) throw new BasinetError('INTERNAL', 'the potential has been disposed of');
      try {
        return onDevice(runtime, () => answer(requests));
      } catch (error) {
        throw explained(error, posterior, data.rows, perBlock, width);
      }
    },
    dispose() {
      live?.data.dispose();
      live?.evaluator.dispose();
      live = null;
    },
  };
}

/** Requests for all places: those that are missing like the first. */
const filled = <T>(requests: readonly T[], width: number): T[] => Array.from({ length: width }, (_, k) => requests[k] ?? requests[0]!);
