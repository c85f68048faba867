// The fold of a partition: statistics, indifference to interleaving and cutting, snapshots, quarantine.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PartitionFold } from '../../src/aggregator/fold.js';
import type { FoldState } from '../../src/aggregator/savedFold.js';
import { decodeSnapshot, encodeSnapshot } from '../../src/aggregator/snapshot.js';
import { diagnose, partitionStatistics } from '../../src/aggregator/statistics.js';
import { float32Of } from '../../src/bus/bytes.js';
import type { LogEntry } from '../../src/bus/logReader.js';
import { decodePartitionStatistics, momentsFromWire } from '../../src/bus/statistics.js';
import { classificationMetrics, GaussianPredictive, softmax } from '../../src/stats/index.js';
import { firstDraw, LogBuilder, testJob, wholeLog, type TestJob } from '../support/foldJob.js';

const test = testJob('fold');
const chains = [0, 1, 2, 3];

/** Folds entries as the role does: looks ahead for the reference where one is needed. */
function foldLookingAhead(job: TestJob, entries: readonly LogEntry[], state: FoldState | null = null, from = 0): PartitionFold {
  const fold = new PartitionFold(job.model, 0, state);
  if (state !== null && state.referenceVersion > 0) fold.setReference({ version: 1, position: firstDraw(job) });
  entries.slice(from).forEach((entry, i, rest) => {
    if (fold.needsReference(entry)) {
      const find = fold.firstDrawFinder(0);
      const position = rest.slice(i).reduce<Float32Array | null>((found, next) => found ?? find?.(next) ?? null, null);
      // A log that is cut before chain 0's first draw: the role would wait for it.
      fold.setReference({ version: 1, position: position ?? firstDraw(job) });
    }
    fold.fold(entry);
  });
  return fold;
}

function roundTrip(fold: PartitionFold): FoldState {
  const position = { createdAtMs: 1, firstSequence: 1, sequence: 5, hash: new Uint8Array(32) };
  return decodeSnapshot(encodeSnapshot({ jobHash: new Uint8Array(32), live: { position, fold: fold.state() }, successor: null })).live.fold;
}

const whole = foldLookingAhead(test, wholeLog(test, chains).entries);
const bytes = partitionStatistics(whole);

describe('the statistics', () => {
  const statistics = decodePartitionStatistics(bytes);
  const sampled = chains.map((chain) => test.records(chain).filter(({ phase }) => phase === 'sampling'));

  it('hold every draw once', () => {
    expect(whole.finished).toBe(true);
    expect(whole.slotsQuarantined).toBe(0);
    expect(statistics.chains).toEqual(chains);
    expect(statistics.traces.map((trace) => trace.iteration)).toEqual(sampled.map((draws) => draws.map(({ iteration }) => iteration)));
    expect(statistics.traces.map((trace) => trace.warmupIteration)).toEqual(chains.map(() => [4, 6]));
    expect(statistics.traces[2]?.potentialEnergy).toEqual(sampled[2]!.map(({ info }) => info.potentialEnergy));
  });

  it('agree with two passes over the draws', () => {
    const all = sampled.flat();
    const raw = momentsFromWire(statistics.raw!);
    const mean = Array.from({ length: raw.size }, (_, i) => all.reduce((sum, { position }) => sum + position[i]!, 0) / all.length);
    const squares = mean.map((m, i) => all.reduce((sum, { position }) => sum + (position[i]! - m) ** 2, 0));
    expect(raw.count).toBe(80);
    expect(raw.mean).toBeAllclose(mean, { rtol: 1e-12, atol: 1e-14 });
    expect(raw.sumSquares).toBeAllclose(squares, { rtol: 1e-12 });
  });

  it('undo the planted permutations', () => {
    // Every draw is the same mode plus noise of 0.05, relabelled per chain: aligned they agree, raw they do not.
    const aligned = momentsFromWire(statistics.aligned!);
    const std = aligned.sumSquares.map((s) => Math.sqrt(s / (aligned.count - 1)));
    expect(Math.max(...std)).toBeLessThan(0.1);
    const { raw, aligned: rhat } = diagnose(whole);
    expect(rhat.max).toBeLessThan(1.3);
    expect(raw.max).toBeGreaterThan(5);
    const transpositions = statistics.traces.map((trace) => new Set(trace.transpositions));
    expect(transpositions.every((seen) => seen.size === 1)).toBe(true);
    expect(transpositions[0]).toEqual(new Set([0]));
    expect(float32Of(statistics.reference, 'reference')).toEqual(firstDraw(test));
  });

  it("score the predictive, which is the mean of the draws' probabilities", () => {
    const mean = new Float64Array(5 * 3);
    for (const { probeOutputs } of sampled.flat()) softmax(probeOutputs!, 3).forEach((p, i) => (mean[i]! += p / 80));
    const expected = classificationMetrics(mean, Int32Array.of(0, 1, 2, 0, 1), 3);
    const { probe } = diagnose(whole);
    expect(probe.nll).toBeCloseTo(expected.nll, 12);
    expect(probe.accuracy).toBe(expected.accuracy);
    expect(probe.calibrationError).toBeCloseTo(expected.calibrationError, 12);
    expect(probe.rmse).toBeNaN();
    expect(statistics.traces[0]!.probeMeanNll).toBeGreaterThan(probe.nll);
  });

  it('of real targets are in original units', () => {
    const real = testJob('fold-real', { likelihood: { kind: 'gaussian', noise: { learned: true, logMean: -1, logStd: 1 } } });
    const fold = foldLookingAhead(real, wholeLog(real, chains).entries);
    const draws = chains.flatMap((chain) => real.records(chain).filter(({ phase }) => phase === 'sampling'));
    const targets = (real.data.train.targets as Float32Array).slice(0, 5);
    const mixture = new GaussianPredictive(targets, 1);
    for (const { probeOutputs, position } of draws) mixture.update(probeOutputs!, Math.exp(position.at(-1)!));
    const { probe } = diagnose(fold);
    expect(probe.rmse).toBeCloseTo(3 * mixture.metrics().rmse, 10);
    expect(probe.nll).toBeCloseTo(mixture.metrics().nll + Math.log(3), 10);
    expect(probe.accuracy).toBeNaN();
  });

  it('are kept only where the job asks for them', () => {
    const bare = testJob('fold-bare', { statistics: { raw: false, aligned: false }, probe: { rows: 0 } });
    const fold = foldLookingAhead(bare, wholeLog(bare, chains).entries);
    const decoded = decodePartitionStatistics(partitionStatistics(fold));
    expect([decoded.raw, decoded.aligned, decoded.probe].every((moments) => !moments)).toBe(true);
    expect(decoded.reference).toHaveLength(0);
    expect(decoded.traces[1]).toMatchObject({ transpositions: [], distanceBefore: [] });
    expect(diagnose(fold).raw.max).toBeNaN();
  });
});

describe('whatever happened on the way', () => {
  it('chains interleave, slots are cut, owners change: the same bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ pick: fc.nat(), size: fc.integer({ min: 1, max: 7 }), takeover: fc.boolean() }), { minLength: 1 }), (choices) => {
        const log = new LogBuilder(test.job);
        const waiting = chains.map((chain) => ({ chain, records: test.records(chain), claimed: false }));
        for (let turn = 0, open = waiting; open.length > 0; turn++, open = open.filter(({ records }) => records.length > 0)) {
          const { pick, size, takeover } = choices[turn % choices.length]!;
          const each = open[pick % open.length]!;
          if (takeover || !each.claimed) log.claim(each.chain);
          each.claimed = true;
          log.draws(each.chain, each.records.splice(0, size));
        }
        expect(Buffer.compare(partitionStatistics(foldLookingAhead(test, log.entries)), bytes)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('the fold is saved and restored anywhere: the same bytes', () => {
    const { entries } = wholeLog(test, chains, 2);
    for (let cut = 0; cut <= entries.length; cut += 3) {
      const before = foldLookingAhead(test, entries.slice(0, cut));
      const after = foldLookingAhead(test, entries, roundTrip(before), cut);
      expect(Buffer.compare(partitionStatistics(after), bytes)).toBe(0);
    }
  });

  it('a snapshot that is none is STATE_INVALID', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        expect(() => decodeSnapshot(garbage)).toThrow(expect.objectContaining({ code: 'STATE_INVALID' }) as Error);
      }),
    );
  });
});

describe('what does not fit', () => {
  type Records = ReturnType<TestJob['records']>;

  /** A chain's claim and first records, then what `spoil` adds, then a takeover and the rest: why slots were not folded. */
  function spoiled(spoil: (log: LogBuilder, rest: Records) => unknown): { reasons: string[]; same: boolean } {
    const log = new LogBuilder(test.job);
    for (const chain of chains) {
      const records = test.records(chain);
      log.claim(chain);
      log.draws(chain, records.splice(0, 3));
      if (chain === 1) {
        spoil(log, records);
        log.claim(chain);
      }
      log.draws(chain, records);
    }
    const fold = foldLookingAhead(test, log.entries);
    const { quarantined, slotsQuarantined, ...rest } = decodePartitionStatistics(partitionStatistics(fold));
    const { quarantined: _none, slotsQuarantined: _zero, ...expected } = decodePartitionStatistics(bytes);
    expect(slotsQuarantined).toBe(quarantined.length);
    return { reasons: quarantined.map(({ reason }) => reason ?? ''), same: JSON.stringify(rest) === JSON.stringify(expected) };
  }

  it.each<[string, string[], Parameters<typeof spoiled>[0]]>([
    ['garbage in the next slot', ['corrupt'], (log) => log.raw(1, 2, Uint8Array.of(1, 2, 3))],
    ['garbage in an old slot', ['slot'], (log) => log.raw(1, 0, Uint8Array.of(9))],
    ['garbage in a slot far away', ['slot'], (log) => log.raw(1, 30, Uint8Array.of(9))],
    ['another chain number', ['subject'], (log) => log.raw(17, 0, Uint8Array.of(1))],
    ['no slot number', ['subject'], (log) => log.raw(1, -1, Uint8Array.of(1))],
    ['draws of an older epoch', ['epoch'], (log, records) => (log.claim(1), log.draws(1, [records[0]!], { epoch: 1 }))],
    ['draws of an epoch that nobody claimed', ['epoch'], (log, records) => log.draws(1, [records[0]!], { epoch: 7 })],
    ['a claim that does not raise the epoch', ['epoch'], (log) => log.claim(1, 1)],
    ['draws that do not continue the slot before', ['previous-hash'], (log, records) => log.draws(1, [records[0]!], { previousHash: new Uint8Array(32) })],
    ['a draw twice', ['iteration'], (log) => log.draws(1, [test.records(1)[2]!])],
    ['a gap', ['iteration'], (log, records) => log.draws(1, [records[1]!])],
    ['a batch whose last draw is off the grid', ['iteration'], (log, records) => log.draws(1, [records[0]!, { ...records[1]!, iteration: records[1]!.iteration + 1 }])],
    ['a position of another length', ['size'], (log, records) => log.draws(1, [{ ...records[0]!, position: new Float32Array(3) }])],
    ['no probe outputs', ['size'], (log, records) => log.draws(1, [{ ...records[0]!, probeOutputs: null }])],
  ])('%s: is quarantined and changes nothing', (_, expected, spoil) => {
    const { reasons, same } = spoiled(spoil);
    expect(reasons).toEqual(expected);
    expect(same).toBe(true);
  });

  it('a slot that was taken ahead of its time is stepped over when the chain gets there', () => {
    const log = new LogBuilder(test.job);
    const records = test.records(0);
    log.claim(0);
    const taken = log.raw(0, 2, Uint8Array.of(9));
    log.draws(0, records.splice(0, 2));
    log.occupied(0, taken);
    log.claim(0);
    log.draws(0, records);
    const fold = foldLookingAhead(test, log.entries);
    expect(fold.quarantined).toMatchObject([{ reason: 'slot', sequence: 2 }]);
    expect(fold.chains[0]).toMatchObject({ finished: true });
  });

  it('of what was judged ahead of the fold, the last accepted iteration is known beside the first refusal', () => {
    const log = new LogBuilder(test.job);
    const records = test.records(0);
    log.claim(0);
    log.draws(0, records);
    log.raw(0, 2, Uint8Array.of(9));
    const fold = new PartitionFold(test.model, 0);
    const find = fold.firstDrawFinder(0)!;
    expect(log.entries.slice(0, 2).map((entry) => find(entry) !== null)).toEqual([false, true]);
    expect(fold.ahead).toEqual({ chain: 0, sequence: 2, iteration: records.at(-1)!.iteration, refused: null });
    find(log.entries[2]!);
    expect(fold.ahead).toMatchObject({ sequence: 3, iteration: records.at(-1)!.iteration, refused: { sequence: 3, reason: 'corrupt' } });
    expect(fold.chains[0]).toMatchObject({ draws: 0, finished: false });
  });

  it('NaN, which no honest writer encodes, is quarantined', () => {
    const log = new LogBuilder(test.job);
    const draw = test.records(0)[0]!;
    log.claim(0);
    const entry = log.draws(0, [draw]);
    const position = draw.position.map((value, i) => (i === 20 ? NaN : value));
    const body = { kind: 'draws' as const, adaptationSlot: 1, draws: [{ ...draw, position }] };
    const fold = foldLookingAhead(test, [log.entries[0]!, { ...entry, body: { ...entry.body!, body } }]);
    expect(fold.quarantined).toMatchObject([{ reason: 'not-finite' }]);
  });

  it('is listed up to a limit and counted beyond', () => {
    const log = new LogBuilder(test.job);
    for (let i = 0; i < 150; i++) log.raw(0, i, Uint8Array.of(i));
    const fold = foldLookingAhead(test, log.entries);
    expect(fold.slotsQuarantined).toBe(150);
    expect(fold.quarantined).toHaveLength(100);
  });
});
