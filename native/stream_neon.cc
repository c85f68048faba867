// Matching and moments with NEON.
#define BASINET_STREAM neon
#define BASINET_LANES 2
#include "stream_body.h"

namespace basinet {
const StreamKernels stream_neon = neon::TABLE;
}
