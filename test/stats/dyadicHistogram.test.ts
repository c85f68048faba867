// Streaming quantiles: against NumPy on many shapes of chains, exact merging, bit for bit in the addon, through saved state.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DyadicHistogram, HISTOGRAM_BINS, histogramQuantile, histogramResolution, mergeHistograms, type MergedHistograms } from '../../src/stats/index.js';
import { runPython } from '../support/python.js';
import { normals, uniforms } from '../support/uniforms.js';

const float = fc.float({ noNaN: true, noDefaultInfinity: true });
/** Values that share a scale, and values that don't. */
const values = fc.oneof(fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { maxLength: 60 }), fc.array(float, { maxLength: 20 }), fc.array(fc.constantFrom(0, -0, 1, -1, 1.4e-45, -1.4e-45, 3.4028234663852886e38, -3.4028234663852886e38), { maxLength: 8 }));

function histogramOf(draws: readonly (readonly number[])[], size: number, native = false): DyadicHistogram {
  const histogram = new DyadicHistogram(size, { native });
  for (const draw of draws) histogram.update(Float32Array.from(draw));
  return histogram;
}
const single = (column: readonly number[]): DyadicHistogram => histogramOf(column.map((x) => [x]), 1);
const merged = (column: readonly number[]): MergedHistograms => mergeHistograms([single(column).state()]);

/** NumPy's default definition, on the sorted float32 values. */
function exactQuantile(column: readonly number[], p: number): number {
  const sorted = Float32Array.from(column).sort();
  const rank = p * (sorted.length - 1);
  const low = sorted[Math.floor(rank)]!;
  return low + (rank - Math.floor(rank)) * (sorted[Math.ceil(rank)]! - low);
}

describe('quantiles of dyadic histograms', () => {
  it('are off by less than a bin, and bins are as fine as the range allows, for any values', () => {
    fc.assert(
      fc.property(values.filter((column) => column.length > 0), fc.double({ min: 0, max: 1, noNaN: true }), (column, p) => {
        const histograms = merged(column);
        const width = histogramResolution(histograms)[0]!;
        const own = Float32Array.from(column);
        const range = own.reduce((a, b) => Math.max(a, b)) - own.reduce((a, b) => Math.min(a, b));
        const error = Math.abs(histogramQuantile(histograms, p)[0]! - exactQuantile(column, p));
        if (range === 0) expect(error).toBe(0);
        else expect(error).toBeLessThanOrEqual(width);
        // As fine as 32 bins can be, and as a float32 of the largest size can tell.
        const largest = own.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
        expect(width).toBeLessThanOrEqual(Math.max((2 * range) / (HISTOGRAM_BINS - 1), largest * 2 ** -23, 2 ** -149));
      }),
    );
  });

  it('count every value in its own bin, whatever the order and however they are split', () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }), fc.boolean(), (column, part, reversed) => {
        const whole = merged(column);
        const parts = [0, 1, 2, 3].map((k) => single(column.filter((_, i) => part[i] === k)).state());
        const inParts = mergeHistograms([mergeHistograms(parts.slice(0, 2)), mergeHistograms(parts.slice(2))]);
        expect(inParts).toEqual(whole);
        if (reversed) expect(merged([...column].reverse())).toEqual(whole);
        expect(whole.counts.reduce((a, b) => a + b, 0)).toBe(column.length);
        const width = 2 ** whole.exponent[0]!;
        for (const x of Float32Array.from(column)) {
          const bin = Math.floor(x / width);
          expect(bin >= whole.low[0]! && bin <= whole.high[0]!).toBe(true);
          expect(whole.counts[((bin % HISTOGRAM_BINS) + HISTOGRAM_BINS) % HISTOGRAM_BINS]).toBe([...Float32Array.from(column)].filter((y) => Math.floor(y / width) === bin).length);
        }
      }),
    );
  });

  it('are NaN for a weight that was ever NaN or infinite, whatever comes after, and leave others alone', () => {
    const histogram = histogramOf([[1, NaN, 2], [2, 1, 3], [3, 2, -Infinity]], 3);
    const both = mergeHistograms([histogram.state(), histogramOf([[2, 2, 2]], 3).state()]);
    expect([...histogramQuantile(both, 0.5)].map((x) => Math.abs(x - 2) < 0.3)).toEqual([true, false, false]);
    expect([...histogramQuantile(both, 0.5)].slice(1)).toEqual([NaN, NaN]);
    expect([...histogramResolution(both)].slice(1)).toEqual([NaN, NaN]);
  });

  it('are defined for 0, 1 and 2 draws', () => {
    expect(histogramQuantile(merged([]), 0.5)[0]).toBeNaN();
    expect(histogramQuantile(merged([0.1]), 0.3)[0]).toBe(Math.fround(0.1));
    expect(histogramQuantile(merged([-7, -7, -7]), 0.9)[0]).toBe(-7);
    const two = merged([1, 2]);
    expect(Math.abs(histogramQuantile(two, 0.5)[0]! - 1.5)).toBeLessThanOrEqual(1 / 16);
    expect(mergeHistograms([single([]).state(), single([4]).state()])).toEqual(merged([4]));
  });

  it('are NumPy’s within a bin, and within a percent of rank where bins are fine against the shape', () => {
    const next = normals(5);
    const pick = uniforms(6);
    const shapes: Record<string, () => number> = {
      normal: () => 0.3 + 0.02 * next(),
      uniform: () => pick(),
      skewed: () => -Math.log(1 - pick()),
      twoModes: () => (pick() < 0.4 ? -1 : 1) + 0.1 * next(),
      laplace: () => (pick() < 0.5 ? -1 : 1) * -Math.log(1 - pick()),
      autoregressive: (() => {
        let x = next();
        return () => (x = 0.95 * x + Math.sqrt(1 - 0.95 ** 2) * next());
      })(),
    };
    const names = Object.keys(shapes);
    const [chains, draws] = [4, 1000];
    const probabilities = [0, 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975, 1];
    const data = Array.from({ length: chains }, () => Array.from({ length: draws }, () => Float32Array.from(names, (name) => shapes[name]!())));
    const histograms = mergeHistograms(data.map((chain) => histogramOf(chain.map((draw) => [...draw]), names.length).state()));
    const flat = new Float32Array(data.flatMap((chain) => chain.flatMap((draw) => [...draw])));
    const script = `
import sys, json
import numpy as np
x = np.frombuffer(sys.stdin.buffer.read(), np.float32).reshape(-1, ${names.length}).astype(np.float64)
given = json.loads(sys.argv[1])
print(json.dumps({"quantiles": np.quantile(x, given["p"], axis=0).tolist(),
  "ranks": [[float(np.mean(x[:, w] <= v)) for w, v in enumerate(row)] for row in given["ours"]]}))`;
    const ours = probabilities.map((p) => [...histogramQuantile(histograms, p)]);
    const { quantiles, ranks } = JSON.parse(runPython(script, Buffer.from(flat.buffer), [JSON.stringify({ p: probabilities, ours })])) as { quantiles: number[][]; ranks: number[][] };
    const width = histogramResolution(histograms);
    probabilities.forEach((p, k) => {
      names.forEach((name, w) => {
        expect(Math.abs(ours[k]![w]! - quantiles[k]![w]!), `${name} at ${p}`).toBeLessThanOrEqual(width[w]!);
        // Long tails and modes far apart make bins coarse against the bulk.
        const coarse = ['skewed', 'laplace', 'twoModes'].includes(name);
        expect(Math.abs(ranks[k]![w]! - p), `rank of ${name} at ${p}`).toBeLessThanOrEqual(coarse ? 0.02 : 0.01);
      });
    });
  });

  it('go on bit-identically from saved state', () => {
    const next = normals(3);
    const draws = Array.from({ length: 12 }, (_, d) => [next(), 100 * d, 0, d === 7 ? NaN : next()]);
    const whole = histogramOf(draws, 4).state();
    for (let cut = 0; cut <= draws.length; cut++) {
      const resumed = DyadicHistogram.restore(structuredClone(histogramOf(draws.slice(0, cut), 4).state()));
      for (const draw of draws.slice(cut)) resumed.update(Float32Array.from(draw));
      expect(resumed.state()).toEqual(whole);
    }
  });

  it('refuse state that contradicts itself, draws of another size, and probabilities that are none', () => {
    const state = histogramOf([[1, 2], [3, 4]], 2).state();
    for (const broken of [
      { ...state, count: -1 },
      { ...state, count: 0 },
      { ...state, low: new Int32Array(3) },
      { ...state, high: state.low.map((x) => x - 1) },
      { ...state, high: state.low.map((x) => x + 40) },
      { ...state, exponent: Int16Array.of(200, 0) },
      { ...state, counts: new Uint16Array(2) },
      { ...state, counts: new Uint32Array(64) as unknown as Uint16Array },
    ]) {
      expect(() => DyadicHistogram.restore(broken)).toThrow(expect.objectContaining({ code: 'STATE_INVALID' }));
    }
    expect(() => histogramOf([[1]], 2)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'values' }));
    expect(() => mergeHistograms([])).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => mergeHistograms([state, single([1]).state()])).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => histogramQuantile(mergeHistograms([state]), 1.1)).toThrow(expect.objectContaining({ path: 'probability' }));
    expect(() => DyadicHistogram.restore({ ...state, count: 65_535 }).update(new Float32Array(2))).toThrow('at most 65535 draws');
  });

  it('are the same in the addon, to the last bit', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.oneof(float, fc.float(), fc.float({ min: -1, max: 1 })), { minLength: 5, maxLength: 5 }), { maxLength: 40 }), (draws) => {
        expect(histogramOf(draws, 5, true).state()).toEqual(histogramOf(draws, 5, false).state());
      }),
    );
    const next = normals(9);
    const wander = Array.from({ length: 300 }, (_, d) => Array.from({ length: 77 }, (_, i) => (i % 7) * d * 0.01 + next()));
    expect(histogramOf(wander, 77, true).state()).toEqual(histogramOf(wander, 77, false).state());
  });
});
