// The loops of src/rebasin/closeness.ts. Included by stream_body.h, inside its namespace.
#pragma once

/** Sums over the elements of (target − position)², (target − aligned)² and target · aligned, each in SUMS parts. */
static void closeness(const float* target, const float* position, const float* aligned, size_t n, double* out) {
  vd before[SV] = {}, after[SV] = {}, product[SV] = {};
  size_t i = 0;
  for (; i + SUMS <= n; i += SUMS) {
#pragma GCC unroll 4
    for (size_t v = 0; v < SV; v++) {
      const vd t = load(target + i + v * L), a = load(aligned + i + v * L);
      const vd p = t - load(position + i + v * L), q = t - a;
      before[v] += p * p;
      after[v] += q * q;
      product[v] += t * a;
    }
  }
  double sums[3][SUMS];
  __builtin_memcpy(sums[0], before, sizeof before);
  __builtin_memcpy(sums[1], after, sizeof after);
  __builtin_memcpy(sums[2], product, sizeof product);
  for (size_t lane = 0; i < n; i++, lane++) {
    const double t = target[i], a = aligned[i], p = t - position[i], q = t - a;
    sums[0][lane] += p * p;
    sums[1][lane] += q * q;
    sums[2][lane] += t * a;
  }
  for (size_t s = 0; s < 3; s++) {
    out[s] = 0;
    for (size_t lane = 0; lane < SUMS; lane++) out[s] += sums[s][lane];
  }
}

static bool all_finite(const float* values, size_t n) {
  vd bad = {};
  size_t i = 0;
  for (; i + L <= n; i += L) {
    const vd x = load(values + i);
    bad += x - x;
  }
  double sum = 0;
  for (size_t l = 0; l < L; l++) sum += bad[l];
  for (; i < n; i++) sum += values[i] - values[i];
  return sum == 0;
}
