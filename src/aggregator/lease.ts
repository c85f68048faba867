// Who folds a partition: a lease in KV that keeps two aggregators from doing the same work. Snapshots keep them from harm.
import type { KV } from '@nats-io/kv';
import { isWritten } from '../bus/natsErrors.js';

/** What a lease needs of a KV bucket. */
export type LeaseStore = Pick<KV, 'get' | 'create' | 'update' | 'delete'>;

export interface LeaseOptions {
  /** Who holds it. The same name takes its own lease over at once: a restarted process need not wait for itself. */
  readonly holder: string;
  /** Milliseconds without a beat after which others may take it. */
  readonly durationMs: number;
  /** Milliseconds on a clock that never runs backwards. */
  readonly now: () => number;
}

/**
 * A lease on one key. No clocks are compared: a waiter takes it when the key's revision has not moved for the duration
 * on the waiter's own clock. It is for liveness only, and two holders for a moment do no harm.
 */
export class Lease {
  /** Revision of our own last write; 0 while we don't hold it. */
  #revision = 0;
  /** Another holder's revision, and since when we have seen it unchanged. */
  #seen = { revision: 0, since: 0 };

  constructor(
    private readonly store: LeaseStore,
    readonly key: string,
    private readonly options: LeaseOptions,
  ) {}

  get held(): boolean {
    return this.#revision !== 0;
  }

  /** Takes or keeps the lease; call it a few times per duration. Returns whether we hold it. Errors of the bus pass through. */
  async beat(): Promise<boolean> {
    if (this.#revision !== 0) return this.#write(() => this.store.update(this.key, this.options.holder, this.#revision));

    const entry = await this.store.get(this.key);
    if (entry === null || entry.operation !== 'PUT') return this.#write(() => this.store.create(this.key, this.options.holder));

    const now = this.options.now();
    if (entry.revision !== this.#seen.revision) this.#seen = { revision: entry.revision, since: now };
    const free = entry.string() === this.options.holder || now - this.#seen.since >= this.options.durationMs;
    return free && this.#write(() => this.store.update(this.key, this.options.holder, entry.revision));
  }

  /** Lets others have it at once. */
  async release(): Promise<void> {
    if (this.#revision === 0) return;
    const previousSeq = this.#revision;
    this.#revision = 0;
    try {
      await this.store.delete(this.key, { previousSeq });
    } catch (error) {
      if (!isWritten(error)) throw error;
    }
  }

  async #write(write: () => Promise<number>): Promise<boolean> {
    try {
      this.#revision = await write();
      return true;
    } catch (error) {
      this.#revision = 0;
      if (isWritten(error)) return false;
      throw error;
    }
  }
}
