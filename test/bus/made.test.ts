// Readers that come while a stream is being made: nats-server 2.9.10 dies of those who read from it at the wrong moment.
import { JetStreamApiError } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from '../../src/bus/connection.js';
import { createDrawLog, logIdentity, messageHash } from '../../src/bus/drawLog.js';
import { keysOf } from '../../src/bus/keys.js';
import { making, whenMade } from '../../src/bus/made.js';
import { chainSubjects } from '../../src/bus/names.js';
import { listObjects } from '../../src/bus/objects.js';
import { lastMessage } from '../../src/bus/slots.js';
import { ensureStatus } from '../../src/bus/status.js';
import { openTasks } from '../../src/bus/taskQueue.js';
import { queuedChains, ensureTasks } from '../../src/bus/tasks.js';
import { startTestServer, type TestServer } from '../support/nats.js';

const READERS = 6;

let server: TestServer;
let buses: Bus[];
beforeAll(async () => {
  server = await startTestServer();
  buses = await Promise.all(Array.from({ length: READERS }, () => server.connect()));
});
afterAll(() => server[Symbol.asyncDispose]());

/** Resolves with what ended the server, or when `work` has ended. */
const unlessItDies = (work: Promise<unknown>) => Promise.race([server.server.ended, work.then(() => null)]);

describe('a stream that is just being made', () => {
  it.each([
    ['last-message', (bus: Bus, job: string) => lastMessage(bus, job, chainSubjects(job, 0, 0))],
    ['message', (bus: Bus, job: string) => messageHash(bus, job, 1)],
    ['identity', (bus: Bus, job: string) => logIdentity(bus, job)],
  ])('can be read by those who come too early: %s', async (what, read) => {
    for (let k = 0; k < 60; k++) {
      const job = `${what}-${k}`;
      let made = false;
      const readers = buses.map(async (bus) => {
        while (!made) await read(bus, job).catch(() => undefined);
      });
      const work = createDrawLog(buses[k % READERS]!, { job, maxBytes: 1e6 }).finally(() => (made = true));
      expect(await unlessItDies(Promise.all([work, ...readers]))).toBeNull();
      await read(buses[0]!, job);
    }
  });

  it.each([
    ['a queue, by those who take from it', 'basinet-tasks', async (bus: Bus): Promise<unknown> => openTasks(bus, 'cpu')],
    ['a queue, by those who look into it', 'basinet-tasks', (bus: Bus) => ensureTasks(bus).then(() => queuedChains(bus, 'some'))],
    ['the statuses', 'basinet-status', (bus: Bus) => ensureStatus(bus)],
    ['a log', 'basinet-draws-all-at-once', (bus: Bus) => createDrawLog(bus, { job: 'all-at-once', maxBytes: 1e6 })],
    ['a bucket', 'KV_made', (bus: Bus) => keysOf(bus, 'made')],
    ['an object store', 'OBJ_made', (bus: Bus) => listObjects(bus, 'made', '')],
  ])('can be opened by all at once: %s', async (_what, stream, open) => {
    for (let k = 0; k < 40; k++) {
      // Each has to open it anew.
      const fresh = await Promise.all(buses.map(() => server.connect()));
      expect(await unlessItDies(Promise.all(fresh.map((bus) => open(bus))))).toBeNull();
      await fresh[0]!.jsm.streams.delete(stream);
      await Promise.all(fresh.map((bus) => bus.close()));
    }
  });
});

describe('what is being made, by what a server says of it', () => {
  const NOT_YET = '0001-01-01T00:00:00Z';
  /** Of a server that says of the stream, in turn, when it was created, or that it has none (null). */
  const saying = (...created: (string | null)[]) => {
    const info = () => {
      const next = created.shift();
      return next ? Promise.resolve({ created: next }) : Promise.reject(new JetStreamApiError({ code: 404, err_code: 10059, description: 'stream not found' }));
    };
    return { streams: { info } } as unknown as Bus['jsm'];
  };
  const server = (version: string) => ({ info: { version } }) as Pick<Bus['nc'], 'info'>;
  const overlap = () => Promise.reject(new JetStreamApiError({ code: 400, err_code: 10065, description: 'subjects overlap' }));

  it('is waited for until it has a time of creation', async () => {
    await whenMade(server('2.9.14'), saying(NOT_YET, NOT_YET, '2026-11-27T10:00:00Z'), 'some');
    await expect(whenMade(server('2.9.14'), saying(NOT_YET, null), 'some')).rejects.toThrow('stream not found');
    await expect(whenMade(server('2.9.14'), saying(...Array.from({ length: 1000 }, () => NOT_YET)), 'some', AbortSignal.timeout(30))).rejects.toThrow(/aborted/);
    await whenMade(server('2.9.15'), saying(), 'some');
  });

  it('is made again where its subjects were its own, and fails where they are another’s', async () => {
    const answers = [overlap, () => Promise.resolve('made')];
    expect(await making(server('2.12.1'), saying('2026-11-27T10:00:00Z'), 'some', () => answers.shift()!())).toBe('made');
    await expect(making(server('2.12.1'), saying(null), 'some', overlap)).rejects.toThrow('subjects overlap');
  });
});
