// Chooses the products of int8 at run time.
#include "integer_products.h"
#include <atomic>
#include <cstring>
#ifdef BASINET_AMX
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace basinet {
namespace {

#ifdef BASINET_AMX
/** Tiles are there, and the kernel lets this process use them: it keeps their 8 KiB of a thread only for who asks. */
bool may_use_tiles() {
  static const bool granted = [] {
    constexpr unsigned TILE = 1u << 24, INT8 = 1u << 25;
    constexpr long REQUEST_PERMISSION = 0x1023, TILE_DATA = 18;
    unsigned a, b, c, d;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & TILE) == 0 || (d & INT8) == 0) return false;
    return syscall(SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) == 0;
  }();
  return granted;
}
#endif

const IntegerProducts* best() {
  const IntegerProducts* found[2];
  return available_products(found) > 0 ? found[0] : nullptr;
}

std::atomic<const IntegerProducts*>& chosen() {
  static std::atomic<const IntegerProducts*> products{best()};
  return products;
}

}  // namespace

size_t available_products(const IntegerProducts* (&found)[2]) {
  size_t count = 0;
#if defined(__x86_64__) || defined(_M_X64)
  __builtin_cpu_init();
#ifdef BASINET_AMX
  if (may_use_tiles()) found[count++] = &products_amx;
#endif
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni")) {
    found[count++] = &products_vnni;
  }
#else
  (void)found;
#endif
  return count;
}

const IntegerProducts* integer_products() { return chosen().load(std::memory_order_acquire); }

bool choose_integer_products(const char* name) {
  const IntegerProducts* found[2];
  const IntegerProducts* named = nullptr;
  for (size_t i = available_products(found); i-- > 0;) {
    if (std::strcmp(found[i]->name, name) == 0) named = found[i];
  }
  if (named == nullptr && std::strcmp(name, "none") != 0) return false;
  chosen().store(named, std::memory_order_release);
  return true;
}

}  // namespace basinet
