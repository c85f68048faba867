// Chooses the stream kernels at run time: the same instruction set as the engine's.
#include <atomic>
#include <cstring>
#include "kernels.h"
#include "stream_kernels.h"

namespace basinet {
namespace {

const StreamKernels* const ALL[] = {
#if defined(__x86_64__) || defined(_M_X64)
    &stream_avx512, &stream_avx2,
#elif defined(__aarch64__)
    &stream_neon,
#endif
    &stream_portable};

std::atomic<const StreamKernels*> chosen{nullptr};

/** Null where the processor cannot run kernels of that name. */
const StreamKernels* find(const char* name) {
  const Kernels* engine = find_kernels(name);
  if (engine == nullptr) return nullptr;
  for (const StreamKernels* kernels : ALL) {
    if (std::strcmp(kernels->name, engine->name) == 0) return kernels;
  }
  return nullptr;
}

}  // namespace

const StreamKernels& stream_kernels() {
  const StreamKernels* kernels = chosen.load(std::memory_order_acquire);
  if (kernels == nullptr) {
    kernels = find(nullptr);
    chosen.store(kernels, std::memory_order_release);
  }
  return *kernels;
}

bool choose_stream_kernels(const char* name) {
  const StreamKernels* kernels = find(name);
  if (kernels != nullptr) chosen.store(kernels, std::memory_order_release);
  return kernels != nullptr;
}

}  // namespace basinet
