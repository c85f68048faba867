// Chooses the instruction set at run time.
#include <cstring>
#include "kernels.h"

namespace basinet {

size_t available_kernels(const Kernels* (&found)[4]) {
  size_t count = 0;
#if defined(__x86_64__) || defined(_M_X64)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    found[count++] = &kernels_avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found[count++] = &kernels_avx2;
#elif defined(__aarch64__)
  found[count++] = &kernels_neon;
#endif
  found[count++] = &kernels_portable;
  return count;
}

const Kernels* find_kernels(const char* name) {
  const Kernels* found[4];
  const size_t count = available_kernels(found);
  if (name == nullptr) return found[0];
  for (size_t i = 0; i < count; i++) {
    if (std::strcmp(found[i]->name, name) == 0) return found[i];
  }
  return nullptr;
}

}  // namespace basinet
