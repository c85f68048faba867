// A fold with every statistic on: against the batch computation, over snapshots, interleaving and partitions.
import { describe, expect, it } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from '../../src/aggregator/snapshot.js';
import { diagnose, partitionStatistics } from '../../src/aggregator/statistics.js';
import { decodePartitionStatistics, histogramsFromWire, lowRankFromWire, momentsFromWire, type MomentsRecord } from '../../src/bus/statistics.js';
import type { JobInput } from '../../src/job/schema.js';
import { ChainMoments, histogramQuantile, histogramResolution, mergeHistograms, mergeLowRank, mergeMerged, mergeMoments, nestedRhat } from '../../src/stats/index.js';
import { foldEntries, testJob, wholeLog, type TestJob } from '../support/foldJob.js';

const everything = (control: 'permuted' | 'scrambled', partitions = 1): Partial<JobInput> => ({
  inference: { chains: 4, warmup: 6, draws: 20, thin: 2, leapfrogSteps: 5, start: { from: 'prior', chainsPerStart: 2 } },
  statistics: { control, quantiles: [0.05, 0.5, 0.95], lowRank: 4 },
  log: { partitions, warmupCheckpointEvery: 4, slotBytes: 2000, slotSeconds: 0.05 },
});
const test = testJob('everything', everything('scrambled'));
const chains = [0, 1, 2, 3];

const drawsOf = (job: TestJob, chain: number): Float32Array[] => job.records(chain).flatMap(({ phase, position }) => (phase === 'sampling' ? [position] : []));
const std = ({ sumSquares, count }: MomentsRecord): Float64Array => sumSquares.map((sum) => Math.sqrt(sum / (count - 1)));
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const { entries } = wholeLog(test, chains);
const bytes = partitionStatistics(foldEntries(test, entries));
const statistics = decodePartitionStatistics(bytes);

/** Every draw aligned by itself. */
const aligned = chains.map((chain) =>
  drawsOf(test, chain).map((position) => {
    const out = new Float32Array(position.length);
    test.model.createAligner(drawsOf(test, 0)[0]!).align(position, out, null);
    return out;
  }),
);

describe('a fold with everything on', () => {
  it('has the moments of the batch computation, to 1e-12', () => {
    const draws = aligned.flat();
    const stream = momentsFromWire(statistics.aligned!);
    const mean = stream.mean.map((_, i) => draws.reduce((sum, draw) => sum + draw[i]!, 0) / draws.length);
    const squares = mean.map((m, i) => draws.reduce((sum, draw) => sum + (draw[i]! - m) ** 2, 0));
    expect(stream.count).toBe(80);
    expect(stream.mean).toBeAllclose(mean, { rtol: 1e-12, atol: 1e-13 });
    expect(stream.sumSquares).toBeAllclose(squares, { rtol: 1e-12 });
  });

  it('has quantiles within a bin of the sorted draws', () => {
    const histograms = mergeHistograms([histogramsFromWire(statistics.histograms!)]);
    const median = histogramQuantile(histograms, 0.5);
    const width = histogramResolution(histograms);
    median.forEach((value, i) => {
      const sorted = aligned.flat().map((draw) => draw[i]!).sort((a, b) => a - b);
      expect(Math.abs(value - (sorted[39]! + sorted[40]!) / 2)).toBeLessThanOrEqual(width[i]!);
      expect(width[i]).toBeLessThanOrEqual((2 * (sorted[79]! - sorted[0]!)) / 31);
    });
  });

  it('has factors that explain no more variance than there is', () => {
    const { factors, variances } = mergeLowRank([lowRankFromWire(statistics.lowRank!)]).factors();
    const total = std(momentsFromWire(statistics.aligned!)).reduce((sum, value) => sum + value * value, 0);
    const captured = variances.reduce((sum, value) => sum + value, 0);
    expect(captured).toBeLessThan(total);
    // Independent noise of 0.05 in 51 weights: the four largest directions of 80 draws hold more than four of 51 parts.
    expect(captured).toBeGreaterThan((4 / 51) * total);
    expect(factors.every(Number.isFinite)).toBe(true);
  });

  it('has a control that is wider than the aligned draws, but narrower than shuffled draws that nothing aligned', () => {
    const [control, own] = [statistics.control!, statistics.aligned!].map((moments) => meanOf(std(momentsFromWire(moments))));
    const unaligned = new ChainMoments(statistics.aligned!.size as number, { draws: 80 });
    chains.flatMap((chain) => drawsOf(test, chain)).forEach((position, iteration) => {
      unaligned.update(test.model.control!.shuffle({ seed: 1, chain: 9, iteration }, position));
    });
    expect(own).toBeLessThan(0.1);
    expect(control).toBeGreaterThan(3 * own!);
    expect(control).toBeLessThan(0.9 * meanOf(std(mergeMoments([unaligned]))));
  });

  it('has a permuted control that is, bit for bit, the aligned draws, for one hidden layer', () => {
    const permuted = testJob('permuted', everything('permuted'));
    const { control, aligned: own } = decodePartitionStatistics(partitionStatistics(foldEntries(permuted, wholeLog(permuted, chains).entries)));
    expect(momentsFromWire(control!)).toEqual(momentsFromWire(own!));
  });

  it('aligns the control of a deeper network from a cold start, each draw shuffled by its own key', () => {
    const deep = testJob('deep', { ...everything('scrambled'), network: { hidden: [{ width: 6, activation: 'tanh' }, { width: 7, activation: 'tanh' }] } });
    const { control } = decodePartitionStatistics(partitionStatistics(foldEntries(deep, wholeLog(deep, chains).entries)));
    const aligner = deep.model.createAligner(drawsOf(deep, 0)[0]!);
    const draws = chains.flatMap((chain) =>
      deep.records(chain).flatMap(({ phase, iteration, position }) => {
        if (phase === 'warmup') return [];
        const out = new Float32Array(position.length);
        aligner.align(deep.model.control!.shuffle({ seed: deep.job.seed, chain, iteration }, position), out, null);
        return [out];
      }),
    );
    const { mean } = momentsFromWire(control!);
    expect(mean).toBeAllclose(mean.map((_, i) => draws.reduce((sum, draw) => sum + draw[i]!, 0) / draws.length), { rtol: 1e-12, atol: 1e-13 });
  });

  it('is saved and restored anywhere, and its slots cut anyhow: the same bytes', () => {
    for (let cut = 0; cut <= entries.length; cut += 5) {
      const before = foldEntries(test, entries.slice(0, cut));
      const position = { createdAtMs: 1, firstSequence: 1, sequence: 5, hash: new Uint8Array(32) };
      const saved = decodeSnapshot(encodeSnapshot({ jobHash: new Uint8Array(32), live: { position, fold: before.state() }, successor: null })).live.fold;
      expect(Buffer.compare(partitionStatistics(foldEntries(test, entries.slice(cut), { state: saved })), bytes)).toBe(0);
    }
    for (const size of [1, 7]) expect(Buffer.compare(partitionStatistics(foldEntries(test, wholeLog(test, chains, size).entries)), bytes)).toBe(0);
  });

  it('tells nested R-hat on the way, and NaN where no chains share a starting point', () => {
    const { raw, aligned: own } = diagnose(foldEntries(test, entries));
    expect(raw.nestedMax).toBe(Math.max(...nestedRhat(momentsFromWire(statistics.raw!).nested!)));
    expect(own.nestedMax).toBeLessThan(raw.nestedMax);
    const alone = testJob('alone', { ...everything('permuted'), inference: { chains: 4, warmup: 6, draws: 20, thin: 2, leapfrogSteps: 5 } });
    expect(diagnose(foldEntries(alone, wholeLog(alone, chains).entries)).raw.nestedMax).toBeNaN();
  });

  it('in two partitions: whole superchains, the same counts, the same moments and nested R-hat but for rounding', () => {
    const split = testJob('split', everything('scrambled', 2));
    expect([0, 1].map((partition) => split.model.chainsOf(partition))).toEqual([[0, 1], [2, 3]]);
    const parts = [0, 1].map((partition) => {
      const log = wholeLog(split, split.model.chainsOf(partition));
      return decodePartitionStatistics(partitionStatistics(foldEntries(split, log.entries, { partition })));
    });
    expect(mergeHistograms(parts.map(({ histograms }) => histogramsFromWire(histograms!)))).toEqual(mergeHistograms([histogramsFromWire(statistics.histograms!)]));
    for (const space of ['raw', 'aligned', 'control'] as const) {
      const merged = mergeMerged(parts.map((part) => momentsFromWire(part[space]!)));
      const whole = momentsFromWire(statistics[space]!);
      expect(merged.mean).toBeAllclose(whole.mean, { rtol: 1e-12, atol: 1e-13 });
      expect(merged.sumSquares).toBeAllclose(whole.sumSquares, { rtol: 1e-12, atol: 1e-13 });
      expect(nestedRhat(merged.nested!)).toBeAllclose(nestedRhat(whole.nested!), { rtol: 1e-10 });
    }
    const variances = [parts.map(({ lowRank }) => lowRank!), [statistics.lowRank!]].map((given) => mergeLowRank(given.map((part) => lowRankFromWire(part))).factors().variances);
    expect(variances[0]).toBeAllclose(variances[1]!, { rtol: 0.1 });
  });
});
