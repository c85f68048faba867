// Starting points: prior draws, Adam from there, retries and failures.
import { describe, expect, it } from 'vitest';
import { initMap, stepMap } from '../../src/inference/map.js';
import { startChain } from '../../src/inference/run.js';
import { createStart, priorDraw, type Prior } from '../../src/inference/start.js';
import { correlatedGaussian, diagonalGaussian, gumbel, isotropicPrior, potentialOf, settings } from './targets.js';

const prior: Prior = {
  dimension: 60_000,
  temperature: 1,
  tensors: [
    { name: 'a', shape: [20_000, 2], offset: 0, size: 40_000 },
    { name: 'b', shape: [20_000], offset: 40_000, size: 20_000 },
  ],
  priors: [
    { mean: 0, std: 0.1 },
    { mean: -1, std: 2 },
  ],
};

function momentsOf(values: Float32Array): { mean: number; std: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, std: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length) };
}

describe('priorDraw', () => {
  it('has mean and scaled standard deviation of each tensor', () => {
    const position = priorDraw({ seed: 1, chain: 0, iteration: 0 }, prior, 0.5);
    const a = momentsOf(position.subarray(0, 40_000));
    const b = momentsOf(position.subarray(40_000));
    expect([a.mean, a.std]).toBeAllclose([0, 0.05], { atol: 0.05 * 4 * 40_000 ** -0.5 });
    expect([b.mean, b.std]).toBeAllclose([-1, 1], { atol: 4 * 20_000 ** -0.5 });
  });

  it('differs between chains, seeds and attempts, and is the same for the same', () => {
    const draw = (seed: number, chain: number, iteration: number): number => priorDraw({ seed, chain, iteration }, isotropicPrior(1), 1)[0]!;
    expect(new Set([draw(1, 0, 0), draw(2, 0, 0), draw(1, 1, 0), draw(1, 0, 1)]).size).toBe(4);
    expect(draw(1, 0, 0)).toBe(draw(1, 0, 0));
  });
});

describe('Adam', () => {
  it('takes the steps of its equations', () => {
    // U = ½(q - 3)²: by hand for two steps from 0, learning rate 0.1. A first step is the learning rate.
    let state = initMap(Float32Array.of(0));
    const target = diagonalGaussian([3], [1]);
    state = stepMap(state, target, 0.1);
    expect(state.position[0]!).toBeCloseTo(0.1, 6);
    state = stepMap(state, target, 0.1);
    const m = (0.9 * 0.1 * -3 + 0.1 * -2.9) / (1 - 0.9 ** 2);
    const v = (0.999 * 0.001 * 9 + 0.001 * 2.9 ** 2) / (1 - 0.999 ** 2);
    expect(state.position[0]!).toBeCloseTo(0.1 - (0.1 * m) / Math.sqrt(v), 6);
    expect(state.bestEnergy).toBeCloseTo(0.5 * 2.9 ** 2, 5);
    expect(state.bestPosition[0]!).toBeCloseTo(0.1, 6);
  });

  it('finds the mode', () => {
    const precision = [2, 0.5, 0.5, 1];
    let state = initMap(Float32Array.of(4, -4));
    const target = correlatedGaussian([1, -1], precision);
    for (let i = 0; i < 800; i++) state = stepMap(state, target, 0.05);
    expect(state.bestPosition).toBeAllclose([1, -1], { atol: 0.01 });
    expect(state.steps).toBe(800);
    expect(target.evaluations).toBe(800);
  });

  it('stops at an energy that is not finite and keeps the best position', () => {
    const cliff = potentialOf(1, (q, g) => {
      g[0] = -1;
      return q[0]! > 0.25 ? NaN : -q[0]!;
    });
    let state = initMap(Float32Array.of(0));
    while (!state.failed) state = stepMap(state, cliff, 0.1);
    expect(state.bestPosition[0]!).toBeCloseTo(0.2, 5);
  });
});

describe('a start', () => {
  const MAP = { from: 'map', scale: 0.5, steps: 30, learningRate: 0.05 } as const;

  it('from the prior is the first draw, at one gradient', () => {
    const target = gumbel(3);
    const state = createStart(7, 2, target, isotropicPrior(3), { from: 'prior', scale: 1 }).step();
    expect(state.point!.position).toEqual(priorDraw({ seed: 7, chain: 2, iteration: 0 }, isotropicPrior(3), 1));
    expect(state).toMatchObject({ gradients: 1, mapSteps: 0, potentialEnergy: state.point!.potentialEnergy });
    expect(target.evaluations).toBe(1);
  });

  it('is shared by the chains of a superchain, whichever way it is found', () => {
    const prior = isotropicPrior(3);
    for (const settings of [{ from: 'prior', scale: 1, chainsPerStart: 3 }, { ...MAP, chainsPerStart: 3 }] as const) {
      const found = [0, 1, 2, 3, 4, 5, 6].map((chain) => {
        const start = createStart(7, chain, gumbel(3), prior, settings);
        while (start.state.point === null) start.step();
        return start.state.point.position;
      });
      expect([found[1], found[2], found[4], found[5]]).toEqual([found[0], found[0], found[3], found[3]]);
      expect(found[3]).not.toEqual(found[0]);
      expect(found[6]).not.toEqual(found[3]);
    }
  });

  it('from a MAP fit has lower energy, is deterministic and costs its steps and one gradient', () => {
    const target = gumbel(5);
    const run = () => {
      const start = createStart(7, 2, target, isotropicPrior(5), MAP);
      const energies: number[] = [];
      while (start.state.point === null) energies.push(start.step().potentialEnergy);
      return { state: start.state, energies };
    };
    const { state, energies } = run();
    expect(state).toMatchObject({ mapSteps: 30, gradients: 31 });
    expect(target.evaluations).toBe(31);
    expect(energies).toEqual([...energies].sort((a, b) => b - a));
    expect(state.point!.potentialEnergy).toBeLessThan(energies[0]!);
    expect(run().state).toEqual(state);
  });

  it.each([{ from: 'prior', scale: 1 } as const, MAP])('tries again where the potential is not finite: $from', (start) => {
    // Finite where the first coordinate is above 0.6: a minority of draws.
    const wall = potentialOf(2, (q, g) => {
      g[0] = q[0]!;
      g[1] = q[1]!;
      return q[0]! > 0.6 ? 0.5 * (q[0]! ** 2 + q[1]! ** 2) : NaN;
    });
    const found = createStart(3, 0, wall, isotropicPrior(2), start);
    while (found.state.point === null) found.step();
    expect(found.state.point.position[0]!).toBeGreaterThan(0.6);
    expect(found.state.gradients).toBe(wall.evaluations);
    expect(wall.evaluations).toBeGreaterThan(start.from === 'prior' ? 1 : 2);
  });

  it.each([{ from: 'prior', scale: 1 } as const, MAP])('fails with a remedy where none is finite: $from', (start) => {
    const broken = potentialOf(2, () => NaN);
    const chain = startChain({ seed: 0, chain: 0, inference: settings({ start }), checkpointEvery: 10 }, broken, isotropicPrior(2));
    expect(() => chain.next()).toThrow(expect.objectContaining({ code: 'SAMPLER_FAILED', path: 'inference.start.scale' }));
    expect(broken.evaluations).toBe(20);
  });

  it('reports its progress and can be paused between gradients', () => {
    const seen: { mapSteps: number; totalGradients: number }[] = [];
    let polls = 0;
    const chain = startChain(
      { seed: 1, chain: 0, inference: settings({ start: MAP, warmup: 5, draws: 1 }), checkpointEvery: 10 },
      gumbel(2),
      isotropicPrior(2),
      { onStart: ({ mapSteps, totalGradients }) => seen.push({ mapSteps, totalGradients }) },
    );
    expect(chain.next(() => ++polls > 10)).toBeNull();
    expect(seen).toEqual(Array.from({ length: 10 }, (_, i) => ({ mapSteps: i + 1, totalGradients: i + 1 })));
    expect(chain.next()).not.toBeNull();
    expect(seen).toHaveLength(31);
  });
});
