// Effective sample size of one series, by Geyer's initial positive sequence. Test-only: deliberately plain.

export function effectiveSampleSize(series: ArrayLike<number>): number {
  const n = series.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += series[i]! / n;
  const centred = Float64Array.from(series, (x) => x - mean);
  const autocovariance = (lag: number): number => {
    let sum = 0;
    for (let i = 0; i + lag < n; i++) sum += centred[i]! * centred[i + lag]!;
    return sum / n;
  };
  const variance = autocovariance(0);
  // τ = 2 Σₖ Γₖ - 1 over the sums of adjacent pairs Γₖ = ρ₂ₖ + ρ₂ₖ₊₁, as long as they are positive (Geyer 1992).
  let tau = -1;
  for (let k = 0; 2 * k + 1 < n; k++) {
    const pair = (autocovariance(2 * k) + autocovariance(2 * k + 1)) / variance;
    if (pair <= 0) break;
    tau += 2 * pair;
  }
  return n / Math.max(tau, 1 / Math.log10(n));
}

/**
 * How many standard errors the mean of `series` lies from `expected`. The gate comes first: below `minimumEss`
 * effective draws, the standard error itself can't be trusted, and this throws.
 */
export function standardErrorsFrom(series: ArrayLike<number>, expected: number, minimumEss: number): number {
  const n = series.length;
  const ess = effectiveSampleSize(series);
  if (!(ess >= minimumEss)) throw new Error(`effective sample size ${ess.toFixed(0)} of ${n} is below ${minimumEss}`);
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) mean += series[i]! / n;
  for (let i = 0; i < n; i++) squares += (series[i]! - mean) ** 2 / (n - 1);
  return (mean - expected) / Math.sqrt(squares / ess);
}
