// Leases on an in-memory bucket with a clock of our own; pace and breath of long loops.
import { JetStreamApiError } from '@nats-io/jetstream';
import type { KvEntry } from '@nats-io/kv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lease, type LeaseStore } from '../../src/aggregator/lease.js';
import { Pace, SnapshotPace } from '../../src/aggregator/pace.js';

/** One key with revisions, refusing as JetStream does. */
class Bucket implements LeaseStore {
  #revision = 0;
  #value: string | null = null;

  get(): Promise<KvEntry | null> {
    const value = this.#value;
    if (this.#revision === 0) return Promise.resolve(null);
    return Promise.resolve({ revision: this.#revision, operation: value === null ? 'DEL' : 'PUT', string: () => value ?? '' } as KvEntry);
  }

  create(_key: string, value: unknown): Promise<number> {
    return this.#value === null ? this.#put(value as string) : this.#refuse();
  }

  update(_key: string, value: unknown, revision: number): Promise<number> {
    return revision === this.#revision ? this.#put(value as string) : this.#refuse();
  }

  async delete(_key: string, options?: { previousSeq?: number }): Promise<void> {
    if (options?.previousSeq !== this.#revision) await this.#refuse();
    await this.#put(null);
  }

  #put(value: string | null): Promise<number> {
    this.#value = value;
    return Promise.resolve(++this.#revision);
  }

  #refuse(): Promise<never> {
    return Promise.reject(new JetStreamApiError({ code: 400, err_code: 10071, description: 'wrong last sequence' }));
  }
}

describe('a lease', () => {
  it('has one holder, who keeps it by beating', async () => {
    const bucket = new Bucket();
    let now = 0;
    const [a, b] = ['a', 'b'].map((holder) => new Lease(bucket, 'k', { holder, durationMs: 100, now: () => now })) as [Lease, Lease];
    expect(await a.beat()).toBe(true);
    for (; now < 1000; now += 50) {
      expect(await b.beat()).toBe(false);
      expect(await a.beat()).toBe(true);
    }
    expect([a.held, b.held]).toEqual([true, false]);
  });

  it('passes on when its holder is silent for the duration, as the waiter counts it', async () => {
    const bucket = new Bucket();
    let now = 0;
    const [a, b] = ['a', 'b'].map((holder) => new Lease(bucket, 'k', { holder, durationMs: 100, now: () => now })) as [Lease, Lease];
    await a.beat();
    now = 500;
    // The waiter sees it for the first time: how long it has been silent before does not count.
    expect(await b.beat()).toBe(false);
    now = 599;
    expect(await b.beat()).toBe(false);
    now = 600;
    expect(await b.beat()).toBe(true);
    expect(await a.beat()).toBe(false);
    expect(a.held).toBe(false);
  });

  it('is free at once when it is released, and for its own name', async () => {
    const bucket = new Bucket();
    const options = { durationMs: 100, now: () => 0 };
    const a = new Lease(bucket, 'k', { holder: 'a', ...options });
    const again = new Lease(bucket, 'k', { holder: 'a', ...options });
    const b = new Lease(bucket, 'k', { holder: 'b', ...options });
    await a.beat();
    expect(await again.beat()).toBe(true);
    await a.release();
    expect(await b.beat()).toBe(false);
    await again.release();
    expect(await b.beat()).toBe(true);
    await again.release();
    expect(await b.beat()).toBe(true);
  });

  it('passes on other errors', async () => {
    const bucket = new Bucket();
    bucket.get = () => Promise.reject(new Error('down'));
    await expect(new Lease(bucket, 'k', { holder: 'a', durationMs: 1, now: () => 0 }).beat()).rejects.toThrow('down');
  });
});

describe('a pace', () => {
  it('keeps a costly action below its share of the time, whatever it costs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 5, maxLength: 50 }), fc.integer({ min: 1, max: 100 }), async (costs, every) => {
        let now = 0;
        let spent = 0;
        let last = -Infinity;
        const pace = new Pace(every, 0.1, () => now);
        for (const cost of costs) {
          while (!pace.due()) now++;
          expect(now - last).toBeGreaterThanOrEqual(every);
          expect(spent).toBeLessThanOrEqual(0.11 * now);
          await pace.run(() => {
            now += cost;
            spent += cost;
          });
          last = now;
        }
      }),
      { numRuns: 50 },
    );
  });

  it('of snapshots takes none before there is enough folded that would be lost', async () => {
    let now = 0;
    const pace = new SnapshotPace(120, 0.5, () => now);
    const save = (cost: number) => pace.run(() => Promise.resolve(void (now += cost)));
    pace.folded(4);
    expect(pace.due()).toBe(false);
    now = 120;
    expect(pace.due()).toBe(true);
    await save(6);
    now += 1000;
    expect(pace.due()).toBe(false);
    pace.folded(23);
    expect(pace.due()).toBe(false);
    pace.folded(1);
    expect(pace.due()).toBe(true);
    await save(1);
    pace.folded(4);
    expect(pace.due()).toBe(false);
    now += 120;
    expect(pace.due()).toBe(true);
  });
});
