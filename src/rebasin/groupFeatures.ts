// Where a permutation group lies in a flat position: for each of its units, which elements belong to it.
import { BasinetError } from '../errors.js';
import type { Network, TensorLayout } from '../network/network.js';

/** One axis of one tensor that a group permutes. */
export interface GroupAxis {
  readonly tensor: TensorLayout;
  /** Distance between neighbouring units in the flat position. */
  readonly unitStride: number;
  /** The tensor's other axes in order. */
  readonly others: readonly { readonly size: number; readonly stride: number; readonly group: number | null }[];
  /** Elements per unit: the product of the other axes' sizes. */
  readonly features: number;
}

/** A group with everything that matching needs to know of it. */
export interface GroupFeatures {
  readonly name: string;
  readonly size: number;
  readonly axes: readonly GroupAxis[];
  /** Elements per unit over all axes. */
  readonly features: number;
  /** Distance between units, per feature. [features] */
  readonly unitStrides: Int32Array;
}

function strides(shape: readonly number[]): number[] {
  const out = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) out[axis] = out[axis + 1]! * shape[axis + 1]!;
  return out;
}

function mismatch(message: string, path: string, value: unknown): BasinetError {
  return new BasinetError('NETWORK_MISMATCH', message, {
    path,
    value,
    remedy: 'Use the tensors and groups of one network, in which no group permutes two axes of one tensor.',
  });
}

/** Per tensor that any group touches: which group (index), if any, permutes each axis. */
export function axisGroups(network: Network, tensors: readonly TensorLayout[]): Map<TensorLayout, (number | null)[]> {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const out = new Map<TensorLayout, (number | null)[]>();
  network.groups.forEach((group, g) => {
    for (const { tensor: name, axis } of group.axes) {
      const tensor = byName.get(name);
      if (tensor === undefined) throw mismatch(`group ${group.name} permutes a tensor that the network does not have`, group.name, name);
      if (tensor.shape[axis] !== group.size) throw mismatch(`axis ${axis} of ${name} does not have the ${group.size} units of group ${group.name}`, group.name, tensor.shape);
      const groups = out.get(tensor) ?? tensor.shape.map(() => null);
      if (groups[axis] !== null || groups.includes(g)) throw mismatch(`${name} is permuted twice`, group.name, name);
      groups[axis] = g;
      out.set(tensor, groups);
    }
  });
  return out;
}

/**
 * Works out every group of a network.
 *
 * @param tensors - layout of the positions: the network's tensors, and any that no group touches
 * @throws BasinetError NETWORK_MISMATCH where groups and tensors contradict each other
 */
export function groupFeatures(network: Network, tensors: readonly TensorLayout[]): GroupFeatures[] {
  const groupsOf = axisGroups(network, tensors);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  return network.groups.map((group) => {
    const axes = group.axes.map(({ tensor: name, axis }): GroupAxis => {
      const tensor = byName.get(name)!;
      const stride = strides(tensor.shape);
      const others = tensor.shape
        .map((size, a) => ({ size, stride: stride[a]!, group: groupsOf.get(tensor)![a]! }))
        .filter((_, a) => a !== axis);
      return { tensor, unitStride: stride[axis]!, others, features: others.reduce((product, other) => product * other.size, 1) };
    });
    const features = axes.reduce((sum, axis) => sum + axis.features, 0);
    const unitStrides = new Int32Array(features);
    let k = 0;
    for (const axis of axes) {
      unitStrides.fill(axis.unitStride, k, k + axis.features);
      k += axis.features;
    }
    return { name: group.name, size: group.size, axes, features, unitStrides };
  });
}

/**
 * Index of each feature of the group's unit 0 in a position whose other groups are relabelled by `permutations`
 * (null: as they lie). Feature k of unit i is element out[k] + i·unitStrides[k]. out: [features].
 */
export function featureOffsets(group: GroupFeatures, permutations: readonly (Int32Array | null)[] | null, out: Int32Array): void {
  let k = 0;
  for (const { tensor, others, features } of group.axes) {
    for (let f = 0; f < features; f++) {
      let rest = f;
      let offset = tensor.offset;
      for (let a = others.length - 1; a >= 0; a--) {
        const { size, stride, group: other } = others[a]!;
        const place = rest % size;
        rest = (rest - place) / size;
        const permutation = other === null ? null : (permutations?.[other] ?? null);
        offset += stride * (permutation === null ? place : permutation[place]!);
      }
      out[k++] = offset;
    }
  }
}
