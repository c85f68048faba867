// A leapfrog trajectory that stays on the device: arrays are uploaded before it and read back after it, once.
import type { DeviceEvaluation } from './evaluation.js';
import type { Tensor1D, Tf } from './runtime.js';

/** Where a trajectory begins and, in place, ends: [dimension] each. */
export interface PhasePoint {
  readonly position: Float32Array;
  readonly momentum: Float32Array;
  /** dU/dq at `position`. */
  readonly gradient: Float32Array;
}

/** Follows all steps, in place on the point; returns the sums of the energy after every step. */
export type DeviceTrajectory = (
  evaluate: (position: Tensor1D) => DeviceEvaluation,
  point: PhasePoint,
  inverseMassMatrix: Float32Array,
  stepSize: number,
  steps: number,
) => readonly Float32Array[];

/**
 *     p ← p − ε/2 ∇U;   then per step   q ← q + (ε M⁻¹) p,   p ← p − ε ∇U,   the last kick again ε/2
 *
 * each operation rounded to float32. Whether a step diverged is known only when all are done: to ask after each would leave the
 * device without work.
 */
export function trajectoryOn(tf: Tf, dimension: number): DeviceTrajectory {
  return (evaluate, point, inverseMassMatrix, stepSize, steps) => {
    const half = tf.scalar(stepSize / 2);
    // Uploading happens at first use: this one would be on the way. Doubling is exact.
    const whole = tf.add<typeof half>(half, half);
    const drift = tf.tensor1d(inverseMassMatrix.map((inverseMass) => stepSize * inverseMass));
    const kick = (momentum: Tensor1D, gradient: Tensor1D, time: typeof whole): Tensor1D => tf.sub(momentum, tf.mul(time, gradient));

    let position = tf.tensor1d(point.position);
    let gradient = tf.tensor1d(point.gradient);
    let momentum = kick(tf.tensor1d(point.momentum), gradient, half);
    const sums: Tensor1D[] = [];
    for (let step = 1; step <= steps; step++) {
      const before = [position, momentum, gradient];
      const after = tf.tidy<[Tensor1D, Tensor1D, Tensor1D, Tensor1D]>(() => {
        const moved = tf.add<Tensor1D>(position, tf.mul(drift, momentum));
        const found = evaluate(moved);
        return [moved, kick(momentum, found.gradient, step === steps ? half : whole), found.gradient, found.sums];
      });
      tf.dispose(before);
      [position, momentum, gradient] = after;
      sums.push(after[3]);
    }
    const values = tf.concat1d([position, momentum, gradient, ...sums]).dataSync<'float32'>();
    [point.position, point.momentum, point.gradient].forEach((array, i) => array.set(values.subarray(i * dimension, (i + 1) * dimension)));
    const length = (values.length - 3 * dimension) / steps;
    return sums.map((_, i) => values.subarray(3 * dimension + i * length, 3 * dimension + (i + 1) * length));
  };
}
