// The public library: what the command line is made of.
export { BasinetError, ERROR_CODES, type ErrorCode, type ErrorDetails } from './errors.js';
export { VERSION } from './version.js';

export type { Job, JobInput } from './job/schema.js';
export { loadJob, parseJob, resolveJob } from './job/load.js';
export { explainJob, type Explanation } from './job/explain.js';
export { modelOf } from './job/plan.js';

export { readJobData, type JobData, type DataShape } from './data/read.js';
export { readSafetensors, writeSafetensors } from './data/safetensors.js';
export { loadPosition, packPosition } from './data/parameters.js';

export { denseNetwork } from './network/dense.js';
export { inferDenseNetwork } from './network/inferNetwork.js';
export type { DenseLayer, Network, PermutationGroup, TensorLayout } from './network/network.js';
export { buildPosterior } from './posterior/build.js';
export type { Likelihood, Posterior, Potential } from './posterior/posterior.js';

export type { Dataset, Engine, EnginePotential } from './engine/engine.js';
export type { Stack, StackRequest, StackResult } from './engine/stack.js';
export { nativeEngine } from './engine/native.js';
export { hiddenActivations, type HiddenActivations } from './engine/activations.js';
export { referenceEngine } from './engine/reference.js';
export { selectEngine } from './engine/select.js';
export type { TfjsSettings } from './engine/tfjs/settings.js';

export type { Chain, ChainRecord, KernelState, TransitionInfo } from './inference/chain.js';
export { resumeChain, startChain, type ChainSpec } from './inference/run.js';

export { createBatches, fillUniform, randomPermutation, randomPermutationWithTranspositions, type Batches, type Key, type Purpose } from './random/index.js';

export * from './rebasin/index.js';
export * from './stats/index.js';

export { readSummary } from './summary/readSummary.js';
export { readDraws, type StoredChain, type StoredDraw, type StoredDraws } from './summary/readDraws.js';
export { COMPACT_FORMS, type CompactForm, type CompactFormName } from './summary/compact/forms.js';
export { readForm, readStatistics, type StatisticsFile } from './summary/compact/read.js';
export { compactSamples } from './summary/compact/sample.js';
export { nearness, type Nearness, type Predictions } from './summary/evaluation/predictions.js';
export { measureBarrier, type BarrierOptions, type BarrierResult, type PathCurve, type PathCurves } from './summary/barrier.js';
export { comparePosteriors, type Comparison, type CompareOptions } from './summary/comparison/compare.js';
export { compareGaussians, type FactorisedGaussian, type GaussianFigures } from './summary/comparison/figures.js';
export { readComparedPosterior, type ComparedPosterior } from './summary/comparison/posterior.js';
export { createScorer, createTestSet, type Evaluation, type Evaluator, type Scorer, type Scores, type TestSet } from './summary/evaluation/evaluate.js';
export { readMean, readUncertainty, type WeightUncertainty } from './summary/uncertainty.js';
export { PRUNING_CRITERIA, removalOrder, type PruningCriterion, type PruningInput } from './summary/prune/criteria.js';
export { pruningPoints, PRUNING_FRACTIONS, type PruningCurve, type PruningPoint, type PruningPointsOptions } from './summary/prune/curve.js';
export { uncertaintyInLabellingOf, type LabelledUncertainty } from './summary/prune/labelling.js';
export { applyMask, keptCount, keptPerTensor, prunablePlaces, pruningMask } from './summary/prune/mask.js';
