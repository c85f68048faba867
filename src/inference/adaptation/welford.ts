// Running mean and variance per coordinate of the positions in an adaptation window, in float64.
//
// Welford 1962: d = x - m;  m ← m + d/n;  S ← S + d·(x - m), with the new mean in the second factor.

export interface WelfordState {
  count: number;
  /** [dimension] */
  readonly mean: Float64Array;
  /** [dimension]: sum of squared deviations from the mean. */
  readonly sumSquares: Float64Array;
}

export function initWelford(dimension: number): WelfordState {
  return { count: 0, mean: new Float64Array(dimension), sumSquares: new Float64Array(dimension) };
}

/** Takes in one position, in place. */
export function updateWelford(state: WelfordState, position: Float32Array): void {
  const { mean, sumSquares } = state;
  const count = ++state.count;
  const weight = 1 / count;
  for (let i = 0; i < mean.length; i++) {
    const x = position[i]!;
    const before = x - mean[i]!;
    const newMean = mean[i]! + before * weight;
    mean[i] = newMean;
    sumSquares[i] = sumSquares[i]! + before * (x - newMean);
  }
}

/** Forgets everything, in place. */
export function resetWelford(state: WelfordState): void {
  state.count = 0;
  state.mean.fill(0);
  state.sumSquares.fill(0);
}

/**
 * The window's variances as an inverse mass matrix [dimension], shrunk towards 10⁻³ as Stan does:
 * n/(n+5) · S/(n-1) + 10⁻³ · 5/(n+5). Null below two positions.
 */
export function finalWelford({ count, sumSquares }: WelfordState): Float32Array | null {
  if (count < 2) return null;
  const inverse = new Float32Array(sumSquares.length);
  const weight = count / (count + 5) / (count - 1);
  const offset = (1e-3 * 5) / (count + 5);
  for (let i = 0; i < inverse.length; i++) inverse[i] = weight * sumSquares[i]! + offset;
  return inverse;
}
