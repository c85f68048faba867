// The settings of a chain: structurally the `inference` section of a job, so that a job's can be passed as it is.

export type StartSettings = {
  /** Chains that share a starting point; default 1. */
  readonly chainsPerStart?: number;
} & (
  /** Draws from the prior, with its standard deviation times `scale`. */
  | { readonly from: 'prior'; readonly scale: number }
  /** `steps` steps of Adam on the potential from such a draw. */
  | { readonly from: 'map'; readonly scale: number; readonly steps: number; readonly learningRate: number }
);

export interface InferenceSettings {
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

/** Where neither `leapfrogSteps` nor `trajectoryLength` is given. */
export const DEFAULT_LEAPFROG_STEPS = 50;

/**
 * Leapfrog steps of one trajectory with the nominal (unjittered) step size, so that jitter varies the trajectory's
 * length and a periodic orbit can't trap the chain.
 */
export function leapfrogStepsFor(settings: InferenceSettings, stepSize: number): number {
  const steps =
    settings.trajectoryLength === undefined
      ? (settings.leapfrogSteps ?? DEFAULT_LEAPFROG_STEPS)
      : Math.ceil(settings.trajectoryLength / stepSize);
  return Math.max(1, Math.min(steps, settings.maxLeapfrogSteps));
}
