// What a command says of an alignment, per permutation group.
import type { Network, PermutationGroup } from '../network/network.js';
import type { AlignmentResult } from '../rebasin/index.js';

export interface AlignedGroup {
  readonly name: string;
  /** Units. */
  readonly size: number;
  readonly transpositions: number;
  /** `permutation[i]` is the unit of the network that takes place i. */
  readonly permutation: readonly number[];
}

export function alignedGroups(network: Network, { transpositions, permutations }: AlignmentResult): AlignedGroup[] {
  return network.groups.map(({ name, size }, g) => ({ name, size, transpositions: transpositions[g] ?? 0, permutation: Array.from(permutations[g] ?? []) }));
}

/** Over the numbers of transpositions of a group, with the largest that there can be. */
export function transpositionsHead({ name, size }: Pick<PermutationGroup, 'name' | 'size'>): string {
  return `NoT ${name} (of ${size - 1})`;
}
