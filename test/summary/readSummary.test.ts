// Results read back: what is missing, foreign or contradictory is refused with its place.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/data/safetensors.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { resolveJob } from '../../src/job/load.js';
import { readSummary, writeResults, type ResultsSummary } from '../../src/summary/index.js';
import { drawsOf, fakePictures, sampleJob } from './fixture.js';

let directory: string;
let summary: ResultsSummary;

/** One chain, raw statistics only, evaluated on the training rows; a single hidden unit. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'basinet-read-'));
  const job = resolveJob({
    name: 'raw-only',
    data: { train: { format: 'npy', inputs: 'x.npy', targets: 'y.npy' } },
    network: { hidden: [{ width: 1 }] },
    inference: { chains: 1, warmup: 0, draws: 3, leapfrogSteps: 2, adaptStepSize: false },
    statistics: { aligned: false },
  });
  const data = fakePictures(6, 0);
  const { posterior, partitions, records } = sampleJob(job, data);
  const raw = partitions.map((part) => ({
    ...part,
    aligned: null,
    reference: new Uint8Array(),
    traces: part.traces.map((trace) => ({ ...trace, distanceBefore: [], distanceAfter: [], transpositions: [] })),
  }));
  summary = await writeResults({ outDir: directory, job, data, posterior, partitions: raw, draws: drawsOf(records), engine: referenceEngine(), version: '1.2.3' });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Runs `check` with a file replaced by other content. */
async function withFile(name: string, content: string | Uint8Array, check: () => Promise<void>): Promise<void> {
  const before = await readFile(join(directory, name));
  await writeFile(join(directory, name), content);
  try {
    await check();
  } finally {
    await writeFile(join(directory, name), before);
  }
}

it('reads raw statistics of one short chain, with null for what three draws cannot tell', async () => {
  const results = await readSummary(directory);
  expect(results.summary).toEqual(summary);
  expect(summary.statistics.aligned).toBeNull();
  expect(summary.alignment).toMatchObject({ referenceVersion: 1, distanceBefore: null, distanceAfter: null });
  expect(summary.evaluation).toMatchObject({ split: 'train', rows: 6, draws: 3 });
  expect(results.tensor('raw', 'mean', 'fc1.bias').data).toHaveLength(1);
  expect(() => results.tensor('aligned', 'mean', 'fc1.bias')).toThrowError(/no aligned mean of fc1\.bias/);
});

it('reads a summary from before compact forms were scored', async () => {
  const { compact: _compact, outOfDistribution: _elsewhere, entropies: _entropies, ...evaluation } = summary.evaluation!;
  const { entropy: _entropy, ...predictive } = evaluation.kind === 'categorical' ? evaluation.predictive : { entropy: null };
  await withFile('summary.json', JSON.stringify({ ...summary, evaluation: { ...evaluation, predictive } }), async () => {
    const read = (await readSummary(directory)).summary.evaluation;
    expect(read).toEqual({ ...summary.evaluation, compact: [], outOfDistribution: [], entropies: null, predictive: { ...predictive, entropy: null } });
  });
});

it('refuses a directory without results', async () => {
  await expect(readSummary(join(directory, 'absent'))).rejects.toMatchObject({ code: 'RESULTS_INVALID', path: join(directory, 'absent', 'summary.json') });
});

it.each([
  ['not json', 'not JSON'],
  ['null', 'schemaVersion is undefined'],
  ['{"schemaVersion": 99}', 'schemaVersion is 99; this basinet reads 1'],
  ['{"schemaVersion": 1}', 'basinet:'],
])('refuses a summary.json of %s', async (text, message) => {
  await withFile('summary.json', text, () => expect(readSummary(directory)).rejects.toMatchObject({ code: 'RESULTS_INVALID', message: expect.stringContaining(message) as string }));
});

it('names a tensor that is missing or of another shape', async () => {
  await withFile('summary.safetensors', writeSafetensors(new Map()), () =>
    expect(readSummary(directory)).rejects.toMatchObject({ code: 'RESULTS_INVALID', value: 'raw/mean/fc1.weight', message: expect.stringContaining('[1, 64] is missing') as string }),
  );
  const wrong = new Map([['raw/mean/fc1.weight', { dtype: 'F32' as const, shape: [64, 1], data: new Float32Array(64) }]]);
  await withFile('summary.safetensors', writeSafetensors(wrong), () => expect(readSummary(directory)).rejects.toThrowError(/has shape \[64, 1\]/));
  await withFile('summary.safetensors', new Uint8Array(3), () => expect(readSummary(directory)).rejects.toMatchObject({ code: 'DATA_INVALID' }));
});
