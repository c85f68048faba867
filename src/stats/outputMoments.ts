// Mean and variance of a regression's mixture of normals, one a draw, streamed; no targets needed.

const HALF_LOG_2_PI_E = 0.5 * (1 + Math.log(2 * Math.PI));

/** Streams mean and variance of (1/S) Σ_s N(y; f_s(x), σ_s²) for every row and output, by Welford's update of f. */
export class OutputMoments {
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  #noiseVariance = 0;
  #draws = 0;

  /** `size`: rows × outputs. */
  constructor(size: number) {
    this.#mean = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  /** Draws so far. */
  get draws(): number {
    return this.#draws;
  }

  /** `values`: f_s, [rows, outputs]; `noiseStd`: σ_s in their units. */
  update(values: Float32Array, noiseStd: number): void {
    this.#draws++;
    for (let k = 0; k < values.length; k++) {
      const delta = values[k]! - this.#mean[k]!;
      this.#mean[k]! += delta / this.#draws;
      this.#squares[k]! += delta * (values[k]! - this.#mean[k]!);
    }
    this.#noiseVariance += noiseStd ** 2;
  }

  /** Of the mixture: a view of live memory. [rows, outputs] */
  mean(): Float64Array {
    return this.#mean;
  }

  /** Standard deviation of the mixture, noise included. [rows, outputs] */
  std(): Float64Array {
    const noise = this.#noiseVariance / this.#draws;
    return this.#squares.map((squares) => Math.sqrt(squares / this.#draws + noise));
  }

  /** Standard deviation of the network outputs over draws: what the weights alone leave open. [rows, outputs] */
  outputStd(): Float64Array {
    return this.#squares.map((squares) => Math.sqrt(squares / this.#draws));
  }
}

/**
 * Differential entropy of the normal of standard deviation s, summed over a row's outputs, in nats:
 * Σ_outputs ½ ln(2πe s²). Of a mixture it is an upper bound, and grows with its variance.
 *
 * @param std - [rows, outputs]
 */
export function normalEntropies(std: Float64Array, outputs: number): Float64Array {
  const entropies = new Float64Array(std.length / outputs);
  for (let k = 0; k < std.length; k++) entropies[Math.floor(k / outputs)]! += HALF_LOG_2_PI_E + Math.log(std[k]!);
  return entropies;
}
