// Streamed moments: against two-pass ones over arbitrary values and partitions, bit for bit in the addon, through saved state.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainMoments, mergeMerged, mergeMoments, variance, type MergedMoments } from '../../src/stats/index.js';
import { referenceMomentKernels } from '../../src/stats/momentKernels.js';
import { nativeMomentKernels } from '../../src/stats/native.js';
import { stream, twoPassMean, twoPassSumSquares } from '../support/moments.js';
import { chooseStreamKernels, streamKernelSets } from '../support/streamKernels.js';
import { normals, uniforms } from '../support/uniforms.js';

const SPECIAL = [NaN, Infinity, -Infinity, 0, -0, 5e-324, 1e-300, 3.4e38];
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const anything = fc.oneof({ weight: 8, arbitrary: finite }, { weight: 1, arbitrary: fc.constantFrom(...SPECIAL) });
/** Several chains of one weight, of one planned length, some of which stopped early. */
const chainsOf = (value: fc.Arbitrary<number>): fc.Arbitrary<{ planned: number; chains: number[][] }> =>
  fc.integer({ min: 1, max: 30 }).chain((planned) =>
    fc.record({ planned: fc.constant(planned), chains: fc.array(fc.array(value, { maxLength: planned }), { minLength: 1, maxLength: 5 }) }),
  );

const merge = (chains: readonly number[][], planned: number): MergedMoments =>
  mergeMoments(chains.map((values) => stream(values.map((x) => [x]), 1, planned)));

const scaleOf = (values: readonly number[]): number => Math.max(1, ...values.map((x) => x * x));

describe('chain moments', () => {
  it('equal two-pass ones for any values and any number of chains', () => {
    fc.assert(
      fc.property(chainsOf(finite), ({ planned, chains }) => {
        const merged = merge(chains, planned);
        const all = chains.flat();
        expect(merged.count).toBe(all.length);
        expect(merged.chainsCounted).toBe(chains.filter((values) => values.length > 0).length);
        expect(merged.nonFinite).toBe(0);
        if (all.length === 0) return;
        const scale = scaleOf(all);
        expect(Math.abs(merged.mean[0]! - twoPassMean(all))).toBeLessThanOrEqual(1e-13 * Math.sqrt(scale));
        expect(Math.abs(merged.sumSquares[0]! - twoPassSumSquares(all))).toBeLessThanOrEqual(1e-12 * scale * all.length);
      }),
    );
  });

  it('hold the half chains and the batches of the planned number of draws', () => {
    fc.assert(
      fc.property(chainsOf(finite), ({ planned, chains }) => {
        const merged = merge(chains, planned);
        const half = Math.floor(planned / 2);
        const size = Math.floor(Math.sqrt(planned));
        const halves = chains.flatMap((values) => [values.slice(0, half), values.slice(planned - half, planned)]).filter((h) => h.length > 0);
        const batches = chains.flatMap((values) =>
          Array.from({ length: Math.floor(values.length / size) }, (_, b) => twoPassMean(values.slice(b * size, (b + 1) * size))),
        );
        const scale = scaleOf(chains.flat()) * Math.max(1, chains.flat().length);
        const near = (actual: number, expected: number): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * scale);
        expect([merged.halves, merged.halfDraws]).toEqual([halves.length, halves.flat().length]);
        near(merged.halfSumSquares[0]!, halves.reduce((sum, h) => sum + twoPassSumSquares(h), 0));
        if (halves.length > 0) {
          const mean = twoPassMean(halves.flat());
          near(merged.halfMeanSumSquares[0]!, halves.reduce((sum, h) => sum + h.length * (twoPassMean(h) - mean) ** 2, 0));
        }
        expect([merged.batches, merged.batchSize]).toEqual([batches.length, size]);
        if (batches.length > 0) {
          near(merged.batchMean[0]!, twoPassMean(batches));
          near(merged.batchMeanSumSquares[0]!, twoPassSumSquares(batches));
        }
      }),
    );
  });

  it('merge in partitions as they merge at once', () => {
    fc.assert(
      fc.property(chainsOf(finite), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), ({ planned, chains }, cuts) => {
        const parts: number[][][] = [[]];
        chains.forEach((values, c) => {
          if (cuts[c] === true && parts.at(-1)!.length > 0) parts.push([]);
          parts.at(-1)!.push(values);
        });
        const inParts = mergeMerged(parts.map((part) => merge(part, planned)));
        const atOnce = merge(chains, planned);
        const scale = scaleOf(chains.flat()) * Math.max(1, chains.flat().length);
        for (const key of Object.keys(atOnce) as (keyof MergedMoments)[]) {
          const [a, b] = [inParts[key], atOnce[key]];
          if (!(b instanceof Float64Array)) expect(a, key).toBe(b);
          else expect(a, key).toBeAllclose(b, { rtol: 0, atol: 1e-12 * scale });
        }
      }),
    );
  });

  it('read as NaN, and are counted, once a value was NaN or infinite, in any position and partition', () => {
    fc.assert(
      fc.property(chainsOf(anything), ({ planned, chains }) => {
        const bad = chains.flat().filter((x) => !Number.isFinite(x)).length;
        const parts = chains.map((values) => merge([values], planned));
        for (const merged of [merge(chains, planned), mergeMerged(parts)]) {
          expect(merged.nonFinite).toBe(bad);
          const arrays = Object.values(merged).filter((value): value is Float64Array => value instanceof Float64Array);
          for (const array of arrays) expect(Number.isNaN(array[0]!)).toBe(bad > 0);
        }
      }),
    );
  });

  it('leave other weights alone when one is NaN', () => {
    const merged = mergeMoments([stream([[1, NaN], [3, 2]], 2, 4)]);
    expect([...merged.mean]).toEqual([2, NaN]);
    expect([...variance(merged)]).toEqual([2, NaN]);
  });

  it('are defined for 0, 1 and 2 draws', () => {
    const of = (...values: number[]): MergedMoments => merge([values], 2);
    expect([of().count, of().mean[0], variance(of())[0]]).toEqual([0, 0, NaN]);
    expect([of(4).count, of(4).mean[0], variance(of(4))[0]]).toEqual([1, 4, NaN]);
    expect([of(4, 6).count, of(4, 6).mean[0], variance(of(4, 6))[0]]).toEqual([2, 5, 2]);
  });

  it('keep their digits far from zero, where the textbook formula loses them all', () => {
    const values = Array.from({ length: 1000 }, (_, i) => 1e9 + (i % 2));
    expect(variance(merge([values], 1000))[0]).toBeCloseTo(250.0 / 999, 6);
  });

  it('go on bit-identically from saved state, at any draw', () => {
    const next = normals(1);
    for (const planned of [1, 2, 9, 10]) {
      const draws = Array.from({ length: planned }, () => [next(), next(), next()]);
      const whole = stream(draws, 3, planned).state();
      for (let cut = 0; cut <= planned; cut++) {
        const saved = structuredClone(stream(draws.slice(0, cut), 3, planned).state());
        const resumed = ChainMoments.restore(saved);
        for (const draw of draws.slice(cut)) resumed.update(Float64Array.from(draw));
        expect(resumed.state()).toEqual(whole);
      }
    }
  });

  it('refuse state that contradicts itself, draws of another size, and draws beyond the plan', () => {
    const state = stream([[1], [2], [3]], 1, 4).state();
    for (const broken of [
      { ...state, count: 2 },
      { ...state, batches: 0 },
      { ...state, draws: 9 },
      { ...state, batchSum: new Float64Array(2) },
      { ...state, segments: [state.segments[0]!, null, null] },
      { ...state, segments: [] },
    ]) {
      expect(() => ChainMoments.restore(broken)).toThrow(expect.objectContaining({ code: 'STATE_INVALID' }));
    }
    const full = stream([[1]], 1, 1);
    expect(() => full.update(new Float64Array(2))).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'values' }));
    expect(() => full.update(new Float64Array(1))).toThrow('all 1 planned draws');
    expect(() => new ChainMoments(1, { draws: 0 })).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'draws' }));
    expect(() => mergeMoments([])).toThrow('nothing to merge');
    expect(() => mergeMoments([stream([], 1, 4), stream([], 2, 4)])).toThrow(expect.objectContaining({ path: 'size' }));
    expect(() => mergeMoments([stream([], 1, 4), stream([], 1, 100)])).toThrow(expect.objectContaining({ path: 'batchSize' }));
  });
});

const native = nativeMomentKernels();

describe.each(streamKernelSets)('moments in the addon, %s', (set) => {
  it('are the same to the last bit, at sizes that straddle vector widths', () => {
    expect(chooseStreamKernels(set)).toBe(true);
    for (const size of [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 100, 4567]) {
      for (const typed of [(x: number[]) => Float32Array.from(x), (x: number[]) => Float64Array.from(x)]) {
        const next = normals(size);
        const pick = uniforms(size);
        const [a, b] = [zeroSums(size), zeroSums(size)];
        for (let draw = 1; draw <= 12; draw++) {
          const values = typed(Array.from({ length: size }, () => (pick() < 0.02 ? SPECIAL[Math.floor(pick() * SPECIAL.length)]! : 100 + next())));
          const counted = [[referenceMomentKernels, a] as const, [native!, b] as const].map(([kernels, sums]) => {
            const bad = kernels.update(values, draw, sums.mean, sums.sumSquares, sums.batchSum);
            if (draw % 3 === 0) kernels.closeBatch(sums.batchSum, 3, draw / 3, sums.batchMean, sums.batchSumSquares);
            return bad;
          });
          expect(counted[1]).toBe(counted[0]);
          expect(b).toEqual(a);
        }
        for (const sumSquares of [a.sumSquares.slice(), null]) {
          const other = Float64Array.from({ length: size }, next);
          referenceMomentKernels.join(12, a.mean, a.sumSquares, 7, other, sumSquares);
          native!.join(12, b.mean, b.sumSquares, 7, other, sumSquares);
          expect(b).toEqual(a);
        }
      }
    }
  });
});

interface Sums {
  readonly mean: Float64Array;
  readonly sumSquares: Float64Array;
  readonly batchSum: Float64Array;
  readonly batchMean: Float64Array;
  readonly batchSumSquares: Float64Array;
}

function zeroSums(size: number): Sums {
  const zeros = (): Float64Array => new Float64Array(size);
  return { mean: zeros(), sumSquares: zeros(), batchSum: zeros(), batchMean: zeros(), batchSumSquares: zeros() };
}
