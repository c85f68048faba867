// The compact forms of a posterior: what each is, and how summary.safetensors calls its tensors.
import { factorName, residualName, tensorName } from '../tensorNames.js';

/** In the order in which they are shown. */
export const COMPACT_FORMS = ['aligned', 'raw', 'control', 'low-rank'] as const;
export type CompactFormName = (typeof COMPACT_FORMS)[number];

export interface FormNames {
  /** The chain of its random keys: part of what "the same samples" means, so it never changes. */
  readonly number: number;
  /** For people. */
  readonly label: string;
  /** Prefixes of tensor names: `mean/` for `mean/fc1.weight`. */
  readonly mean: string;
  readonly std: string;
  /** Of the factors [rank, …shape]; null where weights are independent. */
  readonly factor: string | null;
  /** The key of a job that keeps the form. */
  readonly setting: string;
}

export const FORM_NAMES: Readonly<Record<CompactFormName, FormNames>> = {
  aligned: { number: 0, label: 'aligned (q_r)', mean: tensorName('aligned', 'mean', ''), std: tensorName('aligned', 'std', ''), factor: null, setting: 'statistics.aligned' },
  raw: { number: 1, label: 'as sampled (q_d)', mean: tensorName('raw', 'mean', ''), std: tensorName('raw', 'std', ''), factor: null, setting: 'statistics.raw' },
  control: { number: 2, label: 'shuffled control', mean: tensorName('control', 'mean', ''), std: tensorName('control', 'std', ''), factor: null, setting: 'statistics.control' },
  'low-rank': { number: 3, label: 'aligned, low rank', mean: tensorName('aligned', 'mean', ''), std: residualName(''), factor: factorName(''), setting: 'statistics.lowRank' },
};

/**
 * A normal distribution over positions: mean + Σ_k z_k factor_k + std ⊙ ε with standard normal z and ε, so that its
 * covariance is Σ_k factor_k factor_kᵀ + diag(std²). All arrays are [dimension] and finite, std ≥ 0.
 */
export interface CompactForm {
  readonly name: CompactFormName;
  readonly mean: Float32Array;
  readonly std: Float32Array;
  /** None where weights are independent. */
  readonly factors: readonly Float32Array[];
}
