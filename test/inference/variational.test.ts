// Mean-field variational inference: the known optimum on linear regression, the gradient by finite differences, resumption.
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engine/reference.js';
import { createVariational, type VariationalState } from '../../src/inference/variational.js';
import type { StochasticPotential } from '../../src/inference/potential.js';
import { createBatches } from '../../src/random/index.js';
import { dataOf, largest, positionOf, posteriorOf } from '../engine/support.js';
import { closedForm, model, PARAMETERS } from './linearRegression.js';

const key = { seed: 11, chain: 2 };

const copyOf = (state: VariationalState): VariationalState =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [name, value instanceof Float32Array ? value.slice() : (value as number)])) as unknown as VariationalState;

describe('Bayesian linear regression', () => {
  it.each([
    ['full batch', 1, null],
    ['mini-batches', 1, 10],
    ['temperature 0.5', 0.5, null],
    ['temperature 2, mini-batches', 2, 10],
  ])('ends at the mean-field optimum: %s', (_, temperature, size) => {
    const { posterior, potential, data } = model(temperature);
    const fit = createVariational(potential, posterior);
    const batches = size === null ? null : createBatches(key, data.rows, size);
    let state = fit.init(new Float32Array(PARAMETERS), 0.05);
    const run = (steps: number, learningRate: number, visit?: () => void) => {
      for (let i = 0; i < steps; i++) {
        state = fit.step(key, state, batches?.at(state.steps) ?? null, learningRate)[0];
        visit?.();
      }
    };
    run(2000, 0.02);
    run(2000, 0.003);
    // A constant learning rate scatters about the optimum: the average does not.
    const mean = new Float64Array(PARAMETERS);
    const logStd = new Float64Array(PARAMETERS);
    const AVERAGED = 20_000;
    run(AVERAGED, 0.001, () => {
      state.mean.forEach((value, i) => (mean[i]! += value / AVERAGED));
      state.logStd.forEach((value, i) => (logStd[i]! += value / AVERAGED));
    });
    const exact = closedForm(data, temperature);
    // The optimum has the exact mean, and variances 1/Λ_ii.
    for (let i = 0; i < PARAMETERS; i++) {
      const optimum = 1 / Math.sqrt(exact.precision[i * PARAMETERS + i]!);
      expect(Math.abs(mean[i]! - exact.mean[i]!) / optimum, `mean ${i}`).toBeLessThan(0.03);
      expect(Math.abs(Math.exp(logStd[i]!) / optimum - 1), `std ${i}`).toBeLessThan(0.02);
      // Where the posterior is correlated this is less than its own standard deviation.
      expect(optimum).toBeLessThan(Math.sqrt(exact.covariance[i * PARAMETERS + i]!) * 1.0001);
    }
  });

  it.each([1, 0.5])('estimates the bound without bias, and the divergence exactly: temperature %d', (temperature) => {
    const { posterior, potential, data } = model(temperature);
    const { mean, precision } = closedForm(data, temperature);
    const variances = mean.map((_, i) => 1 / precision[i * PARAMETERS + i]!);
    const fit = createVariational(potential, posterior);
    let state: VariationalState = {
      ...fit.init(Float32Array.from(mean), 1),
      logStd: Float32Array.from(variances, (variance) => 0.5 * Math.log(variance)),
    };
    const SAMPLES = 4000;
    let sum = 0;
    let squares = 0;
    let divergence = NaN;
    for (let n = 0; n < SAMPLES; n++) {
      const [next, info] = fit.step(key, state, null, 0);
      state = next;
      sum += info.elbo;
      squares += info.elbo ** 2;
      divergence = info.divergence;
      expect(info.elbo).toBeCloseTo(info.expectedLogLikelihood / temperature - info.divergence, 9);
    }
    // −E_q[U] = −U(mean) − ½ Σ Λ_ii σ_i² with Λ_ii σ_i² = 1, and the entropy.
    const energy = potential.valueAndGradient(Float32Array.from(mean), new Float32Array(PARAMETERS));
    const bound = -energy + variances.reduce((total, variance) => total + 0.5 * Math.log(2 * Math.PI * variance), 0);
    const error = Math.sqrt((squares / SAMPLES - (sum / SAMPLES) ** 2) / SAMPLES);
    expect(Math.abs(sum / SAMPLES - bound)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.2);
    if (temperature !== 1) return;
    const kl = variances.reduce((total, variance, i) => {
      const prior = i < PARAMETERS - 1 ? 4 : 9;
      return total + 0.5 * (Math.log(prior / variance) + (variance + mean[i]! ** 2) / prior - 1);
    }, 0);
    expect(divergence).toBeCloseTo(kl, 4);
  });
});

it.each([1, 0.4])('steps along the gradient of the bound, noise held fixed: temperature %d', (temperature) => {
  const shape = { inputs: 3, hidden: [5, 4], outputs: 2, rows: 30 };
  const posterior = posteriorOf(shape, 'tanh', 'gaussian-learned', temperature);
  const potential = referenceEngine().potential(posterior, dataOf(posterior, shape.rows), { threads: 1 });
  const fit = createVariational(potential, posterior);
  const start = fit.init(positionOf(posterior), 0.1);
  const rows = Int32Array.of(3, 3, 17, 29, 0);
  const elbo = (state: VariationalState) => fit.step(key, copyOf(state), rows, 0)[1].elbo;
  const step = 2 ** -8;
  const slopes = (name: 'mean' | 'logStd') =>
    Float64Array.from(start[name], (value, i) => (elbo({ ...start, [name]: start[name].with(i, value - step) }) - elbo({ ...start, [name]: start[name].with(i, value + step) })) / (2 * step));
  // Adam's first moment after one step is a tenth of the gradient of −ELBO.
  const [after] = fit.step(key, copyOf(start), rows, 0);
  for (const [moment, numeric] of [[after.meanFirstMoment, slopes('mean')], [after.logStdFirstMoment, slopes('logStd')]] as const) {
    expect(moment.map((m) => 10 * m)).toBeAllclose(numeric, { rtol: 1e-3, atol: 3e-4 * largest(numeric) });
  }
});

describe('a fit', () => {
  const shape = { inputs: 3, hidden: [6], outputs: 2, rows: 40 };
  const posterior = posteriorOf(shape, 'relu', 'categorical');
  const potential = referenceEngine().potential(posterior, dataOf(posterior, shape.rows), { threads: 1 });
  const batches = createBatches(key, shape.rows, 16);

  const stepped = (fit: ReturnType<typeof createVariational>, state: VariationalState, steps: number, at = key) => {
    let now = state;
    for (let i = 0; i < steps; i++) now = fit.step(at, now, batches.at(now.steps), 0.01)[0];
    return now;
  };

  it('goes on from its arrays bit by bit, in another kernel', () => {
    const fit = createVariational(potential, posterior);
    const whole = stepped(fit, fit.init(positionOf(posterior), 0.05), 50);
    const half = copyOf(stepped(fit, fit.init(positionOf(posterior), 0.05), 23));
    stepped(fit, fit.init(new Float32Array(posterior.dimension), 1), 3);
    expect(half.steps).toBe(23);
    const other = createVariational(referenceEngine().potential(posterior, dataOf(posterior, shape.rows), { threads: 1 }), posterior);
    expect(stepped(other, half, 27)).toEqual(whole);
  });

  it('does not move the position that it starts from, and is another for another chain', () => {
    const fit = createVariational(potential, posterior);
    const position = positionOf(posterior);
    const before = position.slice();
    const one = stepped(fit, fit.init(position, 0.05), 5);
    expect(position).toEqual(before);
    expect(stepped(fit, fit.init(position, 0.05), 5, { ...key, chain: 3 }).mean).not.toEqual(one.mean);
  });

  it('is drawn from with its mean and standard deviation', () => {
    const fit = createVariational(potential, posterior);
    const state = stepped(fit, fit.init(positionOf(posterior), 0.2), 5);
    const out = new Float32Array(posterior.dimension);
    const DRAWS = 4000;
    const sum = new Float64Array(posterior.dimension);
    const squares = new Float64Array(posterior.dimension);
    for (let iteration = 0; iteration < DRAWS; iteration++) {
      fit.drawFrom({ ...key, iteration }, state, out);
      out.forEach((value, i) => {
        const z = (value - state.mean[i]!) / Math.exp(state.logStd[i]!);
        sum[i]! += z;
        squares[i]! += z * z;
      });
    }
    for (let i = 0; i < posterior.dimension; i++) {
      expect(Math.abs(sum[i]!) / Math.sqrt(DRAWS)).toBeLessThan(4.5);
      expect(Math.abs(squares[i]! - DRAWS) / Math.sqrt(2 * DRAWS)).toBeLessThan(4.5);
    }
    const again = new Float32Array(posterior.dimension);
    fit.drawFrom({ ...key, iteration: DRAWS - 1 }, state, again);
    expect(again).toEqual(out);
  });

  it('refuses a start that is none', () => {
    const fit = createVariational(potential, posterior);
    const invalid = (path: string): unknown => expect.objectContaining({ code: 'ARGUMENT_INVALID', path });
    for (const std of [0, -1, NaN, Infinity]) expect(() => fit.init(positionOf(posterior), std)).toThrow(invalid('initialStd'));
    expect(() => fit.init(new Float32Array(3), 0.1)).toThrow(invalid('position'));
    expect(() => fit.init(positionOf(posterior).with(2, NaN), 0.1)).toThrow(invalid('position'));
  });

  it('stops where the potential is not finite, and keeps its state', () => {
    const broken: StochasticPotential = { ...potential, valueAndGradient: () => NaN };
    const fit = createVariational(broken, posterior);
    const state = fit.init(positionOf(posterior), 0.1);
    const before = copyOf(state);
    expect(() => fit.step(key, state, null, 0.1)).toThrow(expect.objectContaining({ code: 'SAMPLER_FAILED', value: NaN }));
    expect(state).toEqual(before);
  });
});
