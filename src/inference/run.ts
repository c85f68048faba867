// A chain from its starting point to its last draw: method, start and grid put together, resumable at every record.
import { BasinetError } from '../errors.js';
import type { Key } from '../random/index.js';
import type { CarriedState, Chain, ChainRecord, Phase, TransitionInfo } from './chain.js';
import { drawIteration, gridOf, isRecord, phaseOf, totalIterations, type Grid } from './grid.js';
import type { Method, StepInfo } from './method.js';
import { methodOf } from './methods/index.js';
import type { SamplerPotential } from './potential.js';
import type { InferenceSettings } from './settings.js';
import { createStart, type Prior, type Start } from './start.js';
import { validateRecord } from './validate.js';

export interface ChainSpec {
  /** The job's seed, in [0, 2³²). */
  readonly seed: number;
  /** Number of the chain within the job, from 0. */
  readonly chain: number;
  readonly inference: InferenceSettings;
  /** As `log.warmupCheckpointEvery` of a job. */
  readonly checkpointEvery: number;
}

/** Told what happens between records. Called synchronously; must not call the chain. */
export interface ChainObserver {
  /** After each gradient of the search for a starting point. */
  onStart?(progress: { readonly mapSteps: number; readonly potentialEnergy: number; readonly totalGradients: number }): void;
  onTransition?(phase: Phase, iteration: number, info: TransitionInfo): void;
}

/**
 * A new chain. Computes nothing before the first `next`. Every method but HMC needs a `StochasticPotential`.
 *
 * Throws ARGUMENT_INVALID where mini-batches are larger than the data, INTERNAL where the potential does not fit.
 */
export function startChain(spec: ChainSpec, potential: SamplerPotential, prior: Prior, observer: ChainObserver = {}): Chain {
  return new MethodChain(spec, methodOf(spec.inference, spec, potential, prior), potential, prior, observer, null);
}

/**
 * Goes on after `record`: every later record is the same, bit for bit, as if the chain had never stopped. The position's
 * gradient is computed once more, which is not counted. `frozen` is what the last record that carried an adaptation or a
 * kernel's state carried (the last warmup checkpoint, or the first draw without warmup); it is needed where the record itself
 * carries none.
 *
 * Throws STATE_INVALID where the record doesn't fit the chain or its potential energy is not what `potential` gives.
 */
export function resumeChain(
  spec: ChainSpec,
  potential: SamplerPotential,
  prior: Prior,
  record: ChainRecord,
  frozen: CarriedState | null,
  observer: ChainObserver = {},
): Chain {
  // A warmup checkpoint goes on from what it carries alone: another one's would be a different chain.
  const own = record.adaptation ?? record.kernel;
  const carried = record.phase === 'warmup' ? own : (own ?? frozen);
  return new MethodChain(spec, methodOf(spec.inference, spec, potential, prior), potential, prior, observer, { record, carried });
}

class MethodChain<State> implements Chain {
  readonly #spec: ChainSpec;
  readonly #observer: ChainObserver;
  readonly #grid: Grid;
  readonly #method: Method<State>;
  readonly #start: Start;
  /** Null before the chain has a starting point. */
  #running: { state: State } | null = null;
  #iteration = 0;
  #totalGradients = 0;
  #totalDivergences = 0;
  #meanAcceptanceRate = 0;

  constructor(
    spec: ChainSpec,
    method: Method<State>,
    potential: SamplerPotential,
    prior: Prior,
    observer: ChainObserver,
    resumed: { readonly record: ChainRecord; readonly carried: CarriedState | null } | null,
  ) {
    const { inference, seed, chain } = spec;
    if (potential.dimension !== prior.dimension) {
      throw new BasinetError('INTERNAL', `the potential has ${potential.dimension} dimensions, the posterior ${prior.dimension}`);
    }
    this.#spec = spec;
    this.#observer = observer;
    this.#grid = gridOf(inference, spec.checkpointEvery);
    this.#method = method;
    this.#start = createStart(seed, chain, potential, prior, inference.start);
    if (resumed === null) return;
    const { record, carried } = resumed;
    validateRecord(record, this.#grid, potential.dimension);
    this.#running = { state: method.restore(record, carried) };
    this.#iteration = record.iteration;
    this.#totalGradients = record.info.totalGradients;
    this.#totalDivergences = record.info.totalDivergences;
    this.#meanAcceptanceRate = record.info.meanAcceptanceRate;
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
      this.#iteration++;
      const recorded = isRecord(this.#grid, this.#iteration);
      const [state, step] = this.#method.step(this.#key(), this.#running.state, recorded);
      this.#running.state = state;
      const info = this.#count(step);
      this.#observer.onTransition?.(phaseOf(this.#grid, this.#iteration), this.#iteration, info);
      if (recorded) return this.#record(state, info);
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
      const { state, gradients: spent } = this.#method.init(this.#key(), point);
      this.#totalGradients += spent;
      this.#running = { state };
    }
    this.#observer.onStart?.({ mapSteps, potentialEnergy, totalGradients: this.#totalGradients });
  }

  /** The mean is a recurrence in itself and the iteration alone, so that a record is enough to go on exactly. */
  #count(step: StepInfo): TransitionInfo {
    const { warmup } = this.#grid;
    const sampling = this.#iteration > warmup;
    const n = sampling ? this.#iteration - warmup : this.#iteration;
    const mean = this.#meanAcceptanceRate;
    this.#meanAcceptanceRate = n === 1 ? step.acceptanceRate : mean + (step.acceptanceRate - mean) / n;
    if (sampling && step.divergent) this.#totalDivergences++;
    this.#totalGradients += step.gradients;
    // Field by field: at every iteration, and spreading is an order of magnitude slower.
    return {
      potentialEnergy: step.potentialEnergy,
      kineticEnergy: step.kineticEnergy,
      energyError: step.energyError,
      acceptanceRate: step.acceptanceRate,
      accepted: step.accepted,
      divergent: step.divergent,
      stepSize: step.stepSize,
      leapfrogSteps: step.leapfrogSteps,
      priorEnergy: step.priorEnergy,
      likelihoodEnergy: step.likelihoodEnergy,
      totalGradients: this.#totalGradients,
      totalDivergences: this.#totalDivergences,
      meanAcceptanceRate: this.#meanAcceptanceRate,
    };
  }

  #record(state: State, info: TransitionInfo): ChainRecord {
    const { warmup } = this.#grid;
    const carries = this.#iteration <= warmup || (warmup === 0 && this.#iteration === drawIteration(this.#grid, 0));
    return { phase: phaseOf(this.#grid, this.#iteration), iteration: this.#iteration, info, ...this.#method.snapshot(state, carries) };
  }
}
