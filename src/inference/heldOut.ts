// Rows held out of a fit: which, the gradient without them, and the loss on them.
import { BasinetError } from '../errors.js';
import { randomPermutation } from '../random/index.js';
import type { StochasticPotential } from './potential.js';
import type { Prior } from './start.js';

/** Rows that are evaluated at once: a gather of all would double the memory of the data. */
const CHUNK_ROWS = 1024;

export interface RowSplit {
  /** Both in no particular order. */
  readonly fitted: Int32Array;
  readonly heldOut: Int32Array;
}

/** How many of `rows` are held out at this fraction: one at least, and not the last one. */
export function heldOutRows(rows: number, fraction: number): number {
  return Math.min(rows - 1, Math.max(1, Math.round(rows * fraction)));
}

/** Evaluations that the loss on so many held-out rows takes. */
export function heldOutEvaluations(rows: number): number {
  return Math.ceil(rows / CHUNK_ROWS);
}

/** A random split, the same for all chains of a job: a function of the seed, with purpose `split`. `rows` is 2 or more. */
export function splitRows(seed: number, rows: number, fraction: number): RowSplit {
  const order = randomPermutation({ seed, chain: 0, iteration: 0 }, 'split', rows);
  const count = heldOutRows(rows, fraction);
  return { heldOut: order.slice(0, count), fitted: order.slice(count) };
}

/**
 * Turns the gradient of U_B, whose likelihood stands for all N rows, into that of the posterior of n of them: with ∇P the
 * gradient of the prior energy,
 *
 *     n/N · ∇U_B + (1 - n/N) · ∇P/T
 */
export function scaleToRows(gradient: Float32Array, position: Float32Array, prior: Prior, share: number): void {
  prior.tensors.forEach((tensor, index) => {
    const { mean, std } = prior.priors[index]!;
    const strength = (1 - share) / (std * std * prior.temperature);
    for (let i = tensor.offset; i < tensor.offset + tensor.size; i++) gradient[i] = share * gradient[i]! + strength * (position[i]! - mean);
  });
}

/** Mean negative log likelihood of a row in nats, in `heldOutEvaluations(rows.length)` gradients. `scratch` is [dimension]. */
export function heldOutLoss(potential: StochasticPotential, position: Float32Array, rows: Int32Array, scratch: Float32Array): number {
  let sum = 0;
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const chunk = rows.subarray(start, start + CHUNK_ROWS);
    potential.batchValueAndGradient(position, chunk, scratch);
    if (potential.parts === undefined) throw new BasinetError('INTERNAL', 'early stopping needs the likelihood part of the energy, which this potential does not tell');
    sum += (potential.parts().likelihood * chunk.length) / potential.rows;
  }
  return sum / rows.length;
}
