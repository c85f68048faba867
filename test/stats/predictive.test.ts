// Quality of predictions: against NumPy and SciPy, and at the edges.
import { beforeAll, describe, expect, it } from 'vitest';
import { CALIBRATION_BINS, classificationMetrics, COVERAGE_LEVELS, entropy, GaussianPredictive, gaussianNll, logitsNll, softmax } from '../../src/stats/index.js';
import { runPython } from '../support/python.js';
import { normals, uniforms } from '../support/uniforms.js';

const ROWS = 500;
const CLASSES = 7;
const next = normals(1);
const logits = Float32Array.from({ length: ROWS * CLASSES }, () => 3 * next());
const pick = uniforms(2);
const targets = Int32Array.from({ length: ROWS }, () => Math.floor(pick() * CLASSES));

const DRAWS = 20;
const OUTPUTS = 2;
const reals = Float32Array.from({ length: ROWS * OUTPUTS }, next);
const draws = Array.from({ length: DRAWS }, () => reals.map((y) => y + 0.5 * next()));
const noise = Array.from({ length: DRAWS }, (_, s) => 0.3 + 0.02 * s);

const ORACLE = `
import sys, json, numpy as np
from scipy import special, stats
rows, classes, draws, outputs, bins = json.loads(sys.argv[1])
noise, levels = json.loads(sys.argv[2]), json.loads(sys.argv[3])
raw = sys.stdin.buffer.read()
def take(count, dtype):
    global raw
    out = np.frombuffer(raw[:4 * count], dtype)
    raw = raw[4 * count:]
    return out
z = take(rows * classes, np.float32).reshape(rows, classes).astype(np.float64)
t = take(rows, np.int32)
y = take(rows * outputs, np.float32).reshape(rows, outputs).astype(np.float64)
f = take(draws * rows * outputs, np.float32).reshape(draws, rows, outputs).astype(np.float64)
p = special.softmax(z, axis=1)
right = p.argmax(axis=1) == t
confidence = p.max(axis=1)
edges = np.linspace(0, 1, bins + 1)
ece = sum(abs(right[m].mean() - confidence[m].mean()) * m.mean() for lo, hi in zip(edges, edges[1:]) if (m := (confidence > lo) & (confidence <= hi)).any())
s = np.array(noise)[:, None, None]
log_density = stats.norm.logpdf(y, f, s).sum(axis=2)
cdf = stats.norm.cdf(y, f, s).mean(axis=0)
print(json.dumps({
    "probabilities": p.ravel().tolist(),
    "logitsNll": -special.log_softmax(z, axis=1)[np.arange(rows), t].mean(),
    "accuracy": right.mean(),
    "nll": -np.log(p[np.arange(rows), t]).mean(),
    "brier": ((p - np.eye(classes)[t]) ** 2).sum(axis=1).mean(),
    "calibrationError": ece,
    "entropy": stats.entropy(p, axis=1).mean(),
    "gaussianNll": -(special.logsumexp(log_density, axis=0) - np.log(draws)).mean(),
    "firstNll": -log_density[0].mean(),
    "rmse": np.sqrt(((f.mean(axis=0) - y) ** 2).mean()),
    "coverage": [(2 * abs(cdf - 0.5) <= level).mean() for level in levels],
}))
`;

interface Oracle {
  readonly probabilities: number[];
  readonly coverage: number[];
  readonly [name: string]: number | number[];
}

let expected: Oracle;

beforeAll(() => {
  const input = Buffer.concat([logits, targets, reals, ...draws].map((array) => Buffer.from(array.buffer)));
  expected = JSON.parse(runPython(ORACLE, input, [[ROWS, CLASSES, DRAWS, OUTPUTS, CALIBRATION_BINS], noise, COVERAGE_LEVELS].map((x) => JSON.stringify(x)))) as Oracle;
});

describe('classification', () => {
  it('has SciPy’s probabilities and NumPy’s metrics', () => {
    const probabilities = softmax(logits, CLASSES);
    expect(probabilities).toBeAllclose(expected.probabilities, { rtol: 1e-13 });
    expect(logitsNll(logits, targets, CLASSES)).toBeCloseTo(expected.logitsNll as number, 12);
    const metrics = classificationMetrics(probabilities, targets, CLASSES);
    for (const name of ['accuracy', 'nll', 'brier', 'calibrationError', 'entropy'] as const) {
      expect(metrics[name], name).toBeCloseTo(expected[name] as number, 12);
    }
  });

  it('draws a reliability diagram whose bins make up the calibration error', () => {
    const metrics = classificationMetrics(softmax(logits, CLASSES), targets, CLASSES);
    const filled = metrics.reliability.filter(({ rows }) => rows > 0);
    expect(metrics.reliability).toHaveLength(CALIBRATION_BINS);
    expect(filled.reduce((sum, { rows }) => sum + rows, 0)).toBe(ROWS);
    for (const { lower, upper, confidence } of filled) {
      expect(confidence).toBeGreaterThan(lower);
      expect(confidence).toBeLessThanOrEqual(upper);
    }
    const error = filled.reduce((sum, { rows, accuracy, confidence }) => sum + (rows / ROWS) * Math.abs(accuracy - confidence), 0);
    expect(error).toBeCloseTo(metrics.calibrationError, 12);
  });

  it('does not overflow, and says so where a target has no probability', () => {
    const extreme = Float32Array.of(1e30, -1e30, 0);
    expect([...softmax(extreme, 3)]).toEqual([1, 0, 0]);
    expect(logitsNll(Float32Array.of(2000, 0), Int32Array.of(1), 2)).toBe(2000);
    expect(classificationMetrics(Float64Array.of(1, 0), Int32Array.of(1), 2)).toMatchObject({ nll: Infinity, brier: 2, accuracy: 0, calibrationError: 1, entropy: 0 });
    expect(classificationMetrics(new Float64Array(0), new Int32Array(0), 2)).toMatchObject({ rows: 0, accuracy: NaN, nll: NaN, calibrationError: NaN });
    expect(entropy(Float64Array.of(0.5, 0.5, 0))).toBeCloseTo(Math.LN2, 15);
  });

  it('refuses what does not fit', () => {
    expect(() => softmax(new Float64Array(5), 2)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    expect(() => classificationMetrics(new Float64Array(4), Int32Array.of(0), 2)).toThrow('need as many targets');
    expect(() => classificationMetrics(new Float64Array(4), Int32Array.of(0, 2), 2)).toThrow(expect.objectContaining({ path: 'targets[1]', value: 2 }));
  });
});

describe('Gaussian predictive', () => {
  const fed = (from: number, to: number): GaussianPredictive => {
    const predictive = new GaussianPredictive(reals, OUTPUTS);
    for (let s = from; s < to; s++) predictive.update(draws[s]!, noise[s]!);
    return predictive;
  };

  it('has SciPy’s mixture density, error and coverage', () => {
    const metrics = fed(0, DRAWS).metrics();
    expect(metrics.nll).toBeCloseTo(expected.gaussianNll as number, 11);
    expect(metrics.rmse).toBeCloseTo(expected.rmse as number, 12);
    expect(metrics.coverage).toEqual(COVERAGE_LEVELS.map((level, l) => ({ level, share: expected.coverage[l] })));
    expect(gaussianNll(draws[0]!, reals, OUTPUTS, noise[0]!)).toBeCloseTo(expected.firstNll as number, 11);
  });

  it('merges, and goes on from saved state bit-identically', () => {
    const merged = fed(0, 7);
    merged.merge(fed(7, DRAWS));
    expect(merged.draws).toBe(DRAWS);
    expect(merged.metrics().nll).toBeCloseTo(fed(0, DRAWS).metrics().nll, 12);
    expect(merged.mean()).toBeAllclose(fed(0, DRAWS).mean(), { rtol: 1e-12, atol: 1e-14 });
    const resumed = GaussianPredictive.restore(reals, OUTPUTS, structuredClone(fed(0, 5).state()));
    for (let s = 5; s < DRAWS; s++) resumed.update(draws[s]!, noise[s]!);
    expect(resumed.state()).toEqual(fed(0, DRAWS).state());
  });

  it('does not underflow far from every draw, and is NaN without one', () => {
    expect(gaussianNll(Float64Array.of(0), Float64Array.of(100), 1, 1)).toBeCloseTo(5000 + 0.5 * Math.log(2 * Math.PI), 9);
    const none = new GaussianPredictive(reals, OUTPUTS).metrics();
    expect([none.nll, none.rmse, none.coverage[0]!.share]).toEqual([NaN, NaN, NaN]);
  });

  it('refuses what does not fit', () => {
    const predictive = new GaussianPredictive(reals, OUTPUTS);
    expect(() => predictive.update(new Float32Array(3), 1)).toThrow(expect.objectContaining({ path: 'networkOutputs' }));
    expect(() => predictive.update(draws[0]!, 0)).toThrow(expect.objectContaining({ path: 'noiseStd' }));
    expect(() => new GaussianPredictive(reals.subarray(1), OUTPUTS)).toThrow(expect.objectContaining({ path: 'targets' }));
    expect(() => GaussianPredictive.restore(reals.subarray(2), OUTPUTS, predictive.state())).toThrow(expect.objectContaining({ code: 'STATE_INVALID' }));
  });
});
