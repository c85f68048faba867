// The HMC kernel: acceptance against a closed form, rejection, divergence, jitter, failures, reuse of arrays.
import { describe, expect, it } from 'vitest';
import { createHmc, type HmcInfo, type HmcState, type HmcTuning } from '../../src/inference/hmc.js';
import { leapfrog } from '../../src/inference/integrator.js';
import { metricOf } from '../../src/inference/metric.js';
import type { SamplerPotential } from '../../src/inference/potential.js';
import { diagonalGaussian, gumbel, potentialOf } from './targets.js';

const OPTIONS = { jitter: 0, divergenceThreshold: 1000 };

function tuningOf(dimension: number, stepSize: number, leapfrogSteps: number): HmcTuning {
  return { stepSize, leapfrogSteps, metric: metricOf(null, dimension) };
}

function run(potential: SamplerPotential, tuning: HmcTuning, transitions: number, options = OPTIONS, seed = 1): { states: HmcState[]; infos: HmcInfo[] } {
  const hmc = createHmc(potential, options);
  let state = hmc.init(new Float32Array(potential.dimension));
  const states: HmcState[] = [];
  const infos: HmcInfo[] = [];
  for (let iteration = 1; iteration <= transitions; iteration++) {
    const [next, info] = hmc.step({ seed, chain: 0, iteration }, state, tuning);
    state = next;
    states.push({ ...next, position: next.position.slice(), gradient: next.gradient.slice() });
    infos.push(info);
  }
  return { states, infos };
}

describe('acceptance', () => {
  // For a standard normal in one dimension the trajectory is a linear map A of (q, p) with det A = 1, and in
  // equilibrium E[min(1, e^-ΔH)] = 2 P(ΔH < 0) = (4/π) atan(1/σ), σ the largest singular value of A.
  it.each([
    [1.0, 1],
    [1.5, 1],
    [1.2, 3],
    [1.9, 5],
  ])('has the closed-form mean on a normal, step size %f, %i steps', (eps, steps) => {
    let a = [1, 0, 0, 1];
    const step = [1 - eps ** 2 / 2, eps, -eps * (1 - eps ** 2 / 4), 1 - eps ** 2 / 2];
    for (let i = 0; i < steps; i++) {
      a = [
        step[0]! * a[0]! + step[1]! * a[2]!,
        step[0]! * a[1]! + step[1]! * a[3]!,
        step[2]! * a[0]! + step[3]! * a[2]!,
        step[2]! * a[1]! + step[3]! * a[3]!,
      ];
    }
    // Squares of the singular values are s and 1/s, and sum to the square of the Frobenius norm.
    const trace = a.reduce((sum, v) => sum + v * v, 0);
    const s = (trace + Math.sqrt(trace ** 2 - 4)) / 2;
    const expected = (4 / Math.PI) * Math.atan(1 / Math.sqrt(s));

    const n = 40_000;
    const { infos } = run(diagonalGaussian([0], [1]), tuningOf(1, eps, steps), n);
    const mean = infos.reduce((sum, info) => sum + info.acceptanceRate, 0) / n;
    const accepted = infos.filter((info) => info.accepted).length / n;
    // Autocorrelation at most trebles the standard error of ½/√n.
    expect(Math.abs(mean - expected)).toBeLessThan((4 * 3 * 0.5) / Math.sqrt(n));
    expect(Math.abs(accepted - expected)).toBeLessThan((4 * 3 * 0.5) / Math.sqrt(n));
  });

  it('reports what it decides by', () => {
    const { states, infos } = run(gumbel(3), tuningOf(3, 1.2, 2), 500);
    let previous: HmcState | null = null;
    for (const [i, info] of infos.entries()) {
      const state = states[i]!;
      expect(info.acceptanceRate).toBe(Math.min(1, Math.exp(-info.energyError)));
      expect(info.potentialEnergy).toBe(state.potentialEnergy);
      if (info.energyError <= 0) expect(info.accepted).toBe(true);
      if (!info.accepted && previous !== null) expect(state).toEqual(previous);
      previous = state;
    }
    expect(infos.some((info) => info.accepted) && infos.some((info) => !info.accepted)).toBe(true);
  });

  it('caches energy and gradient of the position it is at', () => {
    const target = gumbel(4);
    for (const state of run(target, tuningOf(4, 1, 3), 200).states) {
      const gradient = new Float32Array(4);
      expect(target.valueAndGradient(state.position, gradient)).toBe(state.potentialEnergy);
      expect(gradient).toEqual(state.gradient);
    }
  });
});

describe('a transition', () => {
  it('is a pure function of key, position and tuning', () => {
    const tuning = tuningOf(3, 0.7, 4);
    const { states, infos } = run(gumbel(3), tuning, 60);
    for (let i = 1; i < states.length; i++) {
      const hmc = createHmc(gumbel(3), OPTIONS);
      const [state, info] = hmc.step({ seed: 1, chain: 0, iteration: i + 1 }, hmc.init(states[i - 1]!.position.slice()), tuning);
      expect(state).toEqual(states[i]);
      expect(info).toEqual(infos[i]);
    }
  });

  it('is the same through the potential’s own trajectory', () => {
    const plain = gumbel(3);
    const own: SamplerPotential = {
      dimension: 3,
      valueAndGradient: (q, g) => plain.valueAndGradient(q, g),
      trajectory: (q, p, g, inverse, eps, steps, limit) => leapfrog(plain, q, p, g, inverse, eps, steps, limit),
    };
    expect(run(own, tuningOf(3, 0.7, 4), 100)).toEqual(run(gumbel(3), tuningOf(3, 0.7, 4), 100));
  });

  it('costs one gradient a step and none besides', () => {
    const target = gumbel(2);
    const { infos } = run(target, tuningOf(2, 0.5, 7), 50);
    expect(target.evaluations).toBe(1 + infos.reduce((sum, info) => sum + info.leapfrogSteps, 0));
  });

  it('reports the parts of the energy at its position, also after a rejection', () => {
    const plain = gumbel(2);
    let last = 0;
    const split: SamplerPotential = {
      dimension: 2,
      valueAndGradient: (q, g) => (last = plain.valueAndGradient(q, g)),
      parts: () => ({ prior: last / 4, likelihood: (3 * last) / 4 }),
    };
    const { states, infos } = run(split, tuningOf(2, 1.5, 3), 100);
    expect(infos.some((info) => !info.accepted)).toBe(true);
    for (const state of states) {
      expect(state.priorEnergy).toBe(state.potentialEnergy / 4);
      expect(state.likelihoodEnergy).toBe((3 * state.potentialEnergy) / 4);
    }
  });
});

describe('jitter', () => {
  it('varies the step size uniformly and symmetrically, and not where it is 0', () => {
    const { infos } = run(diagonalGaussian([0], [1]), tuningOf(1, 0.5, 1), 4000, { jitter: 0.2, divergenceThreshold: 1000 });
    const ratios = infos.map((info) => info.stepSize / 0.5 - 1);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(-0.2);
    expect(Math.max(...ratios)).toBeLessThan(0.2);
    expect(Math.min(...ratios)).toBeLessThan(-0.19);
    expect(Math.max(...ratios)).toBeGreaterThan(0.19);
    expect(Math.abs(ratios.reduce((a, b) => a + b, 0) / 4000)).toBeLessThan((4 * 0.2) / Math.sqrt(3 * 4000));
    expect(run(gumbel(1), tuningOf(1, 0.5, 1), 10).infos.every((info) => info.stepSize === 0.5)).toBe(true);
  });
});

describe('divergence', () => {
  it('is an energy error above the threshold: rejected, counted, and the chain goes on', () => {
    const { infos, states } = run(diagonalGaussian([0, 0], [1, 0.1]), tuningOf(2, 0.22, 40), 100, { jitter: 0, divergenceThreshold: 5 });
    const divergent = infos.filter((info) => info.divergent);
    expect(divergent.length).toBeGreaterThan(0);
    for (const info of divergent) expect(info).toMatchObject({ acceptanceRate: 0, accepted: false });
    expect(divergent.some((info) => info.leapfrogSteps < 40)).toBe(true);
    expect(states.every((state) => Number.isFinite(state.potentialEnergy))).toBe(true);
  });

  it.each([NaN, Infinity, -Infinity])('is an energy of %d, too', (bad) => {
    const wall = potentialOf(1, (q, g) => {
      g[0] = q[0]!;
      return q[0]! > 1 ? bad : 0.5 * q[0]! ** 2;
    });
    const { infos, states } = run(wall, tuningOf(1, 0.3, 5), 200);
    const divergent = infos.filter((info) => info.divergent);
    expect(divergent.length).toBeGreaterThan(10);
    expect(divergent.every((info) => info.energyError === Infinity)).toBe(true);
    expect(infos.filter((info) => info.accepted).length).toBeGreaterThan(10);
    expect(states.every(({ position }) => position[0]! <= 1)).toBe(true);
  });

  it('is a gradient that is not finite at the end, so that no state holds one', () => {
    const broken = potentialOf(1, (q, g) => {
      g[0] = q[0]! > 1 ? NaN : q[0]!;
      return 0.5 * q[0]! ** 2;
    });
    const { states, infos } = run(broken, tuningOf(1, 0.3, 5), 200);
    expect(states.every(({ gradient }) => Number.isFinite(gradient[0]!))).toBe(true);
    expect(infos.some((info) => info.divergent) && infos.some((info) => info.accepted)).toBe(true);
  });

  it('shows on the neck of a funnel', () => {
    // Neal 2003: v ~ N(0, 3²), x ~ N(0, e^v)⁹.
    const funnel = potentialOf(10, (q, g) => {
      const v = q[0]!;
      let squares = 0;
      for (let i = 1; i < 10; i++) squares += q[i]! ** 2;
      for (let i = 1; i < 10; i++) g[i] = q[i]! * Math.exp(-v);
      g[0] = v / 9 + 4.5 - 0.5 * squares * Math.exp(-v);
      return v ** 2 / 18 + 4.5 * v + 0.5 * squares * Math.exp(-v);
    });
    const { infos } = run(funnel, tuningOf(10, 0.5, 10), 2000);
    expect(infos.filter((info) => info.divergent).length).toBeGreaterThan(5);
    expect(infos.filter((info) => info.accepted).length).toBeGreaterThan(500);
  });
});

describe('init', () => {
  it.each([
    ['energy', NaN, 0],
    ['energy', Infinity, 0],
    ['gradient', 0, NaN],
  ])('throws SAMPLER_FAILED where the %s is not finite', (_, energy, gradient) => {
    const broken = potentialOf(1, (__, g) => {
      g[0] = gradient;
      return energy;
    });
    expect(() => createHmc(broken, OPTIONS).init(Float32Array.of(0))).toThrow(expect.objectContaining({ code: 'SAMPLER_FAILED' }));
  });
});
