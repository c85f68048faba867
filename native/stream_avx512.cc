// Matching and moments with AVX-512.
#define BASINET_STREAM avx512
#define BASINET_LANES 8
#include "stream_body.h"

namespace basinet {
const StreamKernels stream_avx512 = avx512::TABLE;
}
