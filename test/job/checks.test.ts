// Combinations that exclude each other, and their neighbours that do not.
import { describe, expect, test } from 'vitest';
import { BasinetError } from '../../src/errors.js';
import { resolveJob } from '../../src/job/load.js';
import { minimalJob } from './minimal.js';

const IDX = { format: 'idx', inputs: 'x', targets: 'y' };
const CSV = { format: 'csv', file: 'd.csv', targets: ['y'] };
const GAUSSIAN = { kind: 'gaussian', noise: 0.1 };
const NPY = { format: 'npy', inputs: 'x.npy', targets: 'y.npy' };

describe('refused', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['both trajectory settings', { inference: { leapfrogSteps: 5, trajectoryLength: 1 } }, 'inference.trajectoryLength'],
    ['more steps than allowed', { inference: { leapfrogSteps: 50, maxLeapfrogSteps: 40 } }, 'inference.leapfrogSteps'],
    ['a length that takes too many steps', { inference: { trajectoryLength: 1, stepSize: 1e-6, adaptStepSize: false } }, 'inference.trajectoryLength'],
    ['adaptation without warmup', { inference: { warmup: 0 } }, 'inference.adaptStepSize'],
    ['a mass matrix without the warmup for it', { inference: { warmup: 19, massMatrix: 'diagonal' } }, 'inference.massMatrix'],
    ['a mass matrix with a fixed step size', { inference: { massMatrix: 'diagonal', adaptStepSize: false } }, 'inference.massMatrix'],
    ['labels of IDX for a gaussian', { data: { train: IDX }, likelihood: GAUSSIAN }, 'data.train.targets'],
    ['test labels of IDX for a gaussian', { data: { train: NPY, test: IDX }, likelihood: GAUSSIAN }, 'data.test.targets'],
    ['classes for a gaussian', { data: { train: NPY, targets: { classes: 3 } }, likelihood: GAUSSIAN }, 'data.targets.classes'],
    ['standardised labels', { data: { train: NPY, targets: { standardize: true } } }, 'data.targets.standardize'],
    ['several columns of labels', { data: { train: { ...CSV, targets: ['y', 'z'] } } }, 'data.train.targets'],
    ['column names without a header', { data: { train: { ...CSV, header: false } } }, 'data.train.targets[0]'],
    ['two scalings', { data: { train: NPY, inputs: { scale: 255, standardize: true } } }, 'data.inputs.scale'],
    ['two inputs from elsewhere of one name', { data: { train: NPY, outOfDistribution: [{ name: 'a', format: 'npy', inputs: 'a.npy' }, { name: 'a', format: 'idx', inputs: 'b' }] } }, 'data.outOfDistribution[1].name'],
    ['two layers of one name', { network: { hidden: [{ width: 2, name: 'a' }, { width: 2, name: 'a' }] } }, 'network.hidden[1].name'],
    ['the name of the output layer', { network: { hidden: [{ width: 2, name: 'fc2' }] } }, 'network.hidden[0].name'],
    ['a name that a later layer has by default', { network: { hidden: [{ width: 2, name: 'fc2' }, { width: 2 }] } }, 'network.hidden[0].name'],
    ['a prior of no layer', { prior: { layers: { fc3: { weight: 1 } } } }, 'prior.layers.fc3'],
    ['superchains of unequal size', { inference: { chains: 4, start: { from: 'prior', chainsPerStart: 3 } } }, 'inference.start.chainsPerStart'],
    ['more partitions than starting points', { inference: { chains: 4, start: { from: 'prior', chainsPerStart: 2 } }, log: { partitions: 3 } }, 'log.partitions'],
    ['a control of nothing', { statistics: { aligned: false, control: 'permuted' } }, 'statistics.control'],
    ['a control of more units than it shuffles', { network: { hidden: [{ width: 65_536 }, { width: 65_537 }] }, statistics: { control: 'permuted' } }, 'statistics.control'],
    ['quantiles of nothing', { statistics: { aligned: false, quantiles: [0.5] } }, 'statistics.quantiles'],
    ['a covariance of nothing', { statistics: { aligned: false, lowRank: 2 } }, 'statistics.lowRank'],
    ['a quantile twice', { statistics: { quantiles: [0.5, 0.1, 0.5] } }, 'statistics.quantiles[2]'],
    ['more draws than histograms count', { statistics: { quantiles: [0.5] }, inference: { draws: 65_536 } }, 'statistics.quantiles'],
    ['signs of ReLU', { network: { hidden: [{ width: 2, activation: 'tanh' }, { width: 2 }] }, rebasin: { signs: true } }, 'rebasin.signs'],
    ['several orders of what has one', { rebasin: { matching: 'first-layer', orders: 2 } }, 'rebasin.orders'],
    ['activations that nothing looks at', { rebasin: { activations: { rows: 10 } } }, 'rebasin.activations'],
    ['activations on no probe', { rebasin: { matching: 'activations', activations: { data: 'probe' } }, probe: { rows: 0 } }, 'rebasin.activations.data'],
    ['momentum of adam', { inference: { method: 'map', momentum: 0.9 } }, 'inference.momentum'],
    ['draws that cycles cannot share', { inference: { method: 'sgld', draws: 10, schedule: { kind: 'cyclical', cycles: 3 } } }, 'inference.schedule.cycles'],
    ['a key of another method', { inference: { method: 'map', leapfrogSteps: 5 } }, 'inference.leapfrogSteps'],
    ['a method without its name', { inference: { epochs: 5 } }, 'inference.epochs'],
    ['a method that there is not', { inference: { method: 'hcm' } }, 'inference.method'],
    ['a MAP start of a MAP fit', { inference: { method: 'map', start: { from: 'map' } } }, 'inference.start.from'],
    ['no friction', { inference: { method: 'sghmc', friction: 0 } }, 'inference.friction'],
    ['an exploration that leaves no draws', { inference: { method: 'sghmc', schedule: { kind: 'cyclical', cycles: 1, exploration: 1 } } }, 'inference.schedule.exploration'],
    ['a batch of a word', { inference: { method: 'vi', batchSize: 'all' } }, 'inference.batchSize'],
    ['all rows held out', { inference: { method: 'map', earlyStopping: { fraction: 1 } } }, 'inference.earlyStopping.fraction'],
    ['more partitions than chains', { inference: { chains: 2 }, log: { partitions: 3 } }, 'log.partitions'],
  ])('%s', (_what, change, path) => {
    try {
      resolveJob(minimalJob(change));
    } catch (error) {
      expect(error).toBeInstanceOf(BasinetError);
      expect(error).toMatchObject({ code: 'JOB_INVALID', path });
      expect((error as BasinetError).remedy).toMatch(/^[A-Z].*\.$/);
      return;
    }
    throw new Error('the job was taken');
  });
});

describe('taken', () => {
  test.each<[string, Record<string, unknown>]>([
    ['no warmup with a fixed step size', { inference: { warmup: 0, adaptStepSize: false } }],
    ['a mass matrix in just enough warmup', { inference: { warmup: 20, massMatrix: 'diagonal' } }],
    ['a long trajectory whose step size adapts', { inference: { trajectoryLength: 1, stepSize: 1e-6 } }],
    ['a low cap on the default number of steps', { inference: { maxLeapfrogSteps: 5 } }],
    ['column numbers without a header', { data: { train: { ...CSV, header: false, targets: [-1] } } }],
    ['several real targets', { data: { train: { ...CSV, targets: ['y', 'z'] } }, likelihood: GAUSSIAN }],
    ['priors of a named and of the last layer', { network: { hidden: [{ width: 2, name: 'a' }] }, prior: { layers: { a: { bias: 1 }, fc2: { weight: 2 } } } }],
    ['signs of tanh', { network: { hidden: [{ width: 2, activation: 'tanh' }] }, rebasin: { signs: true, orders: 3 } }],
    ['activations of the training rows without a probe', { rebasin: { matching: 'activations' }, probe: { rows: 0 } }],
    ['sgd with and without momentum', { inference: { method: 'map', optimizer: 'sgd', momentum: 0 } }],
    ['cycles that share the draws', { inference: { method: 'sghmc', draws: 12, schedule: { kind: 'cyclical', cycles: 3 } } }],
    ['early stopping with its defaults', { inference: { method: 'map', earlyStopping: {} } }],
    ['a full batch', { inference: { method: 'vi', batchSize: 'full' } }],
    ['no hidden layer', { network: { hidden: [] }, prior: { layers: { fc1: { weight: 2 } } } }],
  ])('%s', (_what, change) => {
    expect(() => resolveJob(minimalJob(change))).not.toThrow();
  });
});

test('what activations are compared on is filled in where they are matched, and nowhere else', () => {
  const rebasin = (given: Record<string, unknown>) => resolveJob(minimalJob({ rebasin: given })).rebasin;
  expect(rebasin({ matching: 'activations' }).activations).toEqual({ data: 'train', rows: 1000, centered: false });
  expect(rebasin({ matching: 'activations', activations: { rows: 7, centered: true } }).activations).toEqual({ data: 'train', rows: 7, centered: true });
  expect(rebasin({})).toMatchObject({ matching: 'weights', signs: 'auto', orders: 1 });
  expect(rebasin({})).not.toHaveProperty('activations');
});
