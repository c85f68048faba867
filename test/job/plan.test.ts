// What follows from a job: model, grid, sizes, cost.
import { describe, expect, test } from 'vitest';
import type { DataShape } from '../../src/data/dataset.js';
import { explainJob, flopsPerGradient } from '../../src/job/explain.js';
import { resolveJob } from '../../src/job/load.js';
import * as plan from '../../src/job/plan.js';
import type { JobInput } from '../../src/job/schema.js';
import { minimalJob } from './minimal.js';

const SHAPE: DataShape = { features: 784, outputs: 10, trainRows: 10_000, testRows: 500, targetKind: 'class' };

describe('the model', () => {
  test('has the network, priors and likelihood of the job', () => {
    const job = resolveJob(
      minimalJob({
        prior: { weight: 0.5, layers: { fc2: { bias: 3 } } },
        likelihood: { kind: 'gaussian', noise: { learned: true, logMean: -2, logStd: 0.3 } },
        temperature: 0.1,
      }),
    );
    const { network, posterior } = plan.modelOf(job, { features: 3, outputs: 2 });
    expect(network.dimension).toBe(3 * 5 + 5 + 5 * 2 + 2);
    expect(posterior.tensors.map((tensor) => tensor.name)).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias', 'likelihood.log_noise_std']);
    expect(posterior.dimension).toBe(network.dimension + 1);
    expect(posterior.priors).toEqual([
      { mean: 0, std: 0.5 },
      { mean: 0, std: 1 },
      { mean: 0, std: 0.5 },
      { mean: 0, std: 3 },
      { mean: -2, std: 0.3 },
    ]);
    expect(posterior.temperature).toBe(0.1);
  });
});

describe('the grid', () => {
  const job = resolveJob(minimalJob({ inference: { warmup: 50, draws: 3, thin: 4, chains: 5 }, log: { warmupCheckpointEvery: 20, partitions: 2 } }));

  test('checkpoints every so many transitions and at the end of warmup, draws every thin', () => {
    expect(plan.checkpointIterations(job)).toEqual([20, 40, 50]);
    expect(plan.drawIterations(job)).toEqual([54, 58, 62]);
    expect(plan.totalIterations(job)).toBe(62);
  });

  test('nextIteration walks it', () => {
    const walk: number[] = [];
    for (let next = plan.nextIteration(job, 0); next !== null; next = plan.nextIteration(job, next)) walk.push(next);
    expect(walk).toEqual([20, 40, 50, 54, 58, 62]);
  });

  test('every chain is in one partition', () => {
    expect([0, 1].map((partition) => plan.chainsOf(job, partition))).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
  });
});

test('the probe is cut at the rows that there are', () => {
  const job = resolveJob(minimalJob());
  expect(plan.probeRows(job, { trainRows: 5000, testRows: 0 })).toBe(1000);
  expect(plan.probeRows(job, { trainRows: 5000, testRows: 300 })).toBe(300);
});

test('a superchain lies in one partition', () => {
  const job = resolveJob(minimalJob({ inference: { chains: 12, start: { from: 'prior', chainsPerStart: 3 } }, log: { partitions: 2 } }));
  expect([0, 1].map((partition) => plan.chainsOf(job, partition))).toEqual([[0, 1, 2, 6, 7, 8], [3, 4, 5, 9, 10, 11]]);
  expect(plan.superchainOf(job, 5)).toBe(1);
});

test('a log that cannot hold the draws is refused', () => {
  const small = resolveJob(minimalJob({ log: { maxBytes: 1000 } }));
  expect(() => plan.checkJobAgainstData(small, SHAPE)).toThrow(/log.maxBytes is 1000/);
  expect(() => plan.checkJobAgainstData(resolveJob(minimalJob()), SHAPE)).not.toThrow();
});

test.each([
  ['larger than the data', { method: 'sgld', batchSize: 10_001 }, 'inference.batchSize', /10001, and there are 10000 rows/],
  ['larger than what early stopping leaves', { method: 'map', batchSize: 9500, earlyStopping: { fraction: 0.1 } }, 'inference.batchSize', /there are 9000 rows/],
])('mini-batches %s are refused', (_, inference, path, message) => {
  const job = resolveJob(minimalJob({ inference }));
  expect(() => plan.checkJobAgainstData(job, SHAPE)).toThrow(expect.objectContaining({ code: 'JOB_INVALID', path, message: expect.stringMatching(message) as string }) as Error);
  const fitting = resolveJob(minimalJob({ inference: { ...inference, batchSize: 9000 } }));
  expect(() => plan.checkJobAgainstData(fitting, SHAPE)).not.toThrow();
});

test('a single row cannot be held out', () => {
  const job = resolveJob(minimalJob({ inference: { method: 'map', batchSize: 'full', earlyStopping: {} } }));
  expect(() => plan.checkJobAgainstData(job, { ...SHAPE, trainRows: 1 })).toThrow(/no rows can be held out of 1/);
});

test('a network that cannot be held is refused', () => {
  const wide = resolveJob(minimalJob({ network: { hidden: [{ width: 1_000_000 }] } }));
  expect(() => plan.checkJobAgainstData(wide, SHAPE)).toThrow(/makes 795000010 parameters of 784 inputs and 10 outputs/);
});

describe('explain', () => {
  const job = resolveJob(
    minimalJob({ network: { hidden: [{ width: 512 }] }, inference: { chains: 2, warmup: 10, draws: 5, thin: 2, leapfrogSteps: 3, start: { from: 'map', steps: 7 } } }),
  );
  const explanation = explainJob(job, SHAPE, { gradientsPerSecond: 4, secondsPerStep: null, chainsAtOnce: 2 });

  test('counts parameters, operations, gradients and bytes', () => {
    expect(explanation.parameters).toBe(407_050);
    expect(explanation.tensors.map(({ name, parameters }) => [name, parameters])).toEqual([
      ['fc1.weight', 401_408],
      ['fc1.bias', 512],
      ['fc2.weight', 5120],
      ['fc2.bias', 10],
    ]);
    expect(explanation.groups).toEqual([{ name: 'fc1', size: 512, tensors: ['fc1.weight', 'fc1.bias', 'fc2.weight'] }]);
    expect(explanation.flopsPerGradient).toBe(10_000 * (4 * 784 * 512 + 6 * 512 * 10));
    expect(explanation.gradients).toEqual({ perTransition: 3, start: 8, perChain: 8 + 20 * 3, total: 136, steps: 0, fullBatches: 136, exact: true });
    expect(explanation.bytes.perDraw).toBe(4 * (407_050 + 500 * 10) + 150);
    expect(explanation.bytes.log).toBe(2 * (5 * explanation.bytes.perDraw + explanation.bytes.perCheckpoint));
    expect(explanation.bytes.aggregator).toBe(2 * (56 * (2 * 407_050 + 5000) + (120 + 2 * 512) * 5));
    expect(explanation.time?.seconds).toBe(34);
  });

  test('counts the statistics that a job asks for', () => {
    const bytes = (statistics: JobInput['statistics']) => explainJob(resolveJob(minimalJob({ statistics })), SHAPE).bytes.statisticsPerWeight;
    expect(bytes({})).toBe(112);
    expect(bytes({ raw: false, aligned: false })).toBe(0);
    expect(bytes({ control: 'scrambled', quantiles: [0.1, 0.9], lowRank: 10 })).toBe(3 * 56 + 74 + 88);
  });

  // 10,000 rows; parameters 784·5 + 5 + 5·10 + 10.
  const D = 3985;
  test.each([
    ['map', { method: 'map', chains: 3, epochs: 40, batchSize: 300 }, { perTransition: 34, perChain: 1 + 40 * 34 + 2, steps: 3 * 40 * 34, fullBatches: 3 * (1 + 2) }, { perDraw: 4 * D, perCheckpoint: 20 * D }],
    ['map, early stopping', { method: 'map', chains: 3, epochs: 40, batchSize: 300, optimizer: 'sgd', earlyStopping: { fraction: 0.2 } }, { perTransition: 27 + 2, steps: 3 * 40 * 27, fullBatches: 3 * (1 + 40 * 0.2 + 2), exact: false }, { perCheckpoint: 16 * D }],
    ['sgld', { method: 'sgld', chains: 2, warmup: 400, draws: 30, thin: 10, batchSize: 100 }, { perTransition: 1, perChain: 1 + 700 + 2 + 30, steps: 2 * 700, fullBatches: 2 * (1 + 32) }, { perDraw: 4 * D, perCheckpoint: 4 * D }],
    ['sghmc', { method: 'sghmc', chains: 2, warmup: 0, draws: 30, thin: 10, schedule: { kind: 'cyclical', cycles: 3, exploration: 0.5 } }, { perChain: 1 + 600 + 30, steps: 2 * 600, fullBatches: 2 * (1 + 30) }, { perDraw: 8 * D }],
    ['vi', { method: 'vi', chains: 2, epochs: 40, draws: 30 }, { perTransition: 100, perChain: 1 + 4000 + 2 + 30, steps: 2 * 4000, fullBatches: 2 * (1 + 32) }, { perDraw: 4 * D, perCheckpoint: 28 * D }],
  ])('counts what a method costs: %s', (_, inference, gradients, bytes) => {
    const { method, ...explained } = explainJob(resolveJob(minimalJob({ probe: { rows: 0 }, inference })), SHAPE, { gradientsPerSecond: 10, secondsPerStep: 0.03, chainsAtOnce: 2 });
    expect(method).toBe(inference.method);
    expect(explained.gradients).toMatchObject(gradients);
    const framing = { perDraw: 150, perCheckpoint: 250 };
    for (const [name, size] of Object.entries(bytes)) expect(explained.bytes[name as keyof typeof framing]).toBe(size + framing[name as keyof typeof framing]);
    expect(explained.time).toMatchObject({ gradientsPerSecond: 10, secondsPerStep: 0.03, chainsAtOnce: 2 });
    expect(explained.time!.seconds).toBeCloseTo((gradients.steps * 0.03) / 2 + gradients.fullBatches / 10, 9);
  });

  test('says where draws cost more than steps', () => {
    const measured = { gradientsPerSecond: 100, secondsPerStep: 0.001, chainsAtOnce: 2 };
    const notes = (thin: number) => explainJob(resolveJob(minimalJob({ inference: { method: 'sgld', chains: 2, warmup: 100, draws: 100, thin } })), SHAPE, measured).notes.join();
    // Of 2 chains, side by side: 1,100 steps each at 1 ms, 1.1 s; 202 energies at 10 ms, 2.02 s; and two starting points, 0.02 s.
    expect(notes(10)).toMatch(/64% of the time goes into the energies .* raise inference.thin/);
    expect(notes(1000)).not.toContain('inference.thin');
    const alone = (method: 'map' | 'vi') => explainJob(resolveJob(minimalJob({ inference: { method, chains: 1 } })), SHAPE).notes.join();
    expect(alone('map')).toContain('no compact posterior');
    expect(alone('vi')).toContain('two halves');
  });

  test('says where a number is a guess', () => {
    const open = explainJob(resolveJob(minimalJob({ inference: { trajectoryLength: 1, stepSize: 0.1 } })), SHAPE);
    expect(open.gradients).toMatchObject({ perTransition: 10, exact: false });
    expect(open.time).toBeNull();
    expect(open.notes.join()).toContain('initial step size 0.1');
    const rateAlone = { gradientsPerSecond: 10, secondsPerStep: null, chainsAtOnce: 1 };
    expect(explainJob(resolveJob(minimalJob({ inference: { method: 'vi' } })), SHAPE, rateAlone).time).toBeNull();
  });

  test('one layer: 4 operations per weight and row; deeper ones: 6', () => {
    expect(flopsPerGradient([{ inputs: 3, outputs: 2 }], 5)).toBe(120);
    expect(flopsPerGradient([{ inputs: 3, outputs: 2 }, { inputs: 2, outputs: 4 }], 5)).toBe(120 + 240);
  });
});

describe('the reference', () => {
  const withReference = (rebasin: JobInput['rebasin'], statistics: JobInput['statistics'] = {}) => resolveJob(minimalJob({ inference: { warmup: 50, draws: 10 }, rebasin, statistics }));

  test('is the first kept draw, once, unless the job says otherwise', () => {
    const job = withReference({});
    expect([plan.referenceSource(job), plan.referenceVersions(job), plan.drawsOfMean(job, 1)]).toEqual(['first-draw', 1, null]);
    expect(plan.referenceSource(withReference({ reference: { file: 'a.safetensors' } }))).toBe('file');
    expect(plan.referenceVersions(withReference({ reference: 'mean', versions: 5 }, { aligned: false }))).toBe(0);
  });

  test('as a mean is made of growing shares of the draws', () => {
    const job = withReference({ reference: 'mean', versions: 4 });
    expect(plan.referenceVersions(job)).toBe(4);
    expect([0, 1, 2, 3, 4, 5].map((version) => plan.drawsOfMean(job, version))).toEqual([null, 3, 5, 8, null, null]);
    // More versions than draws: each still counts one draw at least, and never more than there are.
    const many = withReference({ reference: 'mean', versions: 12 });
    expect([1, 2, 11].map((version) => plan.drawsOfMean(many, version))).toEqual([1, 2, 10]);
  });

  test('is refused where it makes no sense', () => {
    expect(() => withReference({ reference: 'mean', versions: 1 })).toThrow(expect.objectContaining({ code: 'JOB_INVALID', path: 'rebasin.versions' }) as Error);
    expect(() => withReference({ reference: 'median' } as never)).toThrow(expect.objectContaining({ code: 'JOB_INVALID', path: 'rebasin.reference' }) as Error);
    expect(() => withReference({ reference: { file: '' } })).toThrow(expect.objectContaining({ code: 'JOB_INVALID' }) as Error);
  });
});
