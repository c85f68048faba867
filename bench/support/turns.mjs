// Two sets of processes that run in turns, the other one stopped, and how long each has run at any moment.

export class Runner {
  #spans = [];

  /** @param pids - process ids, running now */
  constructor(pids) {
    this.pids = [...pids];
  }

  go() {
    for (const pid of this.pids) process.kill(pid, 'SIGCONT');
    this.#spans.push({ from: Date.now(), to: Infinity });
  }

  stop() {
    for (const pid of this.pids) process.kill(pid, 'SIGSTOP');
    const last = this.#spans.at(-1);
    if (last?.to === Infinity) last.to = Date.now();
  }

  /** Seconds that it had run at this moment (milliseconds since 1970), of those since the first `go`. */
  secondsAt(moment) {
    return this.#spans.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, moment) - from), 0) / 1000;
  }
}

/** Counts that only grow, by source, as they were reported; their rate per second of a runner's time, summed over the sources. */
export class Counts {
  #first = new Map();
  #last = new Map();

  add(source, moment, count) {
    if (!this.#first.has(source)) this.#first.set(source, { moment, count });
    this.#last.set(source, { moment, count });
  }

  get sources() {
    return this.#last.size;
  }

  /** What was counted so far no longer counts. */
  restart() {
    this.#first.clear();
    this.#last.clear();
  }

  rate(runner) {
    let rate = 0;
    for (const [source, first] of this.#first) {
      const last = this.#last.get(source);
      rate += (last.count - first.count) / (runner.secondsAt(last.moment) - runner.secondsAt(first.moment));
    }
    return rate;
  }
}
