// Chains of real networks on every engine of this machine: resumption bit for bit, and the prior where there are no data.
import { describe, expect, it } from 'vitest';
import { loadAddon } from '../../src/engine/addon.js';
import type { Dataset } from '../../src/engine/engine.js';
import { nativeEngine } from '../../src/engine/native.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { tfjsEngine } from '../../src/engine/tfjs/engine.js';
import { resumeChain, startChain, type ChainSpec } from '../../src/inference/run.js';
import { denseNetwork } from '../../src/network/dense.js';
import { buildPosterior } from '../../src/posterior/build.js';
import type { Posterior } from '../../src/posterior/posterior.js';
import { fillNormal } from '../../src/random/index.js';
import { tfjsRuntimes } from '../engine/support.js';
import { standardErrorsFrom } from './effectiveSampleSize.js';
import { recordsOf } from './records.js';
import { settings } from './targets.js';

const onProcessor = loadAddon().available ? [referenceEngine(), nativeEngine()] : [referenceEngine()];
const engines = [...onProcessor, ...tfjsRuntimes.map((runtime) => tfjsEngine(runtime))];

const PRIOR = { weight: 0.5, bias: 1, layers: { fc2: { weight: 0.3 } } };

const classifier = buildPosterior(denseNetwork(5, [{ width: 9, activation: 'relu' }], 3), {
  prior: PRIOR,
  likelihood: { kind: 'categorical' },
  temperature: 1,
});
const regression = buildPosterior(denseNetwork(5, [{ width: 6, activation: 'tanh' }, { width: 4, activation: 'silu' }], 1), {
  prior: PRIOR,
  likelihood: { kind: 'gaussian', noise: { learned: true, logMean: -1, logStd: 0.5 } },
  temperature: 0.8,
});

function dataset(rows: number, kind: 'classes' | 'reals'): Dataset {
  const inputs = new Float32Array(rows * 5);
  fillNormal({ seed: 1, chain: 0, iteration: 0 }, 'test', inputs);
  const scores = Array.from({ length: rows }, (_, r) => inputs[5 * r]! - inputs[5 * r + 1]! * inputs[5 * r + 2]!);
  const targets = kind === 'classes' ? Int32Array.from(scores, (s) => (s < -0.5 ? 0 : s < 0.5 ? 1 : 2)) : Float32Array.from(scores);
  return { rows, features: 5, inputs, targets };
}

describe.each(engines)('on engine $deviceClass', (engine) => {
  it.each<[string, Posterior, Dataset]>([
    ['a classifier', classifier, dataset(70, 'classes')],
    ['a regression with learned noise', regression, dataset(50, 'reals')],
  ])('%s resumes bit-identically from every record', (_, posterior, data) => {
    const inference = settings({
      warmup: 30,
      draws: 8,
      leapfrogSteps: 6,
      massMatrix: 'diagonal',
      jitter: 0.1,
      start: { from: 'map', scale: 0.5, steps: 10, learningRate: 0.02 },
    });
    const spec: ChainSpec = { seed: 3, chain: 1, inference, checkpointEvery: 4 };
    const potential = engine.potential(posterior, data, { threads: 1 });
    const records = recordsOf(startChain(spec, potential, posterior));
    const frozen = records.findLast(({ adaptation }) => adaptation !== null)!.adaptation;
    expect(records.some(({ info }) => info.accepted)).toBe(true);
    records.forEach((record, index) => {
      // Another potential, whose caches and parts know nothing of the first one's.
      const fresh = engine.potential(posterior, data, { threads: 1 });
      const gradient = new Float32Array(posterior.dimension);
      expect(fresh.valueAndGradient(record.position, gradient)).toBe(record.info.potentialEnergy);
      const resumed = recordsOf(resumeChain(spec, fresh, posterior, structuredClone(record), frozen));
      expect(resumed).toStrictEqual(records.slice(index + 1));
      fresh.dispose();
    });
    potential.dispose();
  });
});

// 50,000 gradients: of tfjs, the contract and the trajectory are tested instead.
describe.each(onProcessor)('on engine $name', (engine) => {
  it('samples the prior where there are no data', () => {
    const potential = engine.potential(classifier, dataset(0, 'classes'), { threads: 1 });
    const inference = settings({ warmup: 300, draws: 3000, leapfrogSteps: undefined, trajectoryLength: 1.4, massMatrix: 'diagonal', jitter: 0.3 });
    const draws = recordsOf(startChain({ seed: 5, chain: 0, inference, checkpointEvery: 100 }, potential, classifier))
      .filter(({ phase }) => phase === 'sampling')
      .map(({ position }) => position);
    potential.dispose();
    let worst = 0;
    classifier.tensors.forEach((tensor, t) => {
      for (let i = tensor.offset; i < tensor.offset + tensor.size; i++) {
        const values = draws.map((draw) => draw[i]!);
        const squares = values.map((v) => v * v);
        worst = Math.max(
          worst,
          Math.abs(standardErrorsFrom(values, 0, 300)),
          Math.abs(standardErrorsFrom(squares, classifier.priors[t]!.std ** 2, 300)),
        );
      }
    });
    // Over 2 · 84 statistics.
    expect(worst).toBeLessThan(4.5);
  });
});
