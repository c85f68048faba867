// Kernels for portable: vectors of 4 floats, whatever the compiler makes of them (SSE2, …); runs anywhere.
#define BASINET_ISA portable
#define BASINET_WIDTH 4
#include "kernel_table.h"

namespace basinet {
const Kernels kernels_portable = portable::TABLE;
}  // namespace basinet
