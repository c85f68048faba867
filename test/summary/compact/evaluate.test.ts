// Forms in results: which can be sampled, that none are where none are wanted, and that the low-rank one is taken where it is held.
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../../src/engine/reference.js';
import type { NamedValues } from '../../../src/network/parameters.js';
import { evaluateForms, sampledForms } from '../../../src/summary/compact/evaluate.js';
import { createTestSet } from '../../../src/summary/evaluation/evaluate.js';
import { modelOf } from '../../../src/job/plan.js';
import { resolveJob } from '../../../src/job/load.js';
import { minimalJob } from '../../job/minimal.js';
import { normals } from '../../support/tinyJob.js';
import { fakePictures } from '../fixture.js';

const data = fakePictures(6, 12);
const { posterior } = modelOf(resolveJob(minimalJob({ network: { hidden: [{ width: 5 }] } })), data.shape);
const position = normals(1, posterior.dimension, 0.3);

/** Aligned and low-rank tensors, spread by so much. */
function tensors(spread: number): Map<string, NamedValues> {
  return new Map(
    posterior.tensors.flatMap(({ name, shape, offset, size }): [string, NamedValues][] => [
      [`mean/${name}`, { shape, data: position.slice(offset, offset + size) }],
      [`std/${name}`, { shape, data: new Float32Array(size).fill(spread) }],
      [`residual_std/${name}`, { shape, data: new Float32Array(size) }],
      [`factor/${name}`, { shape: [1, ...shape], data: new Float32Array(size).fill(spread) }],
    ]),
  );
}

describe('forms in results', () => {
  it('are those whose numbers are all there', () => {
    const names = (given: ReadonlyMap<string, NamedValues>) => sampledForms(posterior, { path: 'memory', tensors: given }).map(({ name }) => name);
    expect(names(tensors(1))).toEqual(['aligned', 'low-rank']);
    expect(names(new Map([...tensors(1)].filter(([name]) => name !== 'factor/fc2.bias')))).toEqual(['aligned']);
    expect(names(new Map([...tensors(1), ['std/fc1.bias', { shape: [5], data: Float32Array.of(1, NaN, 1, 1, 1) }]]))).toEqual(['low-rank']);
    expect(names(new Map([...tensors(1), ['mean/fc1.bias', { shape: [5], data: Float32Array.of(1, NaN, 1, 1, 1) }]]))).toEqual([]);
  });

  it('without spread are the mean network itself, and drift away from it with their spread', async () => {
    const testSet = createTestSet(referenceEngine(), posterior, data.test!, { threads: 1, scaling: data.targetScaling });
    const mean = testSet.evaluator(1);
    mean.add(position);
    const reference = mean.finish();
    const progress: number[] = [];
    const evaluate = (spread: number) =>
      evaluateForms(testSet, sampledForms(posterior, { path: 'memory', tensors: tensors(spread) }), { seed: 1, samples: 4, reference, onSample: (done, total) => progress.push(done / total) });
    const still = await evaluate(0);
    expect(still.map(({ form, evaluation }) => [form, evaluation.draws])).toEqual([['aligned', 4], ['low-rank', 4]]);
    for (const { nearness } of still) expect(nearness).toEqual({ agreement: 1, totalVariation: expect.closeTo(0, 12) as number });
    expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((done) => done / 8));
    const [near, far] = [await evaluate(0.1), await evaluate(1)];
    for (const [i, { nearness }] of near.entries()) {
      const [closer, further] = [nearness, far[i]!.nearness].map((one) => ('totalVariation' in one ? one.totalVariation : NaN));
      expect(closer).toBeGreaterThan(0);
      expect(further).toBeGreaterThan(closer!);
    }
    testSet.dispose();
  });
});
