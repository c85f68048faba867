// The loops of the streaming low-rank covariance (src/stats/lowRankKernels.ts). Included by stream_body.h, inside its
// namespace.
#pragma once

// ---------------------------------------------------------------- deviations

template <typename T>
BASINET_INLINE_FN void deviate(const T* values, size_t n, double weight, double scale, double* mean, float* row) {
  const vd none = {};
  size_t i = 0;
  for (; i + L <= n; i += L) {
    const vd before = load(mean + i);
    const vd delta = load(values + i) - before;
    const vs rounded = __builtin_convertvector(delta * all(scale), vs);
    const vd deviation = __builtin_convertvector(rounded, vd);
    const vl bad = (vl)(deviation - deviation != 0);
    const vs kept = __builtin_convertvector(bad ? none : deviation, vs);
    __builtin_memcpy(row + i, &kept, sizeof kept);
    store(mean + i, bad ? all(__builtin_nan("")) : before + delta * all(weight));
  }
  for (; i < n; i++) {
    const double delta = values[i] - mean[i];
    const float deviation = (float)(delta * scale);
    const bool bad = deviation - deviation != 0;
    row[i] = bad ? 0 : deviation;
    mean[i] = bad ? __builtin_nan("") : mean[i] + delta * weight;
  }
}

static void deviate_float(const float* values, size_t n, double weight, double scale, double* mean, float* row) {
  deviate(values, n, weight, scale, mean, row);
}

static void deviate_double(const double* values, size_t n, double weight, double scale, double* mean, float* row) {
  deviate(values, n, weight, scale, mean, row);
}

// ---------------------------------------------------------------- Gram matrix

/** Partial sums of an inner product, in vectors. Their number is part of what the result is. */
constexpr size_t SUMS = 8, SV = SUMS / L;
/** Rows of a tile: its sums and one row of values fit the registers. */
constexpr size_t GT = L == 8 || (L == 2 && NV == 3) ? 4 : 2;
/** Elements of a row that are multiplied with those of all others while they are in cache. */
constexpr size_t STRETCH = 1024;

/** Adds the products of elements from … to (a multiple of SUMS of them) of rows i … and j … to their partial sums. */
BASINET_INLINE_FN void gram_tile(const float* rows, size_t count, size_t n, size_t i, size_t j, size_t from, size_t to, double* scratch) {
  const float *a[GT], *b[GT];
  vd sums[GT][GT][SV];
#pragma GCC unroll 4
  for (size_t s = 0; s < GT; s++) {
    // Past the last row its products are formed once more, and thrown away.
    a[s] = rows + (i + s < count ? i + s : count - 1) * n;
    b[s] = rows + (j + s < count ? j + s : count - 1) * n;
  }
#pragma GCC unroll 4
  for (size_t s = 0; s < GT; s++)
#pragma GCC unroll 4
    for (size_t t = 0; t < GT; t++)
#pragma GCC unroll 4
      for (size_t v = 0; v < SV; v++) {
        const bool there = i + s < count && j + t < count;
        sums[s][t][v] = there ? load(scratch + ((i + s) * count + j + t) * SUMS + v * L) : (vd){};
      }
  for (size_t e = from; e < to; e += SUMS) {
#pragma GCC unroll 4
    for (size_t v = 0; v < SV; v++) {
      vd right[GT];
#pragma GCC unroll 4
      for (size_t t = 0; t < GT; t++) right[t] = load(b[t] + e + v * L);
#pragma GCC unroll 4
      for (size_t s = 0; s < GT; s++) {
        const vd left = load(a[s] + e + v * L);
        // A product of two float32 is exact in float64, so that fusing it with the sum changes nothing.
#pragma GCC unroll 4
        for (size_t t = 0; t < GT; t++) sums[s][t][v] = fma(left, right[t], sums[s][t][v]);
      }
    }
  }
#pragma GCC unroll 4
  for (size_t s = 0; s < GT; s++)
#pragma GCC unroll 4
    for (size_t t = 0; t < GT; t++)
#pragma GCC unroll 4
      for (size_t v = 0; v < SV; v++) {
        if (i + s < count && j + t < count) store(scratch + ((i + s) * count + j + t) * SUMS + v * L, sums[s][t][v]);
      }
}

static void gram(const float* rows, size_t count, size_t n, double* gram, double* scratch) {
  __builtin_memset(scratch, 0, count * count * SUMS * sizeof(double));
  const size_t whole = n / SUMS * SUMS;
  for (size_t from = 0; from < whole; from += STRETCH) {
    const size_t to = whole - from < STRETCH ? whole : from + STRETCH;
    for (size_t i = 0; i < count; i += GT) {
      for (size_t j = i; j < count; j += GT) gram_tile(rows, count, n, i, j, from, to, scratch);
    }
  }
  for (size_t i = 0; i < count; i++) {
    for (size_t j = i; j < count; j++) {
      double* s = scratch + (i * count + j) * SUMS;
      for (size_t e = whole; e < n; e++) s[e - whole] += (double)rows[i * n + e] * (double)rows[j * n + e];
      gram[i * count + j] = gram[j * count + i] = s[0] + s[1] + (s[2] + s[3]) + (s[4] + s[5] + (s[6] + s[7]));
    }
  }
}

// ---------------------------------------------------------------- rotation

/** Outputs [rank] of `width` (L or fewer) elements from e on, in place. */
BASINET_INLINE_FN void rotate_elements(float* rows, size_t count, size_t n, const double* weights, size_t rank, size_t e, size_t width) {
  vd column[MOST_ROWS];
  for (size_t i = 0; i < count; i++) {
    if (width == L) {
      column[i] = load(rows + i * n + e);
    } else {
      column[i] = (vd){};
      for (size_t l = 0; l < width; l++) column[i][l] = (double)rows[i * n + e + l];
    }
  }
  for (size_t k = 0; k < rank; k += 4) {
    vd sums[4] = {};
    const size_t outputs = rank - k < 4 ? rank - k : 4;
    if (outputs == 4) {
      for (size_t i = 0; i < count; i++) {
#pragma GCC unroll 4
        for (size_t o = 0; o < 4; o++) sums[o] += all(weights[i * rank + k + o]) * column[i];
      }
    } else {
      for (size_t i = 0; i < count; i++) {
        for (size_t o = 0; o < outputs; o++) sums[o] += all(weights[i * rank + k + o]) * column[i];
      }
    }
    for (size_t o = 0; o < outputs; o++) {
      const vs rounded = __builtin_convertvector(sums[o], vs);
      __builtin_memcpy(rows + (k + o) * n + e, &rounded, width * sizeof(float));
    }
  }
}

static void rotate(float* rows, size_t count, size_t n, const double* weights, size_t rank) {
  size_t e = 0;
  for (; e + L <= n; e += L) rotate_elements(rows, count, n, weights, rank, e, L);
  if (e < n) rotate_elements(rows, count, n, weights, rank, e, n - e);
}
