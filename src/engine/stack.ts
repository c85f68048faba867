// Several chains of one posterior computed as one: what may be asked of such a stack, and how its width shows in the device class.

/** U and its gradient at `position`; writes `gradient`. Arrays of requests are [dimension] where nothing else is said. */
export interface GradientRequest {
  readonly kind: 'gradient';
  readonly position: Float32Array;
  readonly gradient: Float32Array;
}

/** The same, estimated from a mini-batch. */
export interface BatchRequest {
  readonly kind: 'batch';
  readonly position: Float32Array;
  readonly gradient: Float32Array;
  /** [B]: indices into the data set. */
  readonly rows: Int32Array;
}

/** A leapfrog trajectory, in place, as `Potential.trajectory`. */
export interface TrajectoryRequest {
  readonly kind: 'trajectory';
  readonly position: Float32Array;
  readonly momentum: Float32Array;
  readonly gradient: Float32Array;
  readonly inverseMassMatrix: Float32Array;
  readonly stepSize: number;
  readonly steps: number;
  readonly energyLimit: number;
}

/** Outputs of the layers from `first` on for `rows` rows of `inputs` [rows, features]: of each into one of `outputs`, [rows, units]. */
export interface ForwardRequest {
  readonly kind: 'forward';
  readonly position: Float32Array;
  readonly inputs: Float32Array;
  readonly rows: number;
  readonly first: number;
  readonly outputs: readonly Float32Array[];
}

export type StackRequest = GradientRequest | BatchRequest | TrajectoryRequest | ForwardRequest;

/** Energies in nats; NaN for a forward pass, which has none. */
export interface StackResult {
  readonly energy: number;
  /** Parts of the energy before the temperature divides them. */
  readonly prior: number;
  readonly likelihood: number;
  /** Of a trajectory; otherwise 0. */
  readonly stepsTaken: number;
}

export interface Stack {
  /** K: chains that are computed at once. Part of the device class: a result's bits depend on it, but on nothing else of the stack. */
  readonly width: number;
  /**
   * Answers up to `width` requests of one `stackKey`, each in its own arrays. What a request gets depends neither on the
   * others, nor on how many there are, nor on its place among them.
   */
  run(requests: readonly StackRequest[]): StackResult[];
  /** Frees what lies outside the JavaScript heap. Idempotent; `run` after it throws. */
  dispose(): void;
}

/** Requests of one key can be answered as one; null: only alone. */
export function stackKey(request: StackRequest): string | null {
  switch (request.kind) {
    case 'gradient':
      return 'gradient';
    case 'batch':
      return `batch of ${request.rows.length}`;
    case 'trajectory':
      return `trajectory of ${request.steps}`;
    case 'forward':
      return null;
  }
}

const WIDTH = /-x([2-9]|[1-9]\d+)$/;
/** What a width in a draw log may be: it is memory that a worker will take. */
export const MOST_WIDTH = 256;

/** The device class of chains that are computed in stacks of `width`, on a device of class `base`. */
export const stackedClass = (base: string, width: number): string => (width === 1 ? base : `${base}-x${width}`);

/** The width that chains of `deviceClass` are computed with on a device of class `base`; null where it is another device's class. */
export function widthOf(deviceClass: string, base: string): number | null {
  if (deviceClass === base) return 1;
  const width = Number(WIDTH.exec(deviceClass)?.[1]);
  return width <= MOST_WIDTH && stackedClass(base, width) === deviceClass ? width : null;
}
