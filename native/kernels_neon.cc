// Kernels for 64-bit ARM: vectors of 4 floats, fused multiply-add, 32 registers.
#define BASINET_ISA neon
#define BASINET_WIDTH 4
#define BASINET_USE_NEON
#include "kernel_table.h"

namespace basinet {
const Kernels kernels_neon = neon::TABLE;
}  // namespace basinet
