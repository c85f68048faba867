// The coordinator's decisions, on a fake cluster in memory.
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChainFailures } from '../../src/bus/failures.js';
import type { JobRecord } from '../../src/bus/jobStore.js';
import type { PartitionView, Services } from '../../src/coordinator/services.js';
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
  chains: PartitionView['chains'] = new Map();
  forgotten = 0;
  clock = 100;

  update(_id: string, change: (record: JobRecord) => JobRecord | null): Promise<JobRecord> {
    if (this.losesAtUpdate) this.lost++;
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
  chainEnd: Services['chainEnd'] = ({ chain }) => Promise.resolve({ iteration: this.iterations.get(chain) ?? 0, sequence: 10 });
  failures: Services['failures'] = () => Promise.resolve(this.failed);
  forget: Services['forget'] = () => Promise.resolve(void this.forgotten++);
  partition: Services['partition'] = () => Promise.resolve({ finished: this.folded, chains: this.chains });
  lost = 0;
  losesAtUpdate = false;
  disconnects = () => this.lost;
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

  it('looks again at chains that were complete, after a lost connection: the server may have lost their ends', async () => {
    await tend();
    cluster.queue.clear();
    cluster.iterations.set(1, totalIterations(job));
    await tend();
    expect([...cluster.queue]).toEqual([0, 2]);
    cluster.iterations.set(1, totalIterations(job) - 1);
    await tend();
    expect(cluster.queue.has(1)).toBe(false);
    cluster.lost++;
    await tend();
    expect(cluster.queue.has(1)).toBe(true);
  });

  it('does not complete a job on what it saw before the connection was lost', async () => {
    await tend();
    cluster.folded = true;
    cluster.losesAtUpdate = true;
    expect((await tend()).state).toBe('running');
    cluster.losesAtUpdate = false;
    expect((await tend()).state).toBe('completed');
  });

  it('leaves alone a run that was started anew while it looked', async () => {
    await tend();
    const looked = cluster.record;
    cluster.folded = true;
    for (const anew of [{ submittedAtMs: 2 }, { startedAtMs: 7 }]) {
      cluster.record = { ...looked, ...anew };
      expect((await tender.tend(looked, true)).state).toBe('running');
      expect((await tender.fail(looked, { code: 'INTERNAL', message: 'no', path: null, remedy: null, chain: null })).state).toBe('running');
    }
    cluster.record = looked;
    expect((await tend()).state).toBe('completed');
  });

  it('forgets nothing of a job that another coordinator has started meanwhile', async () => {
    const submitted = cluster.record;
    await tend();
    expect(cluster.forgotten).toBe(1);
    await tender.tend(submitted, true);
    expect(cluster.forgotten).toBe(1);
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

  it('fails a job of which a chain is complete in the log and not accepted, after a few looks, with the first reason', async () => {
    await tend();
    cluster.queue.clear();
    for (const chain of [0, 1, 2]) cluster.iterations.set(chain, totalIterations(job));
    const firstQuarantined = { subject: 'draws.faked.0.1.1', reason: 'size' };
    const judged = (judgedSequence: number) =>
      new Map(
        [0, 1, 2].map((chain) => [
          chain,
          { finished: chain !== 1, judgedSequence, judgedIteration: chain === 1 ? 0 : totalIterations(job), firstQuarantined: chain === 1 ? firstQuarantined : null },
        ]),
      );
    // Not read to its end yet: that is no refusal.
    cluster.chains = judged(9);
    for (let look = 0; look < 10; look++) expect((await tend()).state).toBe('running');
    cluster.chains = judged(10);
    for (let look = 0; look < 2; look++) expect((await tend()).state).toBe('running');
    expect(await tend()).toMatchObject({ state: 'failed', failure: { code: 'LOG_CORRUPT', chain: 1, path: firstQuarantined.subject } });
    expect(cluster.record.failure?.message).toContain('draws.faked.0.1.1: size');
  });

  it('looks again at a chain that was complete once it is refused: forged slots may have passed for its end', async () => {
    await tend();
    cluster.queue.clear();
    for (const chain of [0, 1, 2]) cluster.iterations.set(chain, totalIterations(job));
    await tend();
    expect(cluster.queue.size).toBe(0);
    cluster.chains = new Map([[1, { finished: false, judgedSequence: 10, judgedIteration: 20, firstQuarantined: null }]]);
    cluster.iterations.set(1, 20);
    for (let look = 0; look < 5; look++) expect((await tend()).state).toBe('running');
    expect([...cluster.queue]).toEqual([1]);
  });

  it('waits for chains that were accepted to their ends and are not folded: their aggregator may lack the reference', async () => {
    await tend();
    cluster.queue.clear();
    for (const chain of [0, 1, 2]) cluster.iterations.set(chain, totalIterations(job));
    cluster.chains = new Map([0, 1, 2].map((chain) => [chain, { finished: false, judgedSequence: 10, judgedIteration: totalIterations(job), firstQuarantined: null }]));
    for (let look = 0; look < 10; look++) expect((await tend()).state).toBe('running');
  });

  it('fails a job of which a chain is sampled again and again, and never moves', async () => {
    await tend();
    cluster.iterations.set(0, 10);
    const workerTakesAll = () => cluster.queue.clear();
    for (let round = 1; round <= 5; round++) {
      // Chains 0 and 1 move, or wait for a worker; 2 is taken, and nothing of it can be read afterwards.
      cluster.iterations.set(0, 10 + round);
      cluster.iterations.set(1, 20 + round);
      if (cluster.record.state !== 'running') break;
      workerTakesAll();
      await tend();
    }
    expect(cluster.record).toMatchObject({ state: 'failed', failure: { code: 'LOG_CORRUPT', chain: 2 } });
    expect(cluster.queue.size).toBe(0);
  });

  it('waits as long as it takes for a task that nobody fetches', async () => {
    await tend();
    for (let look = 0; look < 20; look++) expect((await tend()).state).toBe('running');
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
