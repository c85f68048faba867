// Uniform and normal numbers against SciPy: quantile function, Kolmogorov–Smirnov, moments, independence of streams.
import { beforeAll, describe, expect, it } from 'vitest';
import { fillNormal, fillUniform, uniform } from '../../src/random/index.js';
import { normalOfWord } from '../../src/random/normal.js';
import { runPython } from '../support/python.js';

describe('normalOfWord', () => {
  it('is the normal quantile of (word + ½) / 2³² to 2e-7', () => {
    const words = [0, 1, 2, 3, 1000, 2 ** 20, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
    // Both sides of the borders between the regions, and a grid over everything.
    for (const border of [0.075, 0.925]) for (let d = -2; d <= 2; d++) words.push(Math.round(border * 2 ** 32) + d);
    for (let i = 0; i < 4000; i++) words.push(Math.floor((i + 0.37) * (2 ** 32 / 4000)));
    for (let i = 0; i < 32; i++) words.push(2 ** i, 2 ** 32 - 1 - 2 ** i);
    const script = `
import sys, json, numpy, scipy.special
w = numpy.array(json.load(sys.stdin), dtype=numpy.float64)
lower = w < 2**31
p = numpy.where(lower, w + 0.5, 2.0**32 - (w + 0.5)) / 2.0**32
print(json.dumps((scipy.special.ndtri(p) * numpy.where(lower, 1, -1)).tolist()))`;
    const expected = JSON.parse(runPython(script, JSON.stringify(words))) as number[];
    expect(words.map(normalOfWord)).toBeAllclose(expected, { rtol: 2e-7, atol: 1e-12 });
  });

  it('is odd about one half and increasing', () => {
    let previous = -Infinity;
    for (let i = 0; i < 2 ** 14; i++) {
      const word = i * 2 ** 18 + 12345;
      const z = normalOfWord(word);
      expect(z).toBe(-normalOfWord(2 ** 32 - 1 - word));
      expect(z).toBeGreaterThan(previous);
      previous = z;
    }
  });
});

/** Sample moments E[x^k] for k = 1 … 4. */
function moments(samples: Float32Array): number[] {
  const sums = [0, 0, 0, 0];
  for (const x of samples) for (let k = 0; k < 4; k++) sums[k]! += x ** (k + 1);
  return sums.map((sum) => sum / samples.length);
}

const N = 400_000;

const normals = {
  'within one stream': new Float32Array(N),
  'the first of each of many streams': new Float32Array(100_000),
};
fillNormal({ seed: 3, chain: 0, iteration: 1 }, 'momentum', normals['within one stream']);
normals['the first of each of many streams'].forEach((_, i, out) => {
  fillNormal({ seed: 3, chain: i % 100, iteration: Math.floor(i / 100) }, 'momentum', out.subarray(i, i + 1));
});

const uniforms = { fillUniform: new Float32Array(N), uniform: new Float32Array(50_000) };
fillUniform({ seed: 3, chain: 0, iteration: 1 }, 'test', uniforms.fillUniform);
const accepts = Float64Array.from({ length: 50_000 }, (_, iteration) => uniform({ seed: 8, chain: 4, iteration }, 'accept'));
uniforms.uniform.set(accepts);

describe('Kolmogorov and Smirnov find no difference', () => {
  const cases = [
    ...Object.entries(normals).map(([name, samples]) => ({ name, distribution: 'norm', samples })),
    ...Object.entries(uniforms).map(([name, samples]) => ({ name, distribution: 'uniform', samples })),
  ];
  const script = `
import sys, json, numpy, scipy.stats
x = numpy.frombuffer(sys.stdin.buffer.read(), dtype='<f4').astype('f8')
start, pvalues = 0, []
for distribution, length in json.loads(sys.argv[1]):
    pvalues.append(scipy.stats.kstest(x[start:start + length], distribution).pvalue)
    start += length
print(json.dumps(pvalues))`;
  let pValues: number[] = [];
  beforeAll(() => {
    const all = Buffer.concat(cases.map(({ samples }) => new Uint8Array(samples.buffer)));
    const plan = JSON.stringify(cases.map(({ distribution, samples }) => [distribution, samples.length]));
    pValues = JSON.parse(runPython(script, all, [plan])) as number[];
  });

  it.each(cases)('$distribution: $name', ({ samples }) => {
    expect(pValues[cases.findIndex((c) => c.samples === samples)]).toBeGreaterThan(1e-3);
  });
});

describe('fillNormal', () => {
  it.each(Object.entries(normals))('has the moments of a standard normal: %s', (_, samples) => {
    // Standard errors of the first four moments: √(Var xᵏ / n) with Var = 1, 2, 15, 96.
    const [m1, m2, m3, m4] = moments(samples);
    const se = (variance: number): number => 4 * Math.sqrt(variance / samples.length);
    expect(Math.abs(m1!)).toBeLessThan(se(1));
    expect(Math.abs(m2! - 1)).toBeLessThan(se(2));
    expect(Math.abs(m3!)).toBeLessThan(se(15));
    expect(Math.abs(m4! - 3)).toBeLessThan(se(96));
  });
});

describe('uniform numbers', () => {
  it('lie in [0, 1), in float32 too', () => {
    expect(uniforms.fillUniform.every((u) => u >= 0 && u < 1)).toBe(true);
    expect(accepts.every((u) => u >= 0 && u < 1)).toBe(true);
  });

  it('use all 53 bits', () => {
    const lowBits = accepts.reduce((sum, u) => sum + ((u * 2 ** 53) % 2), 0);
    expect(Math.abs(lowBits / accepts.length - 0.5)).toBeLessThan(4 * 0.5 * accepts.length ** -0.5);
  });
});

describe('streams are uncorrelated', () => {
  const n = 100_000;
  const base = { seed: 12, chain: 3, iteration: 40 };
  const stream = (key: typeof base, purpose: 'momentum' | 'start' = 'momentum'): Float32Array => {
    const out = new Float32Array(n);
    fillNormal(key, purpose, out);
    return out;
  };
  const reference = stream(base);

  it.each([
    ['the next iteration', stream({ ...base, iteration: 41 })],
    ['the next chain', stream({ ...base, chain: 4 })],
    ['the next seed', stream({ ...base, seed: 13 })],
    ['chain and iteration exchanged', stream({ ...base, chain: 40, iteration: 3 })],
    ['another purpose', stream(base, 'start')],
    ['itself, shifted by one', Float32Array.from({ length: n }, (_, i) => reference[(i + 1) % n]!)],
    ['itself, shifted by one block', Float32Array.from({ length: n }, (_, i) => reference[(i + 4) % n]!)],
  ])('with %s, in value and in square', (_, other) => {
    let product = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      product += reference[i]! * other[i]!;
      squares += (reference[i]! ** 2 - 1) * (other[i]! ** 2 - 1);
    }
    expect(Math.abs(product / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(squares / n)).toBeLessThan((4 * 2) / Math.sqrt(n));
  });
});
