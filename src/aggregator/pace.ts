// When to do something costly: at most a given share of the time, and never more often than wanted.

/** Spreads runs of a costly action so that it takes at most `share` of the time. */
export class Pace {
  #notBefore: number;

  /** @param everyMs - least time between two runs; the first is due so long after this */
  constructor(
    private readonly everyMs: number,
    private readonly share: number,
    private readonly now: () => number,
  ) {
    this.#notBefore = now() + everyMs;
  }

  due(): boolean {
    return this.now() >= this.#notBefore;
  }

  /** Runs the action and works out when it may run again. */
  async run<T>(action: () => T | Promise<T>): Promise<T> {
    const start = this.now();
    try {
      return await action();
    } finally {
      const end = this.now();
      this.#notBefore = end + Math.max(this.everyMs, (end - start) / this.share);
    }
  }
}
