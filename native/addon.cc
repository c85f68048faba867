// Entry of the addon: each part of the engine registers its own functions.
#include "addon.h"

namespace basinet {
napi_value init(napi_env env, napi_value exports) {
  register_cpu(env, exports);
  register_engine(env, exports);
  register_rebasin(env, exports);
  register_comparison(env, exports);
  register_stats(env, exports);
  register_low_rank(env, exports);
  register_histogram(env, exports);
  return exports;
}
}  // namespace basinet

NAPI_MODULE_INIT() { return basinet::init(env, exports); }
