// Figures of two factorised Gaussians against SciPy and NumPy in extended precision, and their laws.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareGaussians, type FactorisedGaussian, type GaussianFigures } from '../../../src/summary/comparison/figures.js';
import { runPython } from '../../support/python.js';
import { normals } from '../../support/uniforms.js';

/** Means of standard deviation 1, standard deviations log-normal about `scale`. */
function gaussian(size: number, seed: number, scale = 0.2): FactorisedGaussian {
  const next = normals(seed);
  return { mean: Float32Array.from({ length: size }, next), std: Float32Array.from({ length: size }, () => scale * Math.exp(next())) };
}

/** B near A, as another posterior of the same data: a little off, somewhat too sure. */
function near(a: FactorisedGaussian, seed: number, by: number): FactorisedGaussian {
  const next = normals(seed);
  return { mean: a.mean.map((value) => value + by * next()), std: a.std.map((value) => value * Math.exp(by * (next() - 0.5))) };
}

/** Every figure, from the definitions: numerical integration would be no more independent than 80-bit closed forms. */
const ORACLE = `
import json, sys
import numpy as np
from scipy import stats
out = []
for case in json.load(sys.stdin):
    mA, sA, mB, sB = (np.array(case[k], dtype=np.float32).astype(np.longdouble) for k in ('mA', 'sA', 'mB', 'sB'))
    kl = lambda m, s, n, t: np.sum(np.log(t / s) + (s * s + (m - n) ** 2) / (2 * t * t) - np.longdouble(1) / 2)
    w = np.sum((mA - mB) ** 2 + (sA - sB) ** 2)
    n = len(mA); ratio = (sB / sA).astype(np.float64)
    pearson = lambda x, y: float(stats.pearsonr(x.astype(np.float64), y.astype(np.float64)).statistic) if n > 1 else float('nan')
    ab, ba = kl(mA, sA, mB, sB), kl(mB, sB, mA, sA)
    out.append([float(v) for v in (n, ab, ba, ab / n, ba / n, w, w / n, np.sqrt(w), np.sqrt(w / n), np.linalg.norm((mA - mB).astype(np.float64)),
        pearson(mA, mB), pearson(np.log(sA), np.log(sB)), stats.gmean(ratio), *np.quantile(ratio, [.25, .5, .75]))])
print(json.dumps(out).replace('NaN', 'null'))`;

function listed(f: GaussianFigures): number[] {
  const { geometricMean, q25, median, q75 } = f.stdRatio;
  return [
    ...[f.weights, f.klAB, f.klBA, f.klABPerWeight, f.klBAPerWeight, f.wasserstein2Squared, f.wasserstein2SquaredPerWeight, f.wasserstein2, f.wasserstein2Rms, f.meanDistance],
    ...[f.meanCorrelation, f.logStdCorrelation, geometricMean, q25, median, q75],
  ];
}

describe('compareGaussians', () => {
  it('has the figures of NumPy and SciPy, for one weight and for thousands, near and far, in any scale', () => {
    const cases = [1, 2, 3, 17, 100, 4567].flatMap((size, i) => {
      const a = gaussian(size, 10 + i);
      return [1e-3, 0.1, 3].map((by, j) => ({ a, b: near(a, 100 + 10 * i + j, by) }));
    });
    cases.push({ a: gaussian(50, 1, 1e-12), b: gaussian(50, 2, 1e9) }, { a: gaussian(50, 3, 1e9), b: gaussian(50, 4, 1e-12) });
    const input = cases.map(({ a, b }) => ({ mA: Array.from(a.mean), sA: Array.from(a.std), mB: Array.from(b.mean), sB: Array.from(b.std) }));
    const expected = JSON.parse(runPython(ORACLE, JSON.stringify(input))) as (number | null)[][];
    cases.forEach(({ a, b }, i) => {
      expect(listed(compareGaussians(a, b))).toBeAllclose(expected[i]!.map((value) => value ?? NaN), { rtol: 2e-9 });
    });
  });

  it('is the divergence that integration of the densities gives', () => {
    const [mA, sA, mB, sB] = [0.3, 0.5, -0.4, 0.8].map(Math.fround) as [number, number, number, number];
    const script = `
import json, sys
from scipy.integrate import quad
from scipy.stats import norm
mA, sA, mB, sB = json.load(sys.stdin)
p, q = norm(mA, sA), norm(mB, sB)
print(json.dumps([quad(lambda x: p.pdf(x) * (p.logpdf(x) - q.logpdf(x)), -8, 8)[0], quad(lambda u: (p.ppf(u) - q.ppf(u)) ** 2, 0, 1, limit=500)[0]]))`;
    const [kl, transport] = JSON.parse(runPython(script, JSON.stringify([mA, sA, mB, sB]))) as [number, number];
    const { klAB, wasserstein2Squared } = compareGaussians({ mean: Float32Array.of(mA), std: Float32Array.of(sA) }, { mean: Float32Array.of(mB), std: Float32Array.of(sB) });
    expect(klAB).toBeCloseTo(kl, 8);
    expect(wasserstein2Squared).toBeCloseTo(transport, 5);
  });

  it('finds nothing between a Gaussian and itself', () => {
    for (const size of [2, 17, 1000]) {
      const a = gaussian(size, size);
      const figures = compareGaussians(a, { mean: a.mean.slice(), std: a.std.slice() });
      expect(figures).toMatchObject({ klAB: 0, klBA: 0, wasserstein2: 0, meanDistance: 0, meanCorrelation: 1, logStdCorrelation: 1, stdRatio: { geometricMean: 1, q25: 1, median: 1, q75: 1 } });
    }
  });

  it('changes sides as its definitions do, and is never negative', () => {
    const value = fc.float({ min: -100, max: 100, noNaN: true });
    const std = fc.float({ min: Math.fround(1e-6), max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, std, value, std), { minLength: 1, maxLength: 30 }), (weights) => {
        const column = (k: 0 | 1 | 2 | 3) => Float32Array.from(weights, (weight) => weight[k]);
        const [a, b] = [{ mean: column(0), std: column(1) }, { mean: column(2), std: column(3) }];
        const there = compareGaussians(a, b);
        const back = compareGaussians(b, a);
        expect([back.klAB, back.klBA, back.wasserstein2Squared]).toEqual([there.klBA, there.klAB, there.wasserstein2Squared]);
        expect(back.meanCorrelation).toBe(there.meanCorrelation);
        expect(back.stdRatio.geometricMean * there.stdRatio.geometricMean).toBeCloseTo(1, 10);
        for (const figure of [there.klAB, there.klBA, there.wasserstein2]) expect(figure).toBeGreaterThanOrEqual(0);
        // Each weight has d² ≤ 2 σ_B² KL(A‖B).
        expect(there.meanDistance ** 2).toBeLessThanOrEqual(2 * Math.max(...b.std) ** 2 * there.klAB * (1 + 1e-9));
      }),
    );
  });

  it('adds up over weights', () => {
    const a = gaussian(40, 5);
    const b = near(a, 6, 0.5);
    const part = ({ mean, std }: FactorisedGaussian, from: number, to: number) => ({ mean: mean.subarray(from, to), std: std.subarray(from, to) });
    const [whole, first, second] = [compareGaussians(a, b), compareGaussians(part(a, 0, 13), part(b, 0, 13)), compareGaussians(part(a, 13, 40), part(b, 13, 40))];
    for (const key of ['klAB', 'klBA', 'wasserstein2Squared', 'weights'] as const) expect(whole[key]).toBeCloseTo(first[key] + second[key], 10);
  });

  it('is infinitely divergent from a point mass that is no other, at a finite distance', () => {
    const a = { mean: Float32Array.of(1, 2, 3), std: Float32Array.of(0.5, 0, 0.5) };
    const b = { mean: Float32Array.of(1, 2, 3), std: Float32Array.of(1, 0, 0) };
    const figures = compareGaussians(a, b);
    expect(figures).toMatchObject({ klAB: Infinity, klBA: Infinity, zeroStdA: 1, zeroStdB: 2, wasserstein2Squared: 0.5, stdRatio: { geometricMean: 2, median: 2 } });
    // The same point on both sides adds nothing; another one does.
    const points = (mean: number) => ({ mean: Float32Array.of(mean), std: Float32Array.of(0) });
    expect(compareGaussians(points(2), points(2))).toMatchObject({ klAB: 0, klBA: 0, wasserstein2: 0 });
    expect(compareGaussians(points(2), points(3))).toMatchObject({ klAB: Infinity, klBA: Infinity, wasserstein2: 1 });
  });

  it('has no correlation of constants, of one weight, and no ratio of points', () => {
    const constant = { mean: new Float32Array(7).fill(0.1), std: new Float32Array(7).fill(0.1) };
    expect(compareGaussians(constant, gaussian(7, 8))).toMatchObject({ meanCorrelation: NaN, logStdCorrelation: NaN });
    expect(compareGaussians(gaussian(1, 8), gaussian(1, 9)).meanCorrelation).toBeNaN();
    const point = { mean: Float32Array.of(1), std: Float32Array.of(0) };
    expect(compareGaussians(point, point).stdRatio).toEqual({ geometricMean: NaN, q25: NaN, median: NaN, q75: NaN });
    expect(compareGaussians({ mean: new Float32Array(), std: new Float32Array() }, { mean: new Float32Array(), std: new Float32Array() })).toMatchObject({ weights: 0, klAB: 0, klABPerWeight: NaN });
  });
});
