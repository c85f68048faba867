// rebasin: to be registered.
#include "addon.h"
namespace basinet { void register_rebasin(napi_env, napi_value) {} }
