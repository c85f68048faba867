// Kernels for avx2: vectors of 8 floats.
#define BASINET_ISA avx2
#define BASINET_WIDTH 8
#include "kernel_table.h"

namespace basinet {
const Kernels kernels_avx2 = avx2::TABLE;
}  // namespace basinet
