// Gathers what belongs to the units of a group, as it lies when the other groups are relabelled.
import { featureOffsets, type GroupFeatures } from './groupFeatures.js';
import type { MatchingKernels } from './kernels.js';
import type { Relabelling } from './relabelling.js';

/** A relabelling of which only some groups are known; null: the group's units have no place yet. */
export interface PartialRelabelling {
  readonly permutations: readonly (Int32Array | null)[];
  readonly signs: Relabelling['signs'];
}

/** Owns scratch memory: what `pack` returns is overwritten by the next call. */
export class FeaturePacker {
  readonly #offsets: readonly Int32Array[];
  readonly #packed: Float32Array;

  constructor(
    private readonly groups: readonly GroupFeatures[],
    private readonly kernels: MatchingKernels,
  ) {
    this.#offsets = groups.map((group) => new Int32Array(group.features));
    this.#packed = new Float32Array(groups.reduce((most, group) => Math.max(most, group.features * group.size), 0));
  }

  /** Of a position as it is. [features, size] */
  packGiven(g: number, position: Float32Array): Float32Array {
    return this.#gather(g, position, null);
  }

  /**
   * Of a position whose other groups are relabelled; elements that lie between this group and one without a place are 0,
   * so that they count for nothing. [features, size]
   */
  pack(g: number, position: Float32Array, others: PartialRelabelling): Float32Array {
    const { size, axes } = this.groups[g]!;
    const packed = this.#gather(g, position, others.permutations);
    let first = 0;
    for (const axis of axes) {
      let stride = axis.features;
      for (const { group, size: length } of axis.others) {
        stride /= length;
        if (group === null) continue;
        const signs = others.permutations[group] === null ? new Int8Array(length) : (others.signs[group] ?? null);
        if (signs === null) continue;
        for (let k = 0; k < axis.features; k++) {
          const sign = signs[Math.floor(k / stride) % length]!;
          if (sign !== 1) scale(packed, (first + k) * size, size, sign);
        }
      }
      first += axis.features;
    }
    return packed;
  }

  #gather(g: number, position: Float32Array, permutations: PartialRelabelling['permutations'] | null): Float32Array {
    const group = this.groups[g]!;
    const packed = this.#packed.subarray(0, group.features * group.size);
    featureOffsets(group, permutations, this.#offsets[g]!);
    this.kernels.packFeatures(position, group, this.#offsets[g]!, packed);
    return packed;
  }
}

function scale(values: Float32Array, from: number, length: number, factor: number): void {
  for (let i = from; i < from + length; i++) values[i]! *= factor;
}
