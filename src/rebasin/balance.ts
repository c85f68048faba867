// ReLU rescaling: every hidden unit scaled such that what comes in is as long as what goes out.
//
// Where φ(c z) = c φ(z) for c > 0 (ReLU, identity), multiplying a unit's incoming weights and bias by c and dividing its
// outgoing weights by c changes nothing that the network computes. It is no symmetry of a posterior with a Gaussian prior:
// Σ θ² changes, and with it the density. A rescaled draw is then no draw of that posterior, and the spread of its weights not
// the posterior's. So nothing of a job is rescaled; here two networks can be, to compare them free of the scales of their units.
import { BasinetError } from '../errors.js';
import type { Network, TensorLayout } from '../network/network.js';
import { dimensionOf, validateLength } from './applyPermutations.js';
import { groupFeatures, type GroupAxis } from './groupFeatures.js';

/** A round in which no unit is scaled by more than this is the last. */
const TOLERANCE = 1e-10;
const MAX_ROUNDS = 10_000;

/** A matrix or vector that a unit has a row, a column or an element of. */
interface Side {
  readonly axis: GroupAxis;
  /** Where the elements of unit 0 are; those of unit i are i·unitStride further. */
  readonly offsets: Int32Array;
}

/**
 * A copy of `position` in which ‖incoming weights and bias‖ = ‖outgoing weights‖ for every hidden unit: the shortest of all
 * networks that differ from it by the scales of their units. Scaling one unit by c = (‖out‖ / ‖in‖)^½ minimises c²‖in‖² +
 * ‖out‖²/c²; unit after unit, which for one hidden layer is all, for more goes on in rounds until nothing changes, since Σ θ² is
 * strictly convex in the logarithms of the scales. A unit without incoming or outgoing weights stays as it is.
 *
 * @throws BasinetError NETWORK_MISMATCH where the position does not fit; ARGUMENT_INVALID where a hidden activation is neither
 *   ReLU nor the identity
 */
export function balanceUnits(network: Network, tensors: readonly TensorLayout[], position: Float32Array): Float32Array {
  validateLength(position, dimensionOf(tensors), 'position');
  requireHomogeneous(network);
  const values = Float64Array.from(position);
  const groups = groupFeatures(network, tensors).map((group, g) => {
    const side = (which: 0 | 1): Side[] => group.axes.filter((_, a) => network.groups[g]!.axes[a]!.axis === which).map((axis) => ({ axis, offsets: offsetsOf(axis) }));
    return { size: group.size, incoming: side(0), outgoing: side(1) };
  });
  for (let round = 0, largest = Infinity; largest > TOLERANCE && round < MAX_ROUNDS; round++) {
    largest = 0;
    for (const { size, incoming, outgoing } of groups) {
      for (let unit = 0; unit < size; unit++) {
        const factor = Math.sqrt(Math.sqrt(squares(values, outgoing, unit) / squares(values, incoming, unit)));
        if (!(factor > 0 && factor < Infinity)) continue;
        scale(values, incoming, unit, factor);
        scale(values, outgoing, unit, 1 / factor);
        largest = Math.max(largest, Math.abs(factor - 1));
      }
    }
  }
  return Float32Array.from(values);
}

function offsetsOf({ tensor, others }: GroupAxis): Int32Array {
  const stride = others[0]?.stride ?? 0;
  return Int32Array.from({ length: others[0]?.size ?? 1 }, (_, k) => tensor.offset + k * stride);
}

function squares(values: Float64Array, sides: readonly Side[], unit: number): number {
  let sum = 0;
  for (const { axis, offsets } of sides) for (const offset of offsets) sum += values[offset + unit * axis.unitStride]! ** 2;
  return sum;
}

function scale(values: Float64Array, sides: readonly Side[], unit: number, factor: number): void {
  for (const { axis, offsets } of sides) for (const offset of offsets) values[offset + unit * axis.unitStride]! *= factor;
}

function requireHomogeneous({ groups, layers }: Network): void {
  for (const { name } of groups) {
    const activation = layers.find((layer) => layer.name === name)?.activation;
    if (activation === 'relu' || activation === 'identity') continue;
    throw new BasinetError('ARGUMENT_INVALID', `units of ${name} cannot be rescaled: its activation is ${activation ?? 'unknown'}`, {
      path: 'network',
      value: activation,
      remedy: 'Rescale networks whose hidden activations are ReLU.',
    });
  }
}
