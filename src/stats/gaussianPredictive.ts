// The predictive of a regression: a mixture of one Gaussian per draw, streamed.
import { BasinetError } from '../errors.js';
import { normalCumulative } from '../network/normal.js';

export interface RegressionMetrics {
  readonly rows: number;
  /** Mean over rows of −ln of the mixture's density at the target, in nats. */
  readonly nll: number;
  /** Root mean square error of the mixture's mean, over all rows and outputs. */
  readonly rmse: number;
  /** Share of targets inside the central intervals of COVERAGE_LEVELS. */
  readonly coverage: readonly { readonly level: number; readonly share: number }[];
}

/** Probabilities of the central intervals whose coverage is reported. */
export const COVERAGE_LEVELS = [0.5, 0.8, 0.9, 0.95] as const;

/** What a GaussianPredictive holds, as plain numbers and arrays. */
export interface GaussianPredictiveState {
  readonly draws: number;
  /** ln Σ over draws of the density of each row's targets. [rows] */
  readonly logDensity: Float64Array;
  /** Σ over draws of the network outputs. [rows, outputs] */
  readonly outputSum: Float64Array;
  /** Σ over draws of the distribution function at the target. [rows, outputs] */
  readonly cdfSum: Float64Array;
}

const LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Streams p(y | x) = (1/S) Σ_s N(y; f_s(x), σ_s²) at known targets: log density by log-sum-exp, mean, and the
 * distribution function, whose distance from ½ tells whether a target lies in a central interval of the mixture.
 */
export class GaussianPredictive {
  readonly rows: number;
  readonly outputs: number;
  readonly #targets: Float32Array | Float64Array;
  readonly #logDensity: Float64Array;
  readonly #outputSum: Float64Array;
  readonly #cdfSum: Float64Array;
  #draws = 0;

  /**
   * @param targets - [rows, outputs]; kept, not copied
   * @throws BasinetError ARGUMENT_INVALID where they are not whole rows
   */
  constructor(targets: Float32Array | Float64Array, outputs: number) {
    if (!Number.isSafeInteger(outputs) || outputs < 1 || targets.length % outputs !== 0) {
      throw new BasinetError('ARGUMENT_INVALID', `${targets.length} targets are not whole rows of ${outputs} outputs`, {
        path: 'targets',
        value: targets.length,
        remedy: 'Give a row-major [rows, outputs] array.',
      });
    }
    this.outputs = outputs;
    this.rows = targets.length / outputs;
    this.#targets = targets;
    this.#logDensity = new Float64Array(this.rows).fill(-Infinity);
    this.#outputSum = new Float64Array(targets.length);
    this.#cdfSum = new Float64Array(targets.length);
  }

  /** Draws so far. */
  get draws(): number {
    return this.#draws;
  }

  /**
   * Adds one draw.
   *
   * @param networkOutputs - f_s, [rows, outputs]
   * @param noiseStd - σ_s, in units of the targets
   * @throws BasinetError ARGUMENT_INVALID for another length or a σ that is not positive
   */
  update(networkOutputs: Float32Array | Float64Array, noiseStd: number): void {
    if (networkOutputs.length !== this.#outputSum.length) {
      throw new BasinetError('ARGUMENT_INVALID', `${this.#outputSum.length} targets need as many network outputs, not ${networkOutputs.length}`, {
        path: 'networkOutputs',
        value: networkOutputs.length,
        remedy: 'Evaluate the network on the rows that the targets belong to.',
      });
    }
    if (!(noiseStd > 0 && noiseStd < Infinity)) {
      throw new BasinetError('ARGUMENT_INVALID', `a noise standard deviation cannot be ${noiseStd}`, {
        path: 'noiseStd',
        value: noiseStd,
        remedy: 'Give a positive, finite standard deviation.',
      });
    }
    const logScale = this.outputs * (Math.log(noiseStd) + LOG_SQRT_2_PI);
    for (let row = 0, k = 0; row < this.rows; row++) {
      let squares = 0;
      for (let c = 0; c < this.outputs; c++, k++) {
        const z = (this.#targets[k]! - networkOutputs[k]!) / noiseStd;
        squares += z * z;
        this.#outputSum[k]! += networkOutputs[k]!;
        this.#cdfSum[k]! += normalCumulative(z);
      }
      this.#logDensity[row] = logAddExp(this.#logDensity[row]!, -0.5 * squares - logScale);
    }
    this.#draws++;
  }

  /** Adds the draws of another mixture over the same targets. */
  merge(other: GaussianPredictive): void {
    const state = other.state();
    for (let row = 0; row < this.rows; row++) this.#logDensity[row] = logAddExp(this.#logDensity[row]!, state.logDensity[row]!);
    for (let k = 0; k < this.#outputSum.length; k++) {
      this.#outputSum[k]! += state.outputSum[k]!;
      this.#cdfSum[k]! += state.cdfSum[k]!;
    }
    this.#draws += state.draws;
  }

  /** All metrics of the mixture so far; NaN without a draw. */
  metrics(): RegressionMetrics {
    const draws = this.#draws === 0 ? NaN : this.#draws;
    let nll = 0;
    for (const value of this.#logDensity) nll += Math.log(draws) - value;
    let squares = 0;
    const inside = new Float64Array(COVERAGE_LEVELS.length);
    for (let k = 0; k < this.#outputSum.length; k++) {
      squares += (this.#outputSum[k]! / draws - this.#targets[k]!) ** 2;
      const fromMiddle = 2 * Math.abs(this.#cdfSum[k]! / draws - 0.5);
      COVERAGE_LEVELS.forEach((level, l) => {
        if (fromMiddle <= level) inside[l]!++;
      });
    }
    const count = this.#draws === 0 ? NaN : this.#outputSum.length;
    return {
      rows: this.rows,
      nll: nll / this.rows,
      rmse: Math.sqrt(squares / count),
      coverage: COVERAGE_LEVELS.map((level, l) => ({ level, share: inside[l]! / count })),
    };
  }

  /** Mean of the mixture, i.e. of the network outputs over draws. [rows, outputs] */
  mean(): Float64Array {
    return this.#outputSum.map((sum) => sum / this.#draws);
  }

  /** Everything held: views of live memory, not to be changed. */
  state(): GaussianPredictiveState {
    return { draws: this.#draws, logDensity: this.#logDensity, outputSum: this.#outputSum, cdfSum: this.#cdfSum };
  }

  /**
   * Goes on from `state` bit-identically.
   *
   * @throws BasinetError STATE_INVALID where the state is of other targets
   */
  static restore(targets: Float32Array | Float64Array, outputs: number, state: GaussianPredictiveState): GaussianPredictive {
    const predictive = new GaussianPredictive(targets, outputs);
    if (state.logDensity.length !== predictive.rows || state.outputSum.length !== targets.length || state.cdfSum.length !== targets.length) {
      throw new BasinetError('STATE_INVALID', 'the saved predictive is of other targets', {
        value: state.outputSum.length,
        remedy: 'Fold the draw log again from its start.',
      });
    }
    predictive.#logDensity.set(state.logDensity);
    predictive.#outputSum.set(state.outputSum);
    predictive.#cdfSum.set(state.cdfSum);
    predictive.#draws = state.draws;
    return predictive;
  }
}

/**
 * Mean −ln N(y; f, σ²) of one draw, in nats per row (summed over outputs).
 *
 * @param networkOutputs - [rows, outputs]
 * @param targets - [rows, outputs]
 */
export function gaussianNll(networkOutputs: Float32Array | Float64Array, targets: Float32Array | Float64Array, outputs: number, noiseStd: number): number {
  const predictive = new GaussianPredictive(targets, outputs);
  predictive.update(networkOutputs, noiseStd);
  return predictive.metrics().nll;
}

/** ln(eᵃ + eᵇ) without overflow. */
function logAddExp(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === -Infinity ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
}
