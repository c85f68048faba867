// A control for alignment: what it makes of draws whose hidden units were shuffled first.
//
// Matching looks for the labelling in which a draw lies nearest to the reference, so it makes draws agree even where no
// unit of one corresponds to any unit of the other. How much of the aligned posterior's narrowness is that, the control says.
import type { Network, TensorLayout } from '../network/network.js';
import { BasinetError } from '../errors.js';
import { smallBelow, type Key } from '../random/index.js';
import { permutationApplier } from './applyPermutations.js';
import { featureOffsets, groupFeatures } from './groupFeatures.js';

export const CONTROLS = ['permuted', 'scrambled'] as const;
/**
 * permuted: whole units change places, which alignment can undo. scrambled: every feature of a group (an input's weights to
 * all of its units, say) is shuffled over the units by itself. All values of a feature stay, so that over the group they are
 * distributed as they were, and no unit is left.
 */
export type ControlKind = (typeof CONTROLS)[number];

/** Units of a group that can be shuffled: as `smallBelow` draws. */
export const MOST_CONTROL_UNITS = 65_536;

export interface Control {
  /** `position` shuffled, as a function of `key`: in memory that the next call overwrites. [dimension] */
  shuffle(key: Key, position: Float32Array): Float32Array;
}

/**
 * Permutations are uniform. A weight between two groups is scrambled along both.
 *
 * @param tensors - layout of the positions: the network's tensors and any of the likelihood, which stay as they are
 * @throws BasinetError NETWORK_MISMATCH where groups and tensors contradict each other, ARGUMENT_INVALID for a group of more
 *   than 65,536 units
 */
export function createControl(kind: ControlKind, network: Network, tensors: readonly TensorLayout[]): Control {
  for (const { name, size } of network.groups) {
    if (size <= MOST_CONTROL_UNITS) continue;
    throw new BasinetError('ARGUMENT_INVALID', `${size} units cannot be shuffled`, { path: name, value: size, remedy: `Do without a control, or with ${MOST_CONTROL_UNITS} units at most.` });
  }
  const shuffled = new Float32Array(tensors.reduce((sum, { size }) => sum + size, 0));
  if (kind === 'permuted') {
    const apply = permutationApplier(network, tensors);
    return {
      shuffle(key, position) {
        const below = smallBelow(key, 'shuffle');
        const permutations = network.groups.map(({ size }) => {
          const permutation = Int32Array.from({ length: size }, (_, i) => i);
          shuffleStrided(permutation, 0, 1, size, below);
          return permutation;
        });
        apply(position, permutations, shuffled);
        return shuffled;
      },
    };
  }
  const groups = groupFeatures(network, tensors).map((group) => {
    const offsets = new Int32Array(group.features);
    featureOffsets(group, null, offsets);
    return { ...group, offsets };
  });
  return {
    shuffle(key, position) {
      const below = smallBelow(key, 'shuffle');
      shuffled.set(position);
      for (const { size, features, offsets, unitStrides } of groups) {
        for (let k = 0; k < features; k++) shuffleStrided(shuffled, offsets[k]!, unitStrides[k]!, size, below);
      }
      return shuffled;
    },
  };
}

/** Fisher and Yates over `size` elements from `from` on, `stride` apart. */
function shuffleStrided(values: Float32Array | Int32Array, from: number, stride: number, size: number, below: (bound: number) => number): void {
  for (let i = size - 1; i > 0; i--) {
    const a = from + i * stride;
    const b = from + below(i + 1) * stride;
    const kept = values[a]!;
    values[a] = values[b]!;
    values[b] = kept;
  }
}
