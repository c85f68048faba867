// The predictive of a classifier: the mean of the probabilities of draws, streamed, and how its uncertainty splits.
import { BasinetError } from '../errors.js';
import { entropy, softmax } from './classification.js';

/** Streams p(c | x) = (1/S) Σ_s softmax(f_s(x))_c. Holds three float64 tables of rows × classes, however many draws. */
export class CategoricalPredictive {
  readonly rows: number;
  readonly classes: number;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #entropies: Float64Array;
  readonly #scratch: Float64Array<ArrayBuffer>;
  #draws = 0;

  constructor(rows: number, classes: number) {
    this.rows = rows;
    this.classes = classes;
    this.#sum = new Float64Array(rows * classes);
    this.#squares = new Float64Array(rows * classes);
    this.#entropies = new Float64Array(rows);
    this.#scratch = new Float64Array(rows * classes);
  }

  /** Draws so far. */
  get draws(): number {
    return this.#draws;
  }

  /**
   * Adds one draw, and returns its probabilities: a view that the next draw writes over. [rows, classes]
   *
   * @param logits - [rows, classes]
   * @throws BasinetError ARGUMENT_INVALID for another length
   */
  update(logits: Float32Array | Float64Array): Float64Array {
    if (logits.length !== this.#sum.length) {
      throw new BasinetError('ARGUMENT_INVALID', `${this.rows} rows of ${this.classes} classes are not ${logits.length} logits`, {
        path: 'logits',
        value: logits.length,
        remedy: 'Evaluate the network on the rows of the predictive.',
      });
    }
    const probabilities = softmax(logits, this.classes, this.#scratch);
    for (let k = 0; k < probabilities.length; k++) {
      const p = probabilities[k]!;
      this.#sum[k]! += p;
      this.#squares[k]! += p * p;
    }
    for (let row = 0; row < this.rows; row++) this.#entropies[row]! += entropy(this.#row(probabilities, row));
    this.#draws++;
    return probabilities;
  }

  /** The predictive so far. [rows, classes]; NaN without a draw. */
  mean(out = new Float64Array(this.#sum.length)): Float64Array {
    for (let k = 0; k < out.length; k++) out[k] = this.#sum[k]! / this.#draws;
    return out;
  }

  /** Standard deviation over draws of a row's probabilities. [classes] */
  deviations(row: number): number[] {
    const squares = this.#row(this.#squares, row);
    return Array.from(this.#row(this.#sum, row), (sum, k) => Math.sqrt(Math.max(0, squares[k]! / this.#draws - (sum / this.#draws) ** 2)));
  }

  /** Entropy of the predictive of each row, in nats: what weights and data together leave open. [rows] */
  entropies(): Float64Array {
    const mean = this.mean();
    return Float64Array.from({ length: this.rows }, (_, row) => entropy(this.#row(mean, row)));
  }

  /** Entropy minus the mean entropy of single draws, in nats: what the weights alone leave open. [rows] */
  mutualInformation(): Float64Array {
    return this.entropies().map((total, row) => Math.max(0, total - this.#entropies[row]! / this.#draws));
  }

  #row(table: Float64Array, row: number): Float64Array {
    return table.subarray(row * this.classes, (row + 1) * this.classes);
  }
}
