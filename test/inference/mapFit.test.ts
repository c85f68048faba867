// MAP fits against closed forms: ridge regression, the equations of SGD, early stopping, ensembles.
import { describe, expect, it } from 'vitest';
import { heldOutLoss, heldOutRows, scaleToRows, splitRows } from '../../src/inference/heldOut.js';
import type { StochasticPotential } from '../../src/inference/potential.js';
import { startChain } from '../../src/inference/run.js';
import type { MapSettings } from '../../src/inference/settings.js';
import { priorDraw, type Prior } from '../../src/inference/start.js';
import { createBatches } from '../../src/random/index.js';
import type { ChainRecord } from '../../src/inference/chain.js';
import { closedForm, model } from './linearRegression.js';
import { gaussianRows, isotropicPrior, mapSettings } from './targets.js';

function fit(potential: StochasticPotential, prior: Prior, inference: MapSettings, chain = 0, checkpointEvery = 1000): ChainRecord[] {
  const running = startChain({ seed: 4, chain, inference, checkpointEvery }, potential, prior);
  const records: ChainRecord[] = [];
  for (let record = running.next(); record !== null; record = running.next()) records.push(record);
  return records;
}

const drawOf = (records: readonly ChainRecord[]): Float32Array => records.at(-1)!.position;

describe('on linear regression', () => {
  it.each<[string, Partial<MapSettings>, number]>([
    ['Adam, full batch', { epochs: 3000, learningRate: 0.02 }, 1e-3],
    ['SGD, full batch', { epochs: 3000, optimizer: 'sgd', learningRate: 0.05, momentum: 0.9 }, 1e-4],
    // Mini-batches of one size: the pull of a batch averages out over an epoch.
    ['SGD, mini-batches', { epochs: 2000, optimizer: 'sgd', learningRate: 0.0005, batchSize: 8 }, 5e-3],
    ['Adam, mini-batches', { epochs: 3000, learningRate: 0.001, batchSize: 8 }, 2e-2],
  ])('is the ridge estimate: %s', (_, overrides, atol) => {
    const { posterior, potential, data } = model();
    const records = fit(potential, posterior, mapSettings(overrides));
    expect(drawOf(records)).toBeAllclose(closedForm(data).mean, { atol });
    // The energy is the full batch's at the draw.
    expect(records.at(-1)!.info.potentialEnergy).toBe(potential.valueAndGradient(drawOf(records), new Float32Array(posterior.dimension)));
  });

  it('leaves one draw a chain, and members from different starts', () => {
    const { posterior, potential } = model();
    const members = [0, 1, 2].map((chain) => fit(potential, posterior, mapSettings({ epochs: 3 }), chain));
    for (const records of members) expect(records.map(({ phase, iteration }) => [phase, iteration])).toEqual([['warmup', 3], ['sampling', 4]]);
    expect(new Set(members.map((records) => drawOf(records)[0])).size).toBe(3);
  });
});

describe('SGD', () => {
  it('takes the steps of its equations, on the batches of its epoch', () => {
    // v ← μ v + ∇U_B/n, q ← q - η v, by hand; a batch of 2 of 4 rows counts twice.
    const rows = [[1], [2], [4], [8]];
    const inference = mapSettings({ epochs: 2, optimizer: 'sgd', learningRate: 0.3, momentum: 0.6, batchSize: 2 });
    let q = priorDraw({ seed: 4, chain: 0, iteration: 0 }, isotropicPrior(1), 1)[0]!;
    let v = 0;
    const batches = createBatches({ seed: 4, chain: 0 }, 4, 2);
    for (let step = 0; step < 4; step++) {
      const gradient = q / 9 + 2 * batches.at(step).reduce((sum, row) => sum + q - rows[row]![0]!, 0);
      v = 0.6 * v + gradient / 4;
      q -= 0.3 * v;
    }
    expect(drawOf(fit(gaussianRows(rows, 1, 3), isotropicPrior(1, 3), { ...inference, start: { from: 'prior', scale: 1 / 3 } }))[0]!).toBeCloseTo(q, 5);
  });

  it('that runs away fails with a remedy', () => {
    const inference = mapSettings({ epochs: 400, optimizer: 'sgd', learningRate: 50 });
    expect(() => fit(gaussianRows([[1], [2]], 0.1, 1), isotropicPrior(1), inference)).toThrow(expect.objectContaining({ code: 'SAMPLER_FAILED', path: 'inference.learningRate' }) as Error);
  });
});

describe('held-out rows', () => {
  it('are a random split of the job’s own, with a row on either side', () => {
    const { fitted, heldOut } = splitRows(3, 20, 0.25);
    expect([...fitted, ...heldOut].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(heldOut).toHaveLength(5);
    expect([...splitRows(3, 20, 0.25).heldOut]).toEqual([...heldOut]);
    expect([...splitRows(4, 20, 0.25).heldOut]).not.toEqual([...heldOut]);
    expect([heldOutRows(2, 0.01), heldOutRows(2, 0.99), heldOutRows(1000, 0.1)]).toEqual([1, 1, 100]);
  });

  it('are not part of the gradient: it is that of the posterior of the others', () => {
    const { posterior, potential, data } = model(0.7);
    const q = Float32Array.of(0.3, -1, 2, 0.5, -0.2);
    const rows = Int32Array.from({ length: 13 }, (_, i) => 3 * i);
    const gradient = new Float32Array(5);
    potential.batchValueAndGradient(q, rows, gradient);
    scaleToRows(gradient, q, posterior, 13 / 40);
    // By hand: U = (½|q/s|² + Σ ½((y - f)/0.5)²)/0.7 over these rows alone, priors 2 on weights and 3 on the bias.
    const expected = [...q].map((value, i) => value / (i < 4 ? 2 : 3) ** 2);
    for (const row of rows) {
      const x = [...data.inputs.subarray(4 * row, 4 * row + 4), 1];
      const residual = x.reduce((sum, value, i) => sum + value * q[i]!, 0) - data.targets[row]!;
      x.forEach((value, i) => (expected[i]! += (value * residual) / 0.25));
    }
    expect(gradient).toBeAllclose(expected.map((value) => value / 0.7), { rtol: 1e-5 });
    const alone = rows.reduce((sum, row) => {
      const f = [...data.inputs.subarray(4 * row, 4 * row + 4), 1].reduce((total, value, i) => total + value * q[i]!, 0);
      return sum + 0.5 * ((data.targets[row]! - f) / 0.5) ** 2 + Math.log(0.5) + 0.5 * Math.log(2 * Math.PI);
    }, 0);
    expect(heldOutLoss(potential, q, rows, gradient)).toBeCloseTo(alone / 13, 5);
  });

  it('end the fit, which keeps its best epoch', () => {
    // Held-out rows lie on the way to the others: the loss on them falls, then rises.
    const { heldOut } = splitRows(4, 20, 0.25);
    const rows = Array.from({ length: 20 }, (_, row) => [heldOut.includes(row) ? 1 : 4]);
    const early = { epochs: 500, optimizer: 'sgd', learningRate: 0.005, momentum: 0, start: { from: 'prior', scale: 1e-6 } } as const;
    const potential = gaussianRows(rows, 1, 10);
    const records = fit(potential, isotropicPrior(1, 10), mapSettings({ ...early, earlyStopping: { fraction: 0.25, patience: 7 } }), 0, 1);
    // One epoch goes from q to q - 0.005 (q - 4 + …): steps of at most 0.02.
    expect(Math.abs(drawOf(records)[0]! - 1)).toBeLessThan(0.011);
    const stopped = records.findIndex(({ kernel }) => kernel?.scalars.fitted === 1);
    const best = records.findIndex(({ position }) => position[0] === drawOf(records)[0]);
    expect(stopped - best).toBe(7);
    // Nothing moves, and nothing is computed, once it is over.
    expect(records.slice(stopped).every(({ position }) => position[0] === drawOf(records)[0])).toBe(true);
    expect(records.at(-1)!.info.totalGradients).toBe(records[stopped]!.info.totalGradients);
    expect(records).toHaveLength(501);
    const whole = fit(potential, isotropicPrior(1, 10), mapSettings({ ...early, epochs: 2000 }));
    expect(drawOf(whole)[0]!).toBeCloseTo((15 * 4 + 5) / (20 + 0.01), 3);
  });

  it.each(['full', 5] as const)('leave the fit to the posterior of the others: batches of %s', (batchSize) => {
    const { heldOut } = splitRows(4, 20, 0.25);
    const rows = Array.from({ length: 20 }, (_, row) => [heldOut.includes(row) ? 1 : 4]);
    const inference = mapSettings({ epochs: 600, batchSize, optimizer: 'sgd', learningRate: 0.1, momentum: 0, earlyStopping: { fraction: 0.25, patience: 600 } });
    const [checkpoint] = fit(gaussianRows(rows, 1, 2), isotropicPrior(1, 2), inference, 0, 500);
    expect(checkpoint!.iteration).toBe(500);
    // With all rows it were 65/20.25.
    expect(checkpoint!.position[0]!).toBeCloseTo((15 * 4) / (15 + 1 / 4), 5);
  });
});
