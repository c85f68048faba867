// How far two factorised Gaussians are apart: Kullback-Leibler divergences, Wasserstein distance, correlations, ratios.
import { euclideanDistance } from '../../rebasin/index.js';
import { quantileOf } from '../distribution.js';

/** Independent normals N(mean[i], std[i]²), one a weight; both arrays [size], finite, std ≥ 0. */
export interface FactorisedGaussian {
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

/** All in float64. NaN where there is no such number: no weight, one weight or constant values for a correlation. */
export interface GaussianFigures {
  readonly weights: number;
  /** KL(A‖B) and KL(B‖A) in nats, summed over the weights, and their averages over them. */
  readonly klAB: number;
  readonly klBA: number;
  readonly klABPerWeight: number;
  readonly klBAPerWeight: number;
  /** W₂², its average over the weights, W₂, and √(W₂² / weights). In units of the weights, or their square. */
  readonly wasserstein2Squared: number;
  readonly wasserstein2SquaredPerWeight: number;
  readonly wasserstein2: number;
  readonly wasserstein2Rms: number;
  /** ‖mean_A − mean_B‖₂: the part of W₂ that is due to the means. */
  readonly meanDistance: number;
  /** Pearson's correlation of the means. */
  readonly meanCorrelation: number;
  /** Pearson's correlation of ln std_A and ln std_B, over the weights where neither is 0. */
  readonly logStdCorrelation: number;
  /** std_B / std_A over the weights where neither is 0. */
  readonly stdRatio: { readonly geometricMean: number; readonly q25: number; readonly median: number; readonly q75: number };
  /** Weights whose standard deviation is 0 in A, in B. */
  readonly zeroStdA: number;
  readonly zeroStdB: number;
}

/**
 * Per weight, with d = mean_A − mean_B (Kullback and Leibler 1951; Dowson and Landau 1982, J. Multivariate Anal. 12):
 *
 *     KL(A‖B) = ½ (σ_A²/σ_B² − 1 − ln σ_A²/σ_B² + d²/σ_B²)
 *     W₂²     = d² + (σ_A − σ_B)²
 *
 * both additive over independent weights. A standard deviation of 0 is a point mass: both divergences are then infinite,
 * as they are by definition, unless A and B are the same point; W₂ is finite.
 *
 * @param a - [size] each, trusted to be finite with std ≥ 0; `b` as long
 */
export function compareGaussians(a: FactorisedGaussian, b: FactorisedGaussian): GaussianFigures {
  const weights = a.mean.length;
  let [klAB, klBA, stdSquares, zeroStdA, zeroStdB] = [0, 0, 0, 0, 0];
  const logA = new Float64Array(weights);
  const logB = new Float64Array(weights);
  const ratios = new Float64Array(weights);
  let positive = 0;
  for (let i = 0; i < weights; i++) {
    const [stdA, stdB] = [a.std[i]!, b.std[i]!];
    const difference = a.mean[i]! - b.mean[i]!;
    klAB += divergence(difference, stdA, stdB);
    klBA += divergence(difference, stdB, stdA);
    stdSquares += (stdA - stdB) ** 2;
    zeroStdA += Number(stdA === 0);
    zeroStdB += Number(stdB === 0);
    if (stdA === 0 || stdB === 0) continue;
    logA[positive] = Math.log(stdA);
    logB[positive] = Math.log(stdB);
    ratios[positive++] = stdB / stdA;
  }
  const meanDistance = euclideanDistance(a.mean, b.mean);
  const wasserstein2Squared = meanDistance ** 2 + stdSquares;
  const wasserstein2SquaredPerWeight = wasserstein2Squared / weights;
  return {
    weights,
    klAB,
    klBA,
    klABPerWeight: klAB / weights,
    klBAPerWeight: klBA / weights,
    wasserstein2Squared,
    wasserstein2SquaredPerWeight,
    wasserstein2: Math.sqrt(wasserstein2Squared),
    wasserstein2Rms: Math.sqrt(wasserstein2SquaredPerWeight),
    meanDistance,
    meanCorrelation: correlation(a.mean, b.mean),
    logStdCorrelation: correlation(logA.subarray(0, positive), logB.subarray(0, positive)),
    stdRatio: describeRatios(ratios.subarray(0, positive)),
    zeroStdA,
    zeroStdB,
  };
}

/** KL(N(m, std²) ‖ N(m − difference, other²)) in nats. */
function divergence(difference: number, std: number, other: number): number {
  if (std === 0 || other === 0) return std === other && difference === 0 ? 0 : Infinity;
  const ratio = std / other;
  // Near 1 the terms of x − 1 − ln x cancel; far from it log1p has lost x.
  const excess = ((std - other) / other) * ((std + other) / other);
  const spread = Math.abs(excess) < 0.5 ? excess - Math.log1p(excess) : excess - 2 * Math.log(ratio);
  return 0.5 * (Math.max(0, spread) + (difference / other) ** 2);
}

/** Pearson's; NaN below two values or where either side is constant. */
function correlation(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  // Taken from the first value, so that constants are exactly 0.
  const [originA, originB] = [a[0] ?? 0, b[0] ?? 0];
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    meanA += (a[i]! - originA) / a.length;
    meanB += (b[i]! - originB) / a.length;
  }
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [fromA, fromB] = [a[i]! - originA - meanA, b[i]! - originB - meanB];
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
    products += fromA * fromB;
  }
  if (squaresA === 0 || squaresB === 0) return NaN;
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresA * squaresB)));
}

function describeRatios(ratios: Float64Array): GaussianFigures['stdRatio'] {
  let logarithms = 0;
  for (const ratio of ratios) logarithms += Math.log(ratio);
  const sorted = ratios.sort();
  const quantile = (p: number): number => quantileOf(sorted, p) ?? NaN;
  return { geometricMean: Math.exp(logarithms / ratios.length), q25: quantile(0.25), median: quantile(0.5), q75: quantile(0.75) };
}
