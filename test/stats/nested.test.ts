// Nested R-hat: against the paper's formula in NumPy, over partitions, and where it is not defined.
import { describe, expect, it } from 'vitest';
import { mergeMerged, mergeMoments, nestedRhat, type MergedMoments } from '../../src/stats/index.js';
import { stream, type Draws } from '../support/moments.js';
import { runPython } from '../support/python.js';
import { normals } from '../support/uniforms.js';

const SIZE = 3;
const rhat = (merged: MergedMoments): number[] => [...nestedRhat(merged.nested!)];

/** K superchains of M chains of N draws; weights differ in how far superchains lie apart. */
function sample(K: number, M: number, N: number): Draws[] {
  const next = normals(100 * K + 10 * M + N);
  return Array.from({ length: K }, () => Array.from({ length: SIZE }, (_, w) => w * next())).flatMap((centre) =>
    Array.from({ length: M }, () => Array.from({ length: N }, () => centre.map((c) => c + next()))),
  );
}

const merge = (chains: readonly Draws[], superchains: readonly number[]): MergedMoments => mergeMoments(chains.map((draws) => stream(draws, SIZE, Math.max(1, draws.length))), superchains);

describe('nested R-hat', () => {
  it('is the paper’s, for any numbers of superchains, chains and draws, at once and in partitions', () => {
    const shapes = [[2, 2, 10], [4, 8, 5], [3, 2, 1], [5, 1, 20], [6, 3, 7]] as const;
    const samples = shapes.map(([K, M, N]) => sample(K, M, N));
    const script = `
import sys, json
import numpy as np
out = []
values = np.frombuffer(sys.stdin.buffer.read(), np.float64)
for K, M, N in json.loads(sys.argv[1]):
    x = values[:K * M * N * ${SIZE}].reshape(K, M, N, ${SIZE})
    values = values[x.size:]
    chain, superchain = x.mean(axis=2), x.mean(axis=(1, 2))
    between = superchain.var(axis=0, ddof=1)
    among = chain.var(axis=1, ddof=1) if M > 1 else np.zeros((K, ${SIZE}))
    inside = x.var(axis=2, ddof=1).mean(axis=1) if N > 1 else np.zeros((K, ${SIZE}))
    out.append(np.sqrt(1 + between / (among + inside).mean(axis=0)).tolist())
print(json.dumps(out))`;
    const bytes = Buffer.from(Float64Array.from(samples.flat(3)).buffer);
    const expected = JSON.parse(runPython(script, bytes, [JSON.stringify(shapes)])) as number[][];
    shapes.forEach(([K, M], s) => {
      const superchains = Array.from({ length: K * M }, (_, c) => Math.floor(c / M));
      expect(rhat(merge(samples[s]!, superchains)), shapes[s]!.join()).toBeAllclose(expected[s]!, { rtol: 1e-11 });
      const parts = [0, 1].map((part) => superchains.flatMap((k, c) => (k % 2 === part ? [c] : [])));
      const merged = mergeMerged(parts.map((own) => merge(own.map((c) => samples[s]![c]!), own.map((c) => superchains[c]!))));
      expect(rhat(merged), `${shapes[s]!.join()} in partitions`).toBeAllclose(expected[s]!, { rtol: 1e-11 });
    });
  });

  it('is near 1 for chains that forget where they started, and large for those that do not', () => {
    const [forgot, , far] = rhat(merge(sample(8, 4, 50), Array.from({ length: 32 }, (_, c) => c >> 2)));
    expect(forgot).toBeLessThan(1.02);
    expect(far).toBeGreaterThan(1.3);
  });

  it('leaves chains without draws out, and is NaN or infinite where there is nothing to compare', () => {
    const still: Draws = [[1, 2, 3], [1, 2, 3]];
    const moved: Draws = [[1, 2, 4], [1, 2, 4]];
    expect(rhat(merge([still, []], [0, 1]))).toEqual([NaN, NaN, NaN]);
    expect(rhat(merge([still, [], moved], [0, 1, 2]))).toEqual([NaN, NaN, Infinity]);
    expect(rhat(merge([[[NaN, 1, 1]], [[2, 2, 1]], [[1, 4, 1]]], [0, 0, 1]))).toEqual([NaN, expect.any(Number), NaN]);
    expect(rhat(merge([[[NaN, 1, 1]], [[2, 2, 1]], [[1, 4, 1]]], [0, 0, 1]))[1]).not.toBeNaN();
    expect(mergeMoments([stream(still, SIZE, 2)]).nested).toBeNull();
    expect(mergeMerged([merge([still], [0]), mergeMoments([stream(still, SIZE, 2)])]).nested).toBeNull();
    expect(() => merge([still, moved, still], [0, 1, 0])).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', path: 'superchains' }));
  });
});
