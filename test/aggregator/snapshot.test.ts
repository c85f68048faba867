// Snapshots that are none of this job's: whatever they hold, they are refused, and the log is folded again from its start.
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { PartitionFold } from '../../src/aggregator/fold.js';
import type { FoldState } from '../../src/aggregator/savedFold.js';
import { decodeSnapshot, encodeSnapshot, type Snapshot } from '../../src/aggregator/snapshot.js';
import { SNAPSHOT_BUCKET, snapshotKey } from '../../src/bus/names.js';
import { loadSnapshot, saveSnapshot } from '../../src/bus/snapshots.js';
import { latestStatus } from '../../src/bus/status.js';
import type { JobInput } from '../../src/job/schema.js';
import { refoldedStatistics, startQuickly, storedStatistics, submit, until, writeChain } from '../support/foldCluster.js';
import { firstDraw, testJob, wholeLog, type TestJob } from '../support/foldJob.js';
import { startTestServer } from '../support/nats.js';

const everything: Partial<JobInput> = { statistics: { control: 'permuted', quantiles: [0.5], lowRank: 2 }, rebasin: { reference: 'mean' } };

/** Through the bytes, after three quarters of the log. */
function stateOf(test: TestJob): FoldState {
  const { entries } = wholeLog(test, [0, 1, 2, 3]);
  const fold = new PartitionFold(test.model, 0);
  if (test.model.aligned) fold.setReference({ version: 1, position: firstDraw(test) });
  for (const entry of entries.slice(0, Math.floor(0.75 * entries.length))) fold.fold(entry);
  const position = { createdAtMs: 1, firstSequence: 1, sequence: 0, hash: new Uint8Array(0) };
  return decodeSnapshot(encodeSnapshot({ jobHash: new Uint8Array(32), live: { position, fold: fold.state() }, successor: null })).live.fold;
}

type Path = readonly (string | number)[];
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Every place of plain data; of lists of scalars the list alone. */
function* places(value: unknown, path: Path = []): Generator<readonly [Path, unknown]> {
  if (path.length > 0) yield [path, value];
  if (isScalar(value) || ArrayBuffer.isView(value) || (Array.isArray(value) && value.every(isScalar))) return;
  for (const [key, inner] of Object.entries(value as object)) yield* places(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** What can stand in the place of a value. */
function* damages(value: unknown): Generator<unknown> {
  yield* [undefined, 'text', { size: 1e12 }, new Float64Array(3)];
  if (value !== null) yield null;
  if (typeof value === 'number') yield* [-2, 0.5, 2 ** 40];
  if (Array.isArray(value)) yield* [[...(value as unknown[]), 'text'], [...(value as unknown[]), { length: 1 }]];
  if (Array.isArray(value) && value.length > 0) yield value.slice(1);
  if (ArrayBuffer.isView(value) && value.byteLength > 0) yield (value as Float64Array).slice(1);
}

const withDamage = (state: FoldState, path: Path, damage: unknown): FoldState => {
  const copy = structuredClone(state);
  let place = copy as unknown as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as typeof place;
  if (damage === undefined) delete place[path.at(-1)!];
  else place[path.at(-1)!] = damage;
  return copy;
};

it.each([
  { name: 'classes, everything kept', test: testJob('snapshot-classes', everything) },
  { name: 'reals', test: testJob('snapshot-reals', { likelihood: { kind: 'gaussian', noise: { learned: true, logMean: -1, logStd: 1 } } }) },
  { name: 'nothing kept', test: testJob('snapshot-bare', { statistics: { raw: false, aligned: false }, probe: { rows: 0 } }) },
])('a state with anything else in any place is STATE_INVALID or folds on as it says: $name', ({ test }) => {
  const state = stateOf(test);
  const { entries } = wholeLog(test, [0, 1, 2, 3]);
  const rest = entries.slice(Math.floor(0.75 * entries.length));
  let refused = 0;
  for (const [path, value] of places(state)) {
    // The other chains are as the first.
    if (path[0] === 'chains' && path[1] !== undefined && path[1] !== 0) continue;
    for (const damage of damages(value)) {
      const where = `${path.join('.')} = ${String(damage)}`;
      let fold: PartitionFold;
      try {
        fold = new PartitionFold(test.model, 0, withDamage(state, path, damage));
      } catch (error) {
        expect(error, where).toMatchObject({ code: 'STATE_INVALID' });
        refused++;
        continue;
      }
      // What cannot be told from a fold's own is a number among others, or the name of a device class.
      expect(typeof value === typeof damage && (typeof value === 'number' || path.at(-1) === 'deviceClass'), where).toBe(true);
      if (test.model.aligned) fold.setReference({ version: 1, position: firstDraw(test) });
      for (const entry of rest) fold.fold(entry);
    }
  }
  expect(refused).toBeGreaterThan(200);
});

it('relabellings that are none are STATE_INVALID', () => {
  const relu = testJob('snapshot-relu', { network: { hidden: [{ width: 6, activation: 'relu' }] } });
  const lines = (test: TestJob, line: Int16Array): FoldState => {
    const state = stateOf(test);
    state.chains[0]!.trace.relabellings[1] = line;
    return state;
  };
  const invalid = expect.objectContaining({ code: 'STATE_INVALID' }) as Error;
  for (const line of [[0, 1, 2, 3, 4, 4], [0, 1, 2, 3, 4, 6], [0, 1, 2, 3, 4, -7], [-1, 0, 2, 3, 4, 5], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6], [-1, 1, 2, 3, 4, 5]]) {
    expect(() => new PartitionFold(relu.model, 0, lines(relu, Int16Array.from(line)))).toThrow(invalid);
  }
  // Signs are free of tanh units alone.
  const tanh = testJob('snapshot-tanh');
  expect(new PartitionFold(tanh.model, 0, lines(tanh, Int16Array.of(-1, 1, 2, 3, 4, 5))).draws).toBeGreaterThan(0);
});

it('an aggregator that finds one says so, counts it, and folds the log from its start', async () => {
  await using server = await startTestServer();
  const bus = await server.connect();
  const test = testJob('snapshots', { inference: { chains: 5, warmup: 6, draws: 20, thin: 2, leapfrogSteps: 5 }, log: { partitions: 5, slotBytes: 2000, slotSeconds: 0.05 } });
  const other = testJob('other', { network: { hidden: [{ width: 9, activation: 'relu' }] } });
  const partitions = [0, 1, 2, 3, 4];
  await submit(bus, test);
  const log: string[] = [];
  const first = await startQuickly(server, log);
  await Promise.all(partitions.map((chain) => writeChain(bus, test, chain, { until: 12 })));
  const status = async () => (await latestStatus(bus, 'snapshots')).partitions;
  await until(async () => [...(await status()).values()].filter(({ drawsFolded }) => drawsFolded === 11).length === 5);
  await first.drain();
  await first.done;

  const foreign = (snapshot: Snapshot): Snapshot => ({ ...snapshot, live: { ...snapshot.live, fold: stateOf(other) } });
  const shorter = ({ live, ...rest }: Snapshot): Snapshot => ({ ...rest, live: { ...live, fold: withDamage(live.fold, ['chains', 0, 'raw', 'batchMean'], new Float64Array(3)) } });
  const damage: ((bytes: Uint8Array) => Uint8Array)[] = [
    () => randomBytes(1000),
    (bytes) => bytes.subarray(0, bytes.length >> 1),
    (bytes) => encodeSnapshot(shorter(decodeSnapshot(bytes))),
    (bytes) => encodeSnapshot(foreign(decodeSnapshot(bytes))),
  ];
  for (const [partition, of] of damage.entries()) {
    const key = snapshotKey('snapshots', partition);
    const { bytes, revision } = (await loadSnapshot(bus, key))!;
    await saveSnapshot(bus, key, of(bytes), revision);
  }
  // And no pointer at all.
  await (await bus.kv(SNAPSHOT_BUCKET)).put(snapshotKey('snapshots', 4), randomBytes(30));

  await using second = await startQuickly(server, log);
  await Promise.all(partitions.map((chain) => writeChain(bus, test, chain)));
  await until(async () => [...(await status()).values()].filter(({ finished }) => finished).length === 5);
  for (const partition of partitions) {
    expect(log.some((line) => line.includes(`partition ${partition}: the snapshot is not used`)), log.join('\n')).toBe(true);
    expect(await storedStatistics(bus, test, partition)).toEqual((await refoldedStatistics(test))[partition]);
  }
  const metrics = await (await fetch(`http://127.0.0.1:${second.metricsPort}/metrics`)).text();
  expect(metrics.match(/^basinet_snapshots_rejected_total\{[^}]*\} 1$/gm)).toHaveLength(5);
});
