// The loops of float_products.cc. Included by stream_body.h, inside its namespace.
#pragma once

/** Rows of a register block, of two vectors each. */
#if BASINET_LANES == 8 || defined(__aarch64__)
constexpr size_t FLOAT_BLOCK = 12;
#elif BASINET_LANES == 4
constexpr size_t FLOAT_BLOCK = 6;
#else
constexpr size_t FLOAT_BLOCK = 4;
#endif

BASINET_INLINE_FN void store(float* p, vf v) { __builtin_memcpy(p, &v, sizeof v); }

/** out [M][2F] (+)= the sums of `length` elements. */
template <size_t M>
static void multiply_run(const float* rows, size_t features, const float* panel, size_t length, bool begin, float* out, size_t columns) {
  vf sums[M][2] = {};
  for (size_t k = 0; k < length; k++) {
    const vf left = load_floats(panel + k * 2 * F), right = load_floats(panel + k * 2 * F + F);
#pragma GCC unroll 12
    for (size_t m = 0; m < M; m++) {
      const vf x = all(rows[m * features + k]);
      sums[m][0] = fma(x, left, sums[m][0]);
      sums[m][1] = fma(x, right, sums[m][1]);
    }
  }
#pragma GCC unroll 12
  for (size_t m = 0; m < M; m++) {
    float* to = out + m * columns;
    store(to, begin ? sums[m][0] : load_floats(to) + sums[m][0]);
    store(to + F, begin ? sums[m][1] : load_floats(to + F) + sums[m][1]);
  }
}

static void float_products(const float* rows, size_t count, size_t features, const float* panels, size_t columns, float* out) {
  if (features == 0) __builtin_memset(out, 0, count * columns * sizeof *out);
  for (size_t first = 0; first < columns; first += 2 * F) {
    for (size_t from = 0; from < features; from += FLOAT_RUN) {
      const size_t length = features - from < FLOAT_RUN ? features - from : FLOAT_RUN;
      const float* panel = panels + first * features + from * 2 * F;
      const auto multiply = [&](auto run, size_t r) { run(rows + r * features + from, features, panel, length, from == 0, out + r * columns + first, columns); };
      size_t r = 0;
      for (; r + FLOAT_BLOCK <= count; r += FLOAT_BLOCK) multiply(multiply_run<FLOAT_BLOCK>, r);
      for (; r + 4 <= count; r += 4) multiply(multiply_run<4>, r);
      for (; r < count; r++) multiply(multiply_run<1>, r);
    }
  }
}

static double norm(const float* values, size_t n) {
  vd squares = {};
  size_t i = 0;
  for (; i + L <= n; i += L) {
    const vd x = load(values + i);
    squares = fma(x, x, squares);
  }
  double sum = 0;
  for (size_t l = 0; l < L; l++) sum += squares[l];
  for (; i < n; i++) sum += (double)values[i] * (double)values[i];
  return __builtin_sqrt(sum);
}

static CoarseBest float_best(const float* products, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes) {
  return magnitudes ? coarse_best_of<true>(products, n, columns, row) : coarse_best_of<false>(products, n, columns, row);
}

static void float_bounds(const float* products, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes, double* lower, double* upper) {
  if (magnitudes) coarse_bounds_of<true>(products, n, columns, row, lower, upper);
  else coarse_bounds_of<false>(products, n, columns, row, lower, upper);
}

static void scale_float(const float* products, size_t n, double factor, bool magnitudes, float* out) {
  size_t i = 0;
  for (; i + L <= n; i += L) {
    vd product = load(products + i) * all(factor);
    if (magnitudes) product = absolute(product);
    const vs rounded = __builtin_convertvector(product, vs);
    __builtin_memcpy(out + i, &rounded, sizeof rounded);
  }
  for (; i < n; i++) {
    const double product = products[i] * factor;
    out[i] = (float)(magnitudes ? __builtin_fabs(product) : product);
  }
}
