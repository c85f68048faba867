// A chain from its starting point to its last draw: kernel, warmup and grid put together, resumable at every record.
import { BasinetError } from '../errors.js';
import type { Key } from '../random/index.js';
import type { AdaptationState } from './adaptation/adaptation.js';
import { createWarmup, restoreWarmup, snapshotWarmup, type Warmup, type WarmupState } from './adaptation/warmup.js';
import type { Chain, ChainRecord, Phase, TransitionInfo } from './chain.js';
import { isRecord, phaseOf, totalIterations, type Grid } from './grid.js';
import { createHmc, type Hmc, type HmcInfo, type HmcState, type HmcTuning } from './hmc.js';
import type { SamplerPotential } from './potential.js';
import { leapfrogStepsFor, type InferenceSettings } from './settings.js';
import { createStart, type Prior, type Start } from './start.js';
import { validateRecord } from './validate.js';

export interface ChainSpec {
  /** The job's seed, in [0, 2³²). */
  readonly seed: number;
  /** Number of the chain within the job, from 0. */
  readonly chain: number;
  readonly inference: InferenceSettings;
  /** Transitions between warmup checkpoints. */
  readonly checkpointEvery: number;
}

/** Told what happens between records. Called synchronously; must not call the chain. */
export interface ChainObserver {
  /** After each gradient of the search for a starting point. */
  onStart?(progress: { readonly mapSteps: number; readonly potentialEnergy: number; readonly totalGradients: number }): void;
  onTransition?(phase: Phase, iteration: number, info: TransitionInfo): void;
}

/** A new chain. Computes nothing before the first `next`. */
export function startChain(spec: ChainSpec, potential: SamplerPotential, prior: Prior, observer: ChainObserver = {}): Chain {
  return new HmcChain(spec, potential, prior, observer, null);
}

/**
 * Goes on after `record`: every later record is the same, bit for bit, as if the chain had never stopped. The position's
 * gradient is computed once more, which is not counted. `frozenAdaptation` is that of the last warmup checkpoint (or of
 * the first draw without warmup); it is needed where the record itself carries none.
 *
 * Throws STATE_INVALID where the record doesn't fit the chain or its potential energy is not what `potential` gives.
 */
export function resumeChain(
  spec: ChainSpec,
  potential: SamplerPotential,
  prior: Prior,
  record: ChainRecord,
  frozenAdaptation: AdaptationState | null,
  observer: ChainObserver = {},
): Chain {
  // A warmup checkpoint goes on from its own adaptation alone: another one's would be a different chain.
  const adaptation = record.phase === 'warmup' ? record.adaptation : (record.adaptation ?? frozenAdaptation);
  return new HmcChain(spec, potential, prior, observer, { record, adaptation });
}

/** What a chain is once it has a starting point. */
interface Running {
  state: HmcState;
  tuning: HmcTuning;
  warmup: WarmupState;
}

class HmcChain implements Chain {
  readonly #spec: ChainSpec;
  readonly #potential: SamplerPotential;
  readonly #observer: ChainObserver;
  readonly #grid: Grid;
  readonly #hmc: Hmc;
  readonly #warmup: Warmup;
  readonly #start: Start;
  #running: Running | null = null;
  #iteration = 0;
  #totalGradients = 0;
  #totalDivergences = 0;
  #meanAcceptanceRate = 0;

  constructor(
    spec: ChainSpec,
    potential: SamplerPotential,
    prior: Prior,
    observer: ChainObserver,
    resumed: { readonly record: ChainRecord; readonly adaptation: AdaptationState | null } | null,
  ) {
    const { inference } = spec;
    if (potential.dimension !== prior.dimension) {
      throw new BasinetError('INTERNAL', `the potential has ${potential.dimension} dimensions, the posterior ${prior.dimension}`);
    }
    this.#spec = spec;
    this.#potential = potential;
    this.#observer = observer;
    this.#grid = { warmup: inference.warmup, checkpointEvery: spec.checkpointEvery, draws: inference.draws, thin: inference.thin };
    this.#hmc = createHmc(potential, inference);
    this.#warmup = createWarmup(inference, potential);
    this.#start = createStart(spec.seed, spec.chain, potential, prior, inference.start);
    if (resumed !== null) this.#resume(resumed.record, resumed.adaptation);
  }

  get done(): boolean {
    return this.#iteration >= totalIterations(this.#grid);
  }

  next(shouldStop: () => boolean = () => false): ChainRecord | null {
    while (!this.done) {
      if (shouldStop()) return null;
      if (this.#running === null) {
        this.#begin();
        continue;
      }
      const info = this.#transition(this.#running);
      this.#observer.onTransition?.(phaseOf(this.#grid, this.#iteration), this.#iteration, info);
      if (isRecord(this.#grid, this.#iteration)) return this.#record(this.#running, info);
    }
    return null;
  }

  #key(): Key {
    return { seed: this.#spec.seed, chain: this.#spec.chain, iteration: this.#iteration };
  }

  /** One gradient of the search for a starting point; the last one makes the chain run. */
  #begin(): void {
    const { gradients, mapSteps, potentialEnergy, point } = this.#start.step();
    this.#totalGradients = gradients;
    if (point !== null) {
      const warmup = this.#warmup.init(this.#key(), point);
      this.#totalGradients += warmup.gradients;
      this.#running = { state: point, warmup, tuning: this.#tuning(warmup) };
    }
    this.#observer.onStart?.({ mapSteps, potentialEnergy, totalGradients: this.#totalGradients });
  }

  #resume(record: ChainRecord, adaptation: AdaptationState | null): void {
    const { inference } = this.#spec;
    const restored = validateRecord(record, adaptation, inference, this.#grid, this.#potential.dimension);
    const state = this.#hmc.init(record.position.slice());
    validateEnergy(record, state.potentialEnergy);
    const warmup = restoreWarmup(inference, restored, this.#potential.dimension);
    this.#running = { state, warmup, tuning: this.#tuning(warmup) };
    this.#iteration = record.iteration;
    this.#totalGradients = record.info.totalGradients;
    this.#totalDivergences = record.info.totalDivergences;
    this.#meanAcceptanceRate = record.info.meanAcceptanceRate;
  }

  #tuning({ stepSize, metric }: WarmupState): HmcTuning {
    return { stepSize, metric, leapfrogSteps: leapfrogStepsFor(this.#spec.inference, stepSize) };
  }

  #transition(running: Running): TransitionInfo {
    const { warmup: warmupLength } = this.#grid;
    this.#iteration++;
    const key = this.#key();
    const [state, info] = this.#hmc.step(key, running.state, running.tuning);
    running.state = state;
    this.#totalGradients += info.leapfrogSteps;
    this.#count(info);
    if (this.#iteration <= warmupLength) {
      let warmup = this.#warmup.update(key, running.warmup, state, info.acceptanceRate);
      this.#totalGradients += warmup.gradients;
      if (this.#iteration === warmupLength) warmup = this.#warmup.final(warmup);
      running.warmup = warmup;
      running.tuning = this.#tuning(warmup);
    }
    // Field by field: at every transition, and spreading is an order of magnitude slower.
    return {
      potentialEnergy: info.potentialEnergy,
      kineticEnergy: info.kineticEnergy,
      energyError: info.energyError,
      acceptanceRate: info.acceptanceRate,
      accepted: info.accepted,
      divergent: info.divergent,
      stepSize: info.stepSize,
      leapfrogSteps: info.leapfrogSteps,
      priorEnergy: state.priorEnergy,
      likelihoodEnergy: state.likelihoodEnergy,
      totalGradients: this.#totalGradients,
      totalDivergences: this.#totalDivergences,
      meanAcceptanceRate: this.#meanAcceptanceRate,
    };
  }

  /** The mean is a recurrence in itself and the iteration alone, so that a record is enough to go on exactly. */
  #count(info: HmcInfo): void {
    const { warmup } = this.#grid;
    const sampling = this.#iteration > warmup;
    const n = sampling ? this.#iteration - warmup : this.#iteration;
    const mean = this.#meanAcceptanceRate;
    this.#meanAcceptanceRate = n === 1 ? info.acceptanceRate : mean + (info.acceptanceRate - mean) / n;
    if (sampling && info.divergent) this.#totalDivergences++;
  }

  #record(running: Running, info: TransitionInfo): ChainRecord {
    const { warmup, thin } = this.#grid;
    const carriesAdaptation = this.#iteration <= warmup || (warmup === 0 && this.#iteration === thin);
    return {
      phase: phaseOf(this.#grid, this.#iteration),
      iteration: this.#iteration,
      position: running.state.position.slice(),
      info,
      adaptation: carriesAdaptation ? snapshotWarmup(running.warmup) : null,
    };
  }
}

/** Between device classes energies differ in their last bits; more than that is another posterior or other data. */
const ENERGY_TOLERANCE = 1e-3;

function validateEnergy(record: ChainRecord, energy: number): void {
  const recorded = record.info.potentialEnergy;
  if (Math.abs(energy - recorded) <= ENERGY_TOLERANCE * Math.max(1, Math.abs(recorded))) return;
  throw new BasinetError('STATE_INVALID', `the potential energy of record ${record.iteration} is ${energy}, but ${recorded} was recorded`, {
    path: 'info.potentialEnergy',
    value: recorded,
    remedy: 'Resume with the job and the data that the chain was started with.',
  });
}
