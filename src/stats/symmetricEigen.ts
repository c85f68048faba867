// Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations.

export interface Eigen {
  /** Descending. [n] */
  readonly values: Float64Array;
  /** Column k belongs to values[k]; columns are orthonormal. Row-major [n, n] */
  readonly vectors: Float64Array;
}

/** Each sweep about squares what is left off the diagonal; eight are enough for n of some hundred. */
const MOST_SWEEPS = 40;

/**
 * Cyclic Jacobi (Golub and Van Loan, *Matrix Computations*, 4th edition, section 8.5). Additions, multiplications,
 * divisions and square roots alone, in a fixed order: the same bits on every machine. Small eigenvalues are as exact as
 * rounding of the largest leaves them. What is not finite makes everything NaN.
 *
 * @param matrix - [n, n]; only its upper triangle is read
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = new Float64Array(n * n);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    v[i * n + i] = 1;
    for (let j = i; j < n; j++) a[i * n + j] = a[j * n + i] = matrix[i * n + j]!;
  }
  if (!a.every(Number.isFinite)) return { values: new Float64Array(n).fill(NaN), vectors: new Float64Array(n * n).fill(NaN) };
  let largest = 0;
  for (let k = 0; k < n; k++) largest = Math.max(largest, Math.abs(a[k * n + k]!));
  // What is left off the diagonal then changes no eigenvalue by a unit in the last place of the largest.
  const negligible = 1e-17 * largest;
  for (let sweep = 0; sweep < MOST_SWEEPS && rotateAll(a, v, n, negligible); sweep++);
  const order = Array.from({ length: n }, (_, k) => k).sort((p, q) => a[q * n + q]! - a[p * n + p]! || p - q);
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    for (let i = 0; i < n; i++) vectors[i * n + k] = v[i * n + from]!;
  });
  return { values: Float64Array.from(order, (k) => a[k * n + k]!), vectors };
}

/** One sweep over all pairs that are not negligible. Returns whether there were any. */
function rotateAll(a: Float64Array, v: Float64Array, n: number, negligible: number): boolean {
  let rotated = false;
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      const off = a[p * n + q]!;
      const [app, aqq] = [a[p * n + p]!, a[q * n + q]!];
      if (Math.abs(off) <= negligible) continue;
      rotated = true;
      const tau = (aqq - app) / (2 * off);
      const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
      const c = 1 / Math.sqrt(1 + t * t);
      rotate(a, v, n, p, q, c, t * c);
      a[p * n + q] = a[q * n + p] = 0;
    }
  }
  return rotated;
}

/** a ← Jᵀ a J and v ← v J, where J turns columns p and q by the angle of cosine c and sine s. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (const m of [a, v]) {
    for (let i = 0; i < n; i++) {
      const [x, y] = [m[i * n + p]!, m[i * n + q]!];
      m[i * n + p] = c * x - s * y;
      m[i * n + q] = s * x + c * y;
    }
  }
  for (let j = 0; j < n; j++) {
    const [x, y] = [a[p * n + j]!, a[q * n + j]!];
    a[p * n + j] = c * x - s * y;
    a[q * n + j] = s * x + c * y;
  }
}
