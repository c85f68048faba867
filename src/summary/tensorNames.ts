// How summary.safetensors calls its tensors.

/** The statistics of a space, in the order in which they are documented. */
export const STATISTICS = ['mean', 'std', 'rhat', 'ess'] as const;
/** nested_rhat is there where chains share starting points. */
export type Statistic = (typeof STATISTICS)[number] | 'nested_rhat';

/** Whose weights: aligned, as sampled, or shuffled and then aligned. */
export const SPACES = ['aligned', 'raw', 'control'] as const;
export type Space = (typeof SPACES)[number];

/** `mean/fc1.weight` for aligned weights, `raw/mean/fc1.weight` for weights as sampled, `control/mean/fc1.weight` for the control. */
export function tensorName(space: Space, statistic: Statistic, tensor: string): string {
  return `${space === 'aligned' ? '' : `${space}/`}${statistic}/${tensor}`;
}

/** `quantile/0.05/fc1.weight`. */
export const quantileName = (probability: number, tensor: string): string => `quantile/${probability}/${tensor}`;
/** `factor/fc1.weight`, of shape [rank, ...shape of the tensor]. */
export const factorName = (tensor: string): string => `factor/${tensor}`;
/** `residual_std/fc1.weight`. */
export const residualName = (tensor: string): string => `residual_std/${tensor}`;
