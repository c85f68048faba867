// Matching and moments with AVX2.
#define BASINET_STREAM avx2
#define BASINET_LANES 4
#include "stream_body.h"

namespace basinet {
const StreamKernels stream_avx2 = avx2::TABLE;
}
