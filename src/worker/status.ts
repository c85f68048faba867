// What a worker says of its chains: statuses on the bus and metrics, from the same numbers.
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '../bus/connection.js';
import { failureToWire } from '../bus/failure.js';
import { publishChainStatus } from '../bus/status.js';
import type { basinet } from '../bus/wire.js';
import { drawsAt } from '../inference/grid.js';
import { gridOf, totalIterations } from '../job/plan.js';
import type { Metrics } from '../metrics/index.js';
import type { Activity, ChainView } from './chainRunner.js';

/** Rates are over this many milliseconds at most. */
const WINDOW_MS = 10_000;
/** Nothing follows these, unless the chain is leased again. */
const LAST: ReadonlySet<Activity> = new Set<Activity>(['waiting', 'done', 'stopped', 'failed']);
const LAST_ATTEMPTS = 20;
const LAST_PAUSE_MS = 500;

interface Sample {
  readonly atMs: number;
  readonly iteration: number;
  readonly gradients: number;
}

/** Speed of one chain over the last seconds. */
export class RateMeter {
  private samples: Sample[] = [];

  add(sample: Sample): void {
    const last = this.samples.at(-1);
    // A chain that was taken up again elsewhere may be behind what it was here.
    if (last && (sample.iteration < last.iteration || sample.gradients < last.gradients)) this.samples = [];
    this.samples.push(sample);
    while (this.samples.length > 2 && sample.atMs - this.samples[0]!.atMs > WINDOW_MS) this.samples.shift();
  }

  /** Per second; 0 before the second sample. */
  get rates(): { readonly iterations: number; readonly gradients: number } {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    const seconds = first && last ? (last.atMs - first.atMs) / 1000 : 0;
    if (!first || !last || seconds <= 0) return { iterations: 0, gradients: 0 };
    return { iterations: (last.iteration - first.iteration) / seconds, gradients: (last.gradients - first.gradients) / seconds };
  }
}

/** One chain's figures as they go out. */
export class ChainReporter {
  private readonly meter = new RateMeter();
  /** Null before the first figures, which are the predecessor's where a chain was taken over. */
  private counted: { readonly iteration: number; readonly gradients: number; readonly divergences: number } | null = null;

  constructor(
    private readonly bus: Bus,
    private readonly metrics: Metrics,
    private readonly worker: string,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /**
   * Publishes the chain's status. One that does not get through is dropped, since the next says more; but not the last one of
   * a lease, which is sent again until it does.
   */
  async report(view: ChainView): Promise<void> {
    const { job, progress, loaded } = view;
    if (progress) {
      this.meter.add({ atMs: this.nowMs(), iteration: progress.iteration, gradients: progress.totalGradients });
      this.count(view);
    }
    if (!loaded) return;
    const status = this.statusOf(view);
    const last = LAST.has(view.activity);
    for (let attempt = 1; ; attempt++) {
      try {
        return await publishChainStatus(this.bus, job, status);
      } catch {
        if (!last || attempt === LAST_ATTEMPTS || this.bus.nc.isClosed()) return;
        await delay(LAST_PAUSE_MS);
      }
    }
  }

  private statusOf({ chain, epoch, activity, deviceClass, progress, loaded, failure }: ChainView): basinet.v1.IChainStatus {
    const { job } = loaded!;
    const { warmup, draws } = gridOf(job);
    const wanted = totalIterations(job);
    const iteration = progress?.iteration ?? 0;
    const { iterations, gradients } = this.meter.rates;
    // The draws of what was fitted take next to no time.
    const left = (activity === 'fitting' ? warmup : wanted) - iteration;
    return {
      chain,
      worker: this.worker,
      epoch,
      activity,
      iteration,
      drawsDone: drawsAt(gridOf(job), iteration),
      drawsWanted: draws,
      acceptanceRate: progress?.acceptanceRate ?? Number.NaN,
      stepSize: progress?.stepSize ?? Number.NaN,
      divergences: progress?.divergences ?? 0,
      gradientsPerSecond: gradients,
      etaSeconds: left === 0 ? 0 : iterations > 0 ? left / iterations : Number.NaN,
      totalGradients: progress?.totalGradients ?? 0,
      warmupIterations: warmup,
      wantedIterations: wanted,
      deviceClass,
      ...(failure ? { failure: failureToWire(failure) } : {}),
    };
  }

  /** The first figures of a chain taken over are its predecessor's: they are not counted. */
  private count({ job, chain, progress, loaded }: ChainView): void {
    if (!progress || !loaded) return;
    const labels = { job, chain: String(chain) };
    const { iteration, totalGradients, divergences } = progress;
    const before = this.counted;
    this.counted = { iteration, gradients: totalGradients, divergences };
    if (totalGradients === 0) return;
    // A method without a test has no acceptance rate, and a fitted distribution is drawn from without steps.
    if (!Number.isNaN(progress.acceptanceRate)) this.metrics.set('basinet_acceptance_rate', labels, progress.acceptanceRate);
    if (!Number.isNaN(progress.stepSize)) this.metrics.set('basinet_step_size', labels, progress.stepSize);
    this.metrics.set('basinet_potential_energy', labels, progress.potentialEnergy);
    if (before === null) return;
    const { warmup } = gridOf(loaded.job);
    const grown = (now: number, then: number) => Math.max(0, now - then);
    this.metrics.add('basinet_gradients_total', labels, grown(totalGradients, before.gradients));
    this.metrics.add('basinet_divergences_total', labels, grown(divergences, before.divergences));
    this.metrics.add('basinet_transitions_total', { ...labels, phase: 'warmup' }, grown(Math.min(iteration, warmup), Math.min(before.iteration, warmup)));
    this.metrics.add('basinet_transitions_total', { ...labels, phase: 'sampling' }, grown(Math.max(iteration, warmup), Math.max(before.iteration, warmup)));
  }
}
