// The reference engine: plain TypeScript, float64 inside. What every other engine is tested against.
import { BasinetError } from '../errors.js';
import { ACTIVATION_FUNCTIONS } from '../network/activation.js';
import type { Posterior } from '../posterior/posterior.js';
import type { Dataset, EnergyParts, Engine, EnginePotential } from './engine.js';
import { checkBatch, checkDataset } from './dataset.js';
import { checkRows, hiddenWidths, wrongLength } from './lengths.js';

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** The engine; it ignores `threads`. Its results depend on neither CPU nor compiler. */
export function referenceEngine(): Engine {
  return { name: 'reference', deviceClass: 'reference', potential: (posterior, data) => potentialOf(posterior, data) };
}

/** A potential whose position and gradient are float64 too, for finite differences. */
export interface Float64Potential {
  /**
   * U(q) in nats, as `Potential.valueAndGradient`. A gradient of null is not computed.
   * With a `batch` of rows, as `EnginePotential.batchValueAndGradient`. The parts are before the division by the temperature.
   */
  evaluate(
    position: Float64Array,
    gradient: Float64Array | null,
    batch?: Int32Array,
  ): { readonly energy: number; readonly parts: EnergyParts };
  /** Network outputs [rows, outputs] for inputs [rows, features]. */
  predict(position: Float64Array, inputs: Float32Array, rows: number, outputs: Float64Array | Float32Array): void;
  /** Outputs of hidden layer k [rows, units of layer k], after its activation function, into outputs[k]. */
  activations(position: Float64Array, inputs: Float32Array, rows: number, outputs: readonly (Float64Array | Float32Array)[]): void;
}

/**
 * U = (prior + likelihood) / T with
 *
 *     prior       = Σ_i ½ ((q_i − m_i)/s_i)² + log s_i + ½ log 2π
 *     categorical = Σ_rows log Σ_c exp(f_c) − f_y
 *     gaussian    = Σ_rows Σ_outputs ½ ((y − f)/σ)² + log σ + ½ log 2π,   σ fixed or exp of the last parameter
 *
 * and its gradient by backpropagation, a row at a time.
 *
 * @throws BasinetError NETWORK_MISMATCH or DATA_INVALID where `data` does not fit the posterior
 */
export function referencePotential64(posterior: Posterior, data: Dataset): Float64Potential {
  checkDataset(posterior, data);
  const { network, likelihood, temperature } = posterior;
  const depth = network.layers.length;
  // Per layer: pre-activations, outputs, and the energy's derivative by the pre-activations, of one row.
  const z = network.layers.map((layer) => new Float64Array(layer.outputs));
  const a = network.layers.map((layer) => new Float64Array(layer.outputs));
  const delta = network.layers.map((layer) => new Float64Array(layer.outputs));
  const output = a[depth - 1]!;
  const input = new Float64Array(network.inputs);
  const everyRow = Int32Array.from({ length: data.rows }, (_, row) => row);

  function forward(position: Float64Array, inputs: Float32Array, row: number): void {
    for (let i = 0; i < input.length; i++) input[i] = inputs[row * input.length + i]!;
    let previous = input;
    for (let k = 0; k < depth; k++) {
      const width = previous.length;
      const weight = network.tensors[2 * k]!.offset;
      const bias = network.tensors[2 * k + 1]!.offset;
      const { value } = ACTIVATION_FUNCTIONS[network.layers[k]!.activation];
      const zk = z[k]!;
      const ak = a[k]!;
      for (let o = 0; o < zk.length; o++) {
        let sum = position[bias + o]!;
        const start = weight + o * width;
        for (let i = 0; i < width; i++) sum += position[start + i]! * previous[i]!;
        zk[o] = sum;
        ak[o] = value(sum);
      }
      previous = ak;
    }
  }

  /** From delta of the last layer, times `weight`, to those of the others; adds to the gradient. */
  function backward(position: Float64Array, gradient: Float64Array, weight: number): void {
    const last = delta[depth - 1]!;
    for (let c = 0; c < last.length; c++) last[c]! *= weight;
    for (let k = depth - 1; k >= 0; k--) {
      const previous = k > 0 ? a[k - 1]! : input;
      const width = previous.length;
      const weights = network.tensors[2 * k]!.offset;
      const bias = network.tensors[2 * k + 1]!.offset;
      const dk = delta[k]!;
      const below = k > 0 ? delta[k - 1]! : null;
      below?.fill(0);
      for (let o = 0; o < dk.length; o++) {
        const d = dk[o]!;
        // A unit whose derivative is exactly zero (ReLU) adds nothing; NaN is not zero and passes on.
        if (d === 0) continue;
        gradient[bias + o]! += d;
        const start = weights + o * width;
        for (let i = 0; i < width; i++) gradient[start + i]! += d * previous[i]!;
        if (below) for (let i = 0; i < width; i++) below[i]! += d * position[start + i]!;
      }
      if (below) {
        const { derivative } = ACTIVATION_FUNCTIONS[network.layers[k - 1]!.activation];
        const zk = z[k - 1]!;
        for (let i = 0; i < width; i++) below[i]! *= derivative(zk[i]!, previous[i]!);
      }
    }
  }

  /** Minus log likelihood of one row; writes its derivative by the outputs into the last delta. */
  function categoricalRow(label: number): number {
    const last = delta[depth - 1]!;
    let max = -Infinity;
    for (const logit of output) max = logit > max ? logit : max;
    let sum = 0;
    for (let c = 0; c < output.length; c++) sum += last[c] = Math.exp(output[c]! - max);
    for (let c = 0; c < output.length; c++) last[c]! /= sum;
    last[label]! -= 1;
    return Math.log(sum) + max - output[label]!;
  }

  function gaussianRow(targets: Float32Array, row: number, std: number): { energy: number; squares: number } {
    const last = delta[depth - 1]!;
    let squares = 0;
    for (let c = 0; c < output.length; c++) {
      const residual = (output[c]! - targets[row * output.length + c]!) / std;
      squares += residual * residual;
      last[c] = residual / std;
    }
    return { energy: 0.5 * squares + output.length * (Math.log(std) + HALF_LOG_2PI), squares };
  }

  /** Energy of the batch times `weight`, whose gradient is added to what `gradient` holds. */
  function likelihoodEnergy(position: Float64Array, gradient: Float64Array | null, batch: Int32Array, weight: number): number {
    const logNoise = posterior.dimension - 1;
    const std =
      likelihood.kind === 'gaussian' ? likelihood.noiseStd : likelihood.kind === 'gaussian-learned' ? Math.exp(position[logNoise]!) : 1;
    let energy = 0;
    for (const row of batch) {
      forward(position, data.inputs, row);
      if (likelihood.kind === 'categorical') {
        energy += categoricalRow(data.targets[row]!);
      } else {
        const gaussian = gaussianRow(data.targets as Float32Array, row, std);
        energy += gaussian.energy;
        if (gradient && likelihood.kind === 'gaussian-learned') gradient[logNoise]! += weight * (output.length - gaussian.squares);
      }
      if (gradient) backward(position, gradient, weight);
    }
    return weight * energy;
  }

  function priorEnergy(position: Float64Array, gradient: Float64Array | null): number {
    let energy = 0;
    posterior.tensors.forEach((tensor, t) => {
      const { mean, std } = posterior.priors[t]!;
      let squares = 0;
      for (let i = tensor.offset; i < tensor.offset + tensor.size; i++) {
        const scaled = (position[i]! - mean) / std;
        squares += scaled * scaled;
        if (gradient) gradient[i]! += scaled / std;
      }
      energy += 0.5 * squares + tensor.size * (Math.log(std) + HALF_LOG_2PI);
    });
    return energy;
  }

  return {
    evaluate(position, gradient, batch = everyRow) {
      gradient?.fill(0);
      const weight = batch === everyRow ? 1 : data.rows / batch.length;
      const parts = { prior: priorEnergy(position, gradient), likelihood: likelihoodEnergy(position, gradient, batch, weight) };
      if (gradient) for (let i = 0; i < gradient.length; i++) gradient[i]! /= temperature;
      return { energy: (parts.prior + parts.likelihood) / temperature, parts };
    },
    predict(position, inputs, rows, outputs) {
      for (let row = 0; row < rows; row++) {
        forward(position, inputs, row);
        outputs.set(output, row * output.length);
      }
    },
    activations(position, inputs, rows, outputs) {
      for (let row = 0; row < rows; row++) {
        forward(position, inputs, row);
        outputs.forEach((array, k) => array.set(a[k]!, row * a[k]!.length));
      }
    },
  };
}

/** The float64 potential behind the float32 contract. */
function potentialOf(posterior: Posterior, data: Dataset): EnginePotential {
  const { dimension, network } = posterior;
  const inner = referencePotential64(posterior, data);
  const position64 = new Float64Array(dimension);
  const gradient64 = new Float64Array(dimension);
  let parts: EnergyParts = { prior: NaN, likelihood: NaN };
  let disposed = false;

  function take(position: Float32Array): void {
    if (disposed) throw new BasinetError('INTERNAL', 'the potential has been disposed of');
    if (position.length !== dimension) throw wrongLength('position', position.length, dimension);
    position64.set(position);
  }

  function evaluate(position: Float32Array, gradient: Float32Array, batch?: Int32Array): number {
    take(position);
    const result = inner.evaluate(position64, gradient64, batch);
    gradient.set(gradient64);
    parts = result.parts;
    return result.energy;
  }

  return {
    dimension,
    rows: data.rows,
    valueAndGradient: (position, gradient) => evaluate(position, gradient),
    batchValueAndGradient(position, rows, gradient) {
      checkBatch(rows, data.rows);
      return evaluate(position, gradient, rows);
    },
    parts: () => parts,
    predict(position, inputs, rows, outputs) {
      take(position);
      checkRows(network, inputs, rows, [outputs], [network.outputs]);
      inner.predict(position64, inputs, rows, outputs);
    },
    activations(position, inputs, rows, outputs) {
      take(position);
      checkRows(network, inputs, rows, outputs, hiddenWidths(network));
      inner.activations(position64, inputs, rows, outputs);
    },
    dispose() {
      disposed = true;
    },
  };
}
