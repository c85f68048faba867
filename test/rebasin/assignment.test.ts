// The assignment solver: against brute force and SciPy, on random, tied and degenerate matrices; TypeScript and native.
import { describe, expect, it } from 'vitest';
import { BasinetError } from '../../src/errors.js';
import { referenceMatchingKernels, type MatchingKernels } from '../../src/rebasin/kernels.js';
import { nativeMatchingKernels } from '../../src/rebasin/native.js';
import { identityPermutation, validatePermutation } from '../../src/rebasin/permutation.js';
import { runPython } from '../support/python.js';
import { chooseStreamKernels, streamKernelSets } from '../support/streamKernels.js';
import { uniforms } from '../support/uniforms.js';

const native = nativeMatchingKernels();
const solvers: [string, MatchingKernels][] = [['reference', referenceMatchingKernels]];
if (native !== null) solvers.push(['native', native]);

/** Largest total over all permutations. */
function bruteForce(S: Float64Array, n: number): number {
  const used = new Uint8Array(n);
  const visit = (row: number): number => {
    if (row === n) return 0;
    let best = -Infinity;
    for (let j = 0; j < n; j++) {
      if (used[j] === 1) continue;
      used[j] = 1;
      best = Math.max(best, S[row * n + j]! + visit(row + 1));
      used[j] = 0;
    }
    return best;
  };
  return visit(0);
}

function total(S: ArrayLike<number>, n: number, columnOf: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += S[i * n + columnOf[i]!]!;
  return sum;
}

interface Case {
  readonly name: string;
  readonly size: number;
  readonly matrix: Float64Array;
  /** Whether all arithmetic on it is exact. */
  readonly integer: boolean;
}

function cases(): Case[] {
  const out: Case[] = [];
  const add = (name: string, size: number, integer: boolean, entry: (u: number, i: number, j: number) => number): void => {
    const next = uniforms(out.length + 1);
    out.push({ name: `${name} ${size}`, size, integer, matrix: Float64Array.from({ length: size * size }, (_, k) => entry(next(), Math.floor(k / size), k % size)) });
  };
  // Sizes around the vector widths of every instruction set, and some too small for any.
  for (const n of [2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100]) add('uniform', n, false, (u) => u - 0.5);
  for (const n of [2, 5, 8, 17, 40, 65]) {
    add('small integers', n, true, (u) => Math.floor(u * 4));
    add('zeros and ones', n, true, (u) => (u < 0.1 ? 1 : 0));
    add('constant', n, true, () => -3);
    add('product i·j', n, true, (_, i, j) => i * j);
    add('negated product', n, true, (_, i, j) => -i * j);
    add('equal rows', n, true, (_, __, j) => (j * 7) % 11);
    add('equal columns', n, true, (_, i) => (i * 5) % 7);
    add('tenths, tied', n, false, (u) => Math.floor(u * 6) / 10);
    add('huge range', n, false, (u, i) => (u - 0.5) * 10 ** ((i % 13) * 3 - 18));
    add('strong diagonal', n, false, (u, i, j) => u + (i === j ? 100 : 0));
    add('near-equal', n, false, (u) => 1 + u * 1e-13);
  }
  add('price war', 60, true, (u, _, j) => (j < 5 ? 1000 : Math.floor(u * 3)));
  return out;
}

const SCIPY = `
import sys, json, numpy as np
from scipy.optimize import linear_sum_assignment
out = []
raw = np.frombuffer(sys.stdin.buffer.read(), np.float64)
at = 0
for n in json.loads(sys.argv[1]):
    rows, columns = linear_sum_assignment(raw[at:at + n * n].reshape(n, n), maximize=True)
    out.append(columns.tolist())
    at += n * n
print(json.dumps(out))
`;

describe.each(solvers)('linear sum assignment, %s', (_, kernels) => {
  const solve = (S: Float64Array | Float32Array, n: number): Int32Array => kernels.linearSumAssignment(S, n);

  it('matches brute force for widths up to 7', () => {
    for (let n = 0; n <= 7; n++) {
      for (let trial = 0; trial < 25; trial++) {
        const next = uniforms(1000 * n + trial);
        const levels = [2, 3, 10, 1e9][trial % 4]!;
        const S = Float64Array.from({ length: n * n }, () => Math.floor(next() * levels));
        const columnOf = solve(S, n);
        validatePermutation(columnOf, n);
        expect(total(S, n, columnOf)).toBe(bruteForce(S, n));
      }
    }
  });

  it('reaches SciPy’s objective on random, tied and degenerate matrices, and its answer where that is the only one', () => {
    const all = cases();
    const bytes = Buffer.concat(all.map(({ matrix }) => Buffer.from(matrix.buffer)));
    const expected = JSON.parse(runPython(SCIPY, bytes, [JSON.stringify(all.map(({ size }) => size))])) as number[][];
    all.forEach(({ name: label, size, matrix, integer }, c) => {
      const columnOf = solve(matrix, size);
      validatePermutation(columnOf, size);
      const theirs = Int32Array.from(expected[c]!);
      const [ours, scipy] = [total(matrix, size, columnOf), total(matrix, size, theirs)];
      if (integer) expect(ours, label).toBe(scipy);
      else expect(Math.abs(ours - scipy), label).toBeLessThanOrEqual(1e-13 * Math.max(...matrix.map(Math.abs)) * size);
      if (label.startsWith('uniform') || label.startsWith('strong')) expect(columnOf, label).toEqual(theirs);
    });
  });

  it('yields the identity for a constant matrix, and for one whose diagonal is best among ties', () => {
    for (const n of [0, 1, 2, 9, 33]) {
      expect(solve(new Float64Array(n * n).fill(2.5), n)).toEqual(identityPermutation(n));
      expect(solve(Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0)), n)).toEqual(identityPermutation(n));
    }
  });

  it('is a pure function of the matrix, in float32 as in float64', () => {
    const next = uniforms(5);
    const S = Float32Array.from({ length: 50 * 50 }, () => Math.floor(next() * 5));
    const first = solve(S, 50);
    solve(Float64Array.from({ length: 49 }, next), 7);
    expect(solve(S, 50)).toEqual(first);
    expect(solve(Float64Array.from(S), 50)).toEqual(first);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %s, and says where it is', (bad) => {
    for (const [n, index] of [[1, 0], [3, 5], [40, 1599], [17, 16]] as const) {
      const S = new Float64Array(n * n);
      S[index] = bad;
      const attempt = (): Int32Array => solve(S, n);
      expect(attempt).toThrow(BasinetError);
      expect(attempt).toThrow(`entry [${Math.floor(index / n)}, ${index % n}]`);
    }
  });

  it('refuses a matrix that is not square', () => {
    expect(() => solve(new Float64Array(6), 2)).toThrow('cannot have 6 entries');
  });
});

describe.each(streamKernelSets)('linear sum assignment in the addon, %s', (set) => {
  it('is the same to the last tie', () => {
    expect(chooseStreamKernels(set)).toBe(true);
    for (const { matrix, size, name } of cases()) {
      expect(native!.linearSumAssignment(matrix, size), name).toEqual(referenceMatchingKernels.linearSumAssignment(matrix, size));
    }
  });
});
