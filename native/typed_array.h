// Arguments of Node-API functions as pointers to typed arrays' memory, which the TypeScript side has checked.
#pragma once
#include <node_api.h>
#include <cstddef>
#include <cstdint>

namespace basinet {

/** The arguments of one call. Absent ones are undefined. */
template <size_t N>
struct Arguments {
  napi_env env;
  napi_value values[N];

  Arguments(napi_env e, napi_callback_info info) : env(e) {
    size_t count = N;
    napi_get_cb_info(env, info, &count, values, nullptr, nullptr);
  }

  /** Memory of typed array `i`; null where it is none. */
  template <typename T>
  T* array(size_t i, size_t* length = nullptr, napi_typedarray_type* type = nullptr) const {
    void* data = nullptr;
    size_t elements = 0;
    napi_typedarray_type kind;
    if (napi_get_typedarray_info(env, values[i], &kind, &elements, &data, nullptr, nullptr) != napi_ok) data = nullptr;
    if (length != nullptr) *length = elements;
    if (type != nullptr) *type = kind;
    return static_cast<T*>(data);
  }

  double number(size_t i) const {
    double value = 0;
    napi_get_value_double(env, values[i], &value);
    return value;
  }
};

inline napi_value make_number(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

inline void add_function(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

}  // namespace basinet
