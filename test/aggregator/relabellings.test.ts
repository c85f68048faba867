// What a fold keeps of its alignments: every draw's relabelling, from which aligned draws follow exactly; whatever is matched.
import { describe, expect, it } from 'vitest';
import type { PartitionFold } from '../../src/aggregator/fold.js';
import type { FoldState } from '../../src/aggregator/savedFold.js';
import { decodeSnapshot, encodeSnapshot } from '../../src/aggregator/snapshot.js';
import { partitionStatistics } from '../../src/aggregator/statistics.js';
import type { LogEntry } from '../../src/bus/logReader.js';
import type { DrawRecord } from '../../src/bus/records.js';
import { decodePartitionStatistics, encodePartitionStatistics, momentsFromWire } from '../../src/bus/statistics.js';
import { wire } from '../../src/bus/wire.js';
import { gridOf, modelOf } from '../../src/job/plan.js';
import type { JobInput } from '../../src/job/schema.js';
import { applyPermutations, numFlips, relabellingOfLine } from '../../src/rebasin/index.js';
import { ChainMoments, mergeMoments } from '../../src/stats/index.js';
import { foldEntries, LogBuilder, testJob, type TestJob } from '../support/foldJob.js';
import { randomRelabelling } from '../support/relabelled.js';
import { normals } from '../support/uniforms.js';

const tanh = (...widths: number[]): JobInput['network'] => ({ hidden: widths.map((width) => ({ width, activation: 'tanh' })) });
const CHAINS = [0, 1, 2, 3];

/** The job's draws, each chain's under signs of its own too, with more noise. */
function recordsOf(test: TestJob, chain: number, noise = 0): DrawRecord[] {
  const { network, posterior } = modelOf(test.job, test.data.shape);
  const { permutations, signs } = randomRelabelling(network, chain + 1);
  return test.records(chain).map((record) => {
    const error = normals(1000 * chain + record.iteration);
    const noisy = record.position.map((value) => value + noise * error());
    return { ...record, position: applyPermutations(network, posterior.tensors, noisy, permutations, signs) };
  });
}

function logOf(test: TestJob, noise = 0): LogEntry[] {
  const log = new LogBuilder(test.job);
  const waiting = CHAINS.map((chain) => ({ chain, records: recordsOf(test, chain, noise) }));
  for (const { chain } of waiting) log.claim(chain);
  while (waiting.some(({ records }) => records.length > 0)) {
    for (const { chain, records } of waiting) if (records.length > 0) log.draws(chain, records.splice(0, 3));
  }
  return log.entries;
}

const foldOwn = (test: TestJob, entries: readonly LogEntry[], state: FoldState | null = null): PartitionFold =>
  foldEntries(test, entries, { state, reference: recordsOf(test, 0).find(({ phase }) => phase === 'sampling')!.position });

describe.each<[string, Partial<JobInput>]>([
  ['weights', {}],
  ['weights, two layers and several orders', { network: tanh(6, 5), rebasin: { orders: 4 } }],
  ['activations on training rows', { network: tanh(6, 5), rebasin: { matching: 'activations', activations: { centered: true } } }],
  ['activations on the probe', { rebasin: { matching: 'activations', activations: { data: 'probe', rows: 4 } }, engine: 'reference' }],
  ['the first layer', { network: tanh(6, 5), rebasin: { matching: 'first-layer' } }],
])('a fold that matches %s', (_, overrides) => {
  const test = testJob('relabellings', overrides);
  const { network, posterior } = modelOf(test.job, test.data.shape);
  const sizes = network.groups.map(({ size }) => size);
  const units = sizes.reduce((a, b) => a + b, 0);
  const entries = logOf(test);
  const bytes = partitionStatistics(foldOwn(test, entries));
  const statistics = decodePartitionStatistics(bytes);

  it('keeps how each draw was relabelled: its aligned draws are had back to the last bit', () => {
    let flips = 0;
    const moments = CHAINS.map((chain) => {
      const { relabellings, transpositions, iteration } = wire.ChainTrace.create(statistics.traces[chain]!);
      expect(relabellings).toHaveLength(2 * units * iteration.length);
      const lines = new Int16Array(new Uint8Array(relabellings).buffer);
      const own = new ChainMoments(posterior.dimension, { draws: gridOf(test.job).draws });
      recordsOf(test, chain)
        .filter(({ phase }) => phase === 'sampling')
        .forEach(({ position }, draw) => {
          const { permutations, signs } = relabellingOfLine(lines.subarray(draw * units, (draw + 1) * units), sizes);
          own.update(applyPermutations(network, posterior.tensors, position, permutations, signs));
          flips += signs.reduce((sum, each) => sum + numFlips(each), 0);
        });
      expect(transpositions).toHaveLength(iteration.length * sizes.length);
      return own;
    });
    const expected = mergeMoments(moments);
    const aligned = momentsFromWire(statistics.aligned!);
    expect(aligned.mean).toEqual(expected.mean);
    expect(aligned.sumSquares).toEqual(expected.sumSquares);
    expect(flips).toBeGreaterThan(0);
  });

  it('undoes planted orders and signs', () => {
    const { sumSquares, count } = momentsFromWire(statistics.aligned!);
    expect(Math.max(...sumSquares.map((sum) => Math.sqrt(sum / (count - 1))))).toBeLessThan(0.1);
  });

  it('goes on from a snapshot bit-identically', () => {
    const position = { createdAtMs: 1, firstSequence: 1, sequence: 5, hash: new Uint8Array(32) };
    for (let cut = 5; cut < entries.length; cut += 7) {
      const before = foldOwn(test, entries.slice(0, cut));
      const { fold } = decodeSnapshot(encodeSnapshot({ jobHash: new Uint8Array(32), live: { position, fold: before.state() }, successor: null })).live;
      expect(Buffer.compare(partitionStatistics(foldOwn(test, entries.slice(cut), fold)), bytes)).toBe(0);
    }
  });
});

it('relabellings that are not of whole draws are LOG_CORRUPT', () => {
  const test = testJob('relabellings');
  const whole = decodePartitionStatistics(partitionStatistics(foldOwn(test, logOf(test))));
  whole.traces[1]!.relabellings = whole.traces[1]!.relabellings!.slice(1);
  expect(() => decodePartitionStatistics(encodePartitionStatistics(whole))).toThrow(expect.objectContaining({ code: 'LOG_CORRUPT', path: 'statistics.traces[1].relabellings' }));
});

it('nothing is kept where nothing is aligned', () => {
  const test = testJob('relabellings', { statistics: { aligned: false } });
  const { traces } = decodePartitionStatistics(partitionStatistics(foldOwn(test, logOf(test))));
  expect(traces.map(({ relabellings }) => relabellings!.length)).toEqual([0, 0, 0, 0]);
});

it('where descent gets stuck, what comes of it follows from the chain’s last relabelling and its key, which a snapshot has', () => {
  const position = { createdAtMs: 1, firstSequence: 1, sequence: 5, hash: new Uint8Array(32) };
  const bytesOf = (overrides: Partial<JobInput>): Uint8Array => {
    const test = testJob('stuck', { network: tanh(6, 5, 6), ...overrides });
    const entries = logOf(test, 2);
    const bytes = partitionStatistics(foldOwn(test, entries));
    for (let cut = 6; cut < entries.length; cut += 3) {
      const { fold } = decodeSnapshot(encodeSnapshot({ jobHash: new Uint8Array(32), live: { position, fold: foldOwn(test, entries.slice(0, cut)).state() }, successor: null })).live;
      expect(Buffer.compare(partitionStatistics(foldOwn(test, entries.slice(cut), fold)), bytes)).toBe(0);
    }
    return bytes;
  };
  bytesOf({});
  const several = bytesOf({ rebasin: { orders: 3 } });
  expect(Buffer.compare(bytesOf({ rebasin: { orders: 3 }, seed: 1 }), several)).not.toBe(0);
});
