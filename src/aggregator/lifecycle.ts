// Small helpers of long-running loops: waiting that an abort ends, and giving the event loop its turn.

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

/**
 * Lets timers and sockets run where the thread has been held for longer than `ms`: a fold of queued entries would
 * otherwise go from one promise to the next without NATS pings being answered.
 */
export class Breather {
  #since: number;

  constructor(
    private readonly ms: number,
    private readonly now: () => number,
  ) {
    this.#since = now();
  }

  async breathe(): Promise<void> {
    if (this.now() - this.#since < this.ms) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#since = this.now();
  }
}
