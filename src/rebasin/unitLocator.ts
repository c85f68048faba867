// Finds what belongs to the units of a group, as it lies when the other groups are relabelled.
import { featureOffsets, type GroupFeatures } from './groupFeatures.js';
import type { Relabelling } from './relabelling.js';
import type { Units } from './similarity.js';

/** A relabelling of which only some groups are known; null: the group's units have no place yet. */
export interface PartialRelabelling {
  readonly permutations: readonly (Int32Array | null)[];
  readonly signs: Relabelling['signs'];
}

/** Owns scratch memory: units that it returns are good until the next call. */
export class UnitLocator {
  readonly #offsets: readonly Int32Array[];
  readonly #packed: Float32Array;

  constructor(private readonly groups: readonly GroupFeatures[]) {
    this.#offsets = groups.map((group) => new Int32Array(group.features));
    this.#packed = new Float32Array(groups.reduce((most, group) => Math.max(most, group.features * group.size), 0));
  }

  /** Of a position as it is. */
  given(g: number, position: Float32Array): Units {
    return this.#locate(g, position, null, null);
  }

  /**
   * Of a position whose other groups are relabelled; elements that lie between this group and one without a place are 0,
   * so that they count for nothing.
   */
  relabelled(g: number, position: Float32Array, others: PartialRelabelling): Units {
    return this.#locate(g, position, others.permutations, factorsOf(this.groups[g]!, others));
  }

  #locate(g: number, values: Float32Array, permutations: PartialRelabelling['permutations'] | null, factors: Int8Array | null): Units {
    const group = this.groups[g]!;
    const offsets = this.#offsets[g]!;
    featureOffsets(group, permutations, offsets);
    return { values, offsets, unitStrides: group.unitStrides, factors, packed: this.#packed.subarray(0, group.features * group.size) };
  }
}

/** What every feature is multiplied by: the signs of the groups that it lies between, 0 where one has no place; null: all 1. */
function factorsOf({ axes, features }: GroupFeatures, { permutations, signs }: PartialRelabelling): Int8Array | null {
  let factors: Int8Array | null = null;
  let first = 0;
  for (const axis of axes) {
    let stride = axis.features;
    for (const { group, size } of axis.others) {
      stride /= size;
      if (group === null) continue;
      const own = permutations[group] === null ? new Int8Array(size) : (signs[group] ?? null);
      if (own === null) continue;
      factors ??= new Int8Array(features).fill(1);
      for (let k = 0; k < axis.features; k++) factors[first + k]! *= own[Math.floor(k / stride) % size]!;
    }
    first += axis.features;
  }
  return factors;
}
