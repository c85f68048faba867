// The running predictives: uncertainty split, growth, pooled calibration, underflow, and which draws are taken.
import { describe, expect, it } from 'vitest';
import { CategoricalEvaluator } from '../../src/summary/evaluation/categorical.js';
import { coverageOf, GaussianEvaluator } from '../../src/summary/evaluation/gaussian.js';
import { evaluatedPerChain } from '../../src/summary/drawPass.js';

const logits = (...probabilities: number[]) => Float32Array.from(probabilities, Math.log);

describe('CategoricalEvaluator', () => {
  it('finds nothing uncertain in the weights where draws agree, and everything where they contradict each other', () => {
    const evaluator = new CategoricalEvaluator(2, Int32Array.of(0, 1), 2);
    evaluator.add(logits(0.7, 0.3, 1, 0));
    evaluator.add(logits(0.7, 0.3, 0, 1));
    const { uncertain, certain } = evaluator.finish();
    expect(uncertain.map(({ row }) => row)).toEqual([1, 0]);
    expect(uncertain[0]!.entropy).toBeCloseTo(Math.LN2);
    expect(uncertain[0]!.mutualInformation).toBeCloseTo(Math.LN2);
    expect(uncertain[0]!.deviations).toBeAllclose([0.5, 0.5]);
    expect(certain[0]!).toMatchObject({ row: 0, target: 0 });
    expect(certain[0]!.mutualInformation).toBeCloseTo(0, 6);
    expect(certain[0]!.deviations).toBeAllclose([0, 0], { atol: 1e-6 });
  });

  it('keeps the score of a single draw finite where its probability underflows', () => {
    const evaluator = new CategoricalEvaluator(2, Int32Array.of(0), 2);
    evaluator.add(Float32Array.of(-2000, 0));
    evaluator.add(Float32Array.of(0, 0));
    const { averageDraw, predictive } = evaluator.finish();
    expect(averageDraw.nll).toBeCloseTo((2000 + Math.LN2) / 2);
    expect(predictive.nll).toBeCloseTo(Math.log(4));
  });

  it('ends its growth at the predictive of all draws, and pools the rows of all draws', () => {
    const draws = 37;
    const evaluator = new CategoricalEvaluator(3, Int32Array.of(0, 1, 2, 1), draws);
    for (let i = 0; i < draws; i++) evaluator.add(Float32Array.from({ length: 12 }, (_, k) => 2 * Math.sin(k * k + i)));
    const { growth, predictive, averageDraw, reliability } = evaluator.finish();
    expect(growth[0]!.draws).toBe(1);
    expect(growth.at(-1)).toEqual({ draws, accuracy: predictive.accuracy, nll: predictive.nll });
    expect(reliability.averageDraw.reduce((sum, { rows }) => sum + rows, 0)).toBe(4 * draws);
    expect(predictive.nll!).toBeLessThan(averageDraw.nll!);
  });
});

describe('GaussianEvaluator', () => {
  it('scores standardised outputs in the units of the data file', () => {
    const scaling = { mean: Float64Array.of(100), std: Float64Array.of(10) };
    const evaluator = new GaussianEvaluator(Float32Array.of(0, 1), 1, scaling);
    evaluator.add(Float32Array.of(1, 1), 0.5);
    evaluator.add(Float32Array.of(-1, 1), 0.5);
    const { targets, predictions, predictive, averageDraw, pit } = evaluator.finish();
    expect(targets).toBeAllclose([100, 110]);
    expect(predictions.mean).toBeAllclose([100, 110]);
    expect(predictions.outputStd).toBeAllclose([10, 0]);
    expect(predictions.std).toBeAllclose([10 * Math.sqrt(1 + 0.25), 5]);
    expect(predictive.rmse).toBeCloseTo(0);
    expect(averageDraw.rmse).toBeCloseTo(10 * Math.sqrt(0.5));
    const logDensity = (z: number) => -0.5 * z * z - Math.log(5 * Math.sqrt(2 * Math.PI));
    expect(predictive.nll).toBeCloseTo(-(logDensity(2) + logDensity(0)) / 2);
    expect(pit).toBeAllclose([0.5, 0.5]);
    expect(coverageOf(pit, 0)).toBe(1);
  });
});

describe('evaluatedPerChain', () => {
  it('takes every draw within the limit, a share of each chain beyond, and at least one of each', () => {
    expect(evaluatedPerChain([3, 4], 7)).toEqual([3, 4]);
    expect(evaluatedPerChain([1000, 3000], 100)).toEqual([25, 75]);
    expect(evaluatedPerChain([1, 100_000, 0], 10)).toEqual([1, 9, 0]);
  });
});
