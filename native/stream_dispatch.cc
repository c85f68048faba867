// Chooses the stream kernels at run time.
#include <cstring>
#include "stream_kernels.h"

namespace basinet {
namespace {

size_t available(const StreamKernels* (&found)[4]) {
  size_t count = 0;
#if defined(__x86_64__) || defined(_M_X64)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    found[count++] = &stream_avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found[count++] = &stream_avx2;
#elif defined(__aarch64__)
  found[count++] = &stream_neon;
#endif
  found[count++] = &stream_portable;
  return count;
}

const StreamKernels* chosen = nullptr;

}  // namespace

const StreamKernels& stream_kernels() {
  if (chosen == nullptr) {
    const StreamKernels* found[4];
    available(found);
    chosen = found[0];
  }
  return *chosen;
}

bool choose_stream_kernels(const char* name) {
  const StreamKernels* found[4];
  const size_t count = available(found);
  for (size_t i = 0; i < count; i++) {
    if (std::strcmp(found[i]->name, name) != 0) continue;
    chosen = found[i];
    return true;
  }
  return false;
}

}  // namespace basinet
