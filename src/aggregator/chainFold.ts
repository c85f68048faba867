// One chain's share of the fold: judge, statistics, traces, the relabelling that the next draw's alignment starts from.
import { ChainJudge, type JudgeState, type Verdict } from '../bus/judge.js';
import type { LogEntry } from '../bus/logReader.js';
import type { RecordShape } from '../bus/outline.js';
import type { DrawRecord } from '../bus/records.js';
import type { Key } from '../random/index.js';
import type { Aligner, AlignmentResult } from '../rebasin/alignment.js';
import type { Control } from '../rebasin/control.js';
import { relabellingOfLine } from '../rebasin/oneLine.js';
import type { Relabelling } from '../rebasin/relabelling.js';
import { ChainMoments, DyadicHistogram, LowRankCovariance, type ChainMomentsState, type DyadicHistogramState, type LowRankState } from '../stats/index.js';
import type { ChainProbe, Probe, ProbeSums } from './probe.js';
import { emptyTrace, traceDevice, traceDraw, traceWarmup, type TraceState } from './trace.js';

/** What all chains of a job have in common. */
export interface ChainFoldModel {
  readonly shape: RecordShape;
  /** Kept draws per chain. */
  readonly draws: number;
  readonly seed: number;
  /** Units of each permutation group. */
  readonly units: readonly number[];
  /** Of each permutation group, whether its units may change their signs. */
  readonly signed: readonly boolean[];
  /** Which moments are kept. */
  readonly raw: boolean;
  readonly aligned: boolean;
  /** Shuffles draws, whose moments after alignment are kept too; null where they are not. */
  readonly control: Control | null;
  /** Whether histograms of the aligned draws are kept. */
  readonly histograms: boolean;
  /** Rank of the covariance that is kept of them; 0 where none is. */
  readonly lowRank: number;
  readonly probe: Probe | null;
}

/** Plain data: a chain's part of the snapshot. */
export interface ChainFoldState {
  readonly chain: number;
  readonly judge: JudgeState;
  /** Of the last claim that counted; empty before the first. */
  readonly deviceClass: string;
  readonly raw: ChainMomentsState | null;
  readonly aligned: ChainMomentsState | null;
  readonly control: ChainMomentsState | null;
  readonly histograms: DyadicHistogramState | null;
  readonly lowRank: LowRankState | null;
  readonly probe: { readonly moments: ChainMomentsState; readonly sums: ProbeSums } | null;
  readonly trace: TraceState;
}

/** Folds one chain's entries in their own order; nothing here depends on other chains. */
export class ChainFold {
  readonly raw: ChainMoments | null;
  readonly aligned: ChainMoments | null;
  readonly control: ChainMoments | null;
  readonly histograms: DyadicHistogram | null;
  readonly lowRank: LowRankCovariance | null;
  /** `moments` are those of the predictions: probabilities (categorical) or means (gaussian), [rows, outputs]. */
  readonly probe: { readonly chain: ChainProbe; readonly moments: ChainMoments } | null;
  readonly trace: TraceState;
  readonly #judge: ChainJudge;
  #deviceClass: string;
  #start: Relabelling | null;
  #lastAlignment: AlignmentResult | null = null;

  constructor(
    readonly chain: number,
    private readonly model: ChainFoldModel,
    saved: ChainFoldState | null = null,
  ) {
    const { shape, draws, probe } = model;
    const restored = <State, Statistic>(state: State | null | undefined, restore: (state: State) => Statistic, create: () => Statistic): Statistic => (state ? restore(state) : create());
    const moments = (size: number, state: ChainMomentsState | null | undefined): ChainMoments => restored(state, (kept) => ChainMoments.restore(kept), () => new ChainMoments(size, { draws }));
    this.raw = model.raw ? moments(shape.dimension, saved?.raw) : null;
    this.aligned = model.aligned ? moments(shape.dimension, saved?.aligned) : null;
    this.control = model.control && moments(shape.dimension, saved?.control);
    this.histograms = model.histograms ? restored(saved?.histograms, (kept) => DyadicHistogram.restore(kept), () => new DyadicHistogram(shape.dimension)) : null;
    this.lowRank = model.lowRank > 0 ? restored(saved?.lowRank, (kept) => LowRankCovariance.restore(kept), () => new LowRankCovariance(shape.dimension, model.lowRank)) : null;
    this.probe = probe && { chain: probe.chain(saved?.probe?.sums ?? null), moments: moments(probe.size, saved?.probe?.moments) };
    this.trace = saved?.trace ?? emptyTrace();
    this.#judge = new ChainJudge(shape, saved?.judge);
    this.#deviceClass = saved?.deviceClass ?? '';
    const last = this.trace.relabellings.at(-1);
    this.#start = last === undefined ? null : relabellingOfLine(last, model.units);
  }

  get judgeState(): Readonly<JudgeState> {
    return this.#judge.state;
  }

  /** Kept draws so far. */
  get draws(): number {
    return this.trace.iteration.length;
  }

  get finished(): boolean {
    return this.draws === this.model.draws;
  }

  /** Of the last draw that this object aligned; null before the first. */
  get lastAlignment(): AlignmentResult | null {
    return this.#lastAlignment;
  }

  judge(entry: LogEntry): Verdict {
    const verdict = this.#judge.judge(entry);
    const slot = entry.body?.body;
    if (verdict.accepted && slot?.kind === 'claim') this.#deviceClass = slot.deviceClass;
    return verdict;
  }

  /** What `judge` would say, leaving everything as it is. */
  wouldAccept(entry: LogEntry): boolean {
    return new ChainJudge(this.model.shape, this.judgeState).judge(entry).accepted;
  }

  /**
   * Folds a record that was judged fit. `aligner` must be there for kept draws where draws are aligned; `aligned` is
   * scratch of the dimension.
   */
  fold(draw: DrawRecord, aligner: Aligner | null, aligned: Float32Array): void {
    traceDevice(this.trace, draw.iteration, this.#deviceClass);
    if (draw.phase === 'warmup') {
      traceWarmup(this.trace, draw);
      return;
    }
    this.raw?.update(draw.position);
    if (this.aligned !== null) {
      if (aligner === null) throw new Error('a kept draw came before the reference');
      this.#lastAlignment = aligner.align(draw.position, aligned, this.#start, this.#keyOf(draw));
      this.#start = this.#lastAlignment;
      this.aligned.update(aligned);
      this.histograms?.update(aligned);
      this.lowRank?.update(aligned);
      if (this.control !== null) this.control.update(this.#alignShuffled(draw, aligner, aligned));
    }
    this.probe?.moments.update(this.probe.chain.update(draw));
    traceDraw(this.trace, draw, this.#lastAlignment);
  }

  /** Knows nothing of the chain's earlier draws, as little as it would of units that are none. */
  #alignShuffled(draw: DrawRecord, aligner: Aligner, aligned: Float32Array): Float32Array {
    const key = this.#keyOf(draw);
    aligner.align(this.model.control!.shuffle(key, draw.position), aligned, null, key);
    return aligned;
  }

  #keyOf({ iteration }: DrawRecord): Key {
    return { seed: this.model.seed, chain: this.chain, iteration };
  }

  /** For the snapshot. Shares memory with the fold: encode it before the next draw. */
  state(): ChainFoldState {
    return {
      chain: this.chain,
      judge: this.#judge.state,
      deviceClass: this.#deviceClass,
      raw: this.raw?.state() ?? null,
      aligned: this.aligned?.state() ?? null,
      control: this.control?.state() ?? null,
      histograms: this.histograms?.state() ?? null,
      lowRank: this.lowRank?.state() ?? null,
      probe: this.probe && { moments: this.probe.moments.state(), sums: this.probe.chain.sums() },
      trace: this.trace,
    };
  }
}
