// In which order weights are pruned: by the posterior's uncertainty, by magnitude, or at random.
import { BasinetError } from '../../errors.js';
import { randomPermutation } from '../../random/index.js';

/**
 * Which weights go first. `std`: the largest posterior standard deviation (Xiao, Liu and Bamler 2023, arXiv 2401.00611);
 * `snr`: the lowest |mean| / std of the posterior (Blundell et al. 2015, arXiv 1505.05424); `magnitude`: the lowest |weight|
 * of the network itself (Han et al. 2015, arXiv 1506.02626); `random`: any.
 */
export const PRUNING_CRITERIA = ['std', 'snr', 'magnitude', 'random'] as const;
export type PruningCriterion = (typeof PRUNING_CRITERIA)[number];

export interface PruningInput {
  /** Places of the weights that may go, ascending: what `prunablePlaces` returns. */
  readonly places: Int32Array;
  /** The network that is pruned. [dimension] */
  readonly position: Float32Array;
  /** Of the posterior, in the labelling of `position`. [dimension] each */
  readonly mean: Float32Array;
  readonly std: Float32Array;
  /** Of the criterion `random`: an integer in [0, 2³²). */
  readonly seed: number;
}

/**
 * The places in the order in which they are pruned; of equals, the lower place first. The first n entries are the weights
 * that go when n do, so that masks of more and more pruning are nested.
 *
 * A standard deviation of 0 makes a weight the last one of `snr`, unless its mean is 0 too, which makes it the first.
 *
 * @throws BasinetError ARGUMENT_INVALID where a score is NaN
 */
export function removalOrder(criterion: PruningCriterion, input: PruningInput): Int32Array {
  const { places, seed } = input;
  if (criterion === 'random') {
    return randomPermutation({ seed, chain: 0, iteration: 0 }, 'prune', places.length).map((i) => places[i]!);
  }
  const scores = Float64Array.from(places, SCORES[criterion](input));
  const bad = scores.findIndex(Number.isNaN);
  if (bad >= 0) {
    throw new BasinetError('ARGUMENT_INVALID', `the ${criterion} of element ${places[bad]} is NaN`, {
      path: `[${places[bad]}]`,
      value: NaN,
      remedy: 'Prune with weights, means and standard deviations that are all finite.',
    });
  }
  // ∞ − ∞ is NaN, which is as good as 0 here.
  const order = Int32Array.from(places.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  return order.map((i) => places[i]!);
}

/** What is kept of a weight, per place: the lowest go first. */
const SCORES = {
  std: ({ std }) => (place) => -std[place]!,
  snr: ({ mean, std }) => (place) => (mean[place] === 0 ? 0 : Math.abs(mean[place]!) / std[place]!),
  magnitude: ({ position }) => (place) => Math.abs(position[place]!),
} satisfies Record<Exclude<PruningCriterion, 'random'>, (input: PruningInput) => (place: number) => number>;
