// stats: to be registered.
#include "addon.h"
namespace basinet { void register_stats(napi_env, napi_value) {} }
