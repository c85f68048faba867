// Whole chains of variational inference against the known mean-field optimum, and their draws against what was fitted.
import { describe, expect, it } from 'vitest';
import type { ChainRecord } from '../../src/inference/chain.js';
import { startChain } from '../../src/inference/run.js';
import type { VariationalSettings } from '../../src/inference/settings.js';
import { standardErrorsFrom } from './effectiveSampleSize.js';
import { closedForm, model, PARAMETERS } from './linearRegression.js';
import { gaussianRows, isotropicPrior, variationalSettings } from './targets.js';

function fit(temperature: number, overrides: Partial<VariationalSettings>, chain = 0): ChainRecord[] {
  const { posterior, potential } = model(temperature);
  const running = startChain({ seed: 4, chain, inference: variationalSettings(overrides), checkpointEvery: 1_000_000 }, potential, posterior);
  const records: ChainRecord[] = [];
  for (let record = running.next(); record !== null; record = running.next()) records.push(record);
  return records;
}

describe('on linear regression', () => {
  // Of a Gaussian with precision Λ the closest independent Gaussians have its mean, and variances 1/Λ_ii.
  it.each<[string, number, Partial<VariationalSettings>]>([
    ['full batch', 1, { epochs: 12_000, learningRate: 0.001 }],
    ['mini-batches', 1, { epochs: 4000, learningRate: 0.001, batchSize: 8 }],
    ['temperature 0.5', 0.5, { epochs: 12_000, learningRate: 0.001 }],
  ])('finds the mean-field optimum: %s', (_, temperature, overrides) => {
    const [{ position, kernel, info }, ...draws] = fit(temperature, { ...overrides, draws: 2000 }) as [ChainRecord, ...ChainRecord[]];
    const { mean, precision } = closedForm(model(temperature).data, temperature);
    const std = mean.map((__, i) => precision[i * PARAMETERS + i]! ** -0.5);
    expect([...kernel!.arrays.mean!]).toEqual([...position]);
    mean.forEach((exact, i) => {
      expect(Math.abs(position[i]! - exact) / std[i]!).toBeLessThan(0.2);
      expect(Math.exp(kernel!.arrays.logStd![i]!) / std[i]!).toBeCloseTo(1, 0.8);
      // Draws are independent, from what was fitted.
      const values = draws.map((draw) => draw.position[i]!);
      expect(Math.abs(standardErrorsFrom(values, kernel!.arrays.mean![i]!, 1000))).toBeLessThan(4);
      expect(Math.abs(standardErrorsFrom(values.map((v) => (v - kernel!.arrays.mean![i]!) ** 2), Math.exp(2 * kernel!.arrays.logStd![i]!), 1000))).toBeLessThan(4);
    });
    expect(info.stepSize).toBe(0.001);
    expect(draws.every((draw) => draw.kernel === null && Number.isNaN(draw.info.stepSize))).toBe(true);
  });

  it('chains fit from different starts, and draw differently', () => {
    const [a, b] = [0, 1].map((chain) => fit(1, { epochs: 2, draws: 2 }, chain));
    expect(a![0]!.position).not.toEqual(b![0]!.position);
    expect(a![1]!.position).not.toEqual(a![2]!.position);
  });
});

it('tells −ELBO between records, which falls', () => {
  const energies: number[] = [];
  const chain = startChain({ seed: 1, chain: 0, inference: variationalSettings({ epochs: 60, learningRate: 0.1 }), checkpointEvery: 100 }, gaussianRows([[3], [4], [5]], 0.5, 2), isotropicPrior(1, 2), {
    onTransition: (phase, iteration, { potentialEnergy }) => phase === 'warmup' && iteration < 60 && energies.push(potentialEnergy),
  });
  chain.next();
  expect(energies).toHaveLength(59);
  expect(energies.at(-1)!).toBeLessThan(energies[0]! / 2);
});
