// R-hat and ESS: against ArviZ and NumPy, and where they are not defined.
import { beforeAll, describe, expect, it } from 'vitest';
import { essBatchMeans, mergeMerged, mergeMoments, splitRhat, spread, type ChainMoments } from '../../src/stats/index.js';
import { stream, type Draws } from '../support/moments.js';
import { runPython } from '../support/python.js';
import { normals } from '../support/uniforms.js';

/** AR(1) chains x ← φ·x + √(1−φ²)·ε, stationary; weight w has φ = phis[w], chain c is shifted by c·shifts[w]. */
function autoregressive(chains: number, draws: number, phis: readonly number[], shifts: readonly number[], seed: number): Draws[] {
  const next = normals(seed);
  return Array.from({ length: chains }, (_, c) => {
    const state = phis.map(() => next());
    return Array.from({ length: draws }, () =>
      phis.map((phi, w) => {
        state[w] = phi * state[w]! + Math.sqrt(1 - phi * phi) * next();
        return state[w] + c * shifts[w]!;
      }),
    );
  });
}

/** Importing ArviZ takes seconds, so one process answers for every data set. */
const ORACLE = `
import sys, json, warnings
warnings.simplefilter("ignore")
import numpy as np, arviz as az

def rhat(x):
    if len(x) > 1:
        return az.rhat(x, method="split")
    half = x.shape[1] // 2
    return az.rhat(np.stack([x[0, :half], x[0, -half:]]), method="identity")

out = []
values = np.frombuffer(sys.stdin.buffer.read(), np.float64)
for chains, draws, size in json.loads(sys.argv[1]):
    x = values[:chains * draws * size].reshape(chains, draws, size)
    values = values[chains * draws * size:]
    b = int(np.floor(np.sqrt(draws)))
    a = draws // b
    means = x[:, :a * b].reshape(chains * a, b, size).mean(axis=1)
    flat = x.reshape(-1, size)
    out.append({
        "rhat": [float(rhat(x[:, :, w])) for w in range(size)],
        "ess": [float(az.ess(x[:, :, w], method="mean")) for w in range(size)],
        "batch": (len(flat) * flat.var(axis=0, ddof=1) / (b * means.var(axis=0, ddof=1))).tolist(),
    })
print(json.dumps(out).replace("NaN", "null"))
`;

interface Oracle {
  readonly rhat: number[];
  readonly ess: number[];
  readonly batch: number[];
}

interface DataSet {
  readonly label: string;
  readonly chains: readonly Draws[];
  readonly size: number;
}

const PHIS = [0, 0.5, 0.9, 0.9, -0.5];
const dataSets = [[4, 100], [3, 101], [2, 7], [1, 50], [4, 4], [3, 450], [1, 100]].map(
  ([chains = 1, draws = 1]): DataSet => ({
    label: `${chains} chains of ${draws} draws`,
    chains: autoregressive(chains, draws, PHIS, [0, 0, 0, 1, 5], chains * draws),
    size: PHIS.length,
  }),
);
const LONG_PHIS = [0, 0.3, 0.6, 0.8, -0.3];
const LONG_DRAWS = 10_000;
const long: DataSet = { label: 'long', chains: autoregressive(4, LONG_DRAWS, LONG_PHIS, LONG_PHIS.map(() => 0), 42), size: LONG_PHIS.length };

const oracles = new Map<string, Oracle>();

beforeAll(() => {
  const all = [...dataSets, long];
  const bytes = Buffer.from(Float64Array.from(all.flatMap(({ chains }) => chains.flat(2))).buffer);
  const shapes = all.map(({ chains, size }) => [chains.length, chains[0]!.length, size]);
  const answers = JSON.parse(runPython(ORACLE, bytes, [JSON.stringify(shapes)])) as Oracle[];
  all.forEach(({ label }, k) => oracles.set(label, answers[k]!));
});

const streamed = (chains: readonly Draws[], size: number): ChainMoments[] => chains.map((draws) => stream(draws, size, draws.length));

describe('split R-hat', () => {
  it.each(dataSets)('is ArviZ’s for $label', ({ label, chains, size }) => {
    const { rhat } = oracles.get(label)!;
    expect(splitRhat(mergeMoments(streamed(chains, size)))).toBeAllclose(rhat, { rtol: 1e-10 });
    expect(splitRhat(mergeMerged(streamed(chains, size).map((chain) => mergeMoments([chain]))))).toBeAllclose(rhat, { rtol: 1e-10 });
  });

  it('is the one-way analysis of variance while halves have different lengths', () => {
    const chains = [stream([[1], [2], [4], [3], [7]], 1, 8), stream([[2], [2.5]], 1, 8)];
    // Halves 1 2 4 3 | 7 | 2 2.5: lengths 4, 1, 2.
    const halves = [[1, 2, 4, 3], [7], [2, 2.5]];
    const mean = halves.flat().reduce((sum, x) => sum + x, 0) / 7;
    const meanOf = (h: number[]): number => h.reduce((sum, x) => sum + x, 0) / h.length;
    const between = halves.reduce((sum, h) => sum + h.length * (meanOf(h) - mean) ** 2, 0) / 2;
    const within = halves.reduce((sum, h) => sum + h.reduce((s, x) => s + (x - meanOf(h)) ** 2, 0), 0) / 4;
    const length = 7 / 3;
    expect(splitRhat(mergeMoments(chains))[0]).toBeCloseTo(Math.sqrt((between / within + length - 1) / length), 12);
  });

  it('is NaN where there is too little to tell, or nothing ever moved, and infinite where chains are stuck apart', () => {
    const rhat = (planned: number, ...chains: number[][]): number => splitRhat(mergeMoments(chains.map((c) => stream(c.map((x) => [x]), 1, planned))))[0]!;
    expect(rhat(10, [])).toBeNaN();
    expect(rhat(10, [1, 2, 3])).toBeNaN();
    expect(rhat(1, [1], [2])).toBeNaN();
    expect(rhat(2, [1, 2], [3, 4])).toBeNaN();
    expect(rhat(4, [1, 1, 1, 1], [1, 1, 1, 1])).toBeNaN();
    expect(rhat(4, [1, 1, 1, 1], [2, 2, 2, 2])).toBe(Infinity);
    expect(rhat(4, [1, NaN, 1, 1], [2, 2, 2, 2])).toBeNaN();
    expect(rhat(10, [1, 2], [1, 3])).toBeGreaterThan(0);
  });
});

describe('ESS by batch means', () => {
  it.each(dataSets)('is NumPy’s two-pass value for $label', ({ label, chains, size }) => {
    const { batch } = oracles.get(label)!;
    expect(essBatchMeans(mergeMoments(streamed(chains, size)))).toBeAllclose(batch, { rtol: 1e-10 });
    expect(essBatchMeans(mergeMerged(streamed(chains, size).map((chain) => mergeMoments([chain]))))).toBeAllclose(batch, { rtol: 1e-10 });
  });

  it('agrees with ArviZ’s spectral estimate and with theory on long autoregressive chains', () => {
    const ess = essBatchMeans(mergeMoments(streamed(long.chains, long.size)));
    const theory = LONG_PHIS.map((phi) => (4 * LONG_DRAWS * (1 - phi)) / (1 + phi));
    // 400 batches: the estimate's own standard error is √(2/399) = 7 %; ArviZ's is of like size. Three of each, roughly.
    expect(ess).toBeAllclose(theory, { rtol: 0.25 });
    expect(ess).toBeAllclose(oracles.get(long.label)!.ess, { rtol: 0.3 });
  });

  it('is small where chains disagree', () => {
    const data = autoregressive(4, 400, [0], [20], 3);
    expect(essBatchMeans(mergeMoments(streamed(data, 1)))[0]).toBeLessThan(100);
  });

  it('is NaN with fewer than two batches and for what never moved', () => {
    expect(essBatchMeans(mergeMoments([stream([[1], [2]], 1, 100)]))[0]).toBeNaN();
    expect(essBatchMeans(mergeMoments([stream(Array.from({ length: 9 }, () => [2]), 1, 9)]))[0]).toBeNaN();
  });
});

describe('spread', () => {
  it('is least, middle and greatest of what is not NaN', () => {
    expect(spread(Float64Array.of(3, NaN, 1, 2))).toEqual({ count: 3, missing: 1, min: 1, median: 2, max: 3 });
    expect(spread(Float64Array.of(4, 1, 3, 2))).toEqual({ count: 4, missing: 0, min: 1, median: 2.5, max: 4 });
    expect(spread(Float64Array.of(Infinity, 1))).toMatchObject({ median: Infinity, max: Infinity });
    expect(spread(Float64Array.of(NaN))).toEqual({ count: 0, missing: 1, min: NaN, median: NaN, max: NaN });
    expect(spread(new Float64Array(0))).toMatchObject({ count: 0, median: NaN });
  });

  it('finds the median of many, with ties', () => {
    for (const n of [1, 2, 3, 10, 101, 1000]) {
      const next = normals(n);
      const values = Float64Array.from({ length: n }, () => Math.round(next() * 4) + 20);
      const sorted = values.slice().sort();
      expect(spread(values).median).toBe((sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2);
    }
  });
});
