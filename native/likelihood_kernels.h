// Likelihoods on a tile of outputs: losses summed in float64, gradients in place.
#pragma once
#include "kernels.h"
#include "vector_math.h"

namespace basinet::BASINET_ISA {

static double categorical(float* logits, size_t outputs, const int32_t* targets, size_t rows, size_t panels) {
  double loss = 0;
  for (size_t p = 0; p < panels; p++) {
    float* z = logits + p * panel_stride(outputs, P);
    const int32_t* target = targets + p * P;
    const size_t present = rows - p * P < P ? rows - p * P : P;
    alignas(64) float chosen[P], largest[P], logSum[P];
    for (size_t r = 0; r < present; r++) chosen[r] = z[(size_t)target[r] * P + r];
    for (size_t v = 0; v < P; v += W) {
      vf top = load(z + v);
      for (size_t n = 1; n < outputs; n++) top = at_least(top, load(z + n * P + v));
      vf total = {};
      for (size_t n = 0; n < outputs; n++) {
        const vf e = exponential(load(z + n * P + v) - top);
        store(z + n * P + v, e);
        total += e;
      }
      const vf inverse = 1.0f / total;
      for (size_t n = 0; n < outputs; n++) store(z + n * P + v, load(z + n * P + v) * inverse);
      store(largest + v, top);
      store(logSum + v, logarithm(total));
    }
    for (size_t r = 0; r < present; r++) {
      loss += (double)logSum[r] + ((double)largest[r] - (double)chosen[r]);
      z[(size_t)target[r] * P + r] -= 1.0f;
    }
    for (size_t r = present; r < P; r++) {
      for (size_t n = 0; n < outputs; n++) z[n * P + r] = 0.0f;
    }
  }
  return loss;
}

static double squared_error(float* means, size_t outputs, const float* targets, size_t rows, size_t panels, float scale) {
  vd low = {}, high = {};
  for (size_t p = 0; p < panels; p++) {
    const size_t present = rows - p * P < P ? rows - p * P : P;
    for (size_t n = 0; n < outputs; n++) {
      float* z = means + p * panel_stride(outputs, P) + n * P;
      const float* y = targets + p * panel_stride(outputs, P) + n * P;
      for (size_t r = present; r < P; r++) z[r] = 0.0f;  // targets are 0 there too
      for (size_t v = 0; v < P; v += W) {
        const vf residual = load(z + v) - load(y + v);
        const vd a = widen_low(residual), b = widen_high(residual);
        low += a * a;
        high += b * b;
        store(z + v, residual * scale);
      }
    }
  }
  return sum(low + high);
}

}  // namespace basinet::BASINET_ISA
