// Dyadic histograms: counts one value of every weight. Declared in src/stats/native.ts, explained in
// src/stats/histogramKernels.ts, whose results these are to the last bit.
#include <cstring>
#include "addon.h"
#include "arguments.h"

namespace basinet {
namespace {

constexpr int32_t BINS = 32, MASK = BINS - 1;
constexpr int16_t NOT_FINITE = 32767;

/** The least exponent at which a finite float32 has a bin number within ±2²⁴. */
int32_t exponent_of(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  const int32_t biased = static_cast<int32_t>(bits >> 23 & 255);
  return (biased > 1 ? biased : 1) - 150;
}

/** ⌊x / 2^exponent⌋, which is within ±2³¹. */
int32_t bin_of(float x, int32_t exponent) {
  const uint64_t bits = static_cast<uint64_t>(1023 - exponent) << 52;
  double scale;
  std::memcpy(&scale, &bits, sizeof scale);
  const double place = x * scale;
  const int32_t towards_zero = static_cast<int32_t>(place);
  return towards_zero - (towards_zero > place);
}

int32_t at_most_31(int32_t steps) { return steps < 31 ? steps : 31; }

/** Finds coarser bins for x beside those that there are, moves the counts, and returns the bin of x. */
int32_t make_room(float x, int16_t* exponent, int32_t* low, int32_t* high, uint16_t* counts) {
  const bool empty = *low > *high;
  const int32_t before = *exponent, own = exponent_of(x);
  int32_t after = empty || own > before ? own : before;
  int32_t bin = bin_of(x, after), first = bin, last = bin;
  if (!empty) {
    const int32_t l = *low >> at_most_31(after - before), h = *high >> at_most_31(after - before);
    first = l < bin ? l : bin;
    last = h > bin ? h : bin;
  }
  for (; last - first >= BINS; after++) {
    bin >>= 1;
    first >>= 1;
    last >>= 1;
  }
  if (!empty && after > before) {
    uint16_t moved[BINS] = {};
    for (int32_t b = *low; b <= *high; b++) moved[(b >> at_most_31(after - before)) & MASK] += counts[b & MASK];
    std::memcpy(counts, moved, sizeof moved);
  }
  *exponent = static_cast<int16_t>(after);
  *low = first;
  *high = last;
  return bin;
}

/** Whether x has a bin number at this exponent that an int32 holds: beyond, it is outside of all bins there are. */
bool in_reach(float x, int32_t exponent) { return exponent_of(x) <= exponent; }

/** (values [n] float32, exponent [n] int16, low [n] int32, high [n] int32, counts [n, 32] uint16) */
napi_value count(napi_env env, napi_callback_info info) {
  napi_value arg[5];
  if (!read_arguments(env, info, arg)) return nullptr;
  size_t n = 0, length;
  void *values, *exponents, *lows, *highs, *counters;
  if (!read_array(env, arg[0], "values", napi_float32_array, 0, &values, &n) ||
      !read_array(env, arg[1], "exponent", napi_int16_array, n, &exponents, &length) ||
      !read_array(env, arg[2], "low", napi_int32_array, n, &lows, &length) ||
      !read_array(env, arg[3], "high", napi_int32_array, n, &highs, &length) ||
      !read_array(env, arg[4], "counts", napi_uint16_array, BINS * n, &counters, &length)) {
    return nullptr;
  }
  const float* x = static_cast<const float*>(values);
  int16_t* exponent = static_cast<int16_t*>(exponents);
  int32_t *low = static_cast<int32_t*>(lows), *high = static_cast<int32_t*>(highs);
  uint16_t* counts = static_cast<uint16_t*>(counters);
  for (size_t i = 0; i < n; i++) {
    // A cache line a weight: the processor itself looks no further ahead than a page.
    __builtin_prefetch(counts + BINS * (i + 16), 1);
    if (exponent[i] == NOT_FINITE) continue;
    if (x[i] - x[i] != 0) {
      exponent[i] = NOT_FINITE;
      continue;
    }
    uint16_t* own = counts + BINS * i;
    const int32_t place = in_reach(x[i], exponent[i]) ? bin_of(x[i], exponent[i]) : INT32_MIN;
    const bool fits = place >= low[i] && place <= high[i];
    own[(fits ? place : make_room(x[i], exponent + i, low + i, high + i, own)) & MASK]++;
  }
  return nullptr;
}

}  // namespace

void register_histogram(napi_env env, napi_value exports) { export_function(env, exports, "histogramCount", count); }

}  // namespace basinet
