// The matrix product on top of the engine's register blocks.
#include "matmul.h"
#include "aligned.h"
#include "kernels.h"

namespace basinet {

void matmul_nt(size_t m, size_t n, size_t k, const float* a, size_t lda, const float* b, size_t ldb, float* c, size_t ldc,
               bool accumulate) {
  static const Kernels& kernels = *find_kernels(nullptr);
  AlignedBuffer scratch(k * kernels.panel);
  kernels.matmul_nt(m, n, k, a, lda, b, ldb, c, ldc, accumulate, scratch.get());
}

}  // namespace basinet
