// What a job's data are once they are read: normalised rows, their shape, and how they were scaled.
import type { Dataset } from '../engine/engine.js';

/** What a network must know of the data. */
export interface DataShape {
  /** Inputs of the network. */
  readonly features: number;
  /** Outputs of the network: classes, or target columns. */
  readonly outputs: number;
  readonly trainRows: number;
  /** 0 without a test set. */
  readonly testRows: number;
  readonly targetKind: 'class' | 'real';
}

/** scaled = (original − mean) / std, elementwise per column; mean 0 where `mean` is null. */
export interface Scaling {
  /** [columns], or null: 0. */
  readonly mean: Float64Array | null;
  /** [columns], or null: 1. A column that does not vary has 1. */
  readonly std: Float64Array | null;
}

/** Inputs from elsewhere than the training data, by a name. */
export interface NamedInputs {
  readonly name: string;
  readonly rows: number;
  /** [rows, features], scaled as the training rows. */
  readonly inputs: Float32Array;
}

/** A job's data, ready for an engine. */
export interface JobData {
  readonly train: Dataset;
  readonly test: Dataset | null;
  /** In the order of the job file. */
  readonly outOfDistribution: readonly NamedInputs[];
  readonly shape: DataShape;
  readonly inputScaling: Scaling;
  /** Real targets only; class labels are not scaled. */
  readonly targetScaling: Scaling;
  /** The position in the file that the job's draws are aligned to; absent where they are aligned to something else. */
  readonly reference?: Float32Array;
  /** What the reader noticed and the user may want to know, e.g. columns that do not vary. */
  readonly notes: readonly string[];
}
