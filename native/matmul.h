// A single-precision matrix product for the other parts of the addon.
#pragma once
#include <cstddef>

namespace basinet {

/**
 * c [m][n] (+)= a [m][k] · b [n][k]ᵀ, row-major with leading dimensions lda, ldb, ldc, on the calling thread, with the
 * instruction set chosen at run time. Every element is summed over k in order, so a result depends on neither m nor n.
 * Throws std::bad_alloc.
 */
void matmul_nt(size_t m, size_t n, size_t k, const float* a, size_t lda, const float* b, size_t ldb, float* c, size_t ldc,
               bool accumulate);

}  // namespace basinet
