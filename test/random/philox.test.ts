// Philox4x32-10 against the known answers of Random123, and its counter arithmetic.
import { describe, expect, it } from 'vitest';
import { philoxBlocks } from '../../src/random/philox.js';

describe('philoxBlocks', () => {
  // kat_vectors of Random123 1.14, lines "philox4x32 10": counter, key, result.
  it.each([
    [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('gives the known answer for counter %j', (counter, key, expected) => {
    const out = new Uint32Array(4);
    philoxBlocks(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!, 1, out);
    expect([...out]).toEqual(expected);
  });

  it('agrees with 64-bit integer arithmetic for many counters and keys', () => {
    const M0 = 0xd2511f53n;
    const M1 = 0xcd9e8d57n;
    const mask = 0xffffffffn;
    const out = new Uint32Array(4);
    let x = 1n;
    const draw = (): bigint => (x = (x * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn) >> 32n;
    for (let trial = 0; trial < 300; trial++) {
      const c = [draw(), draw(), draw(), draw()];
      const k = [draw(), draw()];
      philoxBlocks(Number(c[0]), Number(c[1]), Number(c[2]), Number(c[3]), Number(k[0]), Number(k[1]), 1, out);
      for (let round = 0; round < 10; round++) {
        const p0 = M0 * c[0]!;
        const p1 = M1 * c[2]!;
        c.splice(0, 4, (p1 >> 32n) ^ c[1]! ^ k[0]!, p1 & mask, (p0 >> 32n) ^ c[3]! ^ k[1]!, p0 & mask);
        k[0] = (k[0]! + 0x9e3779b9n) & mask;
        k[1] = (k[1]! + 0xbb67ae85n) & mask;
      }
      expect([...out]).toEqual(c.map(Number));
    }
  });

  it('fills many blocks as it fills each alone, past 2³¹ and 2³² too', () => {
    for (const first of [0, 0x7ffffffe, 0xfffffffe]) {
      const all = new Uint32Array(20);
      philoxBlocks(first, 1, 2, 3, 4, 5, 5, all);
      const one = new Uint32Array(4);
      for (let block = 0; block < 5; block++) {
        philoxBlocks((first + block) % 2 ** 32, 1, 2, 3, 4, 5, 1, one);
        expect([...all.subarray(4 * block, 4 * block + 4)]).toEqual([...one]);
      }
    }
  });
});
