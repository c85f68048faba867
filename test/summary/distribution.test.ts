// Quantiles and histograms against NumPy and against their own sums.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { describe as summarise, evenlySpaced, histogram, meanOf, quantileOf, stdOf } from '../../src/summary/distribution.js';
import { runPython } from '../support/python.js';

it('has the quantiles, mean and deviation of NumPy', () => {
  const values = Array.from({ length: 237 }, (_, i) => Math.sin(i * i) * 10 ** (i % 5));
  const script = `import json, sys, numpy as np
x = np.array(json.load(sys.stdin))
print(json.dumps([x.mean(), *np.quantile(x, [0, .05, .5, .95, .99, 1]), x.std(ddof=1)]))`;
  const expected = JSON.parse(runPython(script, JSON.stringify(values))) as number[];
  const { mean, min, q05, median, q95, q99, max } = summarise(values);
  expect([mean!, min!, q05!, median!, q95!, q99!, max!, stdOf(values)!]).toBeAllclose(expected, { rtol: 1e-9 });
});

it('leaves NaN and infinities out, and counts them', () => {
  expect(summarise([NaN, 1, Infinity, 3, -Infinity])).toMatchObject({ count: 5, nonFinite: 3, min: 1, median: 2, max: 3 });
  expect(summarise([NaN])).toEqual({ count: 1, nonFinite: 1, mean: null, min: null, q05: null, median: null, q95: null, q99: null, max: null });
  expect([meanOf([]), stdOf([4]), quantileOf([], 0.5)]).toEqual([null, null, null]);
});

it('puts every finite value into exactly one bar', () => {
  fc.assert(
    fc.property(fc.array(fc.double(), { minLength: 1 }), fc.boolean(), (values, log) => {
      const bars = histogram(values, 1, 10, 7, log);
      const total = bars.reduce((sum, { share }) => sum + share, 0);
      expect(bars).toHaveLength(7);
      expect(bars[0]!.from).toBeCloseTo(1);
      expect(bars[6]!.to).toBeCloseTo(10);
      expect(total).toBeCloseTo(values.some(Number.isFinite) ? 1 : 0);
    }),
  );
  expect(histogram([1, 2, 2, 3.9, 100], 0, 4, 4).map(({ share }) => share)).toEqual([0, 0.2, 0.4, 0.4]);
  expect(histogram([1, 10, 99, 1000], 1, 1000, 3, true).map(({ share }) => share)).toEqual([0.25, 0.5, 0.25]);
});

it('spaces indices evenly, ends included', () => {
  expect(evenlySpaced(5, 9)).toEqual([0, 1, 2, 3, 4]);
  expect(evenlySpaced(100, 5)).toEqual([0, 25, 50, 74, 99]);
  expect(evenlySpaced(100, 1)).toEqual([99]);
  expect(evenlySpaced(0, 3)).toEqual([]);
});
