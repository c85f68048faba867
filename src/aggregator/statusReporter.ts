// Publishes a partition's status and gauges while it is folded: often where it is cheap, seldom where it is not.
import type { Bus } from '../bus/connection.js';
import { logIdentity } from '../bus/drawLog.js';
import { parseSlotSubject } from '../bus/names.js';
import { publishPartitionStatus } from '../bus/status.js';
import type { basinet } from '../bus/wire.js';
import type { Metrics } from '../metrics/index.js';
import type { ChainFold } from './chainFold.js';
import type { PartitionFold } from './fold.js';
import { pause } from './lifecycle.js';
import type { Folds } from './logFold.js';
import { Pace } from './pace.js';
import type { LogPosition } from './snapshot.js';
import { diagnose, NO_DIAGNOSTICS, type Diagnostics } from './statistics.js';
import type { FoldJob } from './storedState.js';

export interface ReporterOptions {
  readonly statusMs: number;
  readonly now: () => number;
  /** Called when the log is found to be another than the one that is being folded, or shorter than what was folded. */
  readonly onNewLog: () => void;
}

/** At most this share of the time goes into R-hat and the predictive's scores. */
const DIAGNOSTICS_SHARE = 0.005;
/** The log is looked at once in so many reports: for the lag, and for whether it is still the same. */
const LOOK_EVERY = 4;

export class StatusReporter {
  #diagnostics: Diagnostics = NO_DIAGNOSTICS;
  readonly #pace: Pace;
  /** What the last report was about. */
  #reported = { sequence: -1, ahead: -1, diagnosed: -1, version: -1 };
  /** What the diagnostics are of. */
  #diagnosed: { readonly fold: PartitionFold | null; readonly draws: number } = { fold: null, draws: -1 };
  #finished = false;
  #rate: { draws: number; at: number; perSecond: number };

  constructor(
    private readonly bus: Bus,
    private readonly job: FoldJob,
    private readonly folds: Folds,
    private readonly metrics: Metrics,
    private readonly options: ReporterOptions,
  ) {
    this.#pace = new Pace(0, DIAGNOSTICS_SHARE, options.now);
    this.#rate = { draws: this.#fold.draws, at: options.now(), perSecond: 0 };
  }

  get #fold(): PartitionFold {
    return this.folds.live.fold;
  }

  get #position(): LogPosition {
    return this.folds.live.position;
  }

  /** Reports until the signal aborts or `finish` is called. A report that NATS does not take is dropped: the next one says more. */
  async run(signal: AbortSignal): Promise<void> {
    for (let turn = 0; !signal.aborted && !this.#finished; turn++) {
      try {
        if (turn % LOOK_EVERY === 0) await this.#lookAtLog();
        if (this.#pace.due() && !this.#isDiagnosed) await this.#pace.run(() => this.#diagnose());
        if (this.#changed()) await this.#publish();
      } catch {
        // Lossy by contract; what must not be lost is published by `finish`.
      }
      await pause(this.options.statusMs, signal);
    }
  }

  /** The last report, with everything in it. Throws where NATS does not take it. */
  async finish(): Promise<void> {
    this.#diagnose();
    // From here on every report says so: one that is sent later must not take it back.
    this.#finished = true;
    await this.#publish();
  }

  /** Says again what `finish` said: the status is lossy, and a job waits for this one. */
  async repeat(): Promise<void> {
    await this.#publish();
  }

  async #lookAtLog(): Promise<void> {
    const { createdAtMs, sequence } = this.#position;
    const identity = await logIdentity(this.bus, this.job.id);
    if (identity === null) return;
    if (identity.createdAtMs !== createdAtMs || identity.lastSequence < sequence) this.options.onNewLog();
    else this.metrics.set('basinet_fold_lag_messages', this.#labels, identity.lastSequence - this.#position.sequence);
  }

  #diagnose(): void {
    this.#diagnosed = { fold: this.#fold, draws: this.#fold.draws };
    this.#diagnostics = diagnose(this.#fold);
    this.#setGauges();
  }

  get #isDiagnosed(): boolean {
    return this.#diagnosed.fold === this.#fold && this.#diagnosed.draws === this.#fold.draws;
  }

  get #ahead(): number {
    return this.#fold.ahead?.sequence ?? 0;
  }

  #changed(): boolean {
    const { sequence, ahead, diagnosed, version } = this.#reported;
    return sequence !== this.#position.sequence || ahead !== this.#ahead || diagnosed !== this.#diagnosed.draws || version !== this.#fold.referenceVersion;
  }

  async #publish(): Promise<void> {
    // What was said of draws under an older reference must not stand beside the newer one's version.
    if (this.#diagnosed.fold !== null && this.#diagnosed.fold !== this.#fold) this.#diagnose();
    const { sequence } = this.#position;
    const ahead = this.#ahead;
    const diagnosed = this.#diagnosed.draws;
    const version = this.#fold.referenceVersion;
    this.metrics.set('basinet_fold_sequence', this.#labels, sequence);
    await publishPartitionStatus(this.bus, this.job.id, this.#status());
    this.#reported = { sequence, ahead, diagnosed, version };
  }

  #status(): basinet.v1.IPartitionStatus {
    const { raw, aligned, probe } = this.#diagnostics;
    return {
      partition: this.#fold.partition,
      drawsFolded: this.#fold.draws,
      slotsQuarantined: this.#fold.slotsQuarantined,
      streamSequence: this.#position.sequence,
      drawsPerSecond: this.#drawsPerSecond(),
      rhatRawMax: raw.max,
      rhatRawMedian: raw.median,
      rhatAlignedMax: aligned.max,
      rhatAlignedMedian: aligned.median,
      nestedRhatRawMax: raw.nestedMax,
      nestedRhatAlignedMax: aligned.nestedMax,
      probeAccuracy: probe.accuracy,
      probeNll: probe.nll,
      probeCalibrationError: probe.calibrationError,
      probeRhatMax: probe.rhatMax,
      probeRmse: probe.rmse,
      finished: this.#finished,
      referenceVersion: this.#fold.referenceVersion,
      chains: this.#fold.chains.map((chain) => ({
        chain: chain.chain,
        iteration: chain.judgeState.iteration,
        draws: chain.draws,
        epoch: chain.judgeState.epoch,
        finished: chain.finished,
        ...this.#judged(chain),
      })),
    };
  }

  /** What tells a coordinator that, and why, a chain that is complete in the log never finishes here. */
  #judged({ chain, judgeState }: ChainFold): Pick<basinet.v1.IChainProgress, 'judgedSequence' | 'judgedIteration' | 'firstQuarantined'> {
    const { quarantined, ahead } = this.#fold;
    const own = ahead?.chain === chain ? ahead : null;
    const first = quarantined.find(({ subject }) => parseSlotSubject(subject).chain === chain) ?? own?.refused;
    const folded = { sequence: this.#position.sequence, iteration: judgeState.iteration };
    const furthest = own !== null && own.sequence > folded.sequence ? own : folded;
    return {
      judgedSequence: furthest.sequence,
      judgedIteration: furthest.iteration,
      firstQuarantined: first ? { subject: first.subject, streamSequence: first.sequence, reason: first.reason } : null,
    };
  }

  /** Over the time since the last report, at least a second. */
  #drawsPerSecond(): number {
    const now = this.options.now();
    const { draws } = this.#fold;
    if (now - this.#rate.at >= 1000) this.#rate = { draws, at: now, perSecond: (1000 * (draws - this.#rate.draws)) / (now - this.#rate.at) };
    return this.#rate.perSecond;
  }

  #setGauges(): void {
    const labels = this.#labels;
    const { raw, aligned, probe } = this.#diagnostics;
    this.metrics.set('basinet_reference_version', labels, this.#fold.referenceVersion);
    for (const [side, { max, median, nestedMax }] of [['raw', raw], ['aligned', aligned]] as const) {
      this.metrics.set('basinet_rhat', { ...labels, side, stat: 'max' }, max);
      this.metrics.set('basinet_rhat', { ...labels, side, stat: 'median' }, median);
      if (this.#fold.model.superchainOf !== null) this.metrics.set('basinet_nested_rhat_max', { ...labels, side }, nestedMax);
    }
    this.metrics.set('basinet_probe_accuracy', labels, probe.accuracy);
    this.metrics.set('basinet_probe_nll', labels, probe.nll);
    this.metrics.set('basinet_probe_calibration_error', labels, probe.calibrationError);
    this.metrics.set('basinet_probe_rhat_max', labels, probe.rhatMax);
    for (const { chain, lastAlignment } of this.#fold.chains) {
      if (lastAlignment === null) continue;
      const { job } = labels;
      this.#fold.model.groups.forEach((group, g) => this.metrics.set('basinet_transpositions', { job, chain, group }, lastAlignment.transpositions[g] ?? 0));
      this.metrics.set('basinet_reference_distance', { job, chain, side: 'raw' }, lastAlignment.distanceBefore);
      this.metrics.set('basinet_reference_distance', { job, chain, side: 'aligned' }, lastAlignment.distanceAfter);
    }
  }

  get #labels(): { job: string; partition: number } {
    return { job: this.job.id, partition: this.#fold.partition };
  }
}
