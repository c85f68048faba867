// The engine contract: what evaluates a posterior's potential, gradient (of all
// rows or of a mini-batch), predictions and hidden activations.
import type { Posterior, Potential } from '../posterior/posterior.js';
import type { Stack } from './stack.js';

/** Rows in memory, normalised. Views into SharedArrayBuffers are allowed; engines never write to them. */
export interface Dataset {
  readonly rows: number;
  readonly features: number;
  /** [rows, features], row-major. */
  readonly inputs: Float32Array;
  /** Class index per row (categorical), or [rows, outputs] row-major reals (gaussian). */
  readonly targets: Int32Array | Float32Array;
}

export interface EngineOptions {
  /** Threads for one evaluation. The gradient is bit-identical for any number of them. */
  readonly threads: number;
}

/** The last evaluation's parts, in nats, before the temperature divides them. */
export interface EnergyParts {
  readonly prior: number;
  readonly likelihood: number;
}

export interface EnginePotential extends Potential {
  /** N: rows of the data set. */
  readonly rows: number;
  /**
   * The estimate that a mini-batch of B rows gives of U in nats, and of its gradient:
   *
   *     U_B(q) = (prior energy + N/B · Σ over the batch of the likelihood's energy) / T
   *
   * unbiased where every row is as likely as any other to be in the batch. All rows in order give what `valueAndGradient`
   * gives.
   *
   * @param rows - [B]: indices into the data set, in any order; one that occurs twice counts twice
   * @throws BasinetError ARGUMENT_INVALID for an empty batch or an index outside 0 … N − 1
   */
  batchValueAndGradient(position: Float32Array, rows: Int32Array, gradient: Float32Array): number;
  /** Parts of the last evaluation (or the last step of `trajectory`); of a mini-batch, with the likelihood scaled by N/B. */
  parts(): EnergyParts;
  /** Network outputs (logits or means) for `rows` rows of `inputs` [rows, features] into [rows, outputs]. */
  predict(position: Float32Array, inputs: Float32Array, rows: number, outputs: Float32Array): void;
  /**
   * Outputs of every hidden layer, after its activation function, for `rows` rows of `inputs` [rows, features]: of layer k into
   * outputs[k], [rows, units of layer k].
   */
  activations(position: Float32Array, inputs: Float32Array, rows: number, outputs: readonly Float32Array[]): void;
  /** Frees what lies outside the JavaScript heap. Idempotent; any other call after it throws. */
  dispose(): void;
}

export interface Engine {
  readonly name: 'reference' | 'native' | 'tfjs';
  /**
   * What decides the last bit of a result, e.g. `reference`, `native-avx512`. Chains move between workers
   * of one class bit-identically.
   */
  readonly deviceClass: string;
  potential(posterior: Posterior, data: Dataset, options: EngineOptions): EnginePotential;
  /** `width` chains as one computation, where the engine can; its device class is `stackedClass(deviceClass, width)`. */
  stack?(posterior: Posterior, data: Dataset, width: number): Stack;
}
