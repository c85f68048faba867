// Points of the straight line between two positions.

/** Writes (1 − λ) a + λ b into `out`, each element computed in float64 and rounded once: a itself at 0, b at 1. All [dimension]. */
export function interpolate(a: Float32Array, b: Float32Array, lambda: number, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (1 - lambda) * a[i]! + lambda * b[i]!;
}
