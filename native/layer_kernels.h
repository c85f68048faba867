// Dense layers on tiles: activations, forward, backward.
#pragma once
#include "kernels.h"
#include "matmul_kernels.h"
#include "vector_math.h"

namespace basinet::BASINET_ISA {

/** Inner products are formed over at most this many inputs at a time, so that a block's weights stay in the L1 cache. */
constexpr size_t INNER_CHUNK = 512;

template <Activation A>
BASINET_INLINE vf activation_value(vf x, vf& derivative) {
  if constexpr (A == Activation::relu) return x < 0.0f ? (vf){} : x;
  if constexpr (A == Activation::tanh) return hyperbolic_tangent(x);
  if constexpr (A == Activation::sigmoid) return logistic(x);
  if constexpr (A == Activation::softplus) return soft_plus(x, derivative);
  if constexpr (A == Activation::gelu) return gaussian_error_linear(x, derivative);
  if constexpr (A == Activation::silu) return sigmoid_linear(x, derivative);
  return x;
}

/** activation'(x) from the value h = activation(x). */
template <Activation A>
BASINET_INLINE vf derivative_of_value(vf h) {
  if constexpr (A == Activation::relu) return h > 0.0f ? broadcast(1.0f) : (vf){};
  if constexpr (A == Activation::tanh) return 1.0f - h * h;
  if constexpr (A == Activation::sigmoid) return h * (1.0f - h);
  return broadcast(1.0f);
}

template <Activation A>
static void activate_as(float* values, float* derivative, size_t vectors) {
  for (size_t i = 0; i < vectors; i++) {
    vf d = {};
    store(values + i * W, activation_value<A>(load(values + i * W), d));
    if (keeps_derivative(A) && derivative != nullptr) store(derivative + i * W, d);
  }
}

/** values = activation(values), over whole vectors. */
static void activate_vectors(float* values, float* derivative, size_t vectors, Activation activation) {
  switch (activation) {
    case Activation::identity: return;
    case Activation::relu: return activate_as<Activation::relu>(values, derivative, vectors);
    case Activation::tanh: return activate_as<Activation::tanh>(values, derivative, vectors);
    case Activation::sigmoid: return activate_as<Activation::sigmoid>(values, derivative, vectors);
    case Activation::silu: return activate_as<Activation::silu>(values, derivative, vectors);
    case Activation::gelu: return activate_as<Activation::gelu>(values, derivative, vectors);
    case Activation::softplus: return activate_as<Activation::softplus>(values, derivative, vectors);
  }
}

template <Activation A>
static void chain_as(const float* outer, float* hidden, const float* derivative, size_t vectors) {
  for (size_t i = 0; i < vectors; i++) {
    const vf d = keeps_derivative(A) ? load(derivative + i * W) : derivative_of_value<A>(load(hidden + i * W));
    const vf g = load(outer + i * W);
    // Selected, not multiplied: a unit that is off passes nothing on, whatever comes in.
    store(hidden + i * W, A == Activation::relu ? (d > 0.0f ? g : (vf){}) : g * d);
  }
}

/** hidden = outer ⊙ activation'(hidden), over whole vectors. */
static void chain_rule(const float* outer, float* hidden, const float* derivative, size_t vectors, Activation activation) {
  switch (activation) {
    case Activation::identity: return chain_as<Activation::identity>(outer, hidden, derivative, vectors);
    case Activation::relu: return chain_as<Activation::relu>(outer, hidden, derivative, vectors);
    case Activation::tanh: return chain_as<Activation::tanh>(outer, hidden, derivative, vectors);
    case Activation::sigmoid: return chain_as<Activation::sigmoid>(outer, hidden, derivative, vectors);
    case Activation::silu: return chain_as<Activation::silu>(outer, hidden, derivative, vectors);
    case Activation::gelu: return chain_as<Activation::gelu>(outer, hidden, derivative, vectors);
    case Activation::softplus: return chain_as<Activation::softplus>(outer, hidden, derivative, vectors);
  }
}

static void activate(float* values, float* derivative, size_t count, Activation activation) {
  const size_t whole = count / W;
  activate_vectors(values, derivative, whole, activation);
  float value[W] = {}, slope[W] = {};
  for (size_t i = whole * W; i < count; i++) value[i - whole * W] = values[i];
  activate_vectors(value, slope, 1, activation);
  for (size_t i = whole * W; i < count; i++) {
    values[i] = value[i - whole * W];
    if (derivative != nullptr && keeps_derivative(activation)) derivative[i] = slope[i - whole * W];
  }
}

static void pack(const float* source, size_t ld, size_t rows, size_t columns, float* panels) {
  for (size_t r = 0; r < rows; r += P) {
    pack_panel(source + r * ld, ld, rows - r < P ? rows - r : P, columns, panels + r / P * panel_stride(columns, P));
  }
}

static void unpack(const float* panels, size_t rows, size_t columns, float* destination) {
  for (size_t r = 0; r < rows; r += P) {
    unpack_panel(panels + r / P * panel_stride(columns, P), rows - r < P ? rows - r : P, columns, destination + r * columns);
  }
}

static void forward(const float* weight, const float* bias, size_t outputs, size_t inputs, const float* in, float* out,
                    float* derivative, size_t panels, Activation activation) {
  const size_t blocks = block_count(outputs);
  const size_t chunks = (inputs + INNER_CHUNK - 1) / INNER_CHUNK;
  for (size_t j = 0; j < blocks; j++) {
    const size_t n = block_start(outputs, blocks, j);
    const size_t size = block_start(outputs, blocks, j + 1) - n;
    const BlockFunction block = block_function<2, Left::rows>(size);
    for (size_t chunk = 0; chunk < chunks; chunk++) {
      const size_t k = block_start(inputs, chunks, chunk);
      const size_t inner = block_start(inputs, chunks, chunk + 1) - k;
      for (size_t p = 0; p < panels; p++) {
        const size_t at = p * panel_stride(outputs, P) + n * P;
        block({.a = weight + n * inputs + k, .lda = inputs, .aOuter = 0, .b = in + p * panel_stride(inputs, P) + k * P,
               .bOuter = 0, .outer = 1, .inner = inner, .c = out + at,
               .start = chunk == 0 ? Start::bias : Start::accumulate, .bias = bias + n});
        if (chunk + 1 == chunks) {
          activate_vectors(out + at, derivative == nullptr ? nullptr : derivative + at, 2 * size, activation);
        }
      }
    }
  }
}

static void backward(const float* weight, size_t outputs, size_t inputs, const float* delta, float* hidden,
                     const float* derivative, size_t panels, Activation activation) {
  const size_t blocks = block_count(inputs);
  alignas(64) float outer[MAX_BLOCK * P];
  for (size_t j = 0; j < blocks; j++) {
    const size_t k = block_start(inputs, blocks, j);
    const size_t size = block_start(inputs, blocks, j + 1) - k;
    const BlockFunction block = block_function<2, Left::columns>(size);
    for (size_t p = 0; p < panels; p++) {
      const size_t at = p * panel_stride(inputs, P) + k * P;
      block({.a = weight + k, .lda = inputs, .aOuter = 0, .b = delta + p * panel_stride(outputs, P),
             .bOuter = 0, .outer = 1, .inner = outputs, .c = outer, .start = Start::zero, .bias = nullptr});
      chain_rule(outer, hidden + at, derivative == nullptr ? nullptr : derivative + at, 2 * size, activation);
    }
  }
}

}  // namespace basinet::BASINET_ISA
