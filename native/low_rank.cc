// The streaming low-rank covariance's loops for JavaScript. Declared in src/stats/native.ts.
#include "addon.h"
#include "arguments.h"
#include "stream_kernels.h"

namespace basinet {
namespace {

/** (values [n] float32 or float64, weight, scale, mean [n], row [n] float32) */
napi_value deviate(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  if (!read_arguments(env, info, arg)) return nullptr;
  napi_typedarray_type type{};
  size_t n = 0, length;
  void* values = nullptr;
  double weight, scale, *mean;
  float* row;
  if (napi_get_typedarray_info(env, arg[0], &type, &n, &values, nullptr, nullptr) != napi_ok ||
      (type != napi_float32_array && type != napi_float64_array)) {
    fail(env, "values", "a Float32Array or a Float64Array");
    return nullptr;
  }
  if (!read_double(env, arg[1], "weight", &weight) || !read_double(env, arg[2], "scale", &scale) ||
      !read_doubles(env, arg[3], "mean", n, &mean, &length) || !read_floats(env, arg[4], "row", n, &row)) {
    return nullptr;
  }
  const StreamKernels& kernels = stream_kernels();
  if (type == napi_float32_array) kernels.deviate_float(static_cast<const float*>(values), n, weight, scale, mean, row);
  else kernels.deviate_double(static_cast<const double*>(values), n, weight, scale, mean, row);
  return nullptr;
}

/** (rows [count, n] float32, count, n, gram [count, count], scratch [count, count, 8]) */
napi_value gram(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  size_t count, n, length;
  float* rows;
  double *gram, *scratch;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[1], "count", &count) || !read_size(env, arg[2], "size", &n) ||
      !read_floats(env, arg[0], "rows", count * n, &rows) || !read_doubles(env, arg[3], "gram", count * count, &gram, &length) ||
      !read_doubles(env, arg[4], "scratch", 8 * count * count, &scratch, &length)) {
    return nullptr;
  }
  stream_kernels().gram(rows, count, n, gram, scratch);
  return nullptr;
}

/** (rows [count, n] float32, count, n, weights [count, rank], rank) */
napi_value rotate(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  size_t count, n, rank, length;
  float* rows;
  double* weights;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[1], "count", &count) || !read_size(env, arg[2], "size", &n) ||
      !read_size(env, arg[4], "rank", &rank) || !read_floats(env, arg[0], "rows", count * n, &rows) ||
      !read_doubles(env, arg[3], "weights", count * rank, &weights, &length)) {
    return nullptr;
  }
  if (count > MOST_ROWS || rank > count) {
    fail(env, "count", "at least the rank, and no more rows than can be turned at once");
    return nullptr;
  }
  stream_kernels().rotate(rows, count, n, weights, rank);
  return nullptr;
}

}  // namespace

void register_low_rank(napi_env env, napi_value exports) {
  export_function(env, exports, "lowRankDeviate", deviate);
  export_function(env, exports, "lowRankGram", gram);
  export_function(env, exports, "lowRankRotate", rotate);
}

}  // namespace basinet
