// How fast an engine is: evaluations and steps over a clock that the test moves.
import { describe, expect, test } from 'vitest';
import { createSteps, type SteppingSettings } from '../../src/inference/methods/steps.js';
import { createRowBatches } from '../../src/inference/rowBatches.js';
import { measureGradientRate, measureSecondsPerStep } from '../../src/job/measure.js';
import { gaussianRows, isotropicPrior, mapSettings, sghmcSettings, sgldSettings, variationalSettings } from '../inference/targets.js';

const ROWS = Array.from({ length: 11 }, (_, row) => [row, 1, -row]);
const KEY = { seed: 4, chain: 2 };
const START = Float32Array.of(0.5, -1, 2);

/** A potential of the rows, each evaluation of which takes so long of the clock `seen.now`. */
function slowPotential(milliseconds: number) {
  const potential = gaussianRows(ROWS, 1, 1);
  const seen = { now: 0, batches: [] as number[][], full: 0, positions: [] as number[][] };
  return {
    seen,
    potential: {
      dimension: potential.dimension,
      rows: potential.rows,
      valueAndGradient(position: Float32Array, gradient: Float32Array) {
        seen.now += milliseconds;
        seen.full++;
        seen.positions.push([...position]);
        return potential.valueAndGradient(position, gradient);
      },
      batchValueAndGradient(position: Float32Array, rows: Int32Array, gradient: Float32Array) {
        seen.now += milliseconds;
        seen.batches.push([...rows]);
        seen.positions.push([...position]);
        return potential.batchValueAndGradient(position, rows, gradient);
      },
    },
  };
}

test('the rate is evaluations over the clock, a fifth of the time left out before', () => {
  let now = 0;
  let calls = 0;
  // The first evaluations take ten times as long.
  const potential = { dimension: 3, valueAndGradient: () => ((now += calls++ < 2 ? 50 : 5), 0) };
  expect(measureGradientRate(potential, 0.5, () => now)).toBeCloseTo(200, 9);
  expect(calls).toBe(2 + 100);
});

describe.each<[string, SteppingSettings]>([
  ['map', mapSettings({ batchSize: 4, earlyStopping: undefined })],
  ['map by SGD', mapSettings({ batchSize: 4, optimizer: 'sgd', earlyStopping: undefined })],
  ['sgld', sgldSettings({ batchSize: 4 })],
  ['sgld in cycles', sgldSettings({ batchSize: 4, draws: 6, schedule: { kind: 'cyclical', cycles: 2, exploration: 0.5 } })],
  ['sghmc', sghmcSettings({ batchSize: 4 })],
  ['vi', variationalSettings({ batchSize: 4 })],
])('a step of %s', (_, settings) => {
  test('costs one gradient, of the mini-batches that the chain would take', () => {
    const { seen, potential } = slowPotential(1);
    const take = createSteps(settings, KEY, potential, isotropicPrior(3), START);
    for (let step = 0; step < 7; step++) take(step);
    const batches = createRowBatches(KEY, ROWS.length, 4);
    expect(seen.batches).toEqual(Array.from({ length: 7 }, (_, step) => [...batches.at(step)!]));
    expect(seen.full).toBe(0);
    expect(START).toEqual(Float32Array.of(0.5, -1, 2));
  });

  test('leads nowhere, and all the same samples what the method samples', () => {
    const { seen, potential } = slowPotential(1);
    const take = createSteps(settings, KEY, potential, isotropicPrior(3), START);
    for (let step = 0; step < 5; step++) take(step);
    const distinct = new Set(seen.positions.map(String));
    expect(distinct.size).toBe(settings.method === 'vi' ? 5 : 1);
  });

  test('takes as long as the clock says', () => {
    const { seen, potential } = slowPotential(20);
    expect(measureSecondsPerStep(settings, potential, isotropicPrior(3), 0.5, () => seen.now)).toBeCloseTo(0.02, 9);
    expect(seen.batches.length).toBe(5 + 25);
  });
});

test('a method on the full batch steps on the full batch', () => {
  const { seen, potential } = slowPotential(1);
  createSteps(sgldSettings({ batchSize: 'full' }), KEY, potential, isotropicPrior(3), START)(0);
  expect(seen).toMatchObject({ full: 1, batches: [] });
});
