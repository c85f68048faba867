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

/** A snapshot is not worth its cost before folding again what it would save takes so many times as long. */
const REFOLDS_PER_SNAPSHOT = 4;
/** The first one's cost is not known: it is taken for this share of the least time between two. */
const SUPPOSED_COST = 1 / 120;

/** When to save a fold: as `Pace` says, and only once there is enough to lose. */
export class SnapshotPace {
  readonly #pace: Pace;
  #unsavedMs = 0;
  #costMs: number;

  constructor(
    everyMs: number,
    share: number,
    private readonly now: () => number,
  ) {
    this.#pace = new Pace(everyMs, share, now);
    this.#costMs = SUPPOSED_COST * everyMs;
  }

  /** Folding went on for so long. */
  folded(milliseconds: number): void {
    this.#unsavedMs += milliseconds;
  }

  due(): boolean {
    return this.#unsavedMs >= REFOLDS_PER_SNAPSHOT * this.#costMs && this.#pace.due();
  }

  /** Saves. */
  async run(save: () => Promise<void>): Promise<void> {
    const start = this.now();
    await this.#pace.run(save);
    this.#costMs = this.now() - start;
    this.#unsavedMs = 0;
  }
}
