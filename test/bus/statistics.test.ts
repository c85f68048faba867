// A partition's statistics on the wire: there and back, and refused where they contradict themselves.
import { describe, expect, it } from 'vitest';
import { decodePartitionStatistics, encodePartitionStatistics, histogramsFromWire, histogramsToWire, lowRankFromWire, lowRankToWire, momentsFromWire, momentsToWire } from '../../src/bus/statistics.js';
import { wire, type basinet } from '../../src/bus/wire.js';
import { DyadicHistogram, LowRankCovariance, mergeHistograms, mergeMoments } from '../../src/stats/index.js';
import { stream } from '../support/moments.js';

const draws = [[1, 2, -3], [4, 5, 6], [7, 8, 10], [1, 1, 1]];
const moments = mergeMoments([stream(draws, 3, 4), stream(draws, 3, 4)], [0, 1]);
const histogram = new DyadicHistogram(3);
const covariance = new LowRankCovariance(3, 3);
for (const draw of draws) {
  histogram.update(Float32Array.from(draw));
  covariance.update(Float32Array.from(draw));
}
const histograms = mergeHistograms([histogram.state()]);

const whole = (): basinet.v1.IPartitionStatistics => ({ aligned: momentsToWire(moments), control: momentsToWire(moments), histograms: histogramsToWire(histograms), lowRank: lowRankToWire(covariance.state()) });
const throughWire = (statistics: basinet.v1.IPartitionStatistics) => decodePartitionStatistics(encodePartitionStatistics(statistics));

describe('statistics on the wire', () => {
  it('come back as they were', () => {
    const back = throughWire(whole());
    expect(momentsFromWire(back.control!)).toEqual(moments);
    expect(histogramsFromWire(back.histograms!)).toEqual(histograms);
    expect(lowRankFromWire(back.lowRank!)).toEqual(covariance.state());
    expect(momentsFromWire(momentsToWire({ ...moments, nested: null })).nested).toBeNull();
  });

  it.each<[string, (statistics: basinet.v1.IPartitionStatistics) => unknown]>([
    ['control.mean', ({ control }) => (control!.mean = new Uint8Array(8))],
    ['control.nested.within', ({ control }) => (control!.nested!.within = new Uint8Array(8))],
    ['aligned.nested.mean', ({ aligned }) => (aligned!.nested!.mean = new Uint8Array(7))],
    ['histograms.exponent', (s) => (s.histograms!.exponent = new Uint8Array(7))],
    ['histograms.low', (s) => (s.histograms!.low = new Uint8Array(8))],
    ['histograms.counts', (s) => (s.histograms!.bins = 31)],
    ['histograms.high[1]', (s) => (s.histograms!.high = new Uint8Array(Int32Array.of(histograms.high[0]!, 9999, 3).buffer))],
    ['histograms.exponent[2]', (s) => (s.histograms!.exponent = new Uint8Array(Int16Array.of(-3, -3, 30000).buffer))],
    ['histograms.exponent[0]', (s) => (s.histograms!.exponent = new Uint8Array(Int16Array.of(-150, -3, -3).buffer))],
    ['histograms.counts[0]', (s) => (s.histograms!.count = 5)],
    ['histograms.counts[1]', (s) => ((s.histograms!.counts as Uint8Array)[4 * 32 + 4 * 7] = 200)],
    ['histograms.counts[0]', (s) => (s.histograms!.low = new Uint8Array(Int32Array.of(1, 1, 1).buffer), s.histograms!.high = new Uint8Array(12))],
    ['lowRank.count', (s) => (s.lowRank!.count = 2)],
    ['lowRank.rows', (s) => (s.lowRank!.rows = new Uint8Array(16))],
    ['lowRank.rows', (s) => (s.lowRank!.rank = 1)],
    ['lowRank.rank', (s) => (s.lowRank!.rank = 0)],
    ['lowRank.mean', (s) => (s.lowRank!.mean = new Uint8Array(16))],
    ['lowRank.dropped', (s) => (s.lowRank!.dropped = NaN)],
  ])('are refused at %s', (path, spoil) => {
    // A copy: what is spoiled shares no memory with the others.
    const statistics = wire.PartitionStatistics.decode(encodePartitionStatistics(whole()));
    spoil(statistics);
    expect(() => throughWire(statistics)).toThrow(expect.objectContaining({ code: 'LOG_CORRUPT', path: `statistics.${path}` }));
  });
});
