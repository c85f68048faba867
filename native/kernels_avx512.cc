// Kernels for avx512: vectors of 16 floats.
#define BASINET_ISA avx512
#define BASINET_WIDTH 16
#include "kernel_table.h"

namespace basinet {
const Kernels kernels_avx512 = avx512::TABLE;
}  // namespace basinet
