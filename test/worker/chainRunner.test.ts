// One lease of a chain, on a real nats-server, with a task and ears of the test's own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openChain } from '../../src/bus/chainWriter.js';
import { createDrawLog } from '../../src/bus/drawLog.js';
import { ChainRunner } from '../../src/worker/chainRunner.js';
import { Devices } from '../../src/worker/device/devices.js';
import { WorkerEngines } from '../../src/worker/engines.js';
import { JobDataCache } from '../../src/worker/jobData.js';
import { submitTiny, tinyJob, tinyShape } from '../support/cluster.js';
import { draw, warmupDraw } from '../support/draws.js';
import { startTestServer } from '../support/nats.js';

it('says that a chain is done, and with which device class, before its task is gone: whoever dies in between leaves a task', async () => {
  await using server = await startTestServer();
  const bus = await server.connect();
  const job = tinyJob('finished', { warmup: 10, draws: 2 }, { probe: { rows: 6 } });
  await submitTiny(bus, job);
  await createDrawLog(bus, { job: job.name, maxBytes: 1 << 20 });
  const task = { job: job.name, chain: 1, partition: 0 };
  const { writer } = await openChain(bus, { ...task, worker: 'before', deviceClass: 'native-elsewhere', shape: tinyShape(job), slotBytes: 1, slotSeconds: 1 });
  for (const record of [warmupDraw(10, 17), draw(11, 17), draw(12, 17)]) await writer.append(record);
  await writer.close();

  const cache = mkdtempSync(join(tmpdir(), 'basinet-cache-'));
  const events: string[] = [];
  const runner = new ChainRunner(
    {
      bus,
      worker: 'after',
      data: new JobDataCache(bus, cache),
      devices: new Devices(1, () => expect.fail('there is nothing to measure')),
      threadsPerChain: 1,
      engines: new WorkerEngines('auto'),
      servedElsewhere: () => Promise.resolve(false),
      onDeviceClassChange: () => events.push('class change'),
      retryMs: 1,
      startThread: () => expect.fail('there is nothing to sample'),
      observer: {},
      onActivity: async ({ activity, deviceClass }) => {
        await sleep(50);
        events.push(`${activity} ${deviceClass}`);
      },
      onClaim: () => events.push('claim'),
      onFenced: () => events.push('fenced'),
    },
    {
      task,
      deliveries: 1,
      done: () => Promise.resolve(void events.push('task gone')),
      giveBack: () => events.push('given back'),
      letGo: () => events.push('let go'),
    },
  );
  await runner.run();
  rmSync(cache, { recursive: true });
  expect(events.slice(-2)).toEqual(['done native-elsewhere', 'task gone']);
  expect(events).not.toContain('claim');
});
