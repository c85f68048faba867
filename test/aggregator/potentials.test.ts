// The potentials that compute activations to match: one a job, and none that is left when the job is over.
import { expect, it, vi } from 'vitest';
import { startAggregator } from '../../src/aggregator/index.js';
import { refold } from '../../src/aggregator/refold.js';
import type { Bus } from '../../src/bus/connection.js';
import { latestStatus } from '../../src/bus/status.js';
import type * as select from '../../src/engine/select.js';
import type * as controls from '../../src/rebasin/control.js';
import { createControl } from '../../src/rebasin/control.js';
import { foldModel } from '../../src/aggregator/model.js';
import { setState, submit, until, watchRole, writeChain } from '../support/foldCluster.js';
import { sourceOf, testJob } from '../support/foldJob.js';
import { type TestServer, useTestServer } from '../support/nats.js';

const potentials = vi.hoisted(() => ({ made: 0, live: 0 }));
vi.mock('../../src/engine/select.js', async (load) => {
  const original = await load<typeof select>();
  return {
    ...original,
    processorEngine: (...given: Parameters<typeof original.processorEngine>) => {
      const engine = original.processorEngine(...given);
      const potential: typeof engine.potential = (...about) => {
        const made = engine.potential(...about);
        potentials.made++;
        potentials.live++;
        return {
          ...made,
          dispose() {
            potentials.live--;
            made.dispose();
          },
        };
      };
      return { ...engine, potential };
    },
  };
});
vi.mock('../../src/rebasin/control.js', async (load) => {
  const original = await load<typeof controls>();
  return { ...original, createControl: vi.fn(original.createControl) };
});

let server: TestServer;
let bus: Bus;
useTestServer((started, connected) => ([server, bus] = [started, connected]));

const rebasin = { reference: 'mean', versions: 3, matching: 'activations' } as const;

it('an aggregator disposes of the potential of a job that is over, whatever versions it had', async () => {
  const test = testJob('potentials', { rebasin, engine: 'reference' });
  test.model[Symbol.dispose]();
  Object.assign(potentials, { made: 0, live: 0 });
  await submit(bus, test);
  const { url, user, pass } = server.server;
  await using role = watchRole(await startAggregator({ connection: { servers: url, user, pass }, log: () => undefined, statusSeconds: 0.05, leaseSeconds: 1 }));
  await Promise.all([0, 1, 2, 3].map((chain) => writeChain(bus, test, chain)));
  await until(async () => (await latestStatus(bus, 'potentials')).partitions.get(0)?.finished);
  expect(potentials).toEqual({ made: 1, live: 1 });
  await setState(bus, 'potentials', 'completed');
  await until(() => potentials.live === 0);
  expect(potentials.made).toBe(1);
  expect(role.name).toBe('aggregator');
});

it('a refold disposes of its own, and a model that cannot be made leaves none', async () => {
  const test = testJob('potentials-refold', { rebasin, engine: 'reference', statistics: { control: 'permuted' } });
  test.model[Symbol.dispose]();
  Object.assign(potentials, { made: 0, live: 0 });
  await refold({ job: test.job, data: test.data, source: sourceOf(test) });
  expect(potentials).toEqual({ made: 1, live: 0 });
  vi.mocked(createControl).mockImplementationOnce(() => {
    throw new Error('no control');
  });
  expect(() => foldModel(test.job, test.data)).toThrow('no control');
  expect(potentials.live).toBe(0);
});
