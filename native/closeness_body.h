// The loops of src/rebasin/closeness.ts. Included by stream_body.h, inside its namespace.
#pragma once

static_assert(CLOSENESS_PARTS == SUMS);

static void closeness(const float* target, const float* position, const float* aligned, size_t n, double* before, double* after, double* product) {
  vd sums[3][SV];
  for (size_t v = 0; v < SV; v++) {
    sums[0][v] = load(before + v * L);
    sums[1][v] = load(after + v * L);
    sums[2][v] = load(product + v * L);
  }
  size_t i = 0;
  for (; i + SUMS <= n; i += SUMS) {
#pragma GCC unroll 4
    for (size_t v = 0; v < SV; v++) {
      const vd t = load(target + i + v * L), a = load(aligned + i + v * L);
      const vd p = t - load(position + i + v * L), q = t - a;
      sums[0][v] += p * p;
      sums[1][v] += q * q;
      sums[2][v] += t * a;
    }
  }
  for (size_t v = 0; v < SV; v++) {
    store(before + v * L, sums[0][v]);
    store(after + v * L, sums[1][v]);
    store(product + v * L, sums[2][v]);
  }
  for (size_t lane = 0; i < n; i++, lane++) {
    const double t = target[i], a = aligned[i], p = t - position[i], q = t - a;
    before[lane] += p * p;
    after[lane] += q * q;
    product[lane] += t * a;
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
