// What a worker counts of its chains: what it computed itself, and nothing that another did before it.
import { expect, it } from 'vitest';
import type { Bus } from '../../src/bus/connection.js';
import { createMetrics } from '../../src/metrics/index.js';
import type { Activity, ChainView } from '../../src/worker/chainRunner.js';
import type { LoadedJob } from '../../src/worker/jobData.js';
import type { Progress } from '../../src/worker/protocol.js';
import { ChainReporter } from '../../src/worker/status.js';
import { tinyJob } from '../support/cluster.js';

/** Nobody to tell. */
const bus = { nc: { isClosed: () => true } } as unknown as Bus;
const loaded = { job: tinyJob('counted', { warmup: 40, draws: 60 }), data: {}, probe: null } as unknown as LoadedJob;

const progressAt = (iteration: number, totalGradients: number, divergences: number): Progress => ({ iteration, mapSteps: 0, totalGradients, acceptanceRate: 0.8, stepSize: 0.1, divergences, potentialEnergy: 1 });

/** The counters after a lease that was reported so. */
async function counted(leases: readonly (readonly (readonly [Activity, Progress | null])[])[]): Promise<Record<string, number>> {
  const metrics = createMetrics('worker', { processMetrics: false });
  for (const reports of leases) {
    const reporter = new ChainReporter(bus, metrics, 'w');
    for (const [activity, progress] of reports) {
      const view: ChainView = { job: 'counted', chain: 0, activity, epoch: 1, deviceClass: 'reference', loaded, progress, failure: null };
      await reporter.report(view);
    }
  }
  const text = await metrics.registry.metrics();
  return Object.fromEntries([...text.matchAll(/^basinet_(gradients|divergences|transitions)_total\{(.*)\} (\d+)$/gm)].map(([, name, labels, value]) => [`${name}${/phase="(\w+)"/.exec(labels!)?.[1] ?? ''}`, Number(value)]));
}

it('all of a chain that begins here', async () => {
  expect(await counted([[['starting', null], ['map', progressAt(0, 0, 0)], ['warmup', progressAt(30, 150, 1)], ['sampling', progressAt(50, 250, 3)]]])).toEqual({ gradients: 250, divergences: 3, transitionswarmup: 40, transitionssampling: 10 });
});

it('of a chain taken over, what comes after the take-over', async () => {
  const before = progressAt(60, 50_000, 7);
  expect(await counted([[['starting', before], ['sampling', before], ['sampling', progressAt(70, 50_100, 8)]]])).toEqual({ gradients: 100, divergences: 1, transitionswarmup: 0, transitionssampling: 10 });
});

it('nothing of a chain that is leased again and again, and left to others', async () => {
  const before = progressAt(60, 50_000, 7);
  const lease = [['starting', null], ['waiting', before]] as const;
  expect(await counted([lease, lease, lease])).toEqual({});
});
