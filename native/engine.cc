// engine: to be registered.
#include "addon.h"
namespace basinet { void register_engine(napi_env, napi_value) {} }
