// Matching and moments with whatever vectors the compiler has everywhere.
#define BASINET_STREAM portable
#define BASINET_LANES 2
#include "stream_body.h"

namespace basinet {
const StreamKernels stream_portable = portable::TABLE;
}
