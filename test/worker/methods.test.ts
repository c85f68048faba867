// Every method on a real cluster: a worker is killed on the way, and the chains are those of a job that nobody disturbed.
import { expect, it } from 'vitest';
import { readTail } from '../../src/bus/chainTail.js';
import { BALLAST_MESSAGES, logIdentity } from '../../src/bus/drawLog.js';
import { latestStatus } from '../../src/bus/status.js';
import { checkpointIterations, drawIterations } from '../../src/job/plan.js';
import type { JobInput } from '../../src/job/schema.js';
import { fingerprint, jobEnd, recordsOf, submitTiny, TestCluster, tinyJob, tinyShape, until } from '../support/cluster.js';
import { startTestServer } from '../support/nats.js';

it.each<NonNullable<JobInput['inference']>>([
  { method: 'map', epochs: 6000, batchSize: 8, earlyStopping: { fraction: 0.2, patience: 6000 } },
  { method: 'sgld', warmup: 2000, draws: 1500, thin: 10, batchSize: 8, stepSize: 1e-4 },
  { method: 'sghmc', warmup: 2000, draws: 1500, thin: 10, batchSize: 8, schedule: { kind: 'cyclical', cycles: 5, exploration: 0.5 } },
  { method: 'vi', epochs: 4000, batchSize: 8, draws: 300 },
])('$method: killed, taken over, bit-identical', async (inference) => {
  await using server = await startTestServer();
  await using cluster = new TestCluster(server);
  const bus = await server.connect();
  await cluster.start('coordinator');
  await cluster.start('aggregator');
  const [job, twin] = ['disturbed', 'twin'].map((name) => tinyJob(name, inference));
  const first = await cluster.start('worker');
  await submitTiny(bus, job!);
  await until('the first slots', async () => ((await logIdentity(bus, job!.name).catch(() => null))?.lastSequence ?? 0) > BALLAST_MESSAGES + 5);
  await first.kill();
  await cluster.start('worker');
  expect(await jobEnd(bus, job!.name)).toMatchObject({ state: 'completed', failure: null });
  const epochs = await Promise.all([0, 1].map(async (chain) => (await readTail(bus, { job: job!.name, partition: 0, chain }, tinyShape(job!))).epoch));
  expect(Math.max(...epochs)).toBeGreaterThan(1);
  await submitTiny(bus, twin!);
  expect(await jobEnd(bus, twin!.name)).toMatchObject({ state: 'completed' });
  expect(await fingerprint(bus, job!)).toBe(await fingerprint(bus, twin!));
  const records = await recordsOf(bus, job!, 1);
  expect(records.map(({ iteration }) => iteration)).toEqual([...checkpointIterations(job!), ...drawIterations(job!)]);
  const { chains } = await latestStatus(bus, job!.name);
  expect(chains.get(1)).toMatchObject({ drawsDone: drawIterations(job!).length, iteration: records.at(-1)!.iteration });
});
