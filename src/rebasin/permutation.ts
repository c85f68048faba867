// Permutations as index arrays: laws, validation, number of transpositions.
//
// A permutation p of n units is an Int32Array: p[i] is the old unit that takes place i, so that
// applying it to a vector gives out[i] = in[p[i]].
import { BasinetError } from '../errors.js';

/** The permutation that leaves `size` units where they are. */
export function identityPermutation(size: number): Int32Array {
  const out = new Int32Array(size);
  for (let i = 0; i < size; i++) out[i] = i;
  return out;
}

/**
 * Throws unless `permutation` holds each of 0 … size−1 once.
 *
 * @param path - names the permutation in the error
 * @throws BasinetError ARGUMENT_INVALID
 */
export function validatePermutation(permutation: ArrayLike<number>, size: number, path = 'permutation'): void {
  if (permutation.length !== size) {
    throw new BasinetError('ARGUMENT_INVALID', `a permutation of ${size} units cannot have ${permutation.length} entries`, {
      path,
      value: permutation.length,
      remedy: `Give each of 0 to ${size - 1} once.`,
    });
  }
  const i = firstMisplaced(permutation, size);
  if (i < 0) return;
  throw new BasinetError('ARGUMENT_INVALID', `entry ${i} of a permutation of ${size} units is out of range or repeated`, {
    path: `${path}[${i}]`,
    value: permutation[i],
    remedy: `Give each of 0 to ${size - 1} once.`,
  });
}

/** The first of `size` entries that is out of range or repeated; −1 where they hold each of 0 … size−1 once. */
export function firstMisplaced(entries: ArrayLike<number>, size: number): number {
  const seen = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const unit = entries[i]!;
    if (!Number.isInteger(unit) || unit < 0 || unit >= size || seen[unit] === 1) return i;
    seen[unit] = 1;
  }
  return -1;
}

/** The permutation q with q[p[i]] = i: applying p, then q, changes nothing. */
export function invertPermutation(permutation: Int32Array): Int32Array {
  const out = new Int32Array(permutation.length);
  for (let i = 0; i < permutation.length; i++) out[permutation[i]!] = i;
  return out;
}

/**
 * The one permutation that does what applying `first`, then `second`, does: out[i] = first[second[i]].
 *
 * @throws BasinetError ARGUMENT_INVALID where their sizes differ
 */
export function composePermutations(first: Int32Array, second: Int32Array): Int32Array {
  if (first.length !== second.length) {
    throw new BasinetError('ARGUMENT_INVALID', `permutations of ${first.length} and ${second.length} units cannot be composed`, {
      value: second.length,
      remedy: 'Compose permutations of one group.',
    });
  }
  return second.map((unit) => first[unit]!);
}

/** Least number of swaps of two units that make up the permutation (NoT): n minus its number of cycles. */
export function numTranspositions(permutation: Int32Array): number {
  const size = permutation.length;
  const seen = new Uint8Array(size);
  let cycles = 0;
  for (let start = 0; start < size; start++) {
    if (seen[start] === 1) continue;
    cycles++;
    for (let i = start; seen[i] === 0; i = permutation[i]!) seen[i] = 1;
  }
  return size - cycles;
}

/** Whether two permutations are the same. */
export function equalPermutations(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((unit, i) => unit === b[i]);
}
