// Matching's functions of the addon: packing, similarity matrices, assignment, closeness. Declared in src/rebasin/native.ts.
#include <new>
#include <optional>
#include <vector>
#include "addon.h"
#include "arguments.h"
#include "assignment.h"
#include "stream_kernels.h"
#include "unit_arguments.h"

namespace basinet {
namespace {

void form_similarity(const float* reference, const float* draw, size_t n, size_t features, double* out) {
  const StreamKernels& kernels = stream_kernels();
  thread_local std::vector<double> scratch;
  const size_t needed = kernels.similarity_scratch(n, features);
  if (scratch.size() < needed) scratch.resize(needed);
  kernels.similarity(reference, draw, n, features, out, scratch.data());
}

/** (values, offsets [features], unitStrides [features], factors [features] int8 or null, n, out [n][features]):
    out[i][k] = factors[k] · values[offsets[k] + i·strides[k]]. */
napi_value pack(napi_env env, napi_callback_info info) {
  napi_value arg[6];
  size_t n;
  float* out;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[4], "size", &n)) return nullptr;
  try {
    const std::optional<UnitView> units = read_units(env, arg, n);
    if (units && read_floats(env, arg[5], "out", n * units->features(), &out)) units->pack(0, n, out);
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
  return nullptr;
}

/** (reference [n][features], draw [n][features], n, features, out [n][n]) */
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
  try {
    form_similarity(reference, draw, n, features, out);
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

/** (target, position, aligned, from, to, out [3]) */
napi_value closeness(napi_env env, napi_callback_info info) {
  napi_value arg[6];
  size_t from, to, length;
  float *target, *position, *aligned;
  double* out;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[3], "from", &from) || !read_size(env, arg[4], "to", &to) ||
      !read_floats(env, arg[0], "target", to, &target) || !read_floats(env, arg[1], "position", to, &position) ||
      !read_floats(env, arg[2], "aligned", to, &aligned) || !read_doubles(env, arg[5], "out", 3, &out, &length)) {
    return nullptr;
  }
  if (from > to) {
    fail(env, "from", "at most to");
    return nullptr;
  }
  stream_kernels().closeness(target + from, position + from, aligned + from, to - from, out);
  return nullptr;
}

/** (values) → whether all of them are finite. */
napi_value finite(napi_env env, napi_callback_info info) {
  napi_value arg[1];
  void* values;
  size_t length;
  if (!read_arguments(env, info, arg) || !read_array(env, arg[0], "values", napi_float32_array, 0, &values, &length)) return nullptr;
  napi_value result = nullptr;
  napi_get_boolean(env, stream_kernels().all_finite(static_cast<const float*>(values), length), &result);
  return result;
}

}  // namespace

void register_rebasin(napi_env env, napi_value exports) {
  export_function(env, exports, "rebasinPack", pack);
  export_function(env, exports, "rebasinSimilarity", similarity);
  export_function(env, exports, "rebasinAssignment", assignment);
  export_function(env, exports, "rebasinCloseness", closeness);
  export_function(env, exports, "rebasinFinite", finite);
}

}  // namespace basinet
