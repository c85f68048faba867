// The Euclidean metric of HMC: momentum ~ Normal(0, M) and kinetic energy ½ pᵀM⁻¹p, with a diagonal M.
import { fillNormal, type Key, type Purpose } from '../random/index.js';

/** A diagonal inverse mass matrix M⁻¹ and what sampling needs of it. */
export interface Metric {
  /** [dimension]: diagonal of M⁻¹; all ones for the identity. */
  readonly inverseMassMatrix: Float32Array;
  /** [dimension]: square roots of the diagonal of M; null for the identity. */
  readonly momentumScale: Float32Array | null;
}

/** The metric of an inverse mass matrix, which it keeps; the identity where that is null. */
export function metricOf(inverseMassMatrix: Float32Array | null, dimension: number): Metric {
  if (inverseMassMatrix === null) {
    return { inverseMassMatrix: new Float32Array(dimension).fill(1), momentumScale: null };
  }
  return { inverseMassMatrix, momentumScale: inverseMassMatrix.map((v) => 1 / Math.sqrt(v)) };
}

/** Writes p ~ Normal(0, M) into `momentum`. */
export function sampleMomentum(key: Key, purpose: Purpose, metric: Metric, momentum: Float32Array): void {
  fillNormal(key, purpose, momentum);
  const scale = metric.momentumScale;
  if (scale === null) return;
  for (let i = 0; i < momentum.length; i++) momentum[i] = momentum[i]! * scale[i]!;
}

/** ½ pᵀM⁻¹p in nats, summed in float64: in float32 the sum would lose what the energy error is made of. */
export function kineticEnergy(metric: Metric, momentum: Float32Array): number {
  const inverse = metric.inverseMassMatrix;
  const n = momentum.length;
  // Four running sums break the chain of dependent additions.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const p0 = momentum[i]!;
    const p1 = momentum[i + 1]!;
    const p2 = momentum[i + 2]!;
    const p3 = momentum[i + 3]!;
    a += p0 * p0 * inverse[i]!;
    b += p1 * p1 * inverse[i + 1]!;
    c += p2 * p2 * inverse[i + 2]!;
    d += p3 * p3 * inverse[i + 3]!;
  }
  for (; i < n; i++) {
    const p = momentum[i]!;
    a += p * p * inverse[i]!;
  }
  return 0.5 * (a + b + (c + d));
}
