// The table of one instruction set. Included once by each kernels_<name>.cc, which defines BASINET_ISA first.
#pragma once
#include "gradient_kernels.h"
#include "layer_kernels.h"
#include "likelihood_kernels.h"

#define BASINET_TEXT_OF(x) #x
#define BASINET_TEXT(x) BASINET_TEXT_OF(x)

namespace basinet::BASINET_ISA {

static void matmul_nt(size_t m, size_t n, size_t k, const float* a, size_t lda, const float* b, size_t ldb, float* c,
                      size_t ldc, bool accumulate, float* scratch) {
  const size_t blocks = block_count(m);
  alignas(64) float edge[MAX_BLOCK * P];
  for (size_t column = 0; column < n; column += P) {
    const size_t count = n - column < P ? n - column : P;
    pack_panel(b + column * ldb, ldb, count, k, scratch);
    for (size_t j = 0; j < blocks; j++) {
      const size_t row = block_start(m, blocks, j);
      const size_t size = block_start(m, blocks, j + 1) - row;
      float* to = c + row * ldc + column;
      const bool whole = count == P;
      block_function<2, Left::rows>(size)({.a = a + row * lda, .row = lda, .step = 1, .outerStride = 0, .b = scratch,
                                     .bOuterStride = 0, .outer = 1, .inner = k, .c = whole ? to : edge,
                                     .ldc = whole ? ldc : P,
                                     .start = whole && accumulate ? Start::accumulate : Start::zero, .bias = nullptr});
      if (whole) continue;
      for (size_t i = 0; i < size; i++) {
        for (size_t q = 0; q < count; q++) to[i * ldc + q] = (accumulate ? to[i * ldc + q] : 0.0f) + edge[i * P + q];
      }
    }
  }
}

static double fma_loop(uint64_t rounds, float* sink) {
  constexpr size_t CHAINS = 12;  // enough to cover the latency of two units, few enough for 16 registers
  vf acc[CHAINS];
  for (size_t i = 0; i < CHAINS; i++) acc[i] = broadcast((float)i);
  const vf factor = broadcast(0.999f + *sink * 0.0f), addend = broadcast(0.001f);
  for (uint64_t r = 0; r < rounds; r++) {
#pragma GCC unroll 12
    for (size_t i = 0; i < CHAINS; i++) acc[i] = fma(acc[i], factor, addend);
  }
  vf total = {};
  for (size_t i = 0; i < CHAINS; i++) total += acc[i];
  *sink = total[0];
  return 2.0 * (double)W * (double)CHAINS * (double)rounds;
}

constexpr Kernels TABLE = {
    .name = BASINET_TEXT(BASINET_ISA), .width = W, .panel = P, .pack = pack, .forward = forward, .backward = backward,
    .weight_gradient = weight_gradient, .categorical = categorical, .squared_error = squared_error, .reduce = reduce,
    .squared_distance = squared_distance, .activate = activate, .matmul_nt = matmul_nt, .fma_loop = fma_loop};

}  // namespace basinet::BASINET_ISA
