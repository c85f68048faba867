// Reading the units of a group as JavaScript gives them.
#pragma once
#include <optional>
#include "arguments.h"
#include "unit_view.h"

namespace basinet {

inline bool read_ints(napi_env env, napi_value value, const char* name, size_t least, int32_t** data, size_t* length) {
  void* raw = nullptr;
  if (!read_array(env, value, name, napi_int32_array, least, &raw, length)) return false;
  *data = static_cast<int32_t*>(raw);
  return true;
}

/** `units` of them from four arguments: values, offsets [features], strides [features], factors [features] int8 or null. Places are
    trusted. Nothing, and an error thrown, where these do not fit. Throws std::bad_alloc. */
inline std::optional<UnitView> read_units(napi_env env, const napi_value* arguments, size_t units) {
  float* values;
  int32_t *offsets, *strides;
  void* factors = nullptr;
  size_t features, length;
  napi_valuetype type{};
  if (!read_floats(env, arguments[0], "values", 0, &values) || !read_ints(env, arguments[1], "offsets", 0, &offsets, &features) ||
      !read_ints(env, arguments[2], "unitStrides", features, &strides, &length)) {
    return std::nullopt;
  }
  napi_typeof(env, arguments[3], &type);
  if (type != napi_null && !read_array(env, arguments[3], "factors", napi_int8_array, features, &factors, &length)) return std::nullopt;
  return std::optional<UnitView>(std::in_place, values, units, features, offsets, strides, static_cast<const int8_t*>(factors));
}

}  // namespace basinet
