// The settings of a chain: structurally the `inference` section of a job, so that a job's can be passed as it is.

export interface PriorStart {
  /** Draws from the prior, with its standard deviation times `scale`. */
  readonly from: 'prior';
  readonly scale: number;
}

export type StartSettings = {
  /** Chains that share a starting point; default 1. */
  readonly chainsPerStart?: number;
} & (
  | PriorStart
  /** `steps` steps of Adam on the potential from such a draw. */
  | { readonly from: 'map'; readonly scale: number; readonly steps: number; readonly learningRate: number }
);

/** Hamiltonian Monte Carlo. */
export interface HmcSettings {
  readonly method: 'hmc';
  /** Transitions before the first draw, in which step size and mass matrix adapt. */
  readonly warmup: number;
  readonly draws: number;
  /** Transitions per kept draw. */
  readonly thin: number;
  /** Leapfrog steps per trajectory; exclusive with `trajectoryLength`. */
  readonly leapfrogSteps?: number | undefined;
  /** Integration time per trajectory. */
  readonly trajectoryLength?: number | undefined;
  readonly maxLeapfrogSteps: number;
  /** The step size of a transition is stepSize · (1 + jitter · u), u uniform on [-1, 1). */
  readonly jitter: number;
  readonly stepSize: number;
  readonly adaptStepSize: boolean;
  readonly targetAcceptance: number;
  readonly massMatrix: 'identity' | 'diagonal';
  /** Energy error in nats above which a transition is divergent. */
  readonly divergenceThreshold: number;
  readonly start: StartSettings;
}

/** Rows of a mini-batch; `full` is all of them, in every step. */
export type BatchSize = number | 'full';

/** A maximum a posteriori fit; a chain is a member of an ensemble. */
export interface MapSettings {
  readonly method: 'map';
  /** Times that the training rows are gone through. */
  readonly epochs: number;
  readonly batchSize: BatchSize;
  readonly optimizer: 'adam' | 'sgd';
  /** Of Adam on U; of SGD on U per row. */
  readonly learningRate: number;
  /** Of SGD, in [0, 1). */
  readonly momentum?: number | undefined;
  /** Holds out this fraction of the rows, and ends after `patience` epochs without a lower loss on them. */
  readonly earlyStopping?: { readonly fraction: number; readonly patience: number } | undefined;
  readonly start: PriorStart;
}

export type ScheduleSettings =
  | { readonly kind: 'constant' }
  /** The step size falls along a cosine in each of `cycles`; the share `exploration` of a cycle has no noise and no draws. */
  | { readonly kind: 'cyclical'; readonly cycles: number; readonly exploration: number };

interface StochasticSettings {
  /** Steps before the first draw. */
  readonly warmup: number;
  readonly draws: number;
  /** Steps per kept draw. */
  readonly thin: number;
  readonly batchSize: BatchSize;
  readonly stepSize: number;
  readonly schedule: ScheduleSettings;
  readonly start: StartSettings;
}

/** Stochastic gradient Langevin dynamics. */
export interface SgldSettings extends StochasticSettings {
  readonly method: 'sgld';
}

/** Stochastic gradient Hamiltonian Monte Carlo. */
export interface SghmcSettings extends StochasticSettings {
  readonly method: 'sghmc';
  /** Share of the momentum that is lost in a step, in (0, 1]. */
  readonly friction: number;
}

/** Mean-field variational inference. */
export interface VariationalSettings {
  readonly method: 'vi';
  /** Times that the training rows are gone through. */
  readonly epochs: number;
  readonly batchSize: BatchSize;
  /** Of Adam. */
  readonly learningRate: number;
  /** Standard deviation of every weight to begin with. */
  readonly initialStd: number;
  /** Independent draws of the fitted distribution. */
  readonly draws: number;
  readonly start: PriorStart;
}

export type InferenceSettings = HmcSettings | MapSettings | SgldSettings | SghmcSettings | VariationalSettings;

/** Of SGD, where none is given. */
export const DEFAULT_MOMENTUM = 0.9;

/** Where neither `leapfrogSteps` nor `trajectoryLength` is given. */
export const DEFAULT_LEAPFROG_STEPS = 50;

/**
 * Leapfrog steps of one trajectory with the nominal (unjittered) step size, so that jitter varies the trajectory's
 * length and a periodic orbit can't trap the chain.
 */
export function leapfrogStepsFor(settings: HmcSettings, stepSize: number): number {
  const steps =
    settings.trajectoryLength === undefined
      ? (settings.leapfrogSteps ?? DEFAULT_LEAPFROG_STEPS)
      : Math.ceil(settings.trajectoryLength / stepSize);
  return Math.max(1, Math.min(steps, settings.maxLeapfrogSteps));
}

/** Whether chains of a job take trajectories of different numbers of steps: each adapts its own step size, and the length is given. */
export function differInSteps(inference: { readonly method: string; readonly trajectoryLength?: number | undefined; readonly adaptStepSize?: boolean }): boolean {
  return inference.method === 'hmc' && inference.trajectoryLength !== undefined && inference.adaptStepSize === true;
}
