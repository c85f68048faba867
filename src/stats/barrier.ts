// The loss barrier between two networks.
import { BasinetError } from '../errors.js';

export interface LossBarrier {
  /** In the loss's unit; 0 or more, as both ends are on the path. NaN where a loss is, or where an end's is infinite. */
  readonly height: number;
  /** Where on the path it is reached, from 0 to 1; the first such place. */
  readonly lambda: number;
}

/**
 * How far the loss L along a path θ(λ) from A = θ(0) to B = θ(1) rises above the straight line between its ends:
 *
 *     max_λ  L(θ(λ)) − ((1 − λ) L(A) + λ L(B))
 *
 * (Entezari, Sedghi, Saukh and Neyshabur 2022, arXiv 2110.06296. Ainsworth, Hayase and Srinivasa 2022, arXiv 2209.04836,
 * definition 2.1, takes ½ (L(A) + L(B)) for the line, for ends of about equal loss; there the two are the same.)
 *
 * @param lambdas - increasing, the first 0 and the last 1
 * @param losses - L(θ(λ)) at each of them
 * @throws BasinetError ARGUMENT_INVALID where they are not such
 */
export function lossBarrier(lambdas: readonly number[], losses: readonly number[]): LossBarrier {
  if (lambdas.length < 2 || lambdas[0] !== 0 || lambdas.at(-1) !== 1 || losses.length !== lambdas.length) {
    throw new BasinetError('ARGUMENT_INVALID', `${losses.length} losses at ${lambdas.length} places are no path from 0 to 1`, {
      path: 'lambdas',
      value: lambdas,
      remedy: 'Give increasing places from 0 to 1, and one loss for each.',
    });
  }
  const [first, last] = [losses[0]!, losses.at(-1)!];
  let height = 0;
  let lambda = 0;
  for (const [i, place] of lambdas.entries()) {
    const excess = losses[i]! - ((1 - place) * first + place * last);
    if (Number.isNaN(excess)) return { height: NaN, lambda: place };
    if (excess > height) [height, lambda] = [excess, place];
  }
  return { height, lambda };
}
