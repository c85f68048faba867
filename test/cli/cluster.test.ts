// Two jobs at once on one cluster, two workers, and a worker killed at random draws: as if each had been alone.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { connectBus, type Bus } from '../../src/bus/connection.js';
import { RESULT_STORE, resultObject } from '../../src/bus/names.js';
import { getObject } from '../../src/bus/objects.js';
import { startLocalCluster } from '../../src/cli/localCluster.js';
import { readSubmission, submitJob } from '../../src/cli/submitJob.js';
import { RunState } from '../../src/cli/view.js';
import { watchJob } from '../../src/cli/watchJob.js';
import { resolveJob } from '../../src/job/load.js';
import type { JobInput } from '../../src/job/schema.js';
import { startNatsServer } from '../../src/natsServer/start.js';
import { uniform } from '../../src/random/index.js';
import { MAIN, smallJob, temporaryDirectory } from '../support/cli.js';

/** Runs the jobs at once on a cluster of their own; SHA-256 of each one's statistics. */
async function statisticsOf(jobs: readonly JobInput[], workers: number, disturb?: (kill: (role: string) => void) => Promise<void>): Promise<string[]> {
  const directory = temporaryDirectory();
  await using server = await startNatsServer({ storeDir: join(directory, 'nats') });
  await using bus = await connectBus({ servers: server.url, user: server.user, pass: server.pass, name: 'test' });
  const cluster = await startLocalCluster({
    url: server.url,
    user: server.user,
    password: server.pass,
    logDirectory: join(directory, 'logs'),
    cacheDirectory: join(directory, 'cache'),
    workers: Array.from({ length: workers }, () => 'auto'),
    resourceClass: 'cpu',
    slots: 2,
    main: MAIN,
  });
  try {
    const resolved = jobs.map((job) => resolveJob(job));
    for (const job of resolved) await submitJob(bus, await readSubmission(job, '.', () => undefined));
    const kill = (role: string): void => void process.kill(cluster.processes().get(role)!, 'SIGKILL');
    const [records] = await Promise.all([Promise.all(resolved.map((job) => ended(bus, job.name))), disturb?.(kill)]);
    expect(records).toEqual(jobs.map(() => 'completed'));
    return await Promise.all(resolved.map((job) => digest(bus, job.name)));
  } finally {
    await cluster.drain();
  }
}

async function ended(bus: Bus, job: string): Promise<string | undefined> {
  return (await watchJob(bus, job, new RunState(job, 2, 1), new AbortController().signal))?.state;
}

async function digest(bus: Bus, job: string): Promise<string> {
  return createHash('sha256')
    .update((await getObject(bus, RESULT_STORE, resultObject(job, 0)))!)
    .digest('hex');
}

const first = smallJob('first');
const second = { ...smallJob('second', { massMatrix: 'identity', chains: 3 }), seed: 8 };

describe('a cluster', () => {
  it('gives each of two jobs at once what it gives alone, with one worker or two, undisturbed or killed', async () => {
    const alone = [...(await statisticsOf([first], 1)), ...(await statisticsOf([second], 1))];
    expect(await statisticsOf([first, second], 1)).toEqual(alone);
    const killed = await statisticsOf([first, second], 2, async (kill) => {
      for (let i = 0; i < 3; i++) {
        // Random moments, but the same at every run of this test.
        await sleep(500 + 1500 * uniform({ seed: 3, chain: 0, iteration: i }, 'jitter'));
        kill(i % 2 === 0 ? 'worker-0' : 'worker-1');
      }
    });
    expect(killed).toEqual(alone);
  });
});
