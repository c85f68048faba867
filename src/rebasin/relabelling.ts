// Relabellings: an order of the units of every permutation group, and which of them change their sign.
//
// In one group, aligned unit i is signs[i] times the draw's unit permutation[i]. Such signed permutations form a group of
// n!·2ⁿ elements: composing and inverting stay within it.
import { BasinetError } from '../errors.js';
import type { Network } from '../network/network.js';
import { composePermutations, identityPermutation, invertPermutation, validatePermutation } from './permutation.js';

export interface Relabelling {
  /**
   * Per permutation group: `permutation[i]` is the unit that takes place i, so that
   * relabelled.fc1.weight[i, :] = signs[i] · given.fc1.weight[permutation[i], :].
   */
  readonly permutations: readonly Int32Array[];
  /** Per permutation group: 1 or −1 for each place; null where no unit of the group can change its sign. */
  readonly signs: readonly (Int8Array | null)[];
}

/** The relabelling that changes nothing, for groups of these sizes. */
export function identityRelabelling(sizes: readonly number[]): Relabelling {
  return { permutations: sizes.map(identityPermutation), signs: sizes.map(() => null) };
}

/** The one relabelling that does what `first`, then `second`, does: unit i is s₂[i] · s₁[p₂[i]] times unit p₁[p₂[i]]. */
export function composeRelabellings(first: Relabelling, second: Relabelling): Relabelling {
  return {
    permutations: first.permutations.map((permutation, g) => composePermutations(permutation, second.permutations[g]!)),
    signs: first.signs.map((own, g) => {
      const other = second.signs[g] ?? null;
      if (own === null && other === null) return null;
      return Int8Array.from(second.permutations[g]!, (unit, i) => (own?.[unit] ?? 1) * (other?.[i] ?? 1));
    }),
  };
}

/** The relabelling that takes back what `given` does. */
export function invertRelabelling(given: Relabelling): Relabelling {
  const permutations = given.permutations.map(invertPermutation);
  return { permutations, signs: given.signs.map((own, g) => own && Int8Array.from(permutations[g]!, (unit) => own[unit]!)) };
}

/** How many units of a group change their sign. */
export function numFlips(signs: Int8Array | null): number {
  return signs === null ? 0 : signs.reduce((count, sign) => count + Number(sign < 0), 0);
}

/**
 * Throws unless there is one permutation per group of the network, and signs, if any, that are each 1 or −1.
 *
 * @param path - names the relabelling in the error
 * @throws BasinetError ARGUMENT_INVALID
 */
export function validateRelabelling(network: Pick<Network, 'groups'>, permutations: readonly Int32Array[], signs: Relabelling['signs'] | null, path: string): void {
  if (permutations.length !== network.groups.length) {
    throw new BasinetError('ARGUMENT_INVALID', `${network.groups.length} groups need as many permutations, not ${permutations.length}`, {
      path,
      value: permutations.length,
      remedy: 'Give one permutation per group of the network, in order.',
    });
  }
  network.groups.forEach(({ name, size }, g) => {
    validatePermutation(permutations[g]!, size, `${path}.${name}`);
    const own = signs?.[g] ?? null;
    if (own === null || (own.length === size && own.every((sign) => Math.abs(sign) === 1))) return;
    throw new BasinetError('ARGUMENT_INVALID', `the signs of the ${size} units of ${name} are not ${size} times 1 or −1`, {
      path: `${path}.${name}`,
      value: Array.from(own),
      remedy: 'Give 1 or −1 for every unit, or null where none changes its sign.',
    });
  });
}
