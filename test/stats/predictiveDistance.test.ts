// Distances of predictives, AUROC and entropies: against NumPy and SciPy on the same numbers, and at the edges.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement, auroc, CategoricalPredictive, normalEntropies, OutputMoments, relativeWasserstein, totalVariation } from '../../src/stats/index.js';
import { runPython } from '../support/python.js';
import '../support/propertySeed.js';
import { normals } from '../support/uniforms.js';

const ROWS = 300;
const CLASSES = 5;
const DRAWS = 7;
const next = normals(4);
const table = (scale: number) => Array.from({ length: DRAWS }, () => Float32Array.from({ length: ROWS * CLASSES }, () => scale * next()));

describe('predictives of classes', () => {
  const [a, b] = [table(2), table(1)];
  const fold = (draws: readonly Float32Array[]) => {
    const predictive = new CategoricalPredictive(ROWS, CLASSES);
    for (const logits of draws) predictive.update(logits);
    return predictive;
  };
  const [p, q] = [fold(a), fold(b)];

  it('agree, differ and are uncertain as NumPy and SciPy find', () => {
    const expected = JSON.parse(
      runPython(
        `
import sys, json
import numpy as np
from scipy import special, stats
given = np.array(json.load(sys.stdin), np.float64).reshape(2, ${DRAWS}, ${ROWS}, ${CLASSES})
s = special.softmax(given, axis=3)
p, q = s.mean(1)
h = stats.entropy(p, axis=1)
rank = stats.rankdata(np.concatenate([stats.entropy(q, axis=1), h]))
n = ${ROWS}
print(json.dumps({'agreement': float((p.argmax(1) == q.argmax(1)).mean()), 'tv': float(0.5 * abs(p - q).sum(1).mean()), 'entropy': h.tolist(),
  'mutual': (h - stats.entropy(s[0], axis=2).mean(0)).tolist(), 'deviations': s[0].std(0)[3].tolist(), 'auroc': float((rank[n:].sum() - n * (n + 1) / 2) / n**2)}))`,
        JSON.stringify([...a, ...b].map((logits) => Array.from(logits))),
      ),
    ) as { agreement: number; tv: number; entropy: number[]; mutual: number[]; deviations: number[]; auroc: number };
    expect(agreement(p.mean(), q.mean(), CLASSES)).toBeCloseTo(expected.agreement, 12);
    expect(totalVariation(p.mean(), q.mean(), CLASSES)).toBeCloseTo(expected.tv, 12);
    expect(p.entropies()).toBeAllclose(expected.entropy, { rtol: 1e-10 });
    expect(p.mutualInformation()).toBeAllclose(expected.mutual, { rtol: 1e-8, atol: 1e-12 });
    expect(p.deviations(3)).toBeAllclose(expected.deviations, { rtol: 1e-7 });
    expect(auroc(q.entropies(), p.entropies())).toBeCloseTo(expected.auroc, 12);
  });

  it('are as near as they can be to themselves, and as far as can be from others', () => {
    expect(agreement(p.mean(), p.mean(), CLASSES)).toBe(1);
    expect(totalVariation(p.mean(), p.mean(), CLASSES)).toBe(0);
    const [one, other] = [Float64Array.of(1, 0, 1, 0), Float64Array.of(0, 1, 0, 1)];
    expect([agreement(one, other, 2), totalVariation(one, other, 2)]).toEqual([0, 1]);
    // Of equals, the lowest class counts as the most probable.
    expect(agreement(Float64Array.of(0.5, 0.5), Float64Array.of(0.9, 0.1), 2)).toBe(1);
  });

  it('are refused where they are of other rows', () => {
    expect(() => agreement(new Float64Array(4), new Float64Array(6), 2)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => totalVariation(new Float64Array(5), new Float64Array(5), 2)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => p.update(new Float32Array(3))).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'logits' }));
  });
});

describe('predictives of reals', () => {
  it('have the moments, entropies and distances that NumPy and SciPy find', () => {
    const outputs = 2;
    const draws = Array.from({ length: 2 * DRAWS }, () => Float32Array.from({ length: 20 * outputs }, next));
    const noise = draws.map((_, s) => 0.5 + 0.1 * s);
    const fold = (from: number) => {
      const moments = new OutputMoments(20 * outputs);
      for (let s = from; s < from + DRAWS; s++) moments.update(draws[s]!, noise[s]!);
      return moments;
    };
    const expected = JSON.parse(
      runPython(
        `
import sys, json
import numpy as np
from scipy import stats
f, noise = (np.array(v, np.float64) for v in json.load(sys.stdin))
f = f.reshape(2, ${DRAWS}, 20, 2); v = (noise.reshape(2, ${DRAWS}) ** 2).mean(1)
m, s = f.mean(1), np.sqrt(f.var(1) + v[:, None, None])
w = np.sqrt((m[0] - m[1]) ** 2 + (s[0] - s[1]) ** 2) / s[1]
print(json.dumps({'mean': m[0].ravel().tolist(), 'std': s[0].ravel().tolist(), 'outputs': f[0].std(0).ravel().tolist(), 'w': float(w.mean()), 'entropy': stats.norm(0, s[0]).entropy().sum(1).tolist()}))`,
        JSON.stringify([draws.map((values) => Array.from(values)), noise]),
      ),
    ) as { mean: number[]; std: number[]; outputs: number[]; w: number; entropy: number[] };
    const [one, reference] = [fold(0), fold(DRAWS)];
    expect(one.mean()).toBeAllclose(expected.mean, { rtol: 1e-10, atol: 1e-12 });
    expect(one.std()).toBeAllclose(expected.std, { rtol: 1e-10 });
    expect(one.outputStd()).toBeAllclose(expected.outputs, { rtol: 1e-10 });
    expect(normalEntropies(one.std(), outputs)).toBeAllclose(expected.entropy, { rtol: 1e-10 });
    expect(relativeWasserstein({ mean: one.mean(), std: one.std() }, { mean: reference.mean(), std: reference.std() })).toBeCloseTo(expected.w, 10);
  });
});

describe('auroc', () => {
  it('is the share of pairs that are in order, equals counted half', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (negatives, positives) => {
        const pairs = positives.flatMap((high) => negatives.map((low) => (high > low ? 1 : high === low ? 0.5 : 0)));
        const expected = pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length;
        expect(auroc(Float64Array.from(negatives), Float64Array.from(positives))).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('is NaN where there is nothing to tell apart', () => {
    expect(auroc(Float64Array.of(), Float64Array.of(1))).toBeNaN();
    expect(auroc(Float64Array.of(1), Float64Array.of())).toBeNaN();
    expect(auroc(Float64Array.of(1, NaN), Float64Array.of(2))).toBeNaN();
  });
});
