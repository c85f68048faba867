// The probe at the edges of what a draw may hold.
import { describe, expect, it } from 'vitest';
import { createProbe } from '../../src/aggregator/probe.js';
import type { DrawRecord } from '../../src/bus/records.js';
import type { JobData } from '../../src/data/dataset.js';
import { denseNetwork } from '../../src/network/dense.js';
import { buildPosterior } from '../../src/posterior/build.js';

const posterior = buildPosterior(denseNetwork(1, [], 1), {
  prior: { layers: {} },
  likelihood: { kind: 'gaussian', noise: { learned: true, logMean: 0, logStd: 1000 } },
  temperature: 1,
});
const data = {
  train: { rows: 2, features: 1, inputs: Float32Array.of(0, 1), targets: Float32Array.of(0, 1) },
  test: null,
  shape: { features: 1, outputs: 1, trainRows: 2, testRows: 0, targetKind: 'real' },
  targetScaling: { mean: null, std: null },
} as unknown as JobData;

describe('a learned noise', () => {
  it.each([
    { logNoise: 0, nll: (0.5 * 0.25 * 2) / 2 + 0.5 * Math.log(2 * Math.PI) },
    { logNoise: 800, nll: Math.log(Number.MAX_VALUE) + 0.5 * Math.log(2 * Math.PI) },
    { logNoise: -800, nll: Infinity },
  ])('of exp($logNoise) has an NLL of $nll and stops nothing', ({ logNoise, nll }) => {
    const probe = createProbe(posterior, data, 2)!;
    const chain = probe.chain(null);
    chain.update({ position: Float32Array.of(0, 0, logNoise), probeOutputs: Float32Array.of(0.5, 0.5) } as unknown as DrawRecord);
    expect(chain.sums().nll).toBeCloseTo(nll, 6);
    expect(probe.score(Float64Array.of(0.5, 0.5), [chain.sums()]).rmse).toBeCloseTo(0.5);
  });
});
