// Folding again what was sampled to its end: versions of a mean reference against their definition, other references, progress, bad input.
import { describe, expect, it } from 'vitest';
import { PartitionFold } from '../../src/aggregator/fold.js';
import type { FoldState } from '../../src/aggregator/savedFold.js';
import { fitMap } from '../../src/aggregator/mapFit.js';
import { refold, type DrawSource } from '../../src/aggregator/refold.js';
import { decodeSnapshot, encodeSnapshot } from '../../src/aggregator/snapshot.js';
import { float32Of } from '../../src/bus/bytes.js';
import { decodePartitionStatistics, momentsFromWire } from '../../src/bus/statistics.js';
import { wire, type basinet } from '../../src/bus/wire.js';
import { referenceEngine } from '../../src/engine/reference.js';
import { modelOf } from '../../src/job/plan.js';
import type { JobInput } from '../../src/job/schema.js';
import { createAligner, type AlignmentResult } from '../../src/rebasin/index.js';
import { mergeMerged } from '../../src/stats/index.js';
import { expectedStatistics } from '../support/foldCluster.js';
import { sourceOf, testJob, wholeLog, type TestJob } from '../support/foldJob.js';
import { normals } from '../support/uniforms.js';

const two = { partitions: 2, slotBytes: 2000, slotSeconds: 0.05 };
const withReference = (name: string, rebasin: JobInput['rebasin'], reference?: Float32Array): TestJob =>
  testJob(name, { rebasin, engine: 'reference', network: { hidden: [{ width: 6, activation: 'tanh' }, { width: 5, activation: 'tanh' }] }, log: two }, reference);

async function statisticsOf(test: TestJob, source: DrawSource = sourceOf(test)): Promise<basinet.v1.PartitionStatistics[]> {
  return (await refold({ job: test.job, data: test.data, source })).map((bytes) => decodePartitionStatistics(bytes));
}

const referenceIn = (statistics: readonly basinet.v1.PartitionStatistics[]): Float32Array => {
  const [first, second] = statistics.map(({ reference }) => float32Of(reference, 'reference'));
  expect(first).toEqual(second);
  return first!;
};

/** Draws of a chain, each aligned to `reference` from the chain's previous permutations. */
function aligned(test: TestJob, chain: number, reference: Float32Array, draws: number): Float32Array[] {
  const { network, posterior } = modelOf(test.job, test.data.shape);
  const aligner = createAligner(network, posterior.tensors, reference, { maxSweeps: 50 });
  const records = test.records(chain).filter(({ phase }) => phase === 'sampling').slice(0, draws);
  let previous: AlignmentResult | null = null;
  return records.map(({ position }) => {
    const out = new Float32Array(posterior.dimension);
    previous = aligner.align(position, out, previous);
    return out;
  });
}

describe('a job that has ended', () => {
  it('is folded to the bytes that its aggregators stored', async () => {
    const test = testJob('refold-plain', { log: two });
    const seen: [number, number][] = [];
    const folded = await refold({ job: test.job, data: test.data, source: sourceOf(test), onProgress: (...progress) => void seen.push(progress) });
    expect(folded.map((bytes) => Buffer.from(bytes))).toEqual([0, 1].map((partition) => expectedStatistics(test, partition)));
    expect(seen.at(-1)).toEqual([80, 80]);
  });

  it('is aligned to the mean of its draws, version after version', async () => {
    const test = withReference('refold-mean', { reference: 'mean', versions: 3 });
    const statistics = await statisticsOf(test);
    expect(statistics.map(({ referenceVersion }) => referenceVersion)).toEqual([3, 3]);
    // 20 draws a chain: version 2 is the mean of the first ⌈20/3⌉ = 7, version 3 of the first ⌈40/3⌉ = 14. By two passes here.
    let reference = test.records(0).find(({ phase }) => phase === 'sampling')!.position;
    for (const draws of [7, 14]) {
      const all = [0, 1, 2, 3].flatMap((chain) => aligned(test, chain, reference, draws));
      reference = reference.map((_, i) => all.reduce((sum, position) => sum + position[i]!, 0) / all.length);
    }
    expect(referenceIn(statistics)).toBeAllclose(reference, { rtol: 1e-6, atol: 1e-7 });
    const moments = mergeMerged(statistics.map((part) => momentsFromWire(part.aligned!)));
    const last = [0, 1, 2, 3].flatMap((chain) => aligned(test, chain, referenceIn(statistics), 20));
    expect(moments.mean).toBeAllclose(reference.map((_, i) => last.reduce((sum, position) => sum + position[i]!, 0) / 80), { rtol: 1e-6, atol: 1e-7 });
    const { distanceBefore, distanceAfter } = wire.ChainTrace.create(statistics[0]!.traces[0]!);
    expect(distanceAfter.every((distance, i) => distance <= distanceBefore[i]!)).toBe(true);
  });

  it('is the same however its folds were saved and restored before and after the draws that the mean takes', () => {
    const test = withReference('refold-saved', { reference: 'mean' });
    const { entries } = wholeLog(test, [0, 2], 2);
    const position = test.records(0).find(({ phase }) => phase === 'sampling')!.position;
    const foldUpTo = (end: number, state: FoldState | null = null, from = 0): PartitionFold => {
      const fold = new PartitionFold(test.model, 0, state);
      fold.setReference({ version: 1, position });
      for (const entry of entries.slice(from, end)) fold.fold(entry);
      return fold;
    };
    const part = foldUpTo(entries.length).meanPart();
    expect(part).not.toBeNull();
    expect(foldUpTo(4).meanPart()).toBeNull();
    for (let cut = 1; cut < entries.length; cut += 2) {
      const place = { createdAtMs: 1, firstSequence: 1, sequence: cut, hash: new Uint8Array(32) };
      const { live } = decodeSnapshot(encodeSnapshot({ jobHash: new Uint8Array(32), live: { position: place, fold: foldUpTo(cut).state() }, successor: null }));
      expect(foldUpTo(entries.length, live.fold, cut).meanPart()).toEqual(part);
    }
  });

  it('is aligned to a file', async () => {
    const noise = normals(99);
    const reference = Float32Array.from({ length: 4 * 6 + 6 + 6 * 5 + 5 + 5 * 3 + 3 }, noise);
    const statistics = await statisticsOf(withReference('refold-file', { reference: { file: 'saved.safetensors' } }, reference));
    expect(referenceIn(statistics)).toEqual(reference);
    expect(statistics.map(({ referenceVersion }) => referenceVersion)).toEqual([1, 1]);
  });

  it('is aligned to a fit, which is a function of the job and lowers the potential', async () => {
    const test = withReference('refold-map', { reference: 'map', map: { steps: 300, learningRate: 0.05, scale: 0.5 } });
    const reference = referenceIn(await statisticsOf(test));
    expect(reference).toEqual(fitMap(test.job, test.data, 2));
    const { posterior } = modelOf(test.job, test.data.shape);
    const potential = referenceEngine().potential(posterior, test.data.train, { threads: 1 });
    const gradient = new Float32Array(posterior.dimension);
    const energy = potential.valueAndGradient(reference, gradient);
    expect(Math.hypot(...gradient)).toBeLessThan(0.5);
    for (const { position } of test.records(1)) expect(potential.valueAndGradient(position, gradient)).toBeGreaterThan(energy);
    potential.dispose();
  });

  it('without alignment has no reference, whatever the job says of one', async () => {
    const [statistics] = await statisticsOf(testJob('refold-bare', { rebasin: { reference: 'mean' }, statistics: { aligned: false } }));
    expect(statistics).toMatchObject({ referenceVersion: 0 });
    expect(statistics!.reference).toHaveLength(0);
  });

  it.each(['first-draw', 'mean'] as const)('must have all its draws (%s)', async (reference) => {
    const test = testJob('refold-short', { rebasin: { reference } });
    const short: TestJob = { ...test, records: (chain) => test.records(chain).slice(0, chain === 2 ? 9 : undefined) };
    await expect(statisticsOf(test, sourceOf(short))).rejects.toMatchObject({ code: 'JOB_CONFLICT', path: 'chain 2', value: 7 });
  });

  it('whose data lack the file that it names is refused', () => {
    expect(() => testJob('refold-lost', { rebasin: { reference: { file: 'saved.safetensors' } } })).toThrow(expect.objectContaining({ code: 'DATA_INVALID', path: 'rebasin.reference.file' }) as Error);
  });
});
