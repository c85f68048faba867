// The stream kernels in vectors of BASINET_LANES doubles. Included once by each stream_<name>.cc, which defines
// BASINET_STREAM (a namespace) and BASINET_LANES first. Everything is static inside that namespace and no
// standard-library template is used, so that the linker can never give one instruction set's code to another.
//
// No operation here depends on the number of lanes: elementwise work, comparisons, and sums along k per element.
#pragma once
#include "stream_kernels.h"
#if defined(__AVX2__) || defined(__AVX512F__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace basinet::BASINET_STREAM {

#define BASINET_INLINE_FN static inline __attribute__((always_inline))

constexpr size_t L = BASINET_LANES;
typedef double vd __attribute__((vector_size(8 * BASINET_LANES)));
typedef int64_t vl __attribute__((vector_size(8 * BASINET_LANES)));
typedef float vs __attribute__((vector_size(4 * BASINET_LANES)));
constexpr double INF = __builtin_inf();
/** Twice as many floats as lanes of doubles. */
constexpr size_t F = 2 * L;
typedef float vf __attribute__((vector_size(8 * BASINET_LANES)));
typedef int32_t vfi __attribute__((vector_size(8 * BASINET_LANES)));

BASINET_INLINE_FN vd load(const double* p) { vd v; __builtin_memcpy(&v, p, sizeof v); return v; }
BASINET_INLINE_FN vl load(const int64_t* p) { vl v; __builtin_memcpy(&v, p, sizeof v); return v; }
BASINET_INLINE_FN vd load(const float* p) { vs v; __builtin_memcpy(&v, p, sizeof v); return __builtin_convertvector(v, vd); }
BASINET_INLINE_FN void store(double* p, vd v) { __builtin_memcpy(p, &v, sizeof v); }
BASINET_INLINE_FN void store(int64_t* p, vl v) { __builtin_memcpy(p, &v, sizeof v); }
BASINET_INLINE_FN vd all(double x) { return x - (vd){}; }
BASINET_INLINE_FN vl all(int64_t x) { return x - (vl){}; }
BASINET_INLINE_FN vf all(float x) { return x - (vf){}; }
BASINET_INLINE_FN vfi all(int32_t x) { return x - (vfi){}; }
BASINET_INLINE_FN vl lanes() {
  vl v;
  for (size_t i = 0; i < L; i++) v[i] = (int64_t)i;
  return v;
}

#if defined(__AVX512F__) && BASINET_LANES == 8
// The masked forms, since GCC 12 warns of an uninitialised value inside its own plain ones.
BASINET_INLINE_FN vd larger(vd a, vd b) { return (vd)_mm512_maskz_max_pd((__mmask8)-1, (__m512d)a, (__m512d)b); }
BASINET_INLINE_FN vd smaller(vd a, vd b) { return (vd)_mm512_maskz_min_pd((__mmask8)-1, (__m512d)a, (__m512d)b); }
BASINET_INLINE_FN vd fma(vd a, vd b, vd c) { return (vd)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c); }
BASINET_INLINE_FN vf fma(vf a, vf b, vf c) { return (vf)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c); }
/** b where a > threshold, else otherwise. */
BASINET_INLINE_FN vl where_greater(vd a, vd threshold, vl b, vl otherwise) {
  return (vl)_mm512_mask_mov_epi64((__m512i)otherwise, _mm512_cmp_pd_mask((__m512d)a, (__m512d)threshold, _CMP_GT_OQ), (__m512i)b);
}
constexpr size_t MR = 8, NV = 3;
#elif defined(__AVX2__) && BASINET_LANES == 4
BASINET_INLINE_FN vd larger(vd a, vd b) { return (vd)_mm256_max_pd((__m256d)a, (__m256d)b); }
BASINET_INLINE_FN vd smaller(vd a, vd b) { return (vd)_mm256_min_pd((__m256d)a, (__m256d)b); }
BASINET_INLINE_FN vd fma(vd a, vd b, vd c) { return (vd)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c); }
BASINET_INLINE_FN vf fma(vf a, vf b, vf c) { return (vf)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c); }
BASINET_INLINE_FN vl where_greater(vd a, vd threshold, vl b, vl otherwise) { return a > threshold ? b : otherwise; }
constexpr size_t MR = 4, NV = 3;
#elif defined(__aarch64__)
BASINET_INLINE_FN vd larger(vd a, vd b) { return a > b ? a : b; }
BASINET_INLINE_FN vd smaller(vd a, vd b) { return a < b ? a : b; }
BASINET_INLINE_FN vd fma(vd a, vd b, vd c) { return (vd)vfmaq_f64((float64x2_t)c, (float64x2_t)a, (float64x2_t)b); }
BASINET_INLINE_FN vf fma(vf a, vf b, vf c) { return (vf)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b); }
BASINET_INLINE_FN vl where_greater(vd a, vd threshold, vl b, vl otherwise) { return a > threshold ? b : otherwise; }
constexpr size_t MR = 8, NV = 3;
#else
BASINET_INLINE_FN vd larger(vd a, vd b) { return a > b ? a : b; }
BASINET_INLINE_FN vd smaller(vd a, vd b) { return a < b ? a : b; }
/** The same as a fused one here, where a·b is exact: both are float32. */
BASINET_INLINE_FN vd fma(vd a, vd b, vd c) { return a * b + c; }
BASINET_INLINE_FN vf fma(vf a, vf b, vf c) { return a * b + c; }
BASINET_INLINE_FN vl where_greater(vd a, vd threshold, vl b, vl otherwise) { return a > threshold ? b : otherwise; }
constexpr size_t MR = 4, NV = 2;
#endif

// ---------------------------------------------------------------- similarity

constexpr size_t NR = NV * L;

/** C [MR][V·L] at `to` (leading dimension ld) = Σ_k a[k·MR + i] · b[k·NR + j]. */
template <size_t V>
BASINET_INLINE_FN void block(const double* a, const double* b, size_t features, double* to, size_t ld) {
  vd acc[MR][V] = {};
  for (size_t k = 0; k < features; k++) {
    vd column[V];
#pragma GCC unroll 4
    for (size_t v = 0; v < V; v++) column[v] = load(b + k * NR + v * L);
#pragma GCC unroll 8
    for (size_t i = 0; i < MR; i++) {
      const vd factor = all(a[k * MR + i]);
#pragma GCC unroll 4
      for (size_t v = 0; v < V; v++) acc[i][v] = fma(factor, column[v], acc[i][v]);
    }
  }
#pragma GCC unroll 8
  for (size_t i = 0; i < MR; i++) {
#pragma GCC unroll 4
    for (size_t v = 0; v < V; v++) store(to + i * ld + v * L, acc[i][v]);
  }
}

static size_t similarity_scratch(size_t n, size_t features) {
  const size_t rows = (n + MR - 1) / MR * MR;
  return rows * features + NR * features + MR * NR;
}

/** `count` units from `first` on, as float64 [features][width], zeros past the last. */
static void pack_block(const float* units, size_t first, size_t count, size_t width, size_t features, double* to) {
  const float* from = units + first * features;
  for (size_t k = 0; k < features; k++, to += width) {
    for (size_t i = 0; i < count; i++) to[i] = (double)from[i * features + k];
    for (size_t i = count; i < width; i++) to[i] = 0;
  }
}

static void similarity(const float* reference, const float* draw, size_t n, size_t features, double* S, double* scratch) {
  const size_t blocks = (n + MR - 1) / MR;
  double* rows = scratch;
  double* panel = rows + blocks * MR * features;
  double* edge = panel + NR * features;
  for (size_t i = 0; i < blocks; i++) {
    pack_block(reference, i * MR, n - i * MR < MR ? n - i * MR : MR, MR, features, rows + i * MR * features);
  }
  for (size_t j = 0; j < n; j += NR) {
    const size_t columns = n - j < NR ? n - j : NR;
    pack_block(draw, j, columns, NR, features, panel);
    for (size_t i = 0; i < blocks; i++) {
      const size_t count = n - i * MR < MR ? n - i * MR : MR;
      const double* a = rows + i * MR * features;
      double* to = S + i * MR * n + j;
      const bool whole = count == MR && columns % L == 0;
      double* target = whole ? to : edge;
      const size_t ld = whole ? n : NR;
      const size_t vectors = (columns + L - 1) / L;
      if (vectors == 1) block<1>(a, panel, features, target, ld);
      else if (vectors == 2) block<2>(a, panel, features, target, ld);
      else block<NV>(a, panel, features, target, ld);
      if (whole) continue;
      for (size_t r = 0; r < count; r++) __builtin_memcpy(to + r * n, edge + r * NR, columns * sizeof(double));
    }
  }
}

// ---------------------------------------------------------------- moments

template <typename T>
BASINET_INLINE_FN size_t update(const T* values, size_t n, double count, double* mean, double* sumSquares, double* batchSum) {
  const vd counts = all(count);
  vl bad = {};
  size_t i = 0;
  for (; i + L <= n; i += L) {
    const vd x = load(values + i);
    const vd before = load(mean + i);
    const vd delta = x - before;
    const vd after = before + delta / counts;
    store(mean + i, after);
    store(sumSquares + i, load(sumSquares + i) + delta * (x - after));
    store(batchSum + i, load(batchSum + i) + x);
    bad -= (vl)(x - x != 0);
  }
  size_t nonFinite = 0;
  for (size_t l = 0; l < L; l++) nonFinite += (size_t)bad[l];
  for (; i < n; i++) {
    const double x = values[i];
    const double delta = x - mean[i];
    const double after = mean[i] + delta / count;
    mean[i] = after;
    sumSquares[i] += delta * (x - after);
    batchSum[i] += x;
    if (x - x != 0) nonFinite++;
  }
  return nonFinite;
}

static size_t update_float(const float* values, size_t n, double count, double* mean, double* sumSquares, double* batchSum) {
  return update(values, n, count, mean, sumSquares, batchSum);
}

static size_t update_double(const double* values, size_t n, double count, double* mean, double* sumSquares, double* batchSum) {
  return update(values, n, count, mean, sumSquares, batchSum);
}

static void close_batch(double* batchSum, size_t n, double batchSize, double batches, double* mean, double* sumSquares) {
  for (size_t i = 0; i < n; i++) {
    const double x = batchSum[i] / batchSize;
    const double delta = x - mean[i];
    const double after = mean[i] + delta / batches;
    mean[i] = after;
    sumSquares[i] += delta * (x - after);
    batchSum[i] = 0;
  }
}

static void join(size_t n, double weight, double spread, double* mean, double* sumSquares, const double* otherMean,
                 const double* otherSumSquares) {
  if (otherSumSquares == nullptr) {
    for (size_t i = 0; i < n; i++) {
      const double delta = otherMean[i] - mean[i];
      mean[i] += delta * weight;
      sumSquares[i] += delta * delta * spread;
    }
    return;
  }
  for (size_t i = 0; i < n; i++) {
    const double delta = otherMean[i] - mean[i];
    mean[i] += delta * weight;
    sumSquares[i] += delta * delta * spread + otherSumSquares[i];
  }
}

#include "scans_body.h"
#include "low_rank_body.h"
#include "screening_body.h"
#include "float_products_body.h"
#include "closeness_body.h"

#define BASINET_NAME_OF(x) #x
#define BASINET_NAME(x) BASINET_NAME_OF(x)

constexpr StreamKernels TABLE = {
    .name = BASINET_NAME(BASINET_STREAM), .similarity = similarity, .similarity_scratch = similarity_scratch,
    .scans = SCANS<double>, .float_scans = SCANS<float>, .encode = encode,
    .float_products = float_products, .float_columns = 2 * F, .norm = norm, .float_best = float_best, .float_bounds = float_bounds, .scale_float = scale_float,
    .coarse_best = coarse_best, .estimate = estimate, .offers_above = offers_above,
    .coarse_bounds = coarse_bounds, .fine_errors = fine_errors,
    .inner_products = inner_products, .close_inner_products = close_inner_products, .closeness = closeness, .all_finite = all_finite, .update_float = update_float, .update_double = update_double, .close_batch = close_batch, .join = join, .deviate_float = deviate_float,
    .deviate_double = deviate_double, .gram = gram, .rotate = rotate};

}  // namespace basinet::BASINET_STREAM
