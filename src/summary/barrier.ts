// Loss and accuracy along the straight line between two networks, before and after the second is aligned to the first.
import type { JobData } from '../data/dataset.js';
import type { Dataset, Engine } from '../engine/engine.js';
import type { Posterior } from '../posterior/posterior.js';
import { createAligner, interpolate, type AlignerOptions, type AlignmentResult } from '../rebasin/index.js';
import { lossBarrier, type LossBarrier } from '../stats/index.js';
import { createScorer, type Scorer } from './evaluation/evaluate.js';

/** What is measured beside the loss: share of right classes, or root mean square error in the units of the data file. */
export type Metric = 'accuracy' | 'rmse';

/** The alignment is of B to A, as its options say. */
export interface BarrierOptions extends AlignerOptions {
  readonly engine: Engine;
  readonly posterior: Posterior;
  readonly data: JobData;
  /** Positions of both networks, finite. [dimension] */
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** Places on the line, evenly spaced, both ends included; 2 or more. */
  readonly points: number;
  readonly threads: number;
}

/** One data set along one line. */
export interface PathCurve {
  /** Mean negative log likelihood per row at each place, nats. [points] */
  readonly loss: readonly number[];
  /** Accuracy, or RMSE in the units of the data file. [points] */
  readonly metric: readonly number[];
  readonly barrier: LossBarrier;
}

export interface PathCurves {
  readonly train: PathCurve;
  /** Null without test data. */
  readonly test: PathCurve | null;
}

export interface BarrierResult {
  readonly metric: Metric;
  /** Places on the line: 0 is A, 1 is B. [points] */
  readonly lambdas: readonly number[];
  /** Of B to A. */
  readonly alignment: AlignmentResult;
  /** From A to B as it is. */
  readonly raw: PathCurves;
  /** From A to B aligned to A. */
  readonly aligned: PathCurves;
}

/**
 * Evaluates (1 − λ) A + λ B and (1 − λ) A + λ P B, P the alignment of B to A. A learned noise is interpolated as it is kept,
 * on the log scale.
 *
 * @throws BasinetError what aligner and engine throw; ARGUMENT_INVALID for fewer than two points
 */
export function measureBarrier(options: BarrierOptions): BarrierResult {
  const { engine, posterior, data, a, b, points, threads } = options;
  const aligned = new Float32Array(b.length);
  const alignment = createAligner(posterior.network, posterior.tensors, a, options).align(b, aligned, null);
  const lambdas = Array.from({ length: points }, (_, i) => i / (points - 1));
  const along = (split: Dataset) => {
    const scorer = createScorer(engine, posterior, split, { threads, scaling: data.targetScaling });
    try {
      return { raw: curve(scorer, a, b, lambdas), aligned: curve(scorer, a, aligned, lambdas) };
    } finally {
      scorer.dispose();
    }
  };
  const train = along(data.train);
  const test = data.test && along(data.test);
  const curves = (kind: 'raw' | 'aligned'): PathCurves => ({ train: train[kind], test: test && test[kind] });
  return { metric: posterior.likelihood.kind === 'categorical' ? 'accuracy' : 'rmse', lambdas, alignment, raw: curves('raw'), aligned: curves('aligned') };
}

function curve(scorer: Scorer, a: Float32Array, b: Float32Array, lambdas: readonly number[]): PathCurve {
  const position = new Float32Array(a.length);
  const scores = lambdas.map((lambda) => {
    interpolate(a, b, lambda, position);
    return scorer.score([position]);
  });
  const loss = scores.map(({ nll }) => nll ?? NaN);
  const metric = scores.map((score) => ('accuracy' in score ? score.accuracy : score.rmse) ?? NaN);
  return { loss, metric, barrier: lossBarrier(lambdas, loss) };
}
