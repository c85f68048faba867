// Relabelling of one tensor, and how close it comes to a target.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>
#include "stream_kernels.h"

namespace basinet {

/** One axis of a tensor: aligned[…, i, …] = signs[i] · given[…, permutation[i], …]; null: i, and 1. */
struct RelabelledAxis {
  size_t size;
  const int32_t* permutation;
  const int8_t* signs;
};

/**
 * Writes the relabelled tensor to `aligned`, and sums of src/rebasin/closeness.ts to `out`: row after row, each still near
 * when it is compared. All three are [product of the axes' sizes]. Throws std::bad_alloc.
 */
void relabel(const StreamKernels& kernels, const float* target, const float* given, float* aligned, const std::vector<RelabelledAxis>& axes, double* out);

}  // namespace basinet
