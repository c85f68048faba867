// What every method keeps: its grid, its counts, and resumption from any record, bit for bit, by way of the log.
import { describe, expect, it } from 'vitest';
import { decodeDraws, encodeDraws } from '../../src/bus/codec.js';
import { maxManifestBytes } from '../../src/bus/outline.js';
import { arraysOf, carriedOf, type CarriedState } from '../../src/bus/records.js';
import type { ChainRecord } from '../../src/inference/chain.js';
import { checkpointIterations, drawIteration, gridOf } from '../../src/inference/grid.js';
import { resumeChain, startChain } from '../../src/inference/run.js';
import type { InferenceSettings } from '../../src/inference/settings.js';
import { gradientCount } from '../../src/job/cost.js';
import { resolveJob } from '../../src/job/load.js';
import { fillNormal } from '../../src/random/index.js';
import { minimalJob } from '../job/minimal.js';
import { recordsOf, recordsOfStopped } from './records.js';
import { gaussianRows, isotropicPrior, mapSettings, settings, sghmcSettings, sgldSettings, variationalSettings } from './targets.js';

const DIMENSION = 5;
const ROWS = 23;
const CHECKPOINT_EVERY = 4;
const noise = new Float32Array(ROWS * DIMENSION);
fillNormal({ seed: 5, chain: 0, iteration: 0 }, 'test', noise);
const rows = Array.from({ length: ROWS }, (_, r) => Array.from(noise.subarray(r * DIMENSION, (r + 1) * DIMENSION), (z) => 1 + z));
const target = () => gaussianRows(rows, 0.7, 2);
const prior = isotropicPrior(DIMENSION, 2);

const METHODS: [string, InferenceSettings][] = [
  ['hmc', settings({ warmup: 24, draws: 6, massMatrix: 'diagonal' })],
  ['map: Adam', mapSettings({ epochs: 11, batchSize: 5 })],
  ['map: SGD, full batch', mapSettings({ epochs: 9, optimizer: 'sgd', learningRate: 0.01, momentum: 0.8 })],
  ['map: early stopping', mapSettings({ epochs: 30, batchSize: 5, learningRate: 0.3, earlyStopping: { fraction: 0.3, patience: 6 } })],
  ['sgld', sgldSettings({ warmup: 10, draws: 6, thin: 3, batchSize: 7 })],
  ['sgld: cycles, no warmup', sgldSettings({ warmup: 0, draws: 6, thin: 2, batchSize: 7, schedule: { kind: 'cyclical', cycles: 3, exploration: 0.6 } })],
  ['sgld: MAP start', sgldSettings({ warmup: 3, draws: 3, start: { from: 'map', scale: 0.1, steps: 5, learningRate: 0.1 } })],
  ['sghmc', sghmcSettings({ warmup: 10, draws: 6, thin: 3, batchSize: 7 })],
  ['sghmc: cycles', sghmcSettings({ warmup: 5, draws: 4, thin: 2, batchSize: 7, schedule: { kind: 'cyclical', cycles: 2, exploration: 0.5 } })],
  ['vi', variationalSettings({ epochs: 10, batchSize: 7, draws: 5 })],
];

/** As a reader of the log finds it: through the strict codec of the wire. */
function throughTheLog(record: ChainRecord): ChainRecord {
  const draws = decodeDraws(encodeDraws({ kind: 'draws', draws: [{ ...record, probeOutputs: null }], adaptationSlot: 1 }));
  const { probeOutputs: _, ...decoded } = draws.draws[0]!;
  return decoded;
}

/** What the last record up to this one carried. */
function carriedAt(records: readonly ChainRecord[], index: number): CarriedState | null {
  const bearer = records.slice(0, index + 1).findLast((record) => carriedOf(record) !== null);
  return bearer ? carriedOf(throughTheLog(bearer)) : null;
}

describe.each(METHODS)('%s', (_, inference) => {
  const spec = { seed: 11, chain: 3, inference, checkpointEvery: CHECKPOINT_EVERY };
  const records = recordsOf(startChain(spec, target(), prior));

  it('leaves the records of its grid', () => {
    const grid = gridOf(inference, CHECKPOINT_EVERY);
    const draws = Array.from({ length: grid.draws }, (__, index) => drawIteration(grid, index));
    expect(records.map(({ iteration }) => iteration)).toEqual([...checkpointIterations(grid), ...draws]);
  });

  it('resumes from every record, bit for bit', () => {
    records.forEach((record, index) => {
      const chain = resumeChain(spec, target(), prior, throughTheLog(record), carriedAt(records, index));
      expect(recordsOf(chain)).toStrictEqual(records.slice(index + 1));
      expect(chain.done).toBe(true);
    });
  });

  it('is the same when stopped between any two iterations', () => {
    expect(recordsOfStopped(startChain(spec, target(), prior))).toStrictEqual(records);
  });

  it('is caught in the midst of its patience by a checkpoint, where it has any', () => {
    if (inference.method === 'map' && inference.earlyStopping) expect(records.some(({ kernel }) => (kernel?.scalars.bestAge ?? 0) > 0)).toBe(true);
  });

  it('carries what a successor needs where one looks for it', () => {
    expect(carriedAt(records, 0)).not.toBeNull();
    for (const record of records.filter(({ phase }) => phase === 'warmup')) expect(carriedOf(record)).not.toBeNull();
  });

  it('leaves records that take less than half of what readers fetch of one', () => {
    const shape = { nextIteration: () => null, warmup: 0, probeSize: 0 };
    const perParameter = maxManifestBytes({ ...shape, dimension: 1 }) - maxManifestBytes({ ...shape, dimension: 0 });
    for (const record of records) {
      const bytes = arraysOf({ ...record, probeOutputs: null }).reduce((sum, array) => sum + array.byteLength, 0);
      expect(2 * bytes).toBeLessThan(perParameter * DIMENSION);
    }
  });

  it('has the energy of its position on every record', () => {
    for (const { position, info } of records) {
      const potential = target();
      expect(potential.valueAndGradient(position, new Float32Array(DIMENSION))).toBe(info.potentialEnergy);
      expect(info.priorEnergy + info.likelihoodEnergy).toBeCloseTo(info.potentialEnergy, 9);
    }
  });

  it('counts every gradient, as many as were foreseen', () => {
    const potential = target();
    const { info } = recordsOf(startChain(spec, potential, prior)).at(-1)!;
    expect(info.totalGradients).toBe(potential.evaluations);
    if (inference.method === 'hmc') return;
    const job = resolveJob(minimalJob({ inference: { ...inference, chains: 1 }, log: { warmupCheckpointEvery: CHECKPOINT_EVERY } }));
    const { perChain, exact } = gradientCount(job, { trainRows: ROWS });
    if (exact) expect(info.totalGradients).toBe(perChain);
    else expect(info.totalGradients).toBeLessThan(perChain);
  });

  it('says of a test that it does not have: NaN, false, 0', () => {
    if (inference.method === 'hmc') return;
    const absent = { energyError: NaN, acceptanceRate: NaN, meanAcceptanceRate: NaN, accepted: false, divergent: false, leapfrogSteps: 0, totalDivergences: 0 };
    for (const { info, adaptation } of records) {
      expect(info).toMatchObject(absent);
      expect(adaptation).toBeNull();
      expect(Number.isFinite(info.kineticEnergy)).toBe(inference.method === 'sghmc');
    }
  });
});

describe('resumeChain rejects', () => {
  const cases = Object.fromEntries(METHODS.map(([name, inference]) => [name, { inference, records: recordsOf(startChain({ seed: 11, chain: 3, inference, checkpointEvery: CHECKPOINT_EVERY }, target(), prior)) }]));
  const kernel = (arrays: Record<string, Float32Array | Float64Array>, scalars: Record<string, number> = {}) => ({ scalars, arrays });
  const moments = { firstMoment: new Float64Array(DIMENSION), secondMoment: new Float64Array(DIMENSION) };

  it.each<[string, string, CarriedState | null, string]>([
    ['a checkpoint of another method', 'sgld', settingsAdaptation(), 'kernel'],
    ['a state of another method', 'hmc', kernel({}), 'adaptation'],
    ['a checkpoint without a state', 'map: Adam', null, 'kernel'],
    ['a momentum that is missing', 'sghmc', kernel({}), 'kernel.momentum'],
    ['a momentum of another type', 'sghmc', kernel({ momentum: new Float64Array(DIMENSION) }), 'kernel.momentum'],
    ['a momentum of another size', 'sghmc', kernel({ momentum: new Float32Array(2) }), 'kernel.momentum'],
    ['no word on whether the fit is over', 'map: Adam', kernel(moments), 'kernel.fitted'],
    ['a moment that is missing', 'map: Adam', kernel({ firstMoment: moments.firstMoment }, { fitted: 0 }), 'kernel.secondMoment'],
    ['moments of another optimiser', 'map: SGD, full batch', kernel(moments, { fitted: 0 }), 'kernel.velocity'],
    ['a best position that is missing', 'map: early stopping', kernel(moments, { fitted: 0, bestLoss: 1, bestAge: 1 }), 'kernel.bestPosition'],
    ['a fitted distribution without its mean', 'vi', kernel({ logStd: new Float32Array(DIMENSION) }, { fitted: 1, elbo: 0 }), 'kernel.mean'],
    ['an age that is not finite', 'map: early stopping', kernel({ ...moments, bestPosition: new Float32Array(DIMENSION) }, { fitted: 0, bestLoss: 1, bestAge: NaN }), 'kernel.bestAge'],
  ])('%s', (__, name, carried, path) => {
    const { inference, records } = cases[name]!;
    const record = { ...records[0]!, adaptation: null, kernel: null, ...(carried && ('arrays' in carried ? { kernel: carried } : { adaptation: carried })) };
    expect(() => resumeChain({ seed: 11, chain: 3, inference, checkpointEvery: CHECKPOINT_EVERY }, target(), prior, record, null)).toThrow(
      expect.objectContaining({ code: 'STATE_INVALID', path }) as Error,
    );
  });
});

it('resumeChain takes no momentum of an earlier record', () => {
  const inference = sghmcSettings({ warmup: 10, draws: 6, thin: 3, batchSize: 7 });
  const spec = { seed: 11, chain: 3, inference, checkpointEvery: CHECKPOINT_EVERY };
  const records = recordsOf(startChain(spec, target(), prior));
  const draw = { ...records.at(-2)!, kernel: null };
  expect(() => resumeChain(spec, target(), prior, draw, records.at(-3)!.kernel)).toThrow(expect.objectContaining({ code: 'STATE_INVALID', path: 'kernel' }) as Error);
});

function settingsAdaptation(): CarriedState {
  return { stepSize: 0.1, logStepSize: 0, logStepSizeAverage: 0, errorAverage: 0, logStepSizeAnchor: 0, stepSizeUpdates: 0, inverseMassMatrix: null, window: null };
}
