// Matching's functions of the addon: packing, similarity matrices, assignment, closeness. Declared in src/rebasin/native.ts.
#include <cstring>
#include <new>
#include <vector>
#include "addon.h"
#include "arguments.h"
#include "assignment.h"
#include "stream_kernels.h"

namespace basinet {
namespace {

bool read_ints(napi_env env, napi_value value, const char* name, size_t least, int32_t** data, size_t* length) {
  void* raw = nullptr;
  if (!read_array(env, value, name, napi_int32_array, least, &raw, length)) return false;
  *data = static_cast<int32_t*>(raw);
  return true;
}

/** Runs of features whose units lie one beside the other are copied 16 units at a time: these share cache lines. */
void pack_units(const float* values, size_t n, size_t features, const int32_t* offsets, const int32_t* strides, const int8_t* factors, float* out) {
  constexpr size_t UNITS = 16;
  for (size_t from = 0, to; from < features; from = to) {
    for (to = from; to < features && (strides[to] == 1) == (strides[from] == 1);) to++;
    if (strides[from] != 1) {
      for (size_t i = 0; i < n; i++) {
        for (size_t k = from; k < to; k++) out[i * features + k] = values[(size_t)offsets[k] + i * (size_t)strides[k]];
      }
      continue;
    }
    for (size_t first = 0; first < n; first += UNITS) {
      const size_t last = first + UNITS < n ? first + UNITS : n;
      size_t k = from;
      for (; k + 4 <= to; k += 4) {
        const float *a = values + offsets[k], *b = values + offsets[k + 1], *c = values + offsets[k + 2], *d = values + offsets[k + 3];
        for (size_t i = first; i < last; i++) {
          const float four[] = {a[i], b[i], c[i], d[i]};
          std::memcpy(out + i * features + k, four, sizeof four);
        }
      }
      for (; k < to; k++) {
        for (size_t i = first; i < last; i++) out[i * features + k] = values[(size_t)offsets[k] + i];
      }
    }
  }
  if (factors == nullptr) return;
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < features; k++) out[i * features + k] *= factors[k];
  }
}

void form_similarity(const float* reference, const float* draw, size_t n, size_t features, double* out) {
  const StreamKernels& kernels = stream_kernels();
  thread_local std::vector<double> scratch;
  const size_t needed = kernels.similarity_scratch(n, features);
  if (scratch.size() < needed) scratch.resize(needed);
  kernels.similarity(reference, draw, n, features, out, scratch.data());
}

/** (values, n, offsets [features], unitStrides [features], factors [features] int8 or null, out [n][features]):
    out[i][k] = factors[k] · values[offsets[k] + i·strides[k]]. */
napi_value pack(napi_env env, napi_callback_info info) {
  napi_value arg[6];
  float *values, *out;
  size_t n, features, length;
  int32_t *offsets, *strides;
  void* factors = nullptr;
  napi_valuetype type{};
  if (!read_arguments(env, info, arg) || !read_size(env, arg[1], "size", &n) ||
      !read_ints(env, arg[2], "offsets", 0, &offsets, &features) ||
      !read_ints(env, arg[3], "unitStrides", features, &strides, &length) || !read_floats(env, arg[0], "values", 0, &values) ||
      !read_floats(env, arg[5], "out", features * n, &out)) {
    return nullptr;
  }
  napi_typeof(env, arg[4], &type);
  if (type != napi_null && !read_array(env, arg[4], "factors", napi_int8_array, features, &factors, &length)) return nullptr;
  pack_units(values, n, features, offsets, strides, static_cast<const int8_t*>(factors), out);
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
