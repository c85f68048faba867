// Everything that a job can ask of its aggregators, at once: versions, activation matching, signs, control, quantiles, a low-rank covariance.
import { expect, it } from 'vitest';
import { storedKeys } from '../../src/aggregator/cleanup.js';
import type { Bus } from '../../src/bus/connection.js';
import { REFERENCE_BUCKET } from '../../src/bus/names.js';
import { getReference, publishReference, publishReferencePart } from '../../src/bus/reference.js';
import { decodePartitionStatistics } from '../../src/bus/statistics.js';
import { latestStatus } from '../../src/bus/status.js';
import { isCatchingUp, kill, refoldedStatistics, setState, spawnAggregator, storedStatistics, submit, until, writeChain } from '../support/foldCluster.js';
import { testJob } from '../support/foldJob.js';
import { type TestServer, useTestServer } from '../support/nats.js';

let server: TestServer;
let bus: Bus;
useTestServer((started, connected) => ([server, bus] = [started, connected]));

it('two aggregators that are killed while a version catches up give what a refold gives, whatever an earlier log of that name left', async () => {
  const test = testJob('interplay', {
    network: { hidden: [{ width: 70, activation: 'tanh' }, { width: 60, activation: 'tanh' }] },
    inference: { chains: 4, warmup: 6, draws: 40, leapfrogSteps: 5, start: { from: 'prior', chainsPerStart: 2 } },
    rebasin: { reference: 'mean', versions: 3, matching: 'activations', signs: true },
    statistics: { control: 'scrambled', quantiles: [0.05, 0.5], lowRank: 4 },
    log: { partitions: 2, warmupCheckpointEvery: 4, slotBytes: 40_000, slotSeconds: 0.05 },
    engine: 'reference',
  });
  // Of a log that was deleted: references and parts of versions that the new one has as well.
  const { dimension } = test.model.shape;
  const old = { job: 'interplay', createdAtMs: 1 };
  for (const version of [1, 2, 3]) {
    await publishReference(bus, old, version, new Float32Array(dimension).fill(version));
    for (const partition of [0, 1]) await publishReferencePart(bus, old, version, partition, new Float64Array(dimension).fill(9));
  }
  await submit(bus, test);
  const spawn = () => Promise.all(['a', 'b'].map((name) => spawnAggregator(server, { name, maxPartitions: 1, snapshotSeconds: 0.02, statusSeconds: 0.05, leaseSeconds: 1 })));
  const first = await spawn();
  await Promise.all([0, 1, 2, 3].map((chain) => writeChain(bus, test, chain)));
  await until(() => isCatchingUp(bus, test));
  await Promise.all(first.map(kill));
  const shown = [...(await latestStatus(bus, 'interplay')).partitions.values()];
  expect(shown.some(({ finished }) => !finished)).toBe(true);

  const second = await spawn();
  const expected = await refoldedStatistics(test);
  for (const partition of [0, 1]) {
    await until(async () => (await latestStatus(bus, 'interplay')).partitions.get(partition)?.finished);
    expect((await storedStatistics(bus, test, partition))!.equals(expected[partition]!)).toBe(true);
  }
  const { aligned, control, histograms, lowRank, traces, referenceVersion } = decodePartitionStatistics(expected[1]!);
  expect([aligned?.count, control?.count, histograms?.count, lowRank?.count]).toEqual([80, 80, 80, 80]);
  expect([aligned?.nested?.superchains, traces[0]?.relabellings?.length, referenceVersion]).toEqual([1, 40 * 130 * 2, 3]);
  expect(await getReference(bus, old, 3, dimension)).toEqual(new Float32Array(dimension).fill(3));

  await setState(bus, 'interplay', 'completed');
  await until(async () => (await storedKeys(bus, REFERENCE_BUCKET, 'interplay')).length === 0);
  await Promise.all(second.map(kill));
});
