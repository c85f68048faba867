// Weight gradients of a tile, in the cheaper of two forms, and the reductions over a position.
#pragma once
#include "kernels.h"
#include "matmul_kernels.h"

namespace basinet::BASINET_ISA {

/** Panels of a strip at a time: 24 KiB, which the L1 cache holds beside the deltas. */
constexpr size_t STRIP_PANELS = 6144 / (P * P) > 0 ? 6144 / (P * P) : 1;

// Register blocks of the dot form: deltas × inputs.
constexpr size_t DOT_OUTPUTS = BASINET_WIDTH == 16 || MAX_BLOCK == 12 ? 4 : 2;
constexpr size_t DOT_INPUTS = 4;
constexpr size_t DOT_INPUTS_NARROW = W >= 8 ? W : 8;

/**
 * A block of weight gradients as inner products along the rows: both operands come as vectors of rows, and the lanes
 * are summed at the end. Indices past the edge repeat the last row; what they give is not stored, or lands in padding.
 */
template <size_t N, size_t K>
static void dot_block(const float* delta, size_t outputs, size_t n0, const float* in, size_t inputs, size_t k0,
                      size_t panels, float* gradient, bool accumulate) {
  vf acc[N * K] = {};
  size_t n_at[N], k_at[K];
  for (size_t n = 0; n < N; n++) n_at[n] = (n0 + n < outputs ? n0 + n : outputs - 1) * P;
  for (size_t k = 0; k < K; k++) k_at[k] = (k0 + k < inputs ? k0 + k : inputs - 1) * P;
  for (size_t p = 0; p < panels; p++) {
    const float* d = delta + p * panel_stride(outputs, P);
    const float* h = in + p * panel_stride(inputs, P);
    for (size_t v = 0; v < P; v += W) {
      vf left[N];
#pragma GCC unroll 4
      for (size_t n = 0; n < N; n++) left[n] = load(d + n_at[n] + v);
#pragma GCC unroll 16
      for (size_t k = 0; k < K; k++) {
        const vf right = load(h + k_at[k] + v);
#pragma GCC unroll 4
        for (size_t n = 0; n < N; n++) acc[n * K + k] = fma(left[n], right, acc[n * K + k]);
      }
    }
  }
  alignas(64) float result[N * K];
#pragma GCC unroll 8
  for (size_t g = 0; g < N * K; g += W) {
    vf group[W];
#pragma GCC unroll 16
    for (size_t i = 0; i < W; i++) group[i] = acc[g + i];
    store(result + g, sums(group));
  }
  for (size_t n = 0; n < N && n0 + n < outputs; n++) {
    float* to = gradient + (k0 / P * outputs + n0 + n) * P + k0 % P;
    for (size_t k = 0; k < K; k++) to[k] = accumulate ? to[k] + result[n * K + k] : result[n * K + k];
  }
}

static void dot_gradient(const float* delta, size_t outputs, const float* in, size_t inputs, size_t panels,
                         float* gradient, bool accumulate) {
  if (outputs <= 2) {
    for (size_t n = 0; n < outputs; n++) {
      for (size_t k = 0; k < inputs; k += DOT_INPUTS_NARROW) {
        dot_block<1, DOT_INPUTS_NARROW>(delta, outputs, n, in, inputs, k, panels, gradient, accumulate);
      }
    }
    return;
  }
  for (size_t k = 0; k < inputs; k += DOT_INPUTS) {
    for (size_t n = 0; n < outputs; n += DOT_OUTPUTS) {
      dot_block<DOT_OUTPUTS, DOT_INPUTS>(delta, outputs, n, in, inputs, k, panels, gradient, accumulate);
    }
  }
}

/** One strip [outputs][P] of the weight gradient as rank-k updates: inputs across the lanes, deltas broadcast. */
static void strip_gradient(const float* delta, size_t outputs, const float* strip, size_t panels, float* gradient,
                           size_t count, bool accumulate, const float* next, size_t ld, size_t rows) {
  const size_t blocks = block_count(outputs);
  for (size_t j = 0; j < blocks; j++) {
    const size_t n = block_start(outputs, blocks, j);
    const size_t size = block_start(outputs, blocks, j + 1) - n;
    if (next != nullptr) {
      // The next strip's columns lie a row apart, which no hardware prefetcher follows.
      for (size_t r = block_start(rows, blocks, j); r < block_start(rows, blocks, j + 1); r++) {
        for (size_t c = 0; c < P; c += 16) __builtin_prefetch(next + r * ld + c, 0, 2);
        __builtin_prefetch(next + r * ld + P - 1, 0, 2);
      }
    }
    const BlockFunction block = count <= W ? block_function<1, Left::panel>(size) : block_function<2, Left::panel>(size);
    block({.a = delta + n * P, .lda = P, .aOuter = panel_stride(outputs, P), .b = strip, .bOuter = P * P,
           .outer = panels, .inner = P, .c = gradient + n * P,
           .start = accumulate ? Start::accumulate : Start::zero, .bias = nullptr});
  }
}

static void bias_gradient(const float* delta, size_t outputs, size_t panels, float* gradient, bool accumulate) {
  for (size_t n0 = 0; n0 < outputs; n0 += W) {
    vf acc[W] = {};
    const size_t present = outputs - n0 < W ? outputs - n0 : W;
    for (size_t p = 0; p < panels; p++) {
      const float* d = delta + p * panel_stride(outputs, P) + n0 * P;
      for (size_t n = 0; n < present; n++) acc[n] += load(d + n * P) + load(d + n * P + W);
    }
    alignas(64) float result[W];
    store(result, sums(acc));
    for (size_t n = 0; n < present; n++) gradient[n0 + n] = accumulate ? gradient[n0 + n] + result[n] : result[n];
  }
}

/**
 * Whether inner products along the rows cost less than strips: they waste no lanes on narrow inputs and need no
 * transposed copy, but sum the lanes of every weight at the end of every tile. Counts vector operations.
 */
static bool dot_is_cheaper(size_t outputs, size_t inputs, size_t panels, bool rowMajor) {
  const double n = (double)outputs, k = (double)inputs, vectors = 2.0 * (double)panels;
  const double round = outputs <= 2 ? 1.0 : (double)((outputs + DOT_OUTPUTS - 1) / DOT_OUTPUTS * DOT_OUTPUTS) / n;
  const double dot = n * k * (vectors * round + 3.0);
  const double lanes = (double)((inputs + W - 1) / W);
  const double strips = n * lanes * vectors * (double)W + (rowMajor ? 0.1 : 0.4) * (double)W * vectors * k;
  return dot < strips;
}

static void weight_gradient(const float* delta, size_t outputs, const float* in, const float* rowMajor, size_t rows,
                            size_t inputs, size_t panels, float* weightGradient, float* biasGradient, bool accumulate,
                            float* strip) {
  bias_gradient(delta, outputs, panels, biasGradient, accumulate);
  if (dot_is_cheaper(outputs, inputs, panels, rowMajor != nullptr)) {
    dot_gradient(delta, outputs, in, inputs, panels, weightGradient, accumulate);
    return;
  }
  const size_t chunks = (panels + STRIP_PANELS - 1) / STRIP_PANELS;
  for (size_t chunk = 0; chunk < chunks; chunk++) {
    const size_t p0 = block_start(panels, chunks, chunk);
    const size_t size = block_start(panels, chunks, chunk + 1) - p0;
    const size_t present = rows - p0 * P < size * P ? rows - p0 * P : size * P;
    for (size_t k = 0; k < inputs; k += P) {
      const size_t count = inputs - k < P ? inputs - k : P;
      if (rowMajor != nullptr) {
        pack_strip(rowMajor + p0 * P * inputs + k, inputs, present, count, size * P, strip);
      } else {
        for (size_t p = 0; p < size; p++) unpack_strip(in + (p0 + p) * panel_stride(inputs, P) + k * P, count, strip + p * P * P);
      }
      strip_gradient(delta + p0 * panel_stride(outputs, P), outputs, strip, size, weightGradient + k * outputs, count,
                     accumulate || chunk > 0,
                     rowMajor != nullptr && k + P < inputs ? rowMajor + p0 * P * inputs + k + P : nullptr, inputs, present);
    }
  }
}

/** Plain multiplications and additions, so that an element's result does not depend on where a range is cut. */
static void reduce(const float* parts, size_t groups, size_t stride, const float* position, float mean, float precision,
                   float scale, float* gradient, size_t count) {
  size_t i = 0;
  for (; i + W <= count; i += W) {
    vf total = load(parts + i);
    for (size_t g = 1; g < groups; g++) total += load(parts + g * stride + i);
    store(gradient + i, (total + (load(position + i) - mean) * precision) * scale);
  }
  for (; i < count; i++) {
    float total = parts[i];
    for (size_t g = 1; g < groups; g++) total += parts[g * stride + i];
    gradient[i] = (total + (position[i] - mean) * precision) * scale;
  }
}

static void reduce_strips(const float* parts, size_t groups, size_t stride, size_t outputs, size_t inputs, size_t first,
                          size_t end, const float* position, float mean, float precision, float scale, float* gradient) {
  for (size_t strip = first; strip < end; strip++) {
    const size_t k = strip * P, count = inputs - k < P ? inputs - k : P;
    for (size_t n = 0; n < outputs; n++) {
      const size_t at = n * inputs + k;
      reduce(parts + (strip * outputs + n) * P, groups, stride, position + at, mean, precision, scale, gradient + at, count);
    }
  }
}

static double squared_distance(const float* position, double mean, size_t count) {
  vd low = {}, high = {};
  size_t i = 0;
  for (; i + W <= count; i += W) {
    const vf x = load(position + i);
    const vd a = widen_low(x) - mean, b = widen_high(x) - mean;
    low += a * a;
    high += b * b;
  }
  double total = sum(low + high);
  for (; i < count; i++) total += ((double)position[i] - mean) * ((double)position[i] - mean);
  return total;
}

}  // namespace basinet::BASINET_ISA
