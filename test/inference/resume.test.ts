// A chain resumed from any of its records goes on bit-identically.
import { describe, expect, it } from 'vitest';
import { BasinetError } from '../../src/errors.js';
import type { AdaptationState } from '../../src/inference/adaptation/adaptation.js';
import type { ChainRecord } from '../../src/inference/chain.js';
import { resumeChain, startChain } from '../../src/inference/run.js';
import { recordsOf, recordsOfStopped } from './records.js';
import { diagonalGaussian, gumbel, isotropicPrior, settings } from './targets.js';

/** What the log gives back: numbers as they were, arrays as copies. */
function throughTheLog<T>(value: T): T {
  return structuredClone(value);
}

/** The last adaptation that was recorded at or before this record, as a reader of the log finds it. */
function adaptationAt(records: readonly ChainRecord[], index: number): AdaptationState | null {
  return records.slice(0, index + 1).findLast(({ adaptation }) => adaptation !== null)?.adaptation ?? null;
}

const DIMENSION = 7;

describe.each([
  ['identity, prior start', {}],
  ['diagonal, windows open', { massMatrix: 'diagonal' as const, warmup: 40 }],
  ['diagonal, several windows', { massMatrix: 'diagonal' as const, warmup: 260 }],
  ['diagonal, fixed step size', { massMatrix: 'diagonal' as const, warmup: 30, adaptStepSize: false }],
  ['MAP start, jitter, trajectory length', { start: { from: 'map', scale: 0.1, steps: 15, learningRate: 0.05 } as const, jitter: 0.3, leapfrogSteps: undefined, trajectoryLength: 1.3, warmup: 33 }],
  ['thinned', { thin: 3, warmup: 25 }],
  ['no warmup', { warmup: 0, thin: 2 }],
  ['divergences on the way', { warmup: 20, adaptStepSize: false, stepSize: 1.6, divergenceThreshold: 0.2 }],
])('resuming: %s', (_, overrides) => {
  const spec = { seed: 11, chain: 3, inference: settings({ draws: 12, warmup: 24, ...overrides }), checkpointEvery: 7 };
  const prior = isotropicPrior(DIMENSION);
  const target = () =>
    spec.inference.massMatrix === 'diagonal' ? diagonalGaussian([0, 1, 2, 3, 4, 5, 6], [0.1, 0.2, 0.4, 0.8, 1.6, 3, 5]) : gumbel(DIMENSION);
  const records = recordsOf(startChain(spec, target(), prior));

  it('gives the same records from every record on', () => {
    records.forEach((record, index) => {
      const adaptation = throughTheLog(adaptationAt(records, index));
      const chain = resumeChain(spec, target(), prior, throughTheLog(record), adaptation);
      expect(recordsOf(chain)).toStrictEqual(records.slice(index + 1));
      expect(chain.done).toBe(true);
    });
  });

  it('gives the same records when stopped between any two transitions', () => {
    expect(recordsOfStopped(startChain(spec, target(), prior))).toStrictEqual(records);
  });

  it('counts every gradient but the one of a resumption', () => {
    const potential = target();
    const all = recordsOf(startChain(spec, potential, prior));
    expect(all.at(-1)!.info.totalGradients).toBe(potential.evaluations);
    const middle = records.length >> 1;
    const resumed = target();
    recordsOf(resumeChain(spec, resumed, prior, records[middle]!, adaptationAt(records, middle)));
    expect(resumed.evaluations - 1).toBe(records.at(-1)!.info.totalGradients - records[middle]!.info.totalGradients);
  });

  it('records adaptation on every checkpoint, and without warmup on the first draw', () => {
    records.forEach(({ phase, adaptation }, index) => {
      expect(adaptation !== null).toBe(phase === 'warmup' || (spec.inference.warmup === 0 && index === 0));
    });
  });
});

describe('resumeChain rejects', () => {
  const spec = { seed: 1, chain: 0, inference: settings({ warmup: 10, draws: 4 }), checkpointEvery: 5 };
  const prior = isotropicPrior(3);
  const records = recordsOf(startChain(spec, gumbel(3), prior));
  const draw = records.at(-2)!;
  const frozen = adaptationAt(records, records.length - 1)!;

  const checkpoint = records[0]!;
  const window = { count: 3, mean: new Float64Array(3), sumSquares: new Float64Array(3) };

  it.each<[string, ChainRecord, AdaptationState | null, string]>([
    ['a checkpoint without its adaptation', { ...checkpoint, adaptation: null }, frozen, 'adaptation'],
    ['a window where none is open', { ...checkpoint, adaptation: { ...checkpoint.adaptation!, window } }, null, 'adaptation.window'],
    ['an iteration off the grid', { ...draw, iteration: 3 }, frozen, 'iteration'],
    ['an iteration past the end', { ...draw, iteration: 99 }, frozen, 'iteration'],
    ['a phase that does not fit', { ...draw, phase: 'warmup' }, frozen, 'phase'],
    ['a position of another size', { ...draw, position: new Float32Array(2) }, frozen, 'position'],
    ['a position that is not finite', { ...draw, position: Float32Array.of(1, NaN, 0) }, frozen, 'position'],
    ['a missing adaptation', draw, null, 'adaptation'],
    ['a step size of zero', draw, { ...frozen, stepSize: 0 }, 'adaptation.stepSize'],
    ['a mass matrix of another size', draw, { ...frozen, inverseMassMatrix: new Float32Array(5) }, 'adaptation.inverseMassMatrix'],
    ['a mass matrix with a zero', draw, { ...frozen, inverseMassMatrix: new Float32Array(3) }, 'adaptation.inverseMassMatrix'],
    ['the energy of another posterior', { ...draw, position: draw.position.map((v) => v + 1) }, frozen, 'info.potentialEnergy'],
  ])('%s', (_, record, adaptation, path) => {
    let caught: unknown;
    try {
      resumeChain(spec, gumbel(3), prior, record, adaptation);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(BasinetError);
    expect(caught).toMatchObject({ code: 'STATE_INVALID', path });
    expect((caught as BasinetError).remedy).toBeDefined();
  });
});
