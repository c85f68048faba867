// Streaming statistics: moments, quantiles and covariance per chain, their merge, R-hat and ESS, and the quality of predictions.
export { ChainMoments, type ChainMomentsState, type Segment } from './chainMoments.js';
export { mergeMerged, mergeMoments, variance, type MergedMoments } from './merge.js';
export { splitRhat } from './rhat.js';
export { nestedRhat, type NestedMoments } from './nested.js';
export { essBatchMeans } from './ess.js';
export {
  DyadicHistogram,
  histogramQuantile,
  histogramResolution,
  mergeHistograms,
  MOST_HISTOGRAM_DRAWS,
  type DyadicHistogramState,
  type MergedHistograms,
} from './dyadicHistogram.js';
export { HISTOGRAM_BINS } from './histogramKernels.js';
export { LowRankCovariance, mergeLowRank, MOST_RANK, type LowRankFactors, type LowRankState } from './lowRank.js';
export { spread, type Spread } from './spread.js';
export { auroc } from './auroc.js';
export { agreement } from './agreement.js';
export { totalVariation } from './totalVariation.js';
export { relativeWasserstein, type NormalPredictive } from './relativeWasserstein.js';
export { CategoricalPredictive } from './categoricalPredictive.js';
export { normalEntropies, OutputMoments } from './outputMoments.js';
export { lossBarrier, type LossBarrier } from './barrier.js';
export {
  CALIBRATION_BINS,
  classificationMetrics,
  entropy,
  logitsNll,
  mostProbable,
  softmax,
  type ClassificationMetrics,
  type ReliabilityBin,
} from './classification.js';
export {
  COVERAGE_LEVELS,
  GaussianPredictive,
  gaussianNll,
  type GaussianPredictiveState,
  type RegressionMetrics,
} from './gaussianPredictive.js';
