// What this processor offers: instruction sets, and its measured rate of fused multiply-adds.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>
#include "addon.h"
#include "arguments.h"
#include "kernels.h"

namespace basinet {
namespace {

std::vector<std::string> features() {
  std::vector<std::string> names;
#if defined(__x86_64__) || defined(_M_X64)
  __builtin_cpu_init();
#define BASINET_FEATURE(name) \
  if (__builtin_cpu_supports(name)) names.push_back(name)
  BASINET_FEATURE("sse4.2");
  BASINET_FEATURE("avx");
  BASINET_FEATURE("avx2");
  BASINET_FEATURE("fma");
  BASINET_FEATURE("avx512f");
  BASINET_FEATURE("avx512dq");
  BASINET_FEATURE("avx512bw");
  BASINET_FEATURE("avx512vl");
#undef BASINET_FEATURE
#elif defined(__aarch64__)
  names.push_back("neon");
#endif
  return names;
}

napi_value make_list(napi_env env, const std::vector<std::string>& items) {
  napi_value list = nullptr;
  napi_create_array_with_length(env, items.size(), &list);
  for (size_t i = 0; i < items.size(); i++) napi_set_element(env, list, (uint32_t)i, make_string(env, items[i]));
  return list;
}

/** cpuInfo(): { instructionSets: best first, features } */
napi_value cpu_info(napi_env env, napi_callback_info) {
  const Kernels* found[4];
  const size_t count = available_kernels(found);
  std::vector<std::string> sets;
  for (size_t i = 0; i < count; i++) sets.emplace_back(found[i]->name);
  napi_value result = nullptr;
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "instructionSets", make_list(env, sets));
  napi_set_named_property(env, result, "features", make_list(env, features()));
  return result;
}

/** fmaPeak(threads, milliseconds): GFLOP/s of all threads together, busy at the same time */
napi_value fma_peak(napi_env env, napi_callback_info info) {
  using Clock = std::chrono::steady_clock;
  napi_value arg[2];
  size_t threads;
  double milliseconds;
  if (!read_arguments(env, info, arg) || !read_size(env, arg[0], "threads", &threads) ||
      !read_double(env, arg[1], "milliseconds", &milliseconds)) {
    return nullptr;
  }
  if (threads == 0 || threads > 1024 || !(milliseconds > 0 && milliseconds <= 60'000)) {
    fail(env, "threads and milliseconds", "positive and at most 1024 and 60000");
    return nullptr;
  }
  const Kernels& kernels = *find_kernels(nullptr);
  std::atomic<size_t> ready{0};
  std::vector<double> rates(threads);
  const auto measure = [&](size_t thread) {
    float sink = 1;
    kernels.fma_loop(100'000, &sink);
    ready++;
    while (ready.load() < threads) std::this_thread::yield();
    const auto start = Clock::now();
    double operations = 0, seconds = 0;
    while (seconds * 1e3 < milliseconds) {
      operations += kernels.fma_loop(100'000, &sink);
      seconds = std::chrono::duration<double>(Clock::now() - start).count();
    }
    rates[thread] = operations / seconds / 1e9;
  };
  std::vector<std::thread> others;
  for (size_t t = 1; t < threads; t++) others.emplace_back(measure, t);
  measure(0);
  for (auto& other : others) other.join();
  double total = 0;
  for (const double rate : rates) total += rate;
  return make_number(env, total);
}

}  // namespace

void register_cpu(napi_env env, napi_value exports) {
  export_function(env, exports, "cpuInfo", cpu_info);
  export_function(env, exports, "fmaPeak", fma_peak);
}

}  // namespace basinet
