// The native trajectory equals the integrator's own loop over its gradients, to the bit.
import { describe, expect, test } from 'vitest';
import { leapfrog } from '../../src/inference/integrator.js';
import { dataOf, hashed, nativeEngines, positionOf, posteriorOf } from './support.js';

describe.each(nativeEngines().map((engine) => [engine.deviceClass, engine] as const))('%s', (_name, engine) => {
  const shape = { inputs: 7, hidden: [11], outputs: 3, rows: 300 };

  function start(threads: number) {
    const posterior = posteriorOf(shape, 'tanh', 'gaussian-learned');
    const potential = engine.potential(posterior, dataOf(posterior, shape.rows), { threads });
    const position = positionOf(posterior);
    const gradient = new Float32Array(posterior.dimension);
    potential.valueAndGradient(position, gradient);
    const inverseMassMatrix = hashed(posterior.dimension, 8).map((x) => 1 + 0.5 * x);
    return { potential, position, gradient, momentum: hashed(posterior.dimension, 9), inverseMassMatrix };
  }

  /** The same potential without `trajectory`, so that leapfrog takes its own loop. */
  function stepwise({ potential }: ReturnType<typeof start>) {
    return { dimension: potential.dimension, valueAndGradient: potential.valueAndGradient.bind(potential) };
  }

  test.each([
    [1, 0.003, 1],
    [13, 0.003, 1],
    [13, -0.001, 2],
  ])('%d steps of %d on %d threads', (steps, stepSize, threads) => {
    const a = start(threads);
    const b = start(1);
    const native = leapfrog(a.potential, a.position, a.momentum, a.gradient, a.inverseMassMatrix, stepSize, steps, Infinity);
    const loop = leapfrog(stepwise(b), b.position, b.momentum, b.gradient, b.inverseMassMatrix, stepSize, steps, Infinity);
    expect(native).toEqual(loop);
    expect(native.stepsTaken).toBe(steps);
    expect(a.position).toEqual(b.position);
    expect(a.momentum).toEqual(b.momentum);
    expect(a.gradient).toEqual(b.gradient);
    expect(a.potential.parts()).toEqual(b.potential.parts());
  });

  test.each([[1e4], [1e25]])('a diverging trajectory ends where the loop ends: step size %d', (stepSize) => {
    const a = start(1);
    const b = start(1);
    const native = leapfrog(a.potential, a.position, a.momentum, a.gradient, a.inverseMassMatrix, stepSize, 50, 1e6);
    const loop = leapfrog(stepwise(b), b.position, b.momentum, b.gradient, b.inverseMassMatrix, stepSize, 50, 1e6);
    expect(native).toEqual(loop);
    expect(native.stepsTaken).toBeLessThan(50);
    expect(a.position).toEqual(b.position);
  });

  test('there and back', () => {
    const a = start(1);
    const before = a.position.slice();
    for (const stepSize of [0.001, -0.001]) {
      leapfrog(a.potential, a.position, a.momentum, a.gradient, a.inverseMassMatrix, stepSize, 20, Infinity);
    }
    expect(a.position).toBeAllclose(before, { rtol: 1e-4, atol: 1e-5 });
  });
});
