// Streaming moments of the addon. Declared in src/stats/native.ts.
#include "addon.h"
#include "stream_kernels.h"
#include "typed_array.h"

namespace basinet {
namespace {

/** (values [n] float32 or float64, count, mean [n], sumSquares [n], batchSum [n]) → values that are not finite. */
napi_value update(napi_env env, napi_callback_info info) {
  const Arguments<5> arguments(env, info);
  size_t n;
  napi_typedarray_type type;
  const void* values = arguments.array<void>(0, &n, &type);
  const double count = arguments.number(1);
  double* mean = arguments.array<double>(2);
  double* sumSquares = arguments.array<double>(3);
  double* batchSum = arguments.array<double>(4);
  const StreamKernels& kernels = stream_kernels();
  const size_t nonFinite =
      type == napi_float32_array
          ? kernels.update_float(static_cast<const float*>(values), n, count, mean, sumSquares, batchSum)
          : kernels.update_double(static_cast<const double*>(values), n, count, mean, sumSquares, batchSum);
  return make_number(env, (double)nonFinite);
}

/** (batchSum [n], batchSize, batches, mean [n], sumSquares [n]) */
napi_value close_batch(napi_env env, napi_callback_info info) {
  const Arguments<5> arguments(env, info);
  size_t n;
  double* batchSum = arguments.array<double>(0, &n);
  stream_kernels().close_batch(batchSum, n, arguments.number(1), arguments.number(2), arguments.array<double>(3), arguments.array<double>(4));
  return nullptr;
}

/** (name) → whether these kernels run here; from then on they are used. */
napi_value choose(napi_env env, napi_callback_info info) {
  const Arguments<1> arguments(env, info);
  char name[16] = {};
  size_t length = 0;
  napi_get_value_string_utf8(env, arguments.values[0], name, sizeof name, &length);
  napi_value result;
  napi_get_boolean(env, choose_stream_kernels(name), &result);
  return result;
}

}  // namespace

void register_stats(napi_env env, napi_value exports) {
  add_function(env, exports, "statsUpdate", update);
  add_function(env, exports, "statsCloseBatch", close_batch);
  add_function(env, exports, "streamKernels", choose);
}

}  // namespace basinet
