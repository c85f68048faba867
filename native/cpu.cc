// cpu: to be registered.
#include "addon.h"
namespace basinet { void register_cpu(napi_env, napi_value) {} }
