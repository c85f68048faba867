// Streaming low-rank covariance: against NumPy's SVD of all draws, exact cases, merging, bit for bit in the addon.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LowRankCovariance, mergeLowRank } from '../../src/stats/index.js';
import { referenceLowRankKernels } from '../../src/stats/lowRankKernels.js';
import { nativeLowRankKernels } from '../../src/stats/native.js';
import { symmetricEigen } from '../../src/stats/symmetricEigen.js';
import { runPython } from '../support/python.js';
import { chooseStreamKernels, streamKernelSets } from '../support/streamKernels.js';
import { normals, uniforms } from '../support/uniforms.js';

type Draws = readonly Float32Array[];

function stream(draws: Draws, rank: number, native = false): LowRankCovariance {
  const covariance = new LowRankCovariance(draws[0]?.length ?? 3, rank, { native });
  for (const draw of draws) covariance.update(draw);
  return covariance;
}

/** Draws that vary in `directions` directions of falling size, and by `noise` in every weight. */
function lowRankDraws(count: number, size: number, directions: number, noise: number, seed: number): Float32Array[] {
  const next = normals(seed);
  const basis = Array.from({ length: directions }, (_, k) => Float64Array.from({ length: size }, () => next() * 2 ** -k));
  const mean = Float64Array.from({ length: size }, () => 3 * next());
  return Array.from({ length: count }, () => {
    const along = basis.map(() => next());
    return Float32Array.from(mean, (m, i) => m + basis.reduce((sum, b, k) => sum + along[k]! * b[i]!, 0) + noise * next());
  });
}

/** Σ_k f_k f_kᵀ, row-major. */
function covarianceOf(factors: Float32Array, size: number): Float64Array {
  const sigma = new Float64Array(size * size);
  for (let k = 0; k * size < factors.length; k++) {
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sigma[i * size + j]! += factors[k * size + i]! * factors[k * size + j]!;
  }
  return sigma;
}

function exactCovariance(draws: Draws): Float64Array {
  const size = draws[0]!.length;
  const mean = Float64Array.from({ length: size }, (_, i) => draws.reduce((sum, draw) => sum + draw[i]!, 0) / draws.length);
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return draws.reduce((sum, draw) => sum + (draw[i]! - mean[i]!) * (draw[j]! - mean[j]!), 0) / (draws.length - 1);
  });
}

describe('eigenvalues of a symmetric matrix', () => {
  it('are NumPy’s, with orthonormal vectors that rebuild the matrix', () => {
    const sizes = [1, 2, 3, 10, 40];
    const matrices = sizes.map((n) => {
      const next = normals(n);
      // Of rank n / 2, with eigenvalues over many orders of magnitude.
      const half = Math.ceil(n / 2);
      const b = Float64Array.from({ length: half * n }, (_, at) => next() * 10 ** (-(at % half) / 4));
      return Float64Array.from({ length: n * n }, (_, at) => {
        let sum = 0;
        for (let k = 0; k < half; k++) sum += b[Math.floor(at / n) * half + k]! * b[(at % n) * half + k]!;
        return sum;
      });
    });
    const script = `
import sys, json, numpy as np
x = np.frombuffer(sys.stdin.buffer.read())
out = []
for n in json.loads(sys.argv[1]):
    out.append(np.linalg.eigvalsh(x[:n * n].reshape(n, n))[::-1].tolist())
    x = x[n * n:]
print(json.dumps(out))`;
    const bytes = Buffer.from(Float64Array.from(matrices.flatMap((matrix) => [...matrix])).buffer);
    const numpy = JSON.parse(runPython(script, bytes, [JSON.stringify(sizes)])) as number[][];
    sizes.forEach((n, m) => {
      const matrix = matrices[m]!;
      const { values, vectors } = symmetricEigen(matrix, n);
      const scale = values[0]!;
      expect(values).toBeAllclose(numpy[m]!, { rtol: 0, atol: 1e-13 * scale });
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let [dot, rebuilt] = [0, 0];
          for (let k = 0; k < n; k++) {
            dot += vectors[k * n + i]! * vectors[k * n + j]!;
            rebuilt += vectors[i * n + k]! * values[k]! * vectors[j * n + k]!;
          }
          expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-13);
          expect(Math.abs(rebuilt - matrix[i * n + j]!)).toBeLessThan(1e-13 * scale);
        }
      }
    });
  });

  it('are NaN where the matrix is', () => {
    expect([...symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2).values]).toEqual([NaN, NaN]);
    expect(symmetricEigen(new Float64Array(4), 2).values).toEqual(new Float64Array(2));
  });
});

describe('the low-rank covariance', () => {
  it('is exact for up to rank + 1 draws, and for any number that vary in no more than rank directions', () => {
    for (const [count, directions, noise] of [[2, 5, 1], [5, 9, 1], [6, 9, 1], [100, 5, 0], [101, 3, 0]] as const) {
      const draws = lowRankDraws(count, 12, directions, noise, 10 * count + directions);
      const { factors, variances, errorBound } = stream(draws, 5).factors();
      const exact = exactCovariance(draws);
      const scale = Math.max(...exact);
      expect(covarianceOf(factors, 12), `${count} draws`).toBeAllclose(exact, { rtol: 0, atol: 1e-6 * scale });
      expect(errorBound).toBeLessThan(1e-6 * scale);
      expect(variances[0]).toBeGreaterThan(0);
    }
  });

  it('never says too much, and too little by no more than its bound, in any direction', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), fc.nat(1000), (count, rank, chains, seed) => {
        const size = 9;
        const parts = Array.from({ length: chains }, (_, c) => lowRankDraws(count, size, 4, 0.2, 10 * seed + c));
        const { factors, errorBound } = mergeLowRank(parts.map((draws) => stream(draws, rank).state())).factors();
        const exact = exactCovariance(parts.flat());
        const missing = exact.map((x, at) => x - covarianceOf(factors, size)[at]!);
        const { values } = symmetricEigen(missing, size);
        const scale = symmetricEigen(exact, size).values[0]!;
        expect(values.at(-1)).toBeGreaterThan(-3e-6 * scale);
        expect(values[0]).toBeLessThanOrEqual(errorBound + 3e-6 * scale);
      }),
      { numRuns: 60 },
    );
  });

  it('captures the energy and the directions that NumPy’s SVD of all draws finds', () => {
    const [count, size, rank] = [400, 300, 8];
    const draws = lowRankDraws(count, size, 6, 0.05, 77);
    const chains = [0, 1, 2, 3].map((c) => stream(draws.slice(100 * c, 100 * c + 100), rank, true));
    const { factors, variances } = mergeLowRank(chains.map((chain) => chain.state())).factors();
    const script = `
import sys, json
import numpy as np
n = ${count} * ${size} * 4
raw = sys.stdin.buffer.read()
x = np.frombuffer(raw[:n], np.float32).reshape(${count}, ${size}).astype(np.float64)
f = np.frombuffer(raw[n:], np.float32).reshape(${rank}, ${size}).astype(np.float64)
u, s, vt = np.linalg.svd((x - x.mean(0)) / np.sqrt(len(x) - 1), full_matrices=False)
q = f / np.linalg.norm(f, axis=1, keepdims=True)
angles = np.arccos(np.clip(np.linalg.svd(q[:6] @ vt[:6].T)[1], -1, 1))
print(json.dumps({"variances": (s[:${rank}] ** 2).tolist(), "angle": float(angles.max()), "orthogonal": float(np.abs(q @ q.T - np.eye(${rank})).max())}))`;
    const all = new Float32Array(draws.flatMap((draw) => [...draw]).concat([...factors]));
    const numpy = JSON.parse(runPython(script, Buffer.from(all.buffer))) as { variances: number[]; angle: number; orthogonal: number };
    // Six planted directions, found to a part in a thousand; the other two are of the noise, where any direction is as good.
    for (let k = 0; k < 6; k++) expect(Math.abs(variances[k]! / numpy.variances[k]! - 1), `direction ${k}`).toBeLessThan(2e-3);
    expect(variances[0]! <= numpy.variances[0]! * (1 + 1e-6)).toBe(true);
    expect(numpy.angle).toBeLessThan(0.03);
    expect(numpy.orthogonal).toBeLessThan(1e-4);
  });

  it('joins chains as if their draws had come one by one, while nothing is dropped', () => {
    const draws = lowRankDraws(30, 10, 3, 0, 5);
    const parts = [draws.slice(0, 1), draws.slice(1, 13), [], draws.slice(13)];
    const joined = mergeLowRank(parts.map((part) => (part.length === 0 ? new LowRankCovariance(10, 4) : stream(part, 4)).state()));
    expect(joined.count).toBe(30);
    const exact = exactCovariance(draws);
    expect(covarianceOf(joined.factors().factors, 10)).toBeAllclose(exact, { rtol: 0, atol: 1e-6 * Math.max(...exact) });
    const again = mergeLowRank([mergeLowRank(parts.slice(0, 2).map((part) => stream(part, 4).state())).state(), stream(draws.slice(13), 4).state()]);
    expect(covarianceOf(again.factors().factors, 10)).toBeAllclose(exact, { rtol: 0, atol: 1e-6 * Math.max(...exact) });
  });

  it('is defined for 0, 1 and 2 draws', () => {
    expect(new LowRankCovariance(2, 3).factors().factors).toEqual(new Float32Array(6).fill(NaN));
    expect(stream([Float32Array.of(1, 2)], 1).factors()).toEqual({ factors: Float32Array.of(NaN, NaN), variances: Float64Array.of(NaN), errorBound: NaN });
    const { factors, variances } = stream([Float32Array.of(1, 2), Float32Array.of(3, 2)], 2).factors();
    expect(factors.map(Math.abs)).toBeAllclose([Math.SQRT2, 0, 0, 0], { rtol: 1e-6 });
    expect(variances[0]).toBeCloseTo(2, 6);
  });

  it('reads as NaN for a weight that was ever NaN or infinite, and leaves the others alone', () => {
    const draws = lowRankDraws(20, 4, 2, 0, 8);
    const spoiled = draws.map((draw, n) => draw.map((x, i) => (i === 1 && n === 9 ? NaN : i === 3 && n === 0 ? Infinity : x)));
    const { factors } = stream(spoiled, 3).factors();
    const sigma = covarianceOf(factors, 4);
    const exact = exactCovariance(draws);
    for (const at of [0, 2, 8, 10]) expect(Math.abs(sigma[at]! - exact[at]!)).toBeLessThan(1e-5);
    expect([sigma[5], sigma[15], sigma[1]]).toEqual([NaN, NaN, NaN]);
  });

  it('goes on bit-identically from saved state', () => {
    const draws = lowRankDraws(11, 7, 3, 1, 4);
    const whole = stream(draws, 2).state();
    for (let cut = 0; cut <= draws.length; cut++) {
      const before = cut === 0 ? new LowRankCovariance(7, 2) : stream(draws.slice(0, cut), 2);
      const resumed = LowRankCovariance.restore(structuredClone(before.state()));
      for (const draw of draws.slice(cut)) resumed.update(draw);
      expect(resumed.state()).toEqual(whole);
    }
  });

  it('refuses ranks, sizes and states that make no sense', () => {
    expect(() => new LowRankCovariance(3, 0)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'rank' }));
    expect(() => new LowRankCovariance(3, 129)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'rank' }));
    expect(() => new LowRankCovariance(3, 1).update(new Float32Array(2))).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'values' }));
    expect(() => mergeLowRank([])).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => mergeLowRank([new LowRankCovariance(3, 1).state(), new LowRankCovariance(3, 2).state()])).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => new LowRankCovariance(3, 1).join(new LowRankCovariance(4, 1).state())).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    const state = stream(lowRankDraws(4, 3, 2, 1, 1), 2).state();
    for (const broken of [{ ...state, count: 2 }, { ...state, mean: new Float64Array(2) }, { ...state, rows: new Float32Array(4) }, { ...state, rows: new Float32Array(15) }, { ...state, dropped: NaN }]) {
      expect(() => LowRankCovariance.restore(broken)).toThrow(expect.objectContaining({ code: 'STATE_INVALID' }));
    }
  });
});

const native = nativeLowRankKernels();

describe.each(streamKernelSets)('the covariance’s loops in the addon, %s', (set) => {
  it('are the same to the last bit, at sizes that straddle vector widths and rows that straddle tiles', () => {
    expect(chooseStreamKernels(set)).toBe(true);
    for (const size of [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 100, 2053]) {
      const next = normals(size + 1);
      const pick = uniforms(size + 1);
      const value = (): number => (pick() < 0.03 ? [NaN, Infinity, -Infinity, 0, -0, 3e38, -3e38][Math.floor(pick() * 7)]! : 1e-3 + next());
      for (const values of [Float32Array.from({ length: size }, value), Float64Array.from({ length: size }, value)]) {
        const mean = Float64Array.from({ length: size }, value);
        const [means, rows] = [[mean.slice(), mean.slice()], [new Float32Array(size), new Float32Array(size)]];
        referenceLowRankKernels.deviate(values, 1 / 3, Math.sqrt(2 / 3), means[0]!, rows[0]!);
        native!.deviate(values, 1 / 3, Math.sqrt(2 / 3), means[1]!, rows[1]!);
        expect([means[1], rows[1]]).toEqual([means[0], rows[0]]);
      }
      for (const count of [1, 2, 3, 4, 5, 9, 20]) {
        const rows = Float32Array.from({ length: count * size }, next);
        const grams = [new Float64Array(count * count), new Float64Array(count * count)];
        referenceLowRankKernels.gram(rows, count, size, grams[0]!, new Float64Array(0));
        native!.gram(rows, count, size, grams[1]!, new Float64Array(count * count * 8).fill(7));
        expect(grams[1]).toEqual(grams[0]);
        for (const rank of [1, count, Math.ceil(count / 2)]) {
          const weights = Float64Array.from({ length: count * rank }, next);
          const turned = [rows.slice(), rows.slice()];
          referenceLowRankKernels.rotate(turned[0]!, count, size, weights, rank);
          native!.rotate(turned[1]!, count, size, weights, rank);
          expect(turned[1]).toEqual(turned[0]);
        }
      }
    }
  });
});
