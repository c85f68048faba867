// Matching's functions of the addon: packing, similarity matrices, assignment. Declared in src/rebasin/native.ts.
#include <new>
#include <vector>
#include "addon.h"
#include "arguments.h"
#include "stream_kernels.h"

namespace basinet {
namespace {

bool read_ints(napi_env env, napi_value value, const char* name, size_t least, int32_t** data, size_t* length) {
  void* raw = nullptr;
  if (!read_array(env, value, name, napi_int32_array, least, &raw, length)) return false;
  *data = static_cast<int32_t*>(raw);
  return true;
}

napi_value out_of_memory(napi_env env) {
  napi_throw_error(env, nullptr, "native engine: out of memory while matching");
  return nullptr;
}

/** (values, n, offsets [features], unitStrides [features], out [features][n]): out[k·n + i] = values[offsets[k] + i·strides[k]]. */
napi_value pack(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  float *values, *out;
  size_t n, features, length;
  int32_t *offsets, *strides;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[1], "size", &n) ||
      !read_ints(env, arg[2], "offsets", 0, &offsets, &features) ||
      !read_ints(env, arg[3], "unitStrides", features, &strides, &length) || !read_floats(env, arg[0], "values", 0, &values) ||
      !read_floats(env, arg[4], "out", features * n, &out)) {
    return nullptr;
  }
  // Sixteen units at a time: neighbouring features of one unit share cache lines.
  constexpr size_t UNITS = 16;
  for (size_t first = 0; first < n; first += UNITS) {
    const size_t last = first + UNITS < n ? first + UNITS : n;
    for (size_t k = 0; k < features; k++) {
      const float* from = values + offsets[k];
      const size_t stride = (size_t)strides[k];
      for (size_t i = first; i < last; i++) out[k * n + i] = from[i * stride];
    }
  }
  return nullptr;
}

/** (reference [features][n], draw [features][n], n, features, out [n][n]) */
napi_value similarity(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  float *reference, *draw;
  double* out;
  size_t n, features, length;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[2], "size", &n) || !read_size(env, arg[3], "features", &features) ||
      !read_floats(env, arg[0], "reference", features * n, &reference) || !read_floats(env, arg[1], "draw", features * n, &draw) ||
      !read_doubles(env, arg[4], "out", n * n, &out, &length)) {
    return nullptr;
  }
  const StreamKernels& kernels = stream_kernels();
  try {
    thread_local std::vector<double> scratch;
    const size_t needed = kernels.similarity_scratch(n, features);
    if (scratch.size() < needed) scratch.resize(needed);
    kernels.similarity(reference, draw, n, features, out, scratch.data());
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
  return nullptr;
}

/** (similarity [n][n], n, columnOf [n]) → −1 or the index of an entry that is not finite. */
napi_value assignment(napi_env env, napi_callback_info info) {
  napi_value arg[3];
  double* S;
  size_t n, length;
  int32_t* columnOf;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[1], "size", &n) ||
      !read_doubles(env, arg[0], "similarity", n * n, &S, &length) || !read_ints(env, arg[2], "columnOf", n, &columnOf, &length)) {
    return nullptr;
  }
  try {
    return make_number(env, (double)solve_assignment(stream_kernels(), S, n, columnOf));
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
}

}  // namespace

void register_rebasin(napi_env env, napi_value exports) {
  export_function(env, exports, "rebasinPack", pack);
  export_function(env, exports, "rebasinSimilarity", similarity);
  export_function(env, exports, "rebasinAssignment", assignment);
}

}  // namespace basinet
