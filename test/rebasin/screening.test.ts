// Matching in the addon without the whole matrix: the same matches, to the last tie, as the assignment on all similarities.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAddon } from '../../src/engine/addon.js';
import { referenceMatchingKernels } from '../../src/rebasin/kernels.js';
import { nativeMatchingKernels } from '../../src/rebasin/native.js';
import type { ComparisonAddon } from '../../src/rebasin/nativeComparison.js';
import { bestMatch, improvedMatch, type UnitMatch } from '../../src/rebasin/unitMatcher.js';
import '../support/propertySeed.js';
import { laidOut } from '../support/laidOut.js';
import { couples, type Couples, type UnitPair } from '../support/roundedUnits.js';
import { shuffled } from '../support/shuffled.js';
import { chooseScreeningProducts, chooseStreamKernels, screeningProductSets, integerProductsOf, streamKernelSets } from '../support/streamKernels.js';
import { normals, uniforms } from '../support/uniforms.js';

const SIZES = [1, 2, 15, 16, 17, 31, 33, 63, 64, 65, 100];
const FEATURES = [1, 2, 15, 16, 17, 63, 64, 65, 129, 257];
const [NONE, COARSE, CERTIFIED, EXCHANGEABLE] = [0, 1, 2, 3];

type Kind = (size: number, features: number, seed: number) => UnitPair;

function randomUnits(size: number, features: number, seed: number): Float32Array {
  return Float32Array.from({ length: size * features }, normals(seed));
}

const independent: Kind = (size, features, seed) => ({ size, reference: randomUnits(size, features, seed), draw: randomUnits(size, features, seed + 1) });

/** The reference with noise, under other labels. */
const resembling: Kind = (size, features, seed) => {
  const { reference, draw: noise } = independent(size, features, seed);
  const order = shuffled(size, seed);
  return { size, reference, draw: noise.map((value, at) => 0.3 * value + reference[order[Math.floor(at / features)]! * features + (at % features)]!) };
};

const positive: Kind = (size, features, seed) => mapped(independent(size, features, seed), (value) => Math.max(0, value + 0.3));

function mapped(pair: UnitPair, change: (value: number, at: number) => number): UnitPair {
  return { size: pair.size, reference: pair.reference.map(change), draw: pair.draw.map(change) };
}

/** Reference and draw alike but for some noise, in units that come in pairs less far apart than that. */
const twins = (size: number, features: number, seed: number, apart: number): UnitPair => {
  const { reference, draw: difference } = independent(size, features, seed);
  const units = difference.map((value, at) => reference[Math.floor(at / features / 2) * features + (at % features)]! * (1 + apart * value));
  const order = shuffled(size, seed);
  const noise = normals(seed + 2);
  return { size, reference: units, draw: units.map((_, at) => units[order[Math.floor(at / features)]! * features + (at % features)]! * (1 + 3 * apart * noise())) };
};

const kinds: Record<string, Kind> = {
  independent,
  resembling,
  positive,
  'activations of which every fifth unit is dead': (size, features, seed) => mapped(positive(size, features, seed), (value, at) => (Math.floor(at / features) % 5 === 0 ? 0 : value)),
  'activations that are rarely there': (size, features, seed) => {
    const next = uniforms(seed);
    return mapped(positive(size, features, seed), (value) => (next() < 0.9 ? 0 : value));
  },
  'zero units': (size, features, seed) => mapped(independent(size, features, seed), (value, at) => (Math.floor(at / features) % 4 === 1 ? 0 : value)),
  'units twice': (size, features, seed) => {
    const { reference, draw } = independent(size, features, seed);
    const twice = (units: Float32Array): Float32Array => units.map((_, at) => units[Math.floor(at / features / 2) * features + (at % features)]!);
    return { size, reference: twice(reference), draw: twice(draw) };
  },
  'small integers': (size, features, seed) => mapped(independent(size, features, seed), Math.round),
  'the same everywhere': (size, features, seed) => mapped(independent(size, features, seed), () => 1.5),
  zeros: (size, features, seed) => mapped(independent(size, features, seed), () => 0),
  'one weight a million times the others': (size, features, seed) => mapped(independent(size, features, seed), (value, at) => (at === 3 * features ? 1e6 : value)),
  'a weight of every unit far above the others': (size, features, seed) => mapped(resembling(size, features, seed), (value, at) => (at % features === 0 ? 1e4 + value : value)),
  denormal: (size, features, seed) => mapped(independent(size, features, seed), (value) => value * 1e-41),
  tiny: (size, features, seed) => mapped(resembling(size, features, seed), (value) => value * 1e-30),
  huge: (size, features, seed) => mapped(resembling(size, features, seed), (value) => value * 1e37),
  'of many magnitudes': (size, features, seed) => mapped(independent(size, features, seed), (value, at) => value * 10 ** ((Math.floor(at / features) % 13) - 6)),
  'twins closer than what eight bits tell apart': (size, features, seed) => twins(size, features, seed, 1e-3),
  'twins closer than what sixteen bits tell apart': (size, features, seed) => twins(size, features, seed, 1e-5),
  'almost the same twice': (size, features, seed) => {
    const { reference, draw } = kinds['units twice']!(size, features, seed);
    const next = normals(seed + 7);
    return { size, reference, draw: draw.map((value) => value * (1 + 1e-7 * next())) };
  },
};

/** Couples of units that are exchanged by what is rounded away: each is nearer to the one, by its digits to the other. */
const traps: Record<string, Couples> = {
  // 126.5 and 125.5 are both 126 in eight bits, so that what speaks for the nearer one is lost; what speaks for the other doubles.
  'errors of eight bits': {
    parts: [
      { count: 24, near: 126.5, far: 125.5, draw: 126 },
      { count: 8, near: 120.5, far: 121.5, draw: 126 },
    ],
  },
  // Products of low digits are left out: 64 · 64 that speak for the nearer one, −64 · 64 for the other. The second part makes a near tie of it.
  'estimates in the wrong order': {
    parts: [
      { count: 16, near: 126.5, far: 125.5, draw: 126.5 },
      { count: 16, near: 125, far: 126, draw: 126.25 },
    ],
  },
  // The same of one couple alone, and only against what is matched: errors are far above their mean.
  'one pair of estimates in the wrong order': {
    parts: [
      { count: 32, near: 126.5, far: 126, draw: 126.5 },
      { count: 16, near: 125, far: 126, draw: 126.25 },
    ],
    others: [{ count: 48, near: 126, far: 120, draw: 126 }],
  },
};

function match(kernels: typeof referenceMatchingKernels, { reference, draw, size }: UnitPair, signed: boolean) {
  return bestMatch(kernels.comparison(reference, size)(laidOut(draw, size)), signed);
}

/** Matches that a group may have: the best one, in part or with the signs of some units changed, and any. */
function presentMatches({ permutation, signs }: UnitMatch, seed: number): UnitMatch[] {
  const size = permutation.length;
  const exchange = (a: number, b: number): Int32Array => permutation.map((unit, i) => permutation[i === a ? b : i === b ? a : i] ?? unit);
  const a = seed % size;
  // In kinds of which every fifth unit is dead, these two are: no match gains anything.
  const dead = exchange(permutation.indexOf(0), permutation.indexOf(5));
  const flipped = signs && signs.map((sign, i) => (i === a ? -sign : sign));
  return [
    { permutation, signs },
    { permutation, signs: flipped },
    { permutation: exchange(a, (seed * 7 + 1) % size), signs },
    { permutation: size > 5 ? dead : permutation, signs },
    { permutation: shuffled(size, seed), signs: flipped },
  ];
}

/** How the addon found it. */
function screening({ reference, draw, size }: UnitPair, signed = false): number {
  const addon = (loadAddon() as { addon: unknown }).addon as ComparisonAddon;
  const handle = addon.comparisonCreate(reference, size, reference.length / size);
  if (handle === null) return NONE;
  const { values, offsets, unitStrides, factors, packed } = laidOut(draw, size);
  return addon.comparisonAssign(handle, reference, values, offsets, unitStrides, factors, packed, signed, null, new Int32Array(size));
}

describe('traps', () => {
  it.each(Object.entries(traps))('have the answer that they were made for: %s', (_, trap) => {
    for (const size of [2, 6, 16, 34, 66]) {
      const order = shuffled(size, size);
      expect(match(referenceMatchingKernels, couples(size, trap, size), false).permutation).toEqual(Int32Array.from(order, (_unit, at) => order.indexOf(at)));
    }
  });
});

describe.each(screeningProductSets.filter((name) => name !== 'none' && name !== 'float32'))('products of int8, %s', (name) => {
  it('are exact, at every extreme', () => {
    expect(chooseScreeningProducts(name)).toBe(true);
    for (const [depth, columns] of [[64, 32], [64, 64], [128, 32], [192, 96], [1024, 32]] as const) {
      const next = uniforms(depth + columns);
      for (const value of [() => Math.floor(next() * 255) - 127, () => 127, () => -127]) {
        const [rows, others] = [32, columns].map((count) => Int8Array.from({ length: count * depth }, value)) as [Int8Array, Int8Array];
        const expected = Int32Array.from({ length: 32 * columns }, (_, at) => {
          const [r, c] = [Math.floor(at / columns), at % columns];
          let sum = 0;
          for (let k = 0; k < depth; k++) sum += rows[r * depth + k]! * others[c * depth + k]!;
          return sum;
        });
        expect(integerProductsOf(rows, others, depth)).toEqual(expected);
      }
    }
  });
});

describe('handles', () => {
  it('of another kind are refused', () => {
    const { addon } = loadAddon() as unknown as { addon: ComparisonAddon };
    const handle = addon.comparisonCreate(new Float32Array(4), 2, 2);
    const potentials = addon as unknown as { disposePotential(handle: unknown): void };
    expect(() => potentials.disposePotential(handle ?? {})).toThrow('handle must be a potential');
  });
});

describe.each(screeningProductSets.flatMap((products) => streamKernelSets.map((stream) => [products, stream] as const)))('screened matching, %s products, %s loops', (products, stream) => {
  const choose = (): void => {
    expect(chooseScreeningProducts(products)).toBe(true);
    expect(chooseStreamKernels(stream)).toBe(true);
  };

  const onPairs = (kind: string, numRuns: number, check: (pair: UnitPair, size: number, seed: number, signed: boolean) => void): void => {
    choose();
    const properties = fc.record({ size: fc.constantFrom(...SIZES), features: fc.constantFrom(...FEATURES), seed: fc.nat(1_000_000), signed: fc.boolean() });
    fc.assert(
      fc.property(properties, ({ size, features, seed, signed }) => check(kinds[kind]!(size, features, seed), size, seed, signed)),
      { numRuns },
    );
  };

  it.each(Object.keys(kinds))('is that of the whole matrix: %s', (kind) => {
    onPairs(kind, 40, (pair, _size, _seed, signed) => {
      expect(match(nativeMatchingKernels()!, pair, signed)).toEqual(match(referenceMatchingKernels, pair, signed));
    });
  });

  it.each(Object.keys(kinds))('leaves what that of the whole matrix does not improve: %s', (kind) => {
    onPairs(kind, 15, (pair, size, seed, signed) => {
      for (const present of presentMatches(match(referenceMatchingKernels, pair, signed), seed)) {
        const [expected, actual] = [referenceMatchingKernels, nativeMatchingKernels()!].map((kernels) => improvedMatch(kernels.comparison(pair.reference, size)(laidOut(pair.draw, size)), present));
        expect(actual).toEqual(expected);
      }
    });
  });

  it.skipIf(products === 'none')('needs no matrix where networks resemble each other, and none where they do not', () => {
    choose();
    for (const size of [15, 64, 100, 513]) {
      for (const signed of [false, true]) {
        expect(screening(resembling(size, 200, size), signed)).toBe(COARSE);
        expect(screening(independent(size, 200, size), signed)).toBe(CERTIFIED);
      }
    }
    expect(screening(kinds['units twice']!(64, 200, 1))).toBe(NONE);
    expect(screening(kinds['activations of which every fifth unit is dead']!(64, 200, 1))).toBe(EXCHANGEABLE);
  });

  it('takes no twin for the other', () => {
    choose();
    for (const apart of [1e-2, 1e-3, 1e-4, 1e-5]) {
      for (let seed = 0; seed < 400; seed++) {
        const pair = twins(2, 33, seed, apart);
        expect(match(nativeMatchingKernels()!, pair, false)).toEqual(match(referenceMatchingKernels, pair, false));
      }
    }
  });

  it.each(Object.entries(traps))('sees through %s', (_, trap) => {
    choose();
    for (const size of [2, 6, 16, 34, 66]) {
      for (const signed of [false, true]) {
        const pair = couples(size, trap, size);
        expect(match(nativeMatchingKernels()!, pair, signed)).toEqual(match(referenceMatchingKernels, pair, signed));
        // What is made for digits is no trap for float32.
        if (products === 'float32') expect(screening(pair, signed)).not.toBe(NONE);
        else expect(screening(pair, signed)).toBe(products === 'none' ? NONE : CERTIFIED);
      }
    }
  });

  it('sees through products that overflow float32, of which the sum does not', () => {
    choose();
    // The first unit of the draw is nearer to the second of the reference, by far more than the second is; in float32 its sum with the first one is infinite.
    const reference = Float32Array.of(2 ** 64, 2 ** 63, 0.9 * 2 ** 63, 2 ** 62, 0, 0);
    const draw = Float32Array.of(2 ** 64, -(2 ** 64), -(2 ** 64), 0, 0, -(2 ** 40));
    const pair = { size: 2, reference, draw };
    expect(match(referenceMatchingKernels, pair, false).permutation).toEqual(Int32Array.of(1, 0));
    expect(match(nativeMatchingKernels()!, pair, false)).toEqual(match(referenceMatchingKernels, pair, false));
  });

  it('has entries to the last bit', () => {
    choose();
    for (const size of [1, 7, 8, 9, 17]) {
      for (const features of FEATURES) {
        const { reference, draw } = independent(size, features, size * features);
        const rows = Int32Array.from({ length: size * size }, (_, p) => Math.floor(p / size));
        const columns = Int32Array.from({ length: size * size }, (_, p) => p % size);
        const [expected, actual] = [referenceMatchingKernels, nativeMatchingKernels()!].map((kernels) => kernels.comparison(reference, size)(laidOut(draw, size)).entries(rows, columns));
        expect(actual).toEqual(expected);
      }
    }
  });

  it('packs units from wherever they lie', () => {
    choose();
    for (const size of [1, 3, 4, 5, 15, 16, 17, 33]) {
      for (const features of [1, 3, ...FEATURES]) {
        const packed = randomUnits(size, features, size + features);
        const units = laidOut(packed, size);
        expect(nativeMatchingKernels()!.packUnits(units)).toEqual(packed);
        const factors = Int8Array.from({ length: features }, (_, k) => (k % 3) - 1);
        const expected = referenceMatchingKernels.packUnits({ ...units, factors }).slice();
        expect(nativeMatchingKernels()!.packUnits({ ...units, factors, packed: new Float32Array(size * features) })).toEqual(expected);
      }
    }
  });

  it('relabels tensors, and has their distances to the last bit', () => {
    choose();
    const shapes = [[0], [1], [7], [8], [65], [1000], [5000], [3, 5], [17, 8], [40, 33], [9, 4100], [5, 4, 3, 3], [2, 3, 1, 7], [6, 1], [1, 1], [3, 1, 1]];
    const chosen: readonly (readonly boolean[])[] = [[false, false], [true, false], [false, true], [true, true]];
    for (const shape of shapes) {
      const size = shape.reduce((product, length) => product * length, 1);
      const tensor = { name: 'w', shape, offset: 3, size };
      const [target, position] = [1, 2].map((seed) => randomUnits(1, size + 5, seed)) as [Float32Array, Float32Array];
      for (const [permuted, signed] of chosen.flatMap((first) => chosen.map((second) => [first, second] as const))) {
        const permutations = shape.map((length, axis) => (permuted[axis] ? shuffled(length, axis + 1) : null));
        const signs = shape.map((length, axis) => (signed[axis] ? Int8Array.from(shuffled(length, axis + 5), (unit) => (unit % 3 === 0 ? -1 : 1)) : null));
        const [expected, actual] = [referenceMatchingKernels, nativeMatchingKernels()!].map((kernels) => {
          const aligned = new Float32Array(size + 5);
          return { sums: kernels.relabel(target, position, aligned, tensor, permutations, signs), aligned };
        });
        expect(actual).toEqual(expected);
      }
    }
  });

  it('sees what is not finite', () => {
    choose();
    for (const length of [1, 8, 17]) {
      for (let at = 0; at < length; at++) {
        const values = new Float32Array(length).fill(3e38);
        expect(nativeMatchingKernels()!.allFinite(values)).toBe(true);
        for (const bad of [NaN, Infinity, -Infinity]) {
          values[at] = bad;
          expect(nativeMatchingKernels()!.allFinite(values)).toBe(false);
          expect(referenceMatchingKernels.allFinite(values)).toBe(false);
        }
      }
    }
  });
});
