// Comparison of draws' units with one reference's, as the addon offers it. Declared in src/rebasin/native.ts.
#include <memory>
#include <new>
#include "addon.h"
#include "arguments.h"
#include "integer_products.h"
#include "screened_assignment.h"
#include "unit_arguments.h"

namespace basinet {
namespace {

constexpr napi_type_tag TAG = {0x8a6f1c0d5b3e4f72, 0x9d2e7b61c4a05f38};

void finalize(napi_env, void* data, void*) { delete static_cast<ScreenedAssignment*>(data); }

/** (reference [n][features], n, features) → a handle; null where matches are not screened. */
napi_value create(napi_env env, napi_callback_info info) {
  napi_value arg[3], result = nullptr;
  float* reference;
  size_t n, features;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[1], "size", &n) || !read_size(env, arg[2], "features", &features) ||
      !read_floats(env, arg[0], "reference", n * features, &reference)) {
    return nullptr;
  }
  napi_get_null(env, &result);
  const ScreeningProducts* chosen = screening_products();
  if (chosen == nullptr) return result;
  const StreamKernels& kernels = stream_kernels();
  try {
    auto products = chosen->integers == nullptr || features > MOST_CODED_FEATURES ? float_products(kernels, reference, n, features)
                                                                                   : coded_products(kernels, *chosen->integers, reference, n, features);
    auto screened = std::make_unique<ScreenedAssignment>(kernels, std::move(products), reference, n, features);
    result = make_external(env, screened.get(), finalize, TAG);
    if (result != nullptr) screened.release();
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
  return result;
}

/** Null, and an error thrown, where the value is none. */
ScreenedAssignment* read_handle(napi_env env, napi_value value) {
  void* data = nullptr;
  if (!read_external(env, value, TAG, "a comparison", &data)) return nullptr;
  return static_cast<ScreenedAssignment*>(data);
}

bool read_flag(napi_env env, napi_value value, const char* name, bool* out) {
  return napi_get_value_bool(env, value, out) == napi_ok ? true : fail(env, name, "true or false");
}

/** (handle, reference, the draw's units as `rebasinPack` takes them, packed [n][features], magnitudes,
    present [n] or null, unitOf [n]) → the number of a
    Screening. */
napi_value assign(napi_env env, napi_callback_info info) {
  napi_value arg[10];
  void *unitOf, *present = nullptr;
  napi_valuetype type{};
  float *reference, *packed;
  bool magnitudes;
  size_t length;
  if (!read_arguments(env, info, arg)) return nullptr;
  ScreenedAssignment* screened = read_handle(env, arg[0]);
  if (screened == nullptr) return nullptr;
  const size_t elements = screened->units() * screened->features();
  if (!read_floats(env, arg[1], "reference", elements, &reference) || !read_floats(env, arg[6], "packed", elements, &packed) ||
      !read_flag(env, arg[7], "magnitudes", &magnitudes) || !read_array(env, arg[9], "unitOf", napi_int32_array, screened->units(), &unitOf, &length)) {
    return nullptr;
  }
  napi_typeof(env, arg[8], &type);
  if (type != napi_null && !read_array(env, arg[8], "present", napi_int32_array, screened->units(), &present, &length)) return nullptr;
  try {
    const std::optional<UnitView> draw = read_units(env, arg + 2, screened->units());
    if (!draw) return nullptr;
    if (draw->features() != screened->features()) {
      fail(env, "offsets", "as many as the reference's units have elements");
      return nullptr;
    }
    const Screening how = screened->solve(stream_kernels(), reference, *draw, packed, magnitudes, static_cast<int32_t*>(present), static_cast<int32_t*>(unitOf));
    return make_number(env, static_cast<double>(how));
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
}

/** (handle, draw [n][features], magnitudes, lower, upper, estimates, errors [n][n]): as SimilarityBounds says. For tests. */
napi_value bounds(napi_env env, napi_callback_info info) {
  napi_value arg[7];
  float* draw;
  bool magnitudes;
  size_t length;
  SimilarityBounds out;
  if (!read_arguments(env, info, arg)) return nullptr;
  ScreenedAssignment* screened = read_handle(env, arg[0]);
  if (screened == nullptr) return nullptr;
  const size_t entries = screened->units() * screened->units();
  if (!read_floats(env, arg[1], "draw", screened->units() * screened->features(), &draw) || !read_flag(env, arg[2], "magnitudes", &magnitudes) ||
      !read_doubles(env, arg[3], "lower", entries, &out.lower, &length) || !read_doubles(env, arg[4], "upper", entries, &out.upper, &length) ||
      !read_doubles(env, arg[5], "estimates", entries, &out.estimates, &length) || !read_doubles(env, arg[6], "errors", entries, &out.errors, &length)) {
    return nullptr;
  }
  try {
    screened->bounds(stream_kernels(), draw, magnitudes, out);
  } catch (const std::bad_alloc&) {
    return out_of_memory(env);
  }
  return nullptr;
}

/** (reference [n][features], draw [n][features], features, rows [count], columns [count], out [count]): single entries of S. */
napi_value entries(napi_env env, napi_callback_info info) {
  napi_value arg[6];
  void *rows, *columns, *reference, *draw;
  double* out;
  size_t features, count, length, referenceLength, drawLength;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[2], "features", &features) ||
      !read_array(env, arg[0], "reference", napi_float32_array, 0, &reference, &referenceLength) ||
      !read_array(env, arg[1], "draw", napi_float32_array, 0, &draw, &drawLength) ||
      !read_array(env, arg[3], "rows", napi_int32_array, 0, &rows, &count) ||
      !read_array(env, arg[4], "columns", napi_int32_array, count, &columns, &length) || !read_doubles(env, arg[5], "out", count, &out, &length)) {
    return nullptr;
  }
  const int32_t *i = static_cast<int32_t*>(rows), *j = static_cast<int32_t*>(columns);
  for (size_t p = 0; p < count; p++) {
    if (i[p] >= 0 && j[p] >= 0 && ((size_t)i[p] + 1) * features <= referenceLength && ((size_t)j[p] + 1) * features <= drawLength) continue;
    fail(env, "rows and columns", "units that there are");
    return nullptr;
  }
  stream_kernels().inner_products(static_cast<float*>(reference), i, static_cast<float*>(draw), j, count, features, out);
  return nullptr;
}

/** (rows [32][depth], blocks [columns / 16][depth / 4][16][4], depth, columns, out [32][columns]): as IntegerProducts says. For tests. */
napi_value multiply(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  void *rows, *blocks, *out;
  size_t depth, columns, length;
  const IntegerProducts* products = screening_products() == nullptr ? nullptr : screening_products()->integers;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[2], "depth", &depth) || !read_size(env, arg[3], "columns", &columns) ||
      !read_array(env, arg[0], "rows", napi_int8_array, PRODUCT_ROWS * depth, &rows, &length) ||
      !read_array(env, arg[1], "blocks", napi_int8_array, columns * depth, &blocks, &length) ||
      !read_array(env, arg[4], "out", napi_int32_array, PRODUCT_ROWS * columns, &out, &length)) {
    return nullptr;
  }
  if (products == nullptr || depth % PRODUCT_DEPTH != 0 || columns % (2 * PRODUCT_COLUMNS) != 0) {
    fail(env, "depth and columns", "multiples of 64 and 32, and products chosen");
    return nullptr;
  }
  products->multiply(static_cast<int8_t*>(rows), depth, static_cast<int8_t*>(blocks), PRODUCT_COLUMNS * depth, depth, columns, static_cast<int32_t*>(out));
  return nullptr;
}

/** (name) → whether these products run here (`none`: matches are not screened); from then on they are used. */
napi_value choose(napi_env env, napi_callback_info info) {
  napi_value arg[1], result;
  std::string name;
  if (!read_arguments(env, info, arg) || !read_name(env, arg[0], "name", &name)) return nullptr;
  napi_get_boolean(env, choose_screening_products(name.c_str()), &result);
  return result;
}

}  // namespace

void register_comparison(napi_env env, napi_value exports) {
  export_function(env, exports, "comparisonCreate", create);
  export_function(env, exports, "comparisonAssign", assign);
  export_function(env, exports, "comparisonBounds", bounds);
  export_function(env, exports, "comparisonEntries", entries);
  export_function(env, exports, "screeningProducts", choose);
  export_function(env, exports, "integerProductsMultiply", multiply);
}

}  // namespace basinet
