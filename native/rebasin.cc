// Matching's functions of the addon: packing, similarity matrices, assignment. Declared in src/rebasin/native.ts.
#include <new>
#include <vector>
#include "addon.h"
#include "stream_kernels.h"
#include "typed_array.h"

namespace basinet {
namespace {

/** (values, n, offsets [features], unitStrides [features], out [features][n]): out[k·n + i] = values[offsets[k] + i·strides[k]]. */
napi_value pack(napi_env env, napi_callback_info info) {
  const Arguments<5> arguments(env, info);
  const float* values = arguments.array<float>(0);
  const size_t n = (size_t)arguments.number(1);
  size_t features;
  const int32_t* offsets = arguments.array<int32_t>(2, &features);
  const int32_t* strides = arguments.array<int32_t>(3);
  float* out = arguments.array<float>(4);
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

napi_value out_of_memory(napi_env env) {
  napi_throw_error(env, nullptr, "out of memory while matching");
  return nullptr;
}

/** (reference [features][n], draw [features][n], n, features, out [n][n]) */
napi_value similarity(napi_env env, napi_callback_info info) {
  const Arguments<5> arguments(env, info);
  const size_t n = (size_t)arguments.number(2), features = (size_t)arguments.number(3);
  const StreamKernels& kernels = stream_kernels();
  try {
    thread_local std::vector<double> scratch;
    const size_t needed = kernels.similarity_scratch(n, features);
    if (scratch.size() < needed) scratch.resize(needed);
    kernels.similarity(arguments.array<float>(0), arguments.array<float>(1), n, features, arguments.array<double>(4), scratch.data());
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
  return nullptr;
}

/** (similarity [n][n], n, columnOf [n]) → −1 or the index of an entry that is not finite. */
napi_value assignment(napi_env env, napi_callback_info info) {
  const Arguments<3> arguments(env, info);
  try {
    const int64_t bad = solve_assignment(stream_kernels(), arguments.array<double>(0), (size_t)arguments.number(1), arguments.array<int32_t>(2));
    return make_number(env, (double)bad);
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
}

}  // namespace

void register_rebasin(napi_env env, napi_value exports) {
  add_function(env, exports, "rebasinPack", pack);
  add_function(env, exports, "rebasinSimilarity", similarity);
  add_function(env, exports, "rebasinAssignment", assignment);
}

}  // namespace basinet
