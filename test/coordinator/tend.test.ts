// The coordinator's decisions, on a fake cluster in memory.
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChainFailures } from '../../src/bus/failures.js';
import type { JobRecord } from '../../src/bus/jobStore.js';
import type { Services } from '../../src/coordinator/services.js';
import { JobTender } from '../../src/coordinator/tend.js';
import { totalIterations } from '../../src/job/plan.js';
import { tinyJob } from '../support/cluster.js';

const job = tinyJob('faked', { chains: 3 });

class FakeCluster implements Services {
  record: JobRecord = { id: job.name, jobJson: JSON.stringify(job), dataHash: 'ab', state: 'submitted', submittedAtMs: 1, startedAtMs: null, endedAtMs: null, failure: null };
  readonly logs: number[] = [];
  readonly queue = new Set<number>();
  readonly iterations = new Map<number, number>();
  readonly failed = new Map<number, ChainFailures>();
  folded = false;
  forgotten = 0;
  clock = 100;

  update(_id: string, change: (record: JobRecord) => JobRecord | null): Promise<JobRecord> {
    this.record = change(this.record) ?? this.record;
    return Promise.resolve(this.record);
  }
  shapeOf: Services['shapeOf'] = () => Promise.resolve({ features: 2, outputs: 1, trainRows: 40, testRows: 0, targetKind: 'real' });
  createLog: Services['createLog'] = (_job, maxBytes) => Promise.resolve(void this.logs.push(maxBytes));
  addTask: Services['addTask'] = (_class, { chain }) => {
    const added = !this.queue.has(chain);
    this.queue.add(chain);
    return Promise.resolve(added);
  };
  deleteTasks: Services['deleteTasks'] = () => Promise.resolve(this.queue.clear());
  queuedChains: Services['queuedChains'] = () => Promise.resolve(new Set(this.queue));
  iterationOf: Services['iterationOf'] = ({ chain }) => Promise.resolve(this.iterations.get(chain) ?? 0);
  failures: Services['failures'] = () => Promise.resolve(this.failed);
  forget: Services['forget'] = () => Promise.resolve(void this.forgotten++);
  partition: Services['partition'] = () => Promise.resolve({ finished: this.folded, chainsFinished: 0 });
  nowMs = () => this.clock++;
}

let cluster: FakeCluster;
let tender: JobTender;
beforeEach(() => {
  cluster = new FakeCluster();
  tender = new JobTender(cluster, { maxAttempts: 3 });
});
const tend = (thorough = true) => tender.tend(cluster.record, thorough);

describe('JobTender', () => {
  it('starts a submitted job: log, tasks, running', async () => {
    expect(await tend()).toMatchObject({ state: 'running', startedAtMs: 100 });
    expect(cluster.logs[0]).toBeGreaterThan(0);
    expect(cluster.forgotten).toBe(1);
    expect([...cluster.queue]).toEqual([0, 1, 2]);
  });

  it('may be run by two coordinators at once', async () => {
    const rival = new JobTender(cluster, { maxAttempts: 3 });
    const submitted = cluster.record;
    await Promise.all([tender.tend(submitted, true), rival.tend(submitted, true)]);
    expect(cluster.record).toMatchObject({ state: 'running', startedAtMs: 100 });
    expect(cluster.queue.size).toBe(3);
    cluster.folded = true;
    await Promise.all([tend(), rival.tend(cluster.record, true)]);
    expect(cluster.record).toMatchObject({ state: 'completed' });
  });

  it('queues lost tasks again, but not those of chains that are complete', async () => {
    await tend();
    cluster.queue.clear();
    cluster.iterations.set(1, totalIterations(job));
    cluster.iterations.set(2, totalIterations(job) - 1);
    await tend(false);
    expect(cluster.queue.size).toBe(0);
    await tend(true);
    expect([...cluster.queue]).toEqual([0, 2]);
  });

  it('completes a job when every partition is folded', async () => {
    await tend();
    expect((await tend()).state).toBe('running');
    cluster.folded = true;
    expect(await tend()).toMatchObject({ state: 'completed', failure: null });
    expect(cluster.record.endedAtMs).toBeGreaterThan(cluster.record.startedAtMs!);
  });

  it('fails a job of which a chain failed often enough, with that chain’s error', async () => {
    await tend();
    const failure = { code: 'SAMPLER_FAILED' as const, message: 'no', path: null, remedy: null, chain: 2 };
    cluster.failed.set(2, { attempts: 2, failure, worker: 'w', failedAtMs: 1 });
    expect((await tend()).state).toBe('running');
    cluster.failed.set(2, { attempts: 3, failure, worker: 'w', failedAtMs: 1 });
    expect(await tend()).toMatchObject({ state: 'failed', failure });
    expect(cluster.queue.size).toBe(0);
  });

  it('does not undo a cancellation that comes in between', async () => {
    const submitted = cluster.record;
    cluster.record = { ...submitted, state: 'cancelled' };
    expect((await tender.tend(submitted, true)).state).toBe('cancelled');
    expect(cluster.queue.size).toBe(0);
    cluster.folded = true;
    await tender.tend({ ...submitted, state: 'running' }, true);
    expect(cluster.record.state).toBe('cancelled');
    await tend();
    expect(cluster.queue.size).toBe(0);
  });
});
