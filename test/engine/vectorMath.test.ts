// The vector functions against float64, over the whole range of float32.
import { describe, expect, test } from 'vitest';
import { loadAddon } from '../../src/engine/addon.js';
import { ACTIVATION_FUNCTIONS } from '../../src/network/activation.js';
import { ACTIVATIONS, type Activation } from '../../src/network/network.js';
import { hashed, nativeEngines } from './support.js';

interface Functions {
  activate(instructionSet: string, activation: number, values: Float32Array, derivatives: Float32Array): void;
}

const status = loadAddon();
if (!status.available) throw new Error(status.reason);
const addon = status.addon as unknown as Functions;
const sets = nativeEngines().map((engine) => engine.deviceClass.replace('native-', ''));

/** Every magnitude from 2^-40 to 2^8, both signs, and points in between. */
const POINTS = Float32Array.from([
  0,
  ...Array.from({ length: 20_000 }, (_, i) => (i % 2 ? 1 : -1) * 2 ** (-40 + (48 * i) / 20_000)),
  ...hashed(20_000, 4).map((x) => 12 * x),
]);

/** Below this, results are as good as zero: exponentials may be flushed. */
const TINY = 1e-37;

/** Relative errors; where a value cancels (the derivatives of GELU and SiLU cross zero) a small absolute one is allowed. */
const CROSSES_ZERO: readonly Activation[] = ['gelu', 'silu'];
const KEEPS_DERIVATIVE: readonly Activation[] = ['gelu', 'silu', 'softplus'];

describe.each(sets)('%s', (instructionSet) => {
  test.each(ACTIVATIONS)('%s is within 5e-7 of the true value', (activation) => {
    const { value, derivative } = ACTIVATION_FUNCTIONS[activation];
    const values = POINTS.slice();
    const slopes = new Float32Array(POINTS.length);
    addon.activate(instructionSet, ACTIVATIONS.indexOf(activation), values, slopes);
    expect(values).toBeAllclose(Float64Array.from(POINTS, value), { rtol: 5e-7, atol: TINY });
    if (!KEEPS_DERIVATIVE.includes(activation)) return;
    expect(slopes).toBeAllclose(Float64Array.from(POINTS, derivative), {
      rtol: 6e-7,
      atol: CROSSES_ZERO.includes(activation) ? 2e-7 : TINY,
    });
  });

  test.each(ACTIVATIONS)('%s: a tail of any length equals whole vectors, and NaN stays NaN', (activation) => {
    const whole = POINTS.slice(0, 64);
    const code = ACTIVATIONS.indexOf(activation);
    addon.activate(instructionSet, code, whole, new Float32Array(64));
    for (let length = 1; length <= 40; length++) {
      const part = POINTS.slice(0, length);
      addon.activate(instructionSet, code, part, new Float32Array(length));
      expect(part).toEqual(whole.slice(0, length));
    }
    const bad = Float32Array.of(NaN, 1, NaN);
    addon.activate(instructionSet, code, bad, new Float32Array(3));
    expect([...bad].map(Number.isNaN)).toEqual([true, false, true]);
  });

  test('tanh and sigmoid never leave their range', () => {
    for (const [activation, low, high] of [['tanh', -1, 1], ['sigmoid', 0, 1]] as const) {
      const values = Float32Array.of(...POINTS.subarray(0, 5000).map((x) => 3 * x), 1e38, -1e38, Infinity, -Infinity);
      addon.activate(instructionSet, ACTIVATIONS.indexOf(activation), values, new Float32Array(values.length));
      expect(values.every((x) => x >= low && x <= high)).toBe(true);
    }
  });
});
