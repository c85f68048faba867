// What one instruction set offers to the engine: a table of functions, chosen once at run time.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace basinet {

enum class Activation : int32_t { identity = 0, relu, tanh, sigmoid, silu, gelu, softplus };

/** Those whose derivative does not follow from the value, so that the forward pass must keep it. */
constexpr bool keeps_derivative(Activation a) {
  return a == Activation::silu || a == Activation::gelu || a == Activation::softplus;
}

/**
 * Floats from one panel of `features` rows to the next. Wide ones are padded so that the same feature of successive
 * panels does not fall into the same set of the first-level cache, whose ways lie 4 KiB apart.
 */
constexpr size_t panel_stride(size_t features, size_t panel) {
  const size_t way = 1024 / panel;
  return (features < way ? features : (features + way - 1) / way * way + 12) * panel;
}

/**
 * A tile is a run of panels, panel_stride apart; a panel of a layer with n features is [n][P]: P rows of the data side
 * by side. Weights are [outputs][inputs] row-major, as they lie in the position.
 */
struct Kernels {
  const char* name;
  size_t width;
  /** P: rows per panel. */
  size_t panel;

  /** Row-major rows [rows][columns] into ceil(rows / P) panels; missing rows become 0. */
  void (*pack)(const float* source, size_t ld, size_t rows, size_t columns, float* panels);

  /** Panels back into row-major rows [rows][columns], which lie one after the other. */
  void (*unpack)(const float* panels, size_t rows, size_t columns, float* destination);

  /** out = activation(weight · in + bias). `derivative` may be null (predictions). */
  void (*forward)(const float* weight, const float* bias, size_t outputs, size_t inputs, const float* in, float* out,
                  float* derivative, size_t panels, Activation activation);

  /** hidden = (weightᵀ · delta) ⊙ activation'(hidden), in place. */
  void (*backward)(const float* weight, size_t outputs, size_t inputs, const float* delta, float* hidden,
                   const float* derivative, size_t panels, Activation activation);

  /**
   * weightGradient (+)= delta · inᵀ and biasGradient (+)= its row sums. A weight gradient [outputs][inputs] is kept as
   * strips of P inputs, [ceil(inputs / P)][outputs][P], so that it is read and written in one run; what lies past the last
   * input is undefined. `rowMajor` is the same input as rows of length `inputs` where it exists (the data), else null;
   * `strip` is panels·P·P floats of scratch.
   */
  void (*weight_gradient)(const float* delta, size_t outputs, const float* in, const float* rowMajor, size_t rows,
                          size_t inputs, size_t panels, float* weightGradient, float* biasGradient, bool accumulate,
                          float* strip);

  /** Sum over rows of -log softmax(logits)[target]; logits become its gradient, rows past `rows` become 0. */
  double (*categorical)(float* logits, size_t outputs, const int32_t* targets, size_t rows, size_t panels);

  /** Sum of (mean - target)²; means become scale · (mean - target), rows past `rows` become 0. */
  double (*squared_error)(float* means, size_t outputs, const float* targets, size_t rows, size_t panels, float scale);

  /** gradient[i] = (sum over g of parts[g·stride + i] + (position[i] - mean) · precision) · scale, g in order. */
  void (*reduce)(const float* parts, size_t groups, size_t stride, const float* position, float mean, float precision,
                 float scale, float* gradient, size_t count);

  /** The same for the strips first..end of a weight gradient; position and gradient are [outputs][inputs]. */
  void (*reduce_strips)(const float* parts, size_t groups, size_t stride, size_t outputs, size_t inputs, size_t first,
                        size_t end, const float* position, float mean, float precision, float scale, float* gradient);

  /** Sum of (position - mean)², in float64. */
  double (*squared_distance)(const float* position, double mean, size_t count);

  /** values = activation(values), derivative where not null. */
  void (*activate)(float* values, float* derivative, size_t count, Activation activation);

  /** Runs `rounds` of independent fused multiply-adds in registers; returns the floating-point operations done. */
  double (*fma_loop)(uint64_t rounds, float* sink);
};

extern const Kernels kernels_portable;
#if defined(__x86_64__) || defined(_M_X64)
extern const Kernels kernels_avx2;
extern const Kernels kernels_avx512;
#elif defined(__aarch64__)
extern const Kernels kernels_neon;
#endif

/** Instruction sets that this build has and this processor runs, best first. */
size_t available_kernels(const Kernels* (&found)[4]);

/** By name (`avx512`, `avx2`, `neon`, `portable`), or the best where name is null. Null if it cannot run here. */
const Kernels* find_kernels(const char* name);

}  // namespace basinet
