// What every role is to the process that runs it: started once, drained or aborted once, one outcome.

/** A running coordinator, worker, aggregator or gateway. */
export interface Role extends AsyncDisposable {
  readonly name: 'coordinator' | 'worker' | 'aggregator' | 'gateway';
  /** Resolves when the role has ended by itself or was drained or aborted; rejects with its first error. */
  readonly done: Promise<void>;
  /** Port of this role's HTTP endpoint (/metrics, /healthz), as bound. */
  readonly metricsPort: number;
  /** Finishes the unit of work at hand, saves, leaves. Idempotent; resolves when `done` has settled, never rejects. */
  drain(): Promise<void>;
  /** Leaves at once, saving nothing. Idempotent. */
  abort(): Promise<void>;
}
