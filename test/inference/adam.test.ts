// Adam against its algorithm written out with bias-corrected moments, and from where it was left.
import { expect, test } from 'vitest';
import { adamStep } from '../../src/inference/adam.js';

/** A gradient that changes sign, size and, in one element, is always zero. */
const gradientOf = (step: number): number[] => [Math.sin(step), 1e3 / step, -1e-6 * step, 0];
const START = [1, -2, 0.5, 3];
const LEARNING_RATE = 0.01;

/** Kingma and Ba's algorithm 1, line by line. */
function writtenOut(steps: number): number[] {
  const m = [0, 0, 0, 0];
  const v = [0, 0, 0, 0];
  const q = [...START];
  for (let t = 1; t <= steps; t++) {
    gradientOf(t).forEach((g, i) => {
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.999 * v[i]! + 0.001 * g * g;
      q[i]! -= (LEARNING_RATE * (m[i] / (1 - 0.9 ** t))) / (Math.sqrt(v[i] / (1 - 0.999 ** t)) + 1e-8);
    });
  }
  return q;
}

test.each([Float64Array, Float32Array])('is the algorithm as published: %o', (Floats) => {
  const position = Floats.from(START);
  const first = new Floats(4);
  const second = new Floats(4);
  for (let step = 1; step <= 200; step++) adamStep(position, Floats.from(gradientOf(step)), first, second, step, LEARNING_RATE);
  expect(position).toBeAllclose(writtenOut(200), { rtol: Floats === Float64Array ? 1e-12 : 2e-5 });
  expect(position[3]).toBe(3);
});

test('the first step moves every element with a gradient by the learning rate', () => {
  const position = Float64Array.from(START);
  adamStep(position, Float64Array.of(1e-3, -5, 1e4, 0), new Float64Array(4), new Float64Array(4), 1, LEARNING_RATE);
  expect(position).toBeAllclose([0.99, -1.99, 0.49, 3], { rtol: 1e-5 });
});
