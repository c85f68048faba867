// Streaming moments of the addon. Declared in src/stats/native.ts.
#include "addon.h"
#include "arguments.h"
#include "stream_kernels.h"

namespace basinet {
namespace {

/** (values [n] float32 or float64, count, mean [n], sumSquares [n], batchSum [n]) → values that are not finite. */
napi_value update(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  if (!read_arguments(env, info, arg)) return nullptr;
  napi_typedarray_type type{};
  size_t n = 0, length;
  void* values = nullptr;
  double count, *mean, *sumSquares, *batchSum;
  if (napi_get_typedarray_info(env, arg[0], &type, &n, &values, nullptr, nullptr) != napi_ok ||
      (type != napi_float32_array && type != napi_float64_array)) {
    fail(env, "values", "a Float32Array or a Float64Array");
    return nullptr;
  }
  if (!read_double(env, arg[1], "count", &count) || !read_doubles(env, arg[2], "mean", n, &mean, &length) ||
      !read_doubles(env, arg[3], "sumSquares", n, &sumSquares, &length) ||
      !read_doubles(env, arg[4], "batchSum", n, &batchSum, &length)) {
    return nullptr;
  }
  const StreamKernels& kernels = stream_kernels();
  const size_t nonFinite =
      type == napi_float32_array
          ? kernels.update_float(static_cast<const float*>(values), n, count, mean, sumSquares, batchSum)
          : kernels.update_double(static_cast<const double*>(values), n, count, mean, sumSquares, batchSum);
  return make_number(env, (double)nonFinite);
}

/** (batchSum [n], batchSize, batches, mean [n], sumSquares [n]) */
napi_value close_batch(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  size_t n, length;
  double *batchSum, *mean, *sumSquares;
  double batchSize, batches;
  if (!read_arguments(env, info, arg) || !read_doubles(env, arg[0], "batchSum", 0, &batchSum, &n) ||
      !read_double(env, arg[1], "batchSize", &batchSize) || !read_double(env, arg[2], "batches", &batches) ||
      !read_doubles(env, arg[3], "mean", n, &mean, &length) || !read_doubles(env, arg[4], "sumSquares", n, &sumSquares, &length)) {
    return nullptr;
  }
  stream_kernels().close_batch(batchSum, n, batchSize, batches, mean, sumSquares);
  return nullptr;
}

/** (nA, mean [n], sumSquares [n], nB, otherMean [n], otherSumSquares [n] or null) */
napi_value join(napi_env env, napi_callback_info info) {
  napi_value arg[6];
  size_t n, length;
  double nA, nB, *mean, *sumSquares, *otherMean, *otherSumSquares = nullptr;
  if (!read_arguments(env, info, arg) || !read_double(env, arg[0], "nA", &nA) || !read_doubles(env, arg[1], "mean", 0, &mean, &n) ||
      !read_doubles(env, arg[2], "sumSquares", n, &sumSquares, &length) || !read_double(env, arg[3], "nB", &nB) ||
      !read_doubles(env, arg[4], "otherMean", n, &otherMean, &length)) {
    return nullptr;
  }
  napi_valuetype type{};
  napi_typeof(env, arg[5], &type);
  if (type != napi_null && !read_doubles(env, arg[5], "otherSumSquares", n, &otherSumSquares, &length)) return nullptr;
  const double total = nA + nB;
  stream_kernels().join(n, nB / total, (nA * nB) / total, mean, sumSquares, otherMean, otherSumSquares);
  return nullptr;
}

/** (name) → whether these kernels run here; from then on they are used. */
napi_value choose(napi_env env, napi_callback_info info) {
  napi_value arg[1];
  std::string name;
  if (!read_arguments(env, info, arg) || !read_name(env, arg[0], "name", &name)) return nullptr;
  napi_value result;
  napi_get_boolean(env, choose_stream_kernels(name.c_str()), &result);
  return result;
}

}  // namespace

void register_stats(napi_env env, napi_value exports) {
  export_function(env, exports, "statsUpdate", update);
  export_function(env, exports, "statsCloseBatch", close_batch);
  export_function(env, exports, "statsJoin", join);
  export_function(env, exports, "streamKernels", choose);
}

}  // namespace basinet
