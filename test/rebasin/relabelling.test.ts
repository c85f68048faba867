// Relabellings: laws of signed permutations, how they are kept, and what is refused.
import { describe, expect, it } from 'vitest';
import { applyPermutations, composeRelabellings, identityRelabelling, invertRelabelling, numFlips, oneLineOf, relabellingOfLine, type Relabelling } from '../../src/rebasin/index.js';
import { networkOf, randomPosition, randomRelabelling } from '../support/relabelled.js';

const network = networkOf(5, [8, 6], 2);
const sizes = [8, 6];
const position = randomPosition(network, 3);
const apply = (values: Float32Array, { permutations, signs }: Relabelling) => applyPermutations(network, network.tensors, values, permutations, signs);

describe('relabellings', () => {
  it('move and flip rows, biases and columns together', () => {
    const small = networkOf(1, [2], 1);
    // fc1.weight [2,1], fc1.bias [2], fc2.weight [1,2], fc2.bias [1]
    const relabelled = applyPermutations(small, small.tensors, Float32Array.of(1, 2, 3, 4, 5, 6, 7), [Int32Array.of(1, 0)], [Int8Array.of(-1, 1)]);
    expect(relabelled).toEqual(Float32Array.of(-2, 1, -4, 3, -6, 5, 7));
  });

  it('compose as applying one after the other does, with signs on either side or none', () => {
    const [first, second] = [randomRelabelling(network, 1), randomRelabelling(network, 2)];
    const unsigned = (given: Relabelling): Relabelling => ({ ...given, signs: [null, given.signs[1]!] });
    for (const a of [first, unsigned(first)]) {
      for (const b of [second, unsigned(second)]) expect(apply(position, composeRelabellings(a, b))).toEqual(apply(apply(position, a), b));
    }
    expect(composeRelabellings(unsigned(first), unsigned(second)).signs[0]).toBeNull();
  });

  it('are undone by their inverses', () => {
    const given = randomRelabelling(network, 4);
    expect(apply(apply(position, given), invertRelabelling(given))).toEqual(position);
    expect(apply(position, identityRelabelling(sizes))).toEqual(position);
  });

  it('are kept in one line: two bytes a unit, four where a group is too large for that', () => {
    const given = randomRelabelling(network, 5);
    const line = oneLineOf(given);
    expect(line).toBeInstanceOf(Int16Array);
    expect(relabellingOfLine(line, sizes)).toEqual(given);
    expect(Array.from(oneLineOf({ permutations: [Int32Array.of(2, 0, 1)], signs: [Int8Array.of(1, -1, -1)] }))).toEqual([2, -1, -2]);
    const unsigned = { permutations: given.permutations, signs: [null, null] };
    expect(relabellingOfLine(oneLineOf(unsigned), sizes)).toEqual(unsigned);
    for (const [size, kind] of [[2 ** 15, Int16Array], [2 ** 15 + 1, Int32Array]] as const) {
      const wide = { permutations: [Int32Array.from({ length: size }, (_, i) => size - 1 - i)], signs: [new Int8Array(size).fill(-1)] };
      expect(oneLineOf(wide)).toBeInstanceOf(kind);
      expect(relabellingOfLine(oneLineOf(wide), [size])).toEqual(wide);
    }
  });

  it('count their flips', () => {
    expect(numFlips(null)).toBe(0);
    expect(numFlips(Int8Array.of(-1, 1, -1))).toBe(2);
  });

  it.each([
    ['a sign that is none', [Int8Array.of(1, 1, 1, 0, 1, 1, 1, 1), null]],
    ['signs of another number of units', [Int8Array.of(1), null]],
  ])('refuse %s', (_, signs) => {
    const { permutations } = randomRelabelling(network, 1);
    expect(() => applyPermutations(network, network.tensors, position, permutations, signs)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'permutations.fc1' }));
  });
});
