// Posteriors from settings: priors per tensor, likelihoods, the learned noise's place.
import { describe, expect, test } from 'vitest';
import { denseNetwork } from '../../src/network/dense.js';
import { LOG_NOISE_TENSOR, buildPosterior, type PosteriorSettings } from '../../src/posterior/build.js';

const network = denseNetwork(3, [{ width: 2, activation: 'relu', name: 'body' }], 1);
const settings: PosteriorSettings = { prior: { layers: {} }, likelihood: { kind: 'categorical' }, temperature: 1 };

describe('priors', () => {
  const stds = (prior: PosteriorSettings['prior']) => buildPosterior(network, { ...settings, prior }).priors.map(({ std }) => std);

  test('are 1 where nothing is said', () => expect(stds({ layers: {} })).toEqual([1, 1, 1, 1]));
  test('separate weights from biases', () => expect(stds({ weight: 0.5, bias: 2, layers: {} })).toEqual([0.5, 2, 0.5, 2]));
  test('are overridden by layer, each of the two by itself', () => {
    expect(stds({ weight: 0.5, bias: 2, layers: { body: { weight: 3 }, fc2: { bias: 4 } } })).toEqual([3, 2, 0.5, 4]);
  });
});

test('without a learned noise the layout is the network\'s', () => {
  const posterior = buildPosterior(network, { ...settings, likelihood: { kind: 'gaussian', noise: 0.2 }, temperature: 0.5 });
  expect(posterior.tensors).toEqual(network.tensors);
  expect(posterior).toMatchObject({ dimension: network.dimension, likelihood: { kind: 'gaussian', noiseStd: 0.2 }, temperature: 0.5 });
});

test('a learned noise is the last parameter, with its own prior', () => {
  const noise = { learned: true, logMean: -1.5, logStd: 0.25 } as const;
  const posterior = buildPosterior(network, { ...settings, likelihood: { kind: 'gaussian', noise } });
  expect(posterior.dimension).toBe(network.dimension + 1);
  expect(posterior.tensors.at(-1)).toEqual({ name: LOG_NOISE_TENSOR, shape: [1], offset: network.dimension, size: 1 });
  expect(posterior.priors.at(-1)).toEqual({ mean: -1.5, std: 0.25 });
  expect(posterior.likelihood).toEqual({ kind: 'gaussian-learned', logNoisePriorMean: -1.5, logNoisePriorStd: 0.25 });
});
