// The noise of each likelihood at a position.
import { describe, expect, it } from 'vitest';
import { denseNetwork } from '../../src/network/dense.js';
import { buildPosterior, type PosteriorSettings } from '../../src/posterior/build.js';
import { noiseStdOf } from '../../src/posterior/noise.js';

const network = denseNetwork(2, [{ width: 3, activation: 'tanh' }], 1);
const of = (likelihood: PosteriorSettings['likelihood'], last = 0) => {
  const posterior = buildPosterior(network, { prior: { layers: {} }, likelihood, temperature: 1 });
  return noiseStdOf(posterior, new Float32Array(posterior.dimension).fill(last, -1));
};
const learned = { kind: 'gaussian', noise: { learned: true, logMean: 0, logStd: 1 } } as const;

describe('noiseStdOf', () => {
  it('is the fixed one, the exponential of the learned one, and none of classes', () => {
    expect(of({ kind: 'gaussian', noise: 0.3 }, 5)).toBe(0.3);
    expect(of(learned, -0.5)).toBe(Math.exp(-0.5));
    expect(of({ kind: 'categorical' })).toBeNaN();
  });

  it('stays positive and finite where the exponential does not', () => {
    expect(of(learned, 1000)).toBe(Number.MAX_VALUE);
    expect(of(learned, -1000)).toBe(Number.MIN_VALUE);
  });
});
