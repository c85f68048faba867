// The state of warmup: dual averaging of the step size, Welford window of the mass matrix.

import type { DualAveragingState } from './dualAveraging.js';

export interface AdaptationState extends DualAveragingState {
  /** In use for the next transition. */
  readonly stepSize: number;
  /** [dimension], or null for the identity (also before the first window of a diagonal one has closed). */
  readonly inverseMassMatrix: Float32Array | null;
  /** The open window's Welford state, or null outside the windows and where it holds no position yet. */
  readonly window: { readonly count: number; readonly mean: Float64Array; readonly sumSquares: Float64Array } | null;
}
