// A classification job's results: what Python's safetensors, zarr and ArviZ make of them, and what Chromium shows.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { referenceEngine } from '../../src/engine/reference.js';
import { resolveJob } from '../../src/job/load.js';
import { readSummary, writeResults, type Results, type ResultsSummary } from '../../src/summary/index.js';
import { createAligner } from '../../src/rebasin/index.js';
import { launchChromium } from '../support/chromium.js';
import { runPython } from '../support/python.js';
import { readForm } from '../../src/summary/compact/read.js';
import { compactSamples } from '../../src/summary/compact/sample.js';
import { drawsOf, fakePictures, fakeUniforms, sampleJob } from './fixture.js';

const job = resolveJob({
  name: 'pictures',
  seed: 3,
  data: { train: { format: 'idx', inputs: 'images', targets: 'labels' }, test: { format: 'idx', inputs: 'test-images', targets: 'test-labels' } },
  network: { hidden: [{ width: 6, activation: 'tanh' }] },
  inference: { chains: 3, warmup: 60, draws: 50, leapfrogSteps: 10, stepSize: 0.05, start: { from: 'map', steps: 60, learningRate: 0.05 } },
  statistics: { control: 'scrambled', quantiles: [0.05, 0.5, 0.95], lowRank: 3 },
  log: { partitions: 2 },
});
const elsewhere = { name: 'noise', rows: 30, inputs: Float32Array.from({ length: 30 * 64 }, fakeUniforms(9)) };
const data = { ...fakePictures(60, 45), outOfDistribution: [elsewhere] };

let directory: string;
let written: ResultsSummary;
let results: Results;
let sampled: ReturnType<typeof sampleJob>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'basinet-results-'));
  sampled = sampleJob(job, data);
  const { posterior, partitions, records } = sampled;
  written = await writeResults({
    outDir: directory,
    job,
    data,
    posterior,
    partitions: [...partitions].reverse(),
    draws: drawsOf(records),
    engine: referenceEngine(),
    version: '1.2.3',
    durations: { sampling: 12.5 },
    earlier: { chains: [], deviceClasses: ['reference'] },
  });
  results = await readSummary(directory);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

/** On the test rows, on those from elsewhere, and the median of the latter. */
interface Uncertainty {
  readonly entropy: number[];
  readonly auroc: number;
}

/** Runs a script with `data` (the ArviZ InferenceData), `tensors` (the safetensors file) and `np` in scope; it sets `out`. */
function inPython<T>(script: string, input: unknown = null): T {
  const prelude = `
import json, sys, warnings
warnings.simplefilter('error')
import numpy as np, xarray as xr
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    import arviz as az
from safetensors.numpy import load_file
DIR = sys.argv[1]
given = json.load(sys.stdin)
tensors = load_file(DIR + '/summary.safetensors')
data = az.InferenceData.from_datatree(xr.open_datatree(DIR + '/draws', engine='zarr'))
`;
  return JSON.parse(runPython(`${prelude}${script}\nprint(json.dumps(out))`, JSON.stringify(input), [directory])) as T;
}

describe('results directory', () => {
  it('holds every file, and nothing half written', async () => {
    expect((await readdir(directory)).sort()).toEqual(['draws', 'job.yaml', 'report.html', 'summary.json', 'summary.safetensors']);
  });

  it('reads back what was written', () => {
    expect(results.summary).toEqual(written);
    expect(results.tensor('aligned', 'mean', 'fc1.weight').shape).toEqual([6, 64]);
    expect(written.sampling.draws).toBe(150);
    expect(written.durations).toEqual({ sampling: 12.5 });
    expect(written.evaluation).toMatchObject({ kind: 'categorical', split: 'test', rows: 45, draws: 150, drawsAvailable: 150 });
  });

  it('writes the resolved job', async () => {
    expect(resolveJob(parse(await readFile(join(directory, 'job.yaml'), 'utf8')))).toEqual(job);
  });

  it('depends on the job alone: written twice, the bytes are the same', async () => {
    const again = await mkdtemp(join(tmpdir(), 'basinet-results-'));
    const { posterior, partitions, records } = sampled;
    const options = { outDir: again, job, data, posterior, partitions, draws: drawsOf(records), engine: referenceEngine(), version: '1.2.3', durations: { sampling: 12.5 }, earlier: { chains: [], deviceClasses: ['reference'] } };
    await writeResults(options);
    for (const name of ['summary.json', 'summary.safetensors', 'job.yaml', 'report.html']) {
      expect((await readFile(join(again, name))).equals(await readFile(join(directory, name))), name).toBe(true);
    }
    await expect(writeResults(options)).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE', path: again });
    await expect(writeResults({ ...options, overwrite: true })).resolves.toBeDefined();
    await rm(again, { recursive: true });
  });
});

describe('draws', () => {
  it('open in ArviZ with named dimensions, bit-identical', () => {
    const out = inPython<{ groups: string[]; dims: Record<string, string[]>; first: number[]; last: number[]; library: string; dtype: string }>(`
out = {
  'groups': data.groups(),
  'dims': {name: list(v.dims) for name, v in data.posterior.data_vars.items()},
  'first': data.posterior['fc1.weight'].values[0, 0].ravel().tolist(),
  'last': data.posterior['fc2.bias'].values[2, 49].ravel().tolist(),
  'library': data.posterior.attrs['inference_library'],
  'dtype': str(data.posterior['fc1.weight'].dtype),
}`);
    expect(out.groups).toEqual(['posterior', 'sample_stats', 'alignment']);
    expect(out.dims).toEqual({
      'fc1.weight': ['chain', 'draw', 'fc1.weight_dim_0', 'fc1.weight_dim_1'],
      'fc1.bias': ['chain', 'draw', 'fc1.bias_dim_0'],
      'fc2.weight': ['chain', 'draw', 'fc2.weight_dim_0', 'fc2.weight_dim_1'],
      'fc2.bias': ['chain', 'draw', 'fc2.bias_dim_0'],
    });
    const kept = (chain: number) => sampled.records.get(chain)!.filter(({ iteration }) => iteration > 60);
    expect(out.first).toEqual(Array.from(kept(0)[0]!.position.subarray(0, 384)));
    expect(out.last).toEqual(Array.from(kept(2)[49]!.position.subarray(-3)));
    expect(out.library).toBe('basinet');
    expect(out.dtype).toBe('float32');
  });

  it('carry the sampler statistics under the names of the InferenceData schema', () => {
    const out = inPython<Record<string, number[]>>(`
stats = data.sample_stats
out = {name: stats[name].values[1].astype(float).tolist() for name in stats.data_vars}
out['coords'] = stats.draw.values.tolist()
assert stats['diverging'].dtype == bool and stats['n_steps'].dtype == np.int64`);
    const kept = sampled.records.get(1)!.filter(({ iteration }) => iteration > 60);
    const column = (of: (info: (typeof kept)[number]['info']) => number) => kept.map(({ info }) => of(info));
    expect(out.lp).toEqual(column((info) => -info.potentialEnergy));
    expect(out.energy).toEqual(column((info) => info.potentialEnergy + info.kineticEnergy));
    expect(out.energy_error).toEqual(column((info) => info.energyError));
    expect(out.acceptance_rate).toEqual(column((info) => info.acceptanceRate));
    expect(out.step_size).toEqual(column((info) => info.stepSize));
    expect(out.n_steps).toEqual(column((info) => info.leapfrogSteps));
    expect(out.diverging).toEqual(column((info) => Number(info.divergent)));
    expect(out.iteration).toEqual(kept.map(({ iteration }) => iteration));
    expect(out.coords).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('have the split R-hat, mean, deviation and E-BFMI that ArviZ and NumPy compute from them', () => {
    const out = inPython<{ worst: Record<string, number>; ebfmi: number[] }>(`
worst = {'rhat': 0, 'mean': 0, 'std': 0}
def gap(kind, ours, theirs):
    worst[kind] = max(worst[kind], float(np.max(np.abs(ours - theirs) / np.abs(theirs).clip(1e-3))))
theirs = az.rhat(data.posterior, method='split')
for name, v in data.posterior.data_vars.items():
    flat = v.values.astype(np.float64).reshape((-1,) + v.shape[2:])
    gap('rhat', tensors['raw/rhat/' + name], theirs[name].values)
    gap('mean', tensors['raw/mean/' + name], flat.mean(0))
    gap('std', tensors['raw/std/' + name], flat.std(0, ddof=1))
out = {'worst': worst, 'ebfmi': az.bfmi(data).tolist()}`);
    expect(out.worst.rhat).toBeLessThan(1e-6);
    expect(out.worst.mean).toBeLessThan(1e-5);
    expect(out.worst.std).toBeLessThan(1e-6);
    expect(written.chains.map(({ ebfmi }) => ebfmi!)).toBeAllclose(out.ebfmi, { rtol: 1e-9 });
  });

  it('carry how each was relabelled: aligned draws are had back to the last bit', () => {
    const { posterior } = sampled;
    const { network } = posterior;
    const out = inPython<{ weight: number[]; outgoing: number[]; transpositions: number[]; dtypes: string[]; signs: number[] }>(`
a = xr.open_datatree(DIR + '/draws', engine='zarr')['alignment']
p, s = a['fc1_permutation'].values, a['fc1_sign'].values
rows = np.take_along_axis(data.posterior['fc1.weight'].values, p[..., None], 2) * s[..., None]
columns = np.take_along_axis(data.posterior['fc2.weight'].values, p[:, :, None], 3) * s[:, :, None]
assert a['fc1_permutation'].dims == ('chain', 'draw', 'fc1_unit') and a['fc1_unit'].values.tolist() == list(range(6))
out = {'weight': rows[2, 17].ravel().tolist(), 'outgoing': columns[2, 17].ravel().tolist(), 'transpositions': a['fc1_transpositions'].values[2].tolist(),
       'dtypes': [str(p.dtype), str(s.dtype), str(rows.dtype)], 'signs': sorted(set(s.ravel().tolist()))}`);
    const kept = sampled.records.get(2)!.filter(({ iteration }) => iteration > 60);
    const reference = sampled.records.get(0)!.find(({ iteration }) => iteration > 60)!.position;
    const aligner = createAligner(network, posterior.tensors, reference, { maxSweeps: 50 });
    const aligned = new Float32Array(posterior.dimension);
    const result = aligner.align(kept[17]!.position, aligned, null);
    expect(out.weight).toEqual(Array.from(aligned.subarray(0, 384)));
    expect(out.outgoing).toEqual(Array.from(aligned.subarray(390, 408)));
    expect(out.transpositions[17]).toBe(result.transpositions[0]);
    expect(out.transpositions).toHaveLength(50);
    expect(out.dtypes).toEqual(['int32', 'int8', 'float32']);
    expect(out.signs).toEqual([-1, 1]);
  });

  it('open with plain zarr too', () => {
    const shape = runPython(
      `import sys, zarr
group = zarr.open_group(sys.argv[1] + '/draws', mode='r')
print(sorted(name for name, _ in group.groups()), group['posterior/fc1.weight'].shape, group['posterior/fc1.weight'].attrs['_ARRAY_DIMENSIONS'][0])`,
      '',
      [directory],
    );
    expect(shape.trim()).toBe("['alignment', 'posterior', 'sample_stats'] (3, 50, 6, 64) chain");
  });
});

describe('quantiles and the covariance', () => {
  it('are what NumPy makes of the aligned draws, and add up to the standard deviations', () => {
    const { network, tensors: layout } = sampled.posterior;
    const kept = [0, 1, 2].flatMap((chain) => sampled.records.get(chain)!.filter(({ iteration }) => iteration > 60));
    const aligner = createAligner(network, layout, kept[0]!.position, { maxSweeps: 50 });
    const aligned = kept.flatMap(({ position }) => {
      const out = new Float32Array(position.length);
      aligner.align(position, out, null);
      return [...out];
    });
    const out = inPython<{ quantile: number; bias: number; sum: number; energy: number; shape: number[] }>(
      `
x = np.array(given, dtype=np.float32).astype(np.float64).reshape(150, -1)
names = ['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias']
flat = lambda prefix: np.concatenate([tensors[prefix + '/' + name].astype(np.float64).ravel() for name in names])
factors = np.concatenate([tensors['factor/' + name].astype(np.float64).reshape(3, -1) for name in names], axis=1)
error = np.stack([flat(f'quantile/{p}') - np.quantile(x, p, axis=0) for p in (0.05, 0.5, 0.95)]) / x.std(0)
best = np.linalg.svd((x - x.mean(0)) / np.sqrt(149))[1][:3] ** 2
out = {
  'quantile': float(np.abs(error).max()), 'bias': float(np.abs(error.mean(1)).max()),
  'sum': float(np.abs((factors ** 2).sum(0) + flat('residual_std') ** 2 - flat('std') ** 2).max()),
  'energy': float((factors ** 2).sum() / best.sum()),
  'shape': list(tensors['factor/fc1.weight'].shape),
}`,
      aligned,
    );
    expect(out.quantile).toBeLessThan(0.35);
    expect(out.bias).toBeLessThan(0.02);
    expect(out.sum).toBeLessThan(1e-6);
    // Of what the best three directions hold: their spectrum is nearly flat here, so that many others are almost as good.
    expect(out.energy).toBeGreaterThan(0.75);
    expect(out.energy).toBeLessThanOrEqual(1 + 1e-6);
    expect(out.shape).toEqual([3, 6, 64]);
    expect(written.statistics.covariance!.rank).toBe(3);
    expect(written.statistics.covariance!.captured).toBeGreaterThan(0);
    expect(written.statistics.quantiles!.resolution.max!).toBeLessThan(0.6);
    expect(results.tensor('control', 'std', 'fc1.weight').shape).toEqual([6, 64]);
  });
});

describe('docs/results.md', () => {
  it('has Python that runs in a results directory', async () => {
    const text = await readFile(new URL('../../docs/results.md', import.meta.url), 'utf8');
    const blocks = Array.from(text.matchAll(/```python\n(.*?)```/gs), ([, code]) => code!);
    expect(blocks).toHaveLength(7);
    // The PyTorch lines are the NumPy ones but for the import; PyTorch itself is too large for the test's interpreter.
    const script = blocks.join('\n').replaceAll('safetensors.torch', 'safetensors.numpy');
    const checks = `
assert set(state_dict) == {'fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias'} and state_dict['fc1.weight'].shape == (6, 64)
assert prunable['fc1.bias'].dtype == bool and first.shape == (10, 6, 64) and bfmi.shape == (3,) and rhat['fc1.bias'].shape == (6,)
assert sample['fc1.weight'].shape == (200, 6, 64) and inside['fc1.weight'].mean() > 0.8 and (snr['fc2.bias'] >= 0).all()`;
    expect(runPython(`import os, sys, warnings\nwarnings.simplefilter('ignore')\nos.chdir(sys.argv[1])\n${script}${checks}`, '', [directory])).toContain("'accuracy'");
  });
});

describe('evaluation', () => {
  it('is what NumPy makes of the same draws on the test set', () => {
    const test = data.test!;
    const out = inPython<{ accuracy: number; nll: number; brier: number; single: number[] }>(
      `
x = np.array(given['inputs'], dtype=np.float64).reshape(-1, 64)
y = np.array(given['targets'])
p = {k: v.values.astype(np.float64).reshape((-1,) + v.shape[2:]) for k, v in data.posterior.data_vars.items()}
h = np.tanh(np.einsum('soi,ri->sro', p['fc1.weight'], x) + p['fc1.bias'][:, None])
z = np.einsum('soi,sri->sro', p['fc2.weight'], h) + p['fc2.bias'][:, None]
e = np.exp(z - z.max(-1, keepdims=True)); probs = e / e.sum(-1, keepdims=True)
rows = np.arange(len(y)); onehot = np.eye(3)[y]
def scores(q): return [(q.argmax(-1) == y).mean(-1), -np.log(q[..., rows, y]).mean(-1), ((q - onehot) ** 2).sum(-1).mean(-1)]
a, n, b = scores(probs.mean(0))
out = {'accuracy': float(a), 'nll': float(n), 'brier': float(b), 'single': [float(v.mean()) for v in scores(probs)]}`,
      { inputs: Array.from(test.inputs), targets: Array.from(test.targets) },
    );
    if (written.evaluation?.kind !== 'categorical') throw new Error('expected a categorical evaluation');
    const { predictive, averageDraw } = written.evaluation;
    expect([predictive.accuracy!, predictive.nll!, predictive.brier!]).toBeAllclose([out.accuracy, out.nll, out.brier], { rtol: 1e-5 });
    expect([averageDraw.accuracy!, averageDraw.nll!, averageDraw.brier!]).toBeAllclose(out.single, { rtol: 1e-5 });
  });

  it('of every compact form is what NumPy makes of the same samples, on the test set and on inputs from elsewhere', () => {
    const { posterior } = sampled;
    const forms = (['aligned', 'raw', 'control', 'low-rank'] as const).map((name) => readForm(posterior, { path: directory, tensors: results.tensors }, name));
    const test = data.test!;
    const out = inPython<{ draws: Uncertainty; forms: (Uncertainty & { scores: number[]; agreement: number; tv: number })[] }>(
      `
from scipy import special, stats
x, o = (np.array(given[k], dtype=np.float64).reshape(-1, 64) for k in ('inputs', 'elsewhere'))
y = np.array(given['targets'])
draws = {k: (v := data.posterior[k]).values.astype(np.float64).reshape((-1,) + v.shape[2:]) for k in ('fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias')}
def split(samples):
    s, at, p = np.array(samples, dtype=np.float64), 0, {}
    for k, v in draws.items():
        size = int(np.prod(v.shape[1:])); p[k] = s[:, at:at + size].reshape((-1,) + v.shape[1:]); at += size
    return p
def predictive(p, x):
    h = np.tanh(np.einsum('soi,ri->sro', p['fc1.weight'], x) + p['fc1.bias'][:, None])
    return special.softmax(np.einsum('soi,sri->sro', p['fc2.weight'], h) + p['fc2.bias'][:, None], axis=-1).mean(0)
def ece(q):
    c, right = q.max(1), q.argmax(1) == y
    bins = np.clip(np.ceil(c * 15).astype(int) - 1, 0, 14)
    return sum(abs(right[bins == b].sum() - c[bins == b].sum()) for b in range(15)) / len(y)
def elsewhere(p):
    known, other = stats.entropy(predictive(p, x), axis=1), stats.entropy(predictive(p, o), axis=1)
    return {'entropy': [float(known.mean()), float(other.mean()), float(np.median(other))], 'auroc': float(stats.mannwhitneyu(other, known).statistic / (len(other) * len(known)))}
reference = predictive(draws, x)
def form(samples):
    p = split(samples); q = predictive(p, x)
    scores = [(q.argmax(1) == y).mean(), -np.log(q[np.arange(len(y)), y]).mean(), ((q - np.eye(3)[y]) ** 2).sum(1).mean(), ece(q), stats.entropy(q, axis=1).mean()]
    return {**elsewhere(p), 'scores': [float(v) for v in scores], 'agreement': float((q.argmax(1) == reference.argmax(1)).mean()), 'tv': float(0.5 * abs(q - reference).sum(1).mean())}
out = {'draws': elsewhere(draws), 'forms': [form(s) for s in given['samples']]}`,
      {
        inputs: Array.from(test.inputs),
        targets: Array.from(test.targets),
        elsewhere: Array.from(elsewhere.inputs),
        samples: forms.map((form) => Array.from(compactSamples(form, job.seed, job.evaluation.compactSamples), (sample) => Array.from(sample))),
      },
    );
    if (written.evaluation?.kind !== 'categorical') throw new Error('expected a categorical evaluation');
    const { compact, outOfDistribution, entropies } = written.evaluation;
    expect(compact.map(({ form, samples }) => [form, samples])).toEqual([['aligned', 50], ['raw', 50], ['control', 50], ['low-rank', 50]]);
    const [noise] = outOfDistribution;
    expect(noise).toMatchObject({ name: 'noise', rows: 30 });
    const tolerance = { rtol: 2e-5, atol: 1e-7 };
    for (const [i, { scores, agreement, totalVariation }] of compact.entries()) {
      const expected = out.forms[i]!;
      expect([scores.accuracy!, scores.nll!, scores.brier!, scores.ece!, scores.entropy!, agreement!, totalVariation!]).toBeAllclose([...expected.scores, expected.agreement, expected.tv], tolerance);
      const { entropy, auroc } = noise!.compact[i]!;
      expect([entropy.mean!, entropy.median!, auroc!]).toBeAllclose([...expected.entropy.slice(1), expected.auroc], tolerance);
    }
    const { entropy, auroc } = noise!.predictive;
    expect([entropies!.mean!, entropy.mean!, entropy.median!, auroc!]).toBeAllclose([...out.draws.entropy, out.draws.auroc], tolerance);
  });
});

describe('report', () => {
  /** Of the draws and of four compact forms; of three scores; of raw, control and aligned weights; of raw and aligned ones. */
  const PANELS: Readonly<Record<string, number>> = { 'elsewhere-0': 5, forms: 3, control: 3, rhat: 2, ess: 2, snr: 2 };
  const FIGURES = ['rhat', 'ess', 'transpositions-0', 'distance', 'calibration', 'growth', 'forms', 'elsewhere-0', 'energy', 'acceptance', 'warmup-energy', 'step-size', 'snr', 'control'];

  it.each(['light', 'dark'] as const)('shows every figure in Chromium, %s, without errors or requests', async (colorScheme) => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height: 900 } });
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      const url = pathToFileURL(join(directory, 'report.html')).href;
      await page.goto(url);
      expect(complaints).toEqual([]);
      expect(requests.filter((request) => !request.startsWith('data:'))).toEqual([url]);
      expect(await page.title()).toBe('pictures · basinet');
      expect(await page.locator('h1').textContent()).toBe('pictures');
      expect(await page.locator('h2').allTextContents()).toEqual(['What alignment does', 'Predictions', 'Inputs from elsewhere', 'The compact posterior', 'Sampling from the compact posterior', 'How the chains moved', 'Use these results', 'Settings']);
      for (const id of FIGURES) {
        const charts = page.locator(`figure#${id} svg`);
        const count = await charts.count();
        expect(count, id).toBe(PANELS[id] ?? 1);
        for (let i = 0; i < count; i++) {
          const box = await charts.nth(i).boundingBox();
          expect(box!.width * box!.height, id).toBeGreaterThan(40_000);
          expect((await charts.nth(i).getAttribute('aria-label'))!.length, id).toBeGreaterThan(20);
          expect(await charts.nth(i).locator('path').count(), id).toBeGreaterThan(5);
        }
      }
      // Raw beside aligned: same height on the page, same size.
      const [raw, aligned] = await Promise.all([0, 1].map((i) => page.locator('figure#rhat svg').nth(i).boundingBox()));
      expect(raw!.y).toBe(aligned!.y);
      expect(raw!.x).toBeLessThan(aligned!.x);
      const sizes = await page.evaluate<number[]>('Array.from(document.images, (image) => image.naturalWidth * image.getBoundingClientRect().height)');
      // Two maps of two spaces, their colour bars, six most and six least certain rows.
      expect(sizes).toHaveLength(4 + 4 + 12);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
      expect(await page.locator('figure#uncertain .example').count()).toBe(6);
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
      expect(await page.locator('.cards .card').count()).toBe(8);
      // On a phone, charts of the forms are below each other, and no smaller than they were drawn.
      await page.setViewportSize({ width: 400, height: 900 });
      const forms = await page.evaluate<{ left: number; scale: number }[]>('Array.from(document.querySelectorAll("figure#forms svg"), (svg) => ({ left: svg.getBoundingClientRect().left, scale: svg.getBoundingClientRect().width / svg.viewBox.baseVal.width }))');
      expect(new Set(forms.map(({ left }) => left)).size).toBe(1);
      expect(Math.min(...forms.map(({ scale }) => scale))).toBeGreaterThan(0.95);
      const ids = await page.evaluate<string[]>('Array.from(document.querySelectorAll("[id]"), (element) => element.id)');
      expect(new Set(ids).size).toBe(ids.length);
    } finally {
      await browser.close();
    }
  });
});
