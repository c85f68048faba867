// The table of one instruction set. Included once by each kernels_<name>.cc, which defines BASINET_ISA first.
#pragma once
#include "gradient_kernels.h"
#include "layer_kernels.h"
#include "likelihood_kernels.h"

#define BASINET_TEXT_OF(x) #x
#define BASINET_TEXT(x) BASINET_TEXT_OF(x)

namespace basinet::BASINET_ISA {

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
    .name = BASINET_TEXT(BASINET_ISA), .width = W, .panel = P, .pack = pack, .unpack = unpack, .forward = forward, .backward = backward,
    .weight_gradient = weight_gradient, .categorical = categorical, .squared_error = squared_error, .reduce = reduce, .reduce_strips = reduce_strips,
    .squared_distance = squared_distance, .activate = activate, .fma_loop = fma_loop};

}  // namespace basinet::BASINET_ISA
