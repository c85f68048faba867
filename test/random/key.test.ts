// Streams: pure functions of (seed, chain, iteration, purpose, index), all of which matter.
import { describe, expect, it } from 'vitest';
import { fillNormal, fillUniform, PURPOSES, uniform, type Key, type Purpose } from '../../src/random/index.js';

const key: Key = { seed: 5, chain: 2, iteration: 17 };

describe('a stream', () => {
  it.each([1, 3, 4, 5, 1023, 1024, 1025, 4567])('does not depend on how much of it is asked for (%i)', (length) => {
    const long = new Float32Array(5000);
    const short = new Float32Array(length);
    fillNormal(key, 'momentum', long);
    fillNormal(key, 'momentum', short);
    expect(short).toEqual(long.slice(0, length));
    fillUniform(key, 'momentum', long);
    fillUniform(key, 'momentum', short);
    expect(short).toEqual(long.slice(0, length));
  });

  it('fills views of a larger buffer and empty arrays', () => {
    const whole = new Float32Array(12).fill(9);
    fillNormal(key, 'start', whole.subarray(3, 8));
    expect([...whole.subarray(0, 3), ...whole.subarray(8)]).toEqual([9, 9, 9, 9, 9, 9, 9]);
    const alone = new Float32Array(5);
    fillNormal(key, 'start', alone);
    expect(whole.slice(3, 8)).toEqual(alone);
    fillNormal(key, 'start', new Float32Array(0));
  });

  it('differs in every part of the key, also where only the high word of the iteration does', () => {
    const seen = new Set<number>();
    let count = 0;
    for (const seed of [0, 1, 0xffffffff]) {
      for (const chain of [0, 1, 65_535]) {
        for (const iteration of [0, 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1]) {
          for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
            for (const index of [0, 1]) {
              seen.add(uniform({ seed, chain, iteration }, purpose, index));
              count++;
            }
          }
        }
      }
    }
    expect(seen.size).toBe(count);
  });

  it('gives every purpose a number of its own', () => {
    const values = Object.values(PURPOSES);
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('known values', () => {
  // Frozen: they are part of what "the same run" means across versions.
  it('stay what they were', () => {
    const normals = new Float32Array(6);
    fillNormal({ seed: 42, chain: 1, iteration: 7 }, 'momentum', normals);
    expect([...normals]).toMatchInlineSnapshot(`
      [
        -0.3924727141857147,
        0.2036326378583908,
        -0.2913121283054352,
        0.348197340965271,
        0.5469635725021362,
        -0.14019009470939636,
      ]
    `);
    expect(uniform({ seed: 42, chain: 1, iteration: 7 }, 'accept')).toMatchInlineSnapshot(`0.05519578821792115`);
  });
});
