// Bayesian linear regression through the reference engine: HMC against the closed-form posterior.
import { describe, expect, it } from 'vitest';
import { startChain } from '../../src/inference/run.js';
import type { HmcSettings } from '../../src/inference/settings.js';
import { standardErrorsFrom } from './effectiveSampleSize.js';
import { closedForm, model, PARAMETERS } from './linearRegression.js';
import { settings } from './targets.js';

describe('Bayesian linear regression', () => {
  it.each<[string, number, Partial<HmcSettings>]>([
    ['identity mass matrix', 1, { trajectoryLength: 0.3, leapfrogSteps: undefined, jitter: 0.3 }],
    ['diagonal mass matrix', 1, { massMatrix: 'diagonal', leapfrogSteps: 5, jitter: 0.3 }],
    ['MAP start', 1, { leapfrogSteps: 6, jitter: 0.3, start: { from: 'map', scale: 0.1, steps: 100, learningRate: 0.05 } }],
    ['temperature 0.5', 0.5, { leapfrogSteps: 6, jitter: 0.3 }],
  ])('has the closed-form posterior: %s', (_, temperature, overrides) => {
    const { posterior, potential, data } = model(temperature);
    const inference = settings({ warmup: 300, draws: 4000, ...overrides });
    const chain = startChain({ seed: 6, chain: 1, inference, checkpointEvery: 100 }, potential, posterior);
    const draws: Float32Array[] = [];
    for (let record = chain.next(); record !== null; record = chain.next()) {
      if (record.phase === 'sampling') draws.push(record.position);
      // The parts are those of this very position.
      const { priorEnergy, likelihoodEnergy, potentialEnergy } = record.info;
      expect((priorEnergy + likelihoodEnergy) / temperature).toBeCloseTo(potentialEnergy, 6);
    }
    const { mean, covariance } = closedForm(data, temperature);
    const n = PARAMETERS;
    for (let i = 0; i < n; i++) {
      expect(Math.abs(standardErrorsFrom(draws.map((d) => d[i]!), mean[i]!, 400))).toBeLessThan(4.5);
      for (let j = 0; j <= i; j++) {
        const products = draws.map((d) => (d[i]! - mean[i]!) * (d[j]! - mean[j]!));
        expect(Math.abs(standardErrorsFrom(products, covariance[i * n + j]!, 400))).toBeLessThan(4.5);
      }
    }
  });
});
