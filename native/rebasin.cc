// Matching's functions of the addon: packing, similarity matrices, assignment, relabelling. Declared in src/rebasin/native.ts.
#include <algorithm>
#include <memory>
#include <new>
#include <optional>
#include <vector>
#include "addon.h"
#include "arguments.h"
#include "assignment.h"
#include "relabelling.h"
#include "stream_kernels.h"
#include "unit_arguments.h"

namespace basinet {
namespace {

void form_similarity(const float* reference, const float* draw, size_t n, size_t features, double* out) {
  const StreamKernels& kernels = stream_kernels();
  const auto scratch = std::make_unique_for_overwrite<double[]>(kernels.similarity_scratch(n, features));
  kernels.similarity(reference, draw, n, features, out, scratch.get());
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

/** One axis's element of an array of typed arrays, which may be null; false, and an error thrown, where it does not fit. */
template <typename T>
bool read_of_axis(napi_env env, napi_value array, const char* name, uint32_t axis, napi_typedarray_type wanted, size_t size, const T** out) {
  napi_value value;
  napi_valuetype type{};
  void* data;
  size_t length;
  *out = nullptr;
  if (napi_get_element(env, array, axis, &value) != napi_ok) return fail(env, name, "an array with an element for every axis");
  napi_typeof(env, value, &type);
  if (type == napi_null) return true;
  if (!read_array(env, value, name, wanted, size, &data, &length)) return false;
  *out = static_cast<const T*>(data);
  return true;
}

/** (target, position, aligned, offset, shape, permutations, signs, out [3]): relabels the tensor at `offset` of position into aligned,
    by what the arrays say of each axis, or null; out as src/rebasin/closeness.ts. */
napi_value relabel_tensor(napi_env env, napi_callback_info info) {
  napi_value arg[8];
  float *target, *position, *aligned;
  size_t offset, count, length, elements = 1;
  int32_t* shape;
  double* out;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[3], "offset", &offset) || !read_ints(env, arg[4], "shape", 0, &shape, &count) ||
      !read_doubles(env, arg[7], "out", 3, &out, &length)) {
    return nullptr;
  }
  try {
    std::vector<RelabelledAxis> axes(count);
    for (uint32_t axis = 0; axis < count; axis++) {
      auto& [size, permutation, signs] = axes[axis];
      size = (size_t)shape[axis];
      elements *= size;
      if (!read_of_axis(env, arg[5], "permutations", axis, napi_int32_array, size, &permutation) ||
          !read_of_axis(env, arg[6], "signs", axis, napi_int8_array, size, &signs)) {
        return nullptr;
      }
      if (permutation == nullptr || std::all_of(permutation, permutation + size, [size](int32_t unit) { return unit >= 0 && (size_t)unit < size; })) continue;
      fail(env, "permutations", "of units that there are");
      return nullptr;
    }
    if (!read_floats(env, arg[0], "target", offset + elements, &target) || !read_floats(env, arg[1], "position", offset + elements, &position) ||
        !read_floats(env, arg[2], "aligned", offset + elements, &aligned)) {
      return nullptr;
    }
    relabel(stream_kernels(), target + offset, position + offset, aligned + offset, axes, out);
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
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
  export_function(env, exports, "rebasinRelabel", relabel_tensor);
  export_function(env, exports, "rebasinFinite", finite);
}

}  // namespace basinet
