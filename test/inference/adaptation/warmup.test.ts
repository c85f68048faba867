// Warmup as a whole: the target acceptance is reached, variances are recovered, the search brackets its threshold.
import { describe, expect, it } from 'vitest';
import { findReasonableStepSize } from '../../../src/inference/adaptation/stepSizeSearch.js';
import { adaptationWindows } from '../../../src/inference/adaptation/windows.js';
import type { ChainRecord, TransitionInfo } from '../../../src/inference/chain.js';
import { metricOf } from '../../../src/inference/metric.js';
import { evaluate } from '../../../src/inference/potential.js';
import { startChain } from '../../../src/inference/run.js';
import type { SamplerPotential } from '../../../src/inference/potential.js';
import type { HmcSettings } from '../../../src/inference/settings.js';
import { diagonalGaussian, gumbel, isotropicPrior, potentialOf, settings } from '../targets.js';

function run(potential: SamplerPotential, overrides: Partial<HmcSettings>, checkpointEvery = 1000): { records: ChainRecord[]; infos: TransitionInfo[] } {
  const infos: TransitionInfo[] = [];
  const chain = startChain({ seed: 2, chain: 0, inference: settings(overrides), checkpointEvery }, potential, isotropicPrior(potential.dimension), {
    onTransition: (_, __, info) => infos.push(info),
  });
  const records: ChainRecord[] = [];
  for (let record = chain.next(); record !== null; record = chain.next()) records.push(record);
  return { records, infos };
}

const STD = [0.02, 0.1, 0.5, 1, 3, 10];
const wide = (): SamplerPotential => diagonalGaussian(STD.map(() => 1), STD);

describe('step size', () => {
  it.each([0.6, 0.8, 0.95])('adapts to an acceptance rate of %f', (targetAcceptance) => {
    // Scales that differ, so that no period makes the acceptance rate rise again with the step size.
    const std = Array.from({ length: 50 }, (_, i) => 0.5 + i / 25);
    const target = diagonalGaussian(std.map(() => 0), std);
    const { records } = run(target, { warmup: 1000, draws: 2000, leapfrogSteps: 3, targetAcceptance });
    // What dual averaging controls is the mean over the warmup. The frozen step size is the exponential of a mean of
    // logarithms, so that its acceptance rate is a little higher, as in Stan.
    const rates = ['warmup', 'sampling'].map((phase) => records.findLast((record) => record.phase === phase)!.info.meanAcceptanceRate);
    expect(Math.abs(rates[0]! - targetAcceptance)).toBeLessThan(0.02);
    expect(Math.abs(rates[1]! - targetAcceptance)).toBeLessThan(0.08);
  });

  it('is frozen at the average of the dual averaging when sampling begins', () => {
    const { records } = run(gumbel(3), { warmup: 100, draws: 5 });
    const { adaptation } = records.find(({ iteration }) => iteration === 100)!;
    expect(adaptation!.stepSize).toBe(Math.exp(adaptation!.logStepSizeAverage));
    for (const record of records.filter(({ phase }) => phase === 'sampling')) expect(record.info.stepSize).toBe(adaptation!.stepSize);
  });

  it('stays what the settings say where it is not adapted', () => {
    const { infos } = run(gumbel(3), { warmup: 30, draws: 5, adaptStepSize: false, stepSize: 0.123 });
    expect(infos.every(({ stepSize }) => stepSize === 0.123)).toBe(true);
    expect(infos[0]!.totalGradients).toBe(1 + 8);
  });

  it('sets the number of steps of a trajectory of given length, up to the cap', () => {
    const { infos } = run(wide(), { warmup: 200, draws: 5, leapfrogSteps: undefined, trajectoryLength: 1, maxLeapfrogSteps: 40 });
    for (const { stepSize, leapfrogSteps, divergent } of infos) {
      if (!divergent) expect(leapfrogSteps).toBe(Math.min(40, Math.ceil(1 / stepSize)));
    }
    expect(infos.some(({ leapfrogSteps }) => leapfrogSteps === 40)).toBe(true);
  });
});

describe('mass matrix', () => {
  it('recovers variances over a range of 500 in scale, and with them a large step size', () => {
    const { records } = run(wide(), { warmup: 1500, draws: 10, massMatrix: 'diagonal', leapfrogSteps: 12 });
    const { adaptation } = records.find(({ phase, adaptation: a }) => phase === 'warmup' && a !== null)!;
    const final = records.findLast(({ phase }) => phase === 'warmup')!.adaptation!;
    expect(adaptation).not.toBeNull();
    final.inverseMassMatrix!.forEach((variance, i) => {
      expect(variance / STD[i]! ** 2).toBeGreaterThan(0.75);
      expect(variance / STD[i]! ** 2).toBeLessThan(1.33);
    });
    expect(final.stepSize).toBeGreaterThan(0.5);
    expect(final.window).toBeNull();
  });

  it('changes at the ends of the windows and nowhere else', () => {
    const { records } = run(wide(), { warmup: 160, draws: 1, massMatrix: 'diagonal' }, 1);
    const ends = adaptationWindows(160).map(({ last }) => last);
    let previous: Float32Array | null = null;
    for (const { iteration, adaptation, phase } of records) {
      if (phase === 'sampling') continue;
      const changed = JSON.stringify(adaptation!.inverseMassMatrix) !== JSON.stringify(previous);
      expect(changed).toBe(ends.includes(iteration));
      const inside = adaptationWindows(160).some(({ first, last }) => first <= iteration && iteration < last);
      expect(adaptation!.window !== null).toBe(inside);
      previous = adaptation!.inverseMassMatrix;
    }
  });

  it('is not adapted in a warmup too short for windows', () => {
    const { records } = run(wide(), { warmup: 19, draws: 1, massMatrix: 'diagonal' });
    expect(records[0]!.adaptation!.inverseMassMatrix).toBeNull();
  });
});

describe('findReasonableStepSize', () => {
  const key = { seed: 1, chain: 0, iteration: 0 };

  it.each([1e-6, 0.1, 1e4])('finds the scale of the target from %f', (initial) => {
    for (const std of [1e-3, 1, 100]) {
      const target = diagonalGaussian(new Array<number>(20).fill(0), new Array<number>(20).fill(std));
      const point = evaluate(target, Float32Array.from({ length: 20 }, (_, i) => std * Math.sin(i)), new Float32Array(20));
      const before = target.evaluations;
      const { stepSize, gradients } = findReasonableStepSize(key, target, point, metricOf(null, 20), initial);
      expect(gradients).toBe(target.evaluations - before);
      expect(stepSize / std).toBeGreaterThan(0.1);
      expect(stepSize / std).toBeLessThan(4);
    }
  });

  it('leaves the point alone', () => {
    const target = gumbel(3);
    const point = evaluate(target, Float32Array.of(1, 2, 3), new Float32Array(3));
    const gradient = point.gradient.slice();
    findReasonableStepSize(key, target, point, metricOf(null, 3), 1);
    expect([...point.position]).toEqual([1, 2, 3]);
    expect(point.gradient).toEqual(gradient);
  });

  it('fails with a remedy where the potential is finite at the point alone, and where it is flat', () => {
    let first = true;
    const isolated = potentialOf(1, (_, g) => {
      g[0] = 0;
      const energy = first ? 0 : NaN;
      first = false;
      return energy;
    });
    const flat = potentialOf(1, (_, g) => {
      g[0] = 0;
      return 0;
    });
    for (const target of [isolated, flat]) {
      const point = evaluate(target, Float32Array.of(0), new Float32Array(1));
      expect(() => findReasonableStepSize(key, target, point, metricOf(null, 1), 0.1)).toThrow(
        expect.objectContaining({ code: 'SAMPLER_FAILED', path: 'inference.stepSize' }),
      );
    }
  });
});
