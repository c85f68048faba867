// Leapfrog trajectories of several chains that stay on the device: arrays are uploaded before them and read back after them, once.
import type { TrajectoryRequest } from '../stack.js';
import type { DeviceEvaluation } from './evaluation.js';
import type { Tensor2D, Tf } from './runtime.js';

/**
 * Follows all steps, of one number for all chains, in place on the requests' arrays; returns of each chain the sums of its energy after
 * every step.
 */
export type DeviceTrajectories = (evaluate: (positions: Tensor2D) => DeviceEvaluation, requests: readonly TrajectoryRequest[]) => readonly (readonly Float32Array[])[];

/**
 *     p ← p − ε/2 ∇U;   then per step   q ← q + (ε M⁻¹) p,   p ← p − ε ∇U,   the last kick again ε/2
 *
 * each operation rounded to float32. Whether a step diverged is known only when all are done: to ask after each would leave the
 * device without work.
 *
 * @param chains - of the stack; where there are fewer requests, the first fills the other places
 */
export function trajectoriesOn(tf: Tf, dimension: number, chains: number): DeviceTrajectories {
  return (evaluate, requests) => {
    const upload = (of: (request: TrajectoryRequest) => Float32Array): Tensor2D => stacked(tf, requests.map(of), chains);
    const { steps } = requests[0]!;
    const half = upload(({ stepSize }) => Float32Array.of(stepSize / 2));
    // Uploading happens at first use: this one would be on the way. Doubling is exact.
    const whole = tf.add<Tensor2D>(half, half);
    const drift = upload(({ inverseMassMatrix, stepSize }) => inverseMassMatrix.map((inverseMass) => stepSize * inverseMass));
    const kick = (momentum: Tensor2D, gradient: Tensor2D, time: Tensor2D): Tensor2D => tf.sub(momentum, tf.mul(time, gradient));

    let position = upload((request) => request.position);
    let gradient = upload((request) => request.gradient);
    let momentum = kick(upload((request) => request.momentum), gradient, half);
    const sums: Tensor2D[] = [];
    for (let step = 1; step <= steps; step++) {
      const before = [position, momentum, gradient];
      const after = tf.tidy<[Tensor2D, Tensor2D, Tensor2D, Tensor2D]>(() => {
        const moved = tf.add<Tensor2D>(position, tf.mul(drift, momentum));
        const found = evaluate(moved);
        return [moved, kick(momentum, found.gradient, step === steps ? half : whole), found.gradient, found.sums];
      });
      tf.dispose(before);
      [position, momentum, gradient] = after;
      sums.push(after[3]);
    }
    const all = tf.concat2d([position, momentum, gradient, ...sums], 1);
    const values = all.dataSync<'float32'>();
    const columns = all.shape[1];
    const length = (columns - 3 * dimension) / steps;
    return requests.map((request, k) => {
      const own = values.subarray(k * columns, (k + 1) * columns);
      [request.position, request.momentum, request.gradient].forEach((array, i) => array.set(own.subarray(i * dimension, (i + 1) * dimension)));
      return sums.map((_, i) => own.subarray(3 * dimension + i * length, 3 * dimension + (i + 1) * length));
    });
  };
}

/** Vectors of one length as rows [chains, length], those that are missing like the first. Of a single one no copy is made. */
export function stacked(tf: Tf, vectors: readonly Float32Array[], chains: number): Tensor2D {
  const [first] = vectors;
  const { length } = first!;
  if (chains === 1) return tf.tensor2d(first!, [1, length]);
  const values = new Float32Array(chains * length);
  for (let k = 0; k < chains; k++) values.set(vectors[k] ?? first!, k * length);
  return tf.tensor2d(values, [chains, length]);
}
