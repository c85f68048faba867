// The predictive of a classifier over a test set, folded draw by draw: probabilities, their spread, calibration.
import { classificationMetrics, entropy, logitsNll, softmax, type ClassificationMetrics, type ReliabilityBin } from '../../stats/index.js';
import type { ClassificationSummary } from '../summarySchema.js';

/** Most and least certain rows that are kept with their probabilities. */
const EXAMPLES = 6;
/** The growth curve is evaluated after about so many numbers of draws. */
const GROWTH_POINTS = 60;

/** A row of the test set as the posterior sees it. */
export interface Example {
  readonly row: number;
  readonly target: number;
  /** Predictive probability of each class, and its standard deviation over draws. */
  readonly probabilities: readonly number[];
  readonly deviations: readonly number[];
  /** Entropy of the predictive, nats. */
  readonly entropy: number;
  /** Entropy minus the mean entropy of single draws, nats: what the weights' uncertainty adds. */
  readonly mutualInformation: number;
}

export interface CategoricalEvaluation {
  readonly kind: 'categorical';
  readonly classes: number;
  readonly draws: number;
  readonly predictive: ClassificationSummary;
  /** Mean over single draws. */
  readonly averageDraw: ClassificationSummary;
  readonly reliability: { readonly predictive: readonly ReliabilityBin[]; readonly averageDraw: readonly ReliabilityBin[] };
  /** Metrics of the predictive of the first so many draws, in the order of folding. */
  readonly growth: readonly { readonly draws: number; readonly accuracy: number; readonly nll: number }[];
  readonly certain: readonly Example[];
  readonly uncertain: readonly Example[];
}

/** Holds three float64 tables of rows × classes, however many draws are folded. */
export class CategoricalEvaluator {
  readonly #rows: number;
  readonly #classes: number;
  readonly #targets: Int32Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #entropy: Float64Array;
  readonly #scratch: Float64Array<ArrayBuffer>;
  readonly #growthAt: ReadonlySet<number>;
  readonly #growth: { draws: number; accuracy: number; nll: number }[] = [];
  readonly #single = { accuracy: 0, nll: 0, brier: 0, ece: 0 };
  #bins: readonly PooledBin[] | null = null;
  #draws = 0;

  /** `targets`: class index per row. `draws`: how many will be folded. */
  constructor(classes: number, targets: Int32Array, draws: number) {
    this.#rows = targets.length;
    this.#classes = classes;
    this.#targets = targets;
    this.#sum = new Float64Array(this.#rows * classes);
    this.#squares = new Float64Array(this.#rows * classes);
    this.#entropy = new Float64Array(this.#rows);
    this.#scratch = new Float64Array(this.#rows * classes);
    this.#growthAt = new Set(Array.from({ length: GROWTH_POINTS }, (_, i) => Math.round(draws ** (i / (GROWTH_POINTS - 1)))));
  }

  /** `logits`: [rows, classes] of one draw. */
  add(logits: Float32Array): void {
    const probabilities = softmax(logits, this.#classes, this.#scratch);
    for (let k = 0; k < probabilities.length; k++) {
      const p = probabilities[k]!;
      this.#sum[k]! += p;
      this.#squares[k]! += p * p;
    }
    for (let row = 0; row < this.#rows; row++) this.#entropy[row]! += entropy(this.#row(probabilities, row));
    const metrics = classificationMetrics(probabilities, this.#targets, this.#classes);
    this.#single.accuracy += metrics.accuracy;
    // From the logits: one draw may give the target a probability that underflows.
    this.#single.nll += logitsNll(logits, this.#targets, this.#classes);
    this.#single.brier += metrics.brier;
    this.#single.ece += metrics.calibrationError;
    this.#bins = pool(this.#bins, metrics.reliability);
    this.#draws++;
    if (this.#growthAt.has(this.#draws)) {
      const { accuracy, nll } = this.#predictiveMetrics();
      this.#growth.push({ draws: this.#draws, accuracy, nll });
    }
  }

  finish(): CategoricalEvaluation {
    const n = this.#draws;
    const metrics = this.#predictiveMetrics();
    const mean = this.#scratch.slice();
    const { accuracy, nll, brier, ece } = this.#single;
    const order = this.#byEntropy(mean);
    return {
      kind: 'categorical',
      classes: this.#classes,
      draws: n,
      predictive: { accuracy: metrics.accuracy, nll: metrics.nll, brier: metrics.brier, ece: metrics.calibrationError },
      averageDraw: { accuracy: accuracy / n, nll: nll / n, brier: brier / n, ece: ece / n },
      reliability: {
        predictive: metrics.reliability,
        averageDraw: (this.#bins ?? []).map(({ lower, upper, rows, confidence, right }) => ({ lower, upper, rows, confidence: confidence / rows, accuracy: right / rows })),
      },
      growth: this.#growth,
      certain: order.slice(0, EXAMPLES).map((row) => this.#example(mean, row)),
      uncertain: order.slice(-EXAMPLES).reverse().map((row) => this.#example(mean, row)),
    };
  }

  /** Of the mean probabilities so far, which it leaves in the scratch table. */
  #predictiveMetrics(): ClassificationMetrics {
    for (let k = 0; k < this.#sum.length; k++) this.#scratch[k] = this.#sum[k]! / this.#draws;
    return classificationMetrics(this.#scratch, this.#targets, this.#classes);
  }

  #row(table: Float64Array, row: number): Float64Array {
    return table.subarray(row * this.#classes, (row + 1) * this.#classes);
  }

  #byEntropy(mean: Float64Array): number[] {
    const entropies = Float64Array.from({ length: this.#rows }, (_, row) => entropy(this.#row(mean, row)));
    return Array.from(entropies.keys()).sort((a, b) => entropies[a]! - entropies[b]! || a - b);
  }

  #example(mean: Float64Array, row: number): Example {
    const probabilities = Array.from(this.#row(mean, row));
    const squares = this.#row(this.#squares, row);
    const total = entropy(this.#row(mean, row));
    return {
      row,
      target: this.#targets[row]!,
      probabilities,
      deviations: probabilities.map((p, k) => Math.sqrt(Math.max(0, squares[k]! / this.#draws - p * p))),
      entropy: total,
      mutualInformation: Math.max(0, total - this.#entropy[row]! / this.#draws),
    };
  }
}

/** A bin over the rows of many draws: sums of confidence and of right predictions. */
interface PooledBin {
  readonly lower: number;
  readonly upper: number;
  readonly rows: number;
  readonly confidence: number;
  readonly right: number;
}

function pool(bins: readonly PooledBin[] | null, more: readonly ReliabilityBin[]): PooledBin[] {
  return more.map(({ lower, upper, rows, confidence, accuracy }, i) => {
    const before = bins?.[i] ?? { rows: 0, confidence: 0, right: 0 };
    if (rows === 0) return { ...before, lower, upper };
    return { lower, upper, rows: before.rows + rows, confidence: before.confidence + rows * confidence, right: before.right + rows * accuracy };
  });
}
