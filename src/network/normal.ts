// The standard normal's density and cumulative distribution in float64.

const SQRT_2PI = Math.sqrt(2 * Math.PI);
/** From here on the tail's continued fraction converges faster than the series about 0. */
const SERIES_LIMIT = 4;
/** Beyond, Φ(-x) is below the smallest float64. */
const UNDERFLOW = 39;

/** φ(x) = exp(-x²/2) / √(2π). */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI;
}

/**
 * Φ(x), the probability below x.
 *
 * Near 0 by Φ(x) = 1/2 + φ(x)·Σ x^(2n+1)/(2n+1)!! (all terms of one sign), in the tails by the continued fraction
 * of Mills' ratio Φ(-x)/φ(x) = 1/(x + 1/(x + 2/(x + 3/(x + …)))) (Abramowitz and Stegun 26.2.11 and 26.2.14).
 * Absolute error below 1e-15.
 */
export function normalCumulative(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const magnitude = Math.abs(x);
  if (magnitude < SERIES_LIMIT) {
    let term = x;
    let sum = x;
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
      term *= (x * x) / n;
      sum += term;
    }
    return 0.5 + normalDensity(x) * sum;
  }
  const tail = magnitude > UNDERFLOW ? 0 : normalDensity(magnitude) / millsDenominator(magnitude);
  return x < 0 ? tail : 1 - tail;
}

/** x + 1/(x + 2/(x + …)) from the inside out; 60 levels reach float64 accuracy from x = 4 on. */
function millsDenominator(x: number): number {
  let value = x;
  for (let level = 60; level >= 1; level--) value = x + level / value;
  return value;
}
