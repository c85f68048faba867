// The predictive of a classifier over a test set, folded draw by draw: probabilities, their spread, calibration.
import { CategoricalPredictive, classificationMetrics, logitsNll, type ClassificationMetrics, type ReliabilityBin } from '../../stats/index.js';
import type { ClassificationSummary } from '../summarySchema.js';
import { categoricalPredictions, type CategoricalPredictions } from './predictions.js';

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
  readonly predictions: CategoricalPredictions;
  readonly predictive: ClassificationSummary;
  /** Mean over single draws. */
  readonly averageDraw: ClassificationSummary;
  readonly reliability: { readonly predictive: readonly ReliabilityBin[]; readonly averageDraw: readonly ReliabilityBin[] };
  /** Metrics of the predictive of the first so many draws, in the order of folding. */
  readonly growth: readonly { readonly draws: number; readonly accuracy: number; readonly nll: number }[];
  readonly certain: readonly Example[];
  readonly uncertain: readonly Example[];
}

/** Holds four float64 tables of rows × classes, however many draws are folded. */
export class CategoricalEvaluator {
  readonly #targets: Int32Array;
  readonly #predictive: CategoricalPredictive;
  readonly #mean: Float64Array<ArrayBuffer>;
  readonly #growthAt: ReadonlySet<number>;
  readonly #growth: { draws: number; accuracy: number; nll: number }[] = [];
  readonly #single = { accuracy: 0, nll: 0, brier: 0, ece: 0, entropy: 0 };
  #bins: readonly PooledBin[] | null = null;

  /** `targets`: class index per row. `draws`: how many will be folded. */
  constructor(classes: number, targets: Int32Array, draws: number) {
    this.#targets = targets;
    this.#predictive = new CategoricalPredictive(targets.length, classes);
    this.#mean = new Float64Array(targets.length * classes);
    this.#growthAt = new Set(Array.from({ length: GROWTH_POINTS }, (_, i) => Math.round(draws ** (i / (GROWTH_POINTS - 1)))));
  }

  /** `logits`: [rows, classes] of one draw. */
  add(logits: Float32Array): void {
    const { classes } = this.#predictive;
    const metrics = classificationMetrics(this.#predictive.update(logits), this.#targets, classes);
    this.#single.accuracy += metrics.accuracy;
    // From the logits: one draw may give the target a probability that underflows.
    this.#single.nll += logitsNll(logits, this.#targets, classes);
    this.#single.brier += metrics.brier;
    this.#single.ece += metrics.calibrationError;
    this.#single.entropy += metrics.entropy;
    this.#bins = pool(this.#bins, metrics.reliability);
    const { draws } = this.#predictive;
    if (this.#growthAt.has(draws)) {
      const { accuracy, nll } = this.#predictiveMetrics();
      this.#growth.push({ draws, accuracy, nll });
    }
  }

  finish(): CategoricalEvaluation {
    const predictions = categoricalPredictions(this.#predictive);
    const { draws: n, classes } = predictions;
    const metrics = this.#predictiveMetrics();
    const { accuracy, nll, brier, ece, entropy } = this.#single;
    const order = byEntropy(predictions);
    return {
      kind: 'categorical',
      classes,
      draws: n,
      predictions,
      predictive: { accuracy: metrics.accuracy, nll: metrics.nll, brier: metrics.brier, ece: metrics.calibrationError, entropy: metrics.entropy },
      averageDraw: { accuracy: accuracy / n, nll: nll / n, brier: brier / n, ece: ece / n, entropy: entropy / n },
      reliability: {
        predictive: metrics.reliability,
        averageDraw: (this.#bins ?? []).map(({ lower, upper, rows, confidence, right }) => ({ lower, upper, rows, confidence: confidence / rows, accuracy: right / rows })),
      },
      growth: this.#growth,
      certain: order.slice(0, EXAMPLES).map((row) => this.#example(predictions, row)),
      uncertain: order.slice(-EXAMPLES).reverse().map((row) => this.#example(predictions, row)),
    };
  }

  #predictiveMetrics(): ClassificationMetrics {
    return classificationMetrics(this.#predictive.mean(this.#mean), this.#targets, this.#predictive.classes);
  }

  #example({ probabilities, classes, entropy, mutualInformation }: CategoricalPredictions, row: number): Example {
    return {
      row,
      target: this.#targets[row]!,
      probabilities: Array.from(probabilities.subarray(row * classes, (row + 1) * classes)),
      deviations: this.#predictive.deviations(row),
      entropy: entropy[row]!,
      mutualInformation: mutualInformation[row]!,
    };
  }
}

/** Rows, the most certain first. */
function byEntropy({ entropy }: CategoricalPredictions): number[] {
  return Array.from(entropy.keys()).sort((a, b) => entropy[a]! - entropy[b]! || a - b);
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
