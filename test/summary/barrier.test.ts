// The loss barrier of a regression: without test data, at extreme noise, and its page.
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engine/reference.js';
import { resolveJob } from '../../src/job/load.js';
import { modelOf } from '../../src/job/plan.js';
import { applyPermutations } from '../../src/rebasin/index.js';
import { measureBarrier, type BarrierOptions } from '../../src/summary/barrier.js';
import { renderBarrierReport } from '../../src/summary/report/barrier.js';
import { shuffled } from '../support/shuffled.js';
import { normals } from '../support/uniforms.js';
import { fakeSine } from './fixture.js';

const job = resolveJob({
  name: 'sine',
  data: { train: { format: 'csv', file: 'sine.csv', targets: ['y'] }, targets: { standardize: true } },
  network: { hidden: [{ width: 5, activation: 'tanh' }, { width: 4, activation: 'tanh' }] },
  likelihood: { kind: 'gaussian', noise: { learned: true } },
});
const data = fakeSine(30, 0);
const { network, posterior } = modelOf(job, data.shape);
const a = Float32Array.from({ length: posterior.dimension }, normals(1));
const b = applyPermutations(network, posterior.tensors, a, network.groups.map(({ size }, g) => shuffled(size, g + 5)));

const measure = (options: Partial<BarrierOptions> = {}) => measureBarrier({ engine: referenceEngine(), posterior, data, a, b, points: 11, maxSweeps: 50, threads: 1, ...options });

describe('measureBarrier', () => {
  it('has no test curve without test data, and no barrier to an aligned copy', () => {
    const result = measure();
    expect(result).toMatchObject({ metric: 'rmse', raw: { test: null }, aligned: { test: null }, alignment: { distanceAfter: 0 } });
    expect(result.aligned.train.barrier.height).toBeLessThan(1e-9);
    expect(result.raw.train.loss[5]).not.toBeCloseTo(result.raw.train.loss[0]!, 3);
    expect(result.raw.train.metric).toHaveLength(11);
  });

  it('does not depend on how many points lie between two of its own', () => {
    const [few, many] = [measure({ points: 3 }), measure({ points: 101 })];
    for (const [i, j] of [[0, 0], [1, 50], [2, 100]] as const) expect(few.raw.train.loss[i]).toBe(many.raw.train.loss[j]);
    expect(many.raw.train.barrier.height).toBeGreaterThanOrEqual(few.raw.train.barrier.height);
  });

  it('scores a learned noise that overflows badly, and one that vanishes as infinitely bad', () => {
    const [wide, none] = [measure({ b: b.with(-1, 800) }).raw.train, measure({ b: b.with(-1, -800) }).raw.train];
    expect(wide.loss.at(-1)).toBeGreaterThan(700);
    expect(wide.barrier.height).toBeGreaterThanOrEqual(0);
    expect(none.loss.at(-1)).toBe(Infinity);
    expect(none.barrier.height).toBeNaN();
  });

  it('refuses fewer than two points', () => {
    for (const points of [0, 1]) expect(() => measure({ points })).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }) as Error);
  });
});

describe('the page', () => {
  const page = (result = measure()) => renderBarrierReport({ jobName: 'a <job>', a: 'a.safetensors', b: '"b"', groups: network.groups, result, version: '1.2.3' });

  it('is the same for the same result, escapes names, and shows what there is', async () => {
    const html = await page();
    expect(await page()).toBe(html);
    expect(html).toContain('<h1>a &lt;job&gt;</h1>');
    expect(html).toContain('&quot;b&quot;');
    expect(Array.from(html.matchAll(/<figure id="([^"]*)"/g), ([, id]) => id)).toEqual(['loss-train', 'rmse-train', 'transpositions']);
    expect(html.match(/<svg /g)).toHaveLength(2);
  });

  it('stands losses that are not finite', async () => {
    const html = await page(measure({ b: b.with(-1, -800) }));
    expect(html).toContain('Barrier – as they are');
    expect(html).not.toContain('NaN');
  });
});
