// A network that is sure of its classes makes subnormal numbers: engines flush them, and nothing else in the process does.
import { describe, expect, test } from 'vitest';
import { referenceEngine } from '../../src/engine/reference.js';
import { dataOf, nativeEngines, positionOf, posteriorOf } from './support.js';

const ROWS = 200;
const posterior = posteriorOf({ inputs: 20, hidden: [24], outputs: 6, rows: ROWS }, 'relu', 'categorical');
const data = dataOf(posterior, ROWS);
/** Logits lie some 100 apart: e⁻¹⁰⁰ is subnormal in float32. */
const position = positionOf(posterior).map((value) => 14 * value);

function evaluate(engine: ReturnType<typeof referenceEngine>, threads = 1): { energy: number; gradient: Float32Array } {
  const potential = engine.potential(posterior, data, { threads });
  const gradient = new Float32Array(posterior.dimension);
  const energy = potential.valueAndGradient(position, gradient);
  potential.dispose();
  return { energy, gradient };
}

test('the position does make subnormal probabilities', () => {
  const potential = referenceEngine().potential(posterior, data, { threads: 1 });
  const logits = new Float32Array(ROWS * 6);
  potential.predict(position, data.inputs, ROWS, logits);
  potential.dispose();
  let subnormal = 0;
  for (let row = 0; row < ROWS; row++) {
    const ofRow = logits.subarray(row * 6, (row + 1) * 6);
    const gaps = ofRow.map((value) => Math.max(...ofRow) - value);
    subnormal += gaps.filter((gap) => gap > 88 && gap < 103).length;
  }
  expect(subnormal).toBeGreaterThan(20);
});

describe.each(nativeEngines().map((engine) => [engine.deviceClass, engine] as const))('%s', (_name, engine) => {
  test('energy and gradient are those of the reference engine', () => {
    const { energy, gradient } = evaluate(engine);
    const expected = evaluate(referenceEngine());
    expect(Math.abs(energy - expected.energy)).toBeLessThan(1e-5 * Math.abs(expected.energy));
    const largest = expected.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(gradient.every((value, i) => Math.abs(value - expected.gradient[i]!) <= 1e-5 * largest)).toBe(true);
  });

  test('any number of threads gives the same bits', () => {
    expect(evaluate(engine, 3)).toEqual(evaluate(engine, 1));
  });

  test('JavaScript keeps its own subnormal numbers', () => {
    evaluate(engine, 2);
    const smallest = Float64Array.of(Number.MIN_VALUE, 2);
    expect(smallest[0]! * smallest[1]!).toBe(2 * Number.MIN_VALUE);
    expect(Number.MIN_VALUE / 1).toBeGreaterThan(0);
  });
});
