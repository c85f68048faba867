// Uniformly distributed permutations with a given number of transpositions (NoT = n - number of cycles).
//
// A permutation of 0, 1, …, n - 1 is built unit by unit: unit i either starts a cycle or goes after one of the i units
// before it, and every permutation comes from exactly one such choice; NoT is the number of units that joined. So the
// permutations with NoT = k are the sets of k joining units, each with Π i over its units of them, and their number is the
// unsigned Stirling number of the first kind [n, n - k]. Such a set is what independent joins of probability i / (i + θ)
// leave where k of them happen, for any θ > 0: those are the cycles of Ewens's sampling formula (Arratia, Barbour and
// Tavaré, "Logarithmic Combinatorial Structures", 2003, section 1), and given their number θ cancels. θ is chosen so that
// k joins are expected; one trial in about √(2π · variance) then has k, at most some 1.3 √n.
//
// Only additions, multiplications, divisions and comparisons occur, which IEEE 754 rounds correctly: the same permutation
// on every machine. No Stirling number is formed, so nothing overflows, and memory is O(n).
import { BasinetError } from '../errors.js';
import type { Key, Purpose } from './key.js';
import { below, unitInterval, wordReader } from './words.js';

/**
 * A permutation of 0, 1, …, size - 1, uniformly distributed over all those with exactly `transpositions` transpositions,
 * i.e. with size - transpositions cycles. A pure function of its arguments; probabilities are rounded to 2⁻⁵³.
 *
 * @param transpositions - 0 (the identity) to size - 1 (one cycle); 0 for size 0
 * @throws BasinetError ARGUMENT_INVALID where no permutation is such
 */
export function randomPermutationWithTranspositions(key: Key, purpose: Purpose, size: number, transpositions: number): Int32Array {
  validate(size, transpositions);
  const permutation = Int32Array.from({ length: size }, (_, i) => i);
  const nextWord = wordReader(key, purpose);
  const joins = joiningUnits(size, transpositions, nextWord);
  for (let i = 1; i < size; i++) {
    if (joins[i] === 0) continue;
    const j = below(i, nextWord);
    permutation[i] = permutation[j]!;
    permutation[j] = i;
  }
  return permutation;
}

/** 1 for each of the `count` units that join a cycle, 0 for those that start one. [size] */
function joiningUnits(size: number, count: number, nextWord: () => number): Uint8Array {
  const joins = new Uint8Array(size);
  if (count === 0) return joins;
  if (count === size - 1) return joins.fill(1, 1);
  const theta = thetaFor(size, count);
  for (;;) {
    let joined = 0;
    for (let i = 1; i < size; i++) {
      const joining = unitInterval(nextWord(), nextWord()) * (i + theta) < i;
      joins[i] = Number(joining);
      joined += Number(joining);
    }
    if (joined === count) return joins;
  }
}

/** θ for which about `count` joins are expected, by bisection: how exactly only decides how many trials are made. */
function thetaFor(size: number, count: number): number {
  const expected = (theta: number): number => {
    let sum = 0;
    for (let i = 1; i < size; i++) sum += i / (i + theta);
    return sum;
  };
  let low = 1;
  let high = 1;
  while (expected(high) > count) high *= 2;
  while (expected(low) < count) low /= 2;
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (expected(middle) > count) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function validate(size: number, transpositions: number): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new BasinetError('ARGUMENT_INVALID', `there is no permutation of ${size} units`, {
      path: 'size',
      value: size,
      remedy: 'Give a whole number of units, 0 or more.',
    });
  }
  const most = Math.max(0, size - 1);
  if (Number.isSafeInteger(transpositions) && transpositions >= 0 && transpositions <= most) return;
  throw new BasinetError('ARGUMENT_INVALID', `no permutation of ${size} units has ${transpositions} transpositions`, {
    path: 'transpositions',
    value: transpositions,
    remedy: `Give a whole number from 0 to ${most}.`,
  });
}
