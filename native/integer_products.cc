// Chooses at run time what matches are screened by.
#include "integer_products.h"
#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>
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

/** What any processor can do, for tests: no quicker than sums in float64. */
void multiply(const int8_t* rows, size_t rowStride, const int8_t* blocks, size_t blockStride, size_t depth, size_t columns, int32_t* out) {
  for (size_t r = 0; r < PRODUCT_ROWS; r++) {
    for (size_t first = 0; first < columns; first += PRODUCT_COLUMNS) {
      const int8_t* block = blocks + first / PRODUCT_COLUMNS * blockStride;
      int32_t sums[PRODUCT_COLUMNS] = {};
      for (size_t k = 0; k < depth; k++) {
        const int32_t x = rows[r * rowStride + k];
        for (size_t c = 0; c < PRODUCT_COLUMNS; c++) sums[c] += x * block[k / 4 * 4 * PRODUCT_COLUMNS + c * 4 + k % 4];
      }
      std::copy(sums, sums + PRODUCT_COLUMNS, out + r * columns + first);
    }
  }
}

const IntegerProducts products_portable = {.name = "portable", .multiply = multiply};

/** Those that run here, best first. */
const std::vector<ScreeningProducts>& available() {
  static const std::vector<ScreeningProducts> all = [] {
    std::vector<ScreeningProducts> found;
#if defined(__x86_64__) || defined(_M_X64)
    __builtin_cpu_init();
#ifdef BASINET_AMX
    if (may_use_tiles()) found.push_back({products_amx.name, &products_amx});
#endif
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni")) found.push_back({products_vnni.name, &products_vnni});
#endif
    found.push_back({"float32", nullptr});
    found.push_back({products_portable.name, &products_portable});
    return found;
  }();
  return all;
}

std::atomic<const ScreeningProducts*>& chosen() {
  static std::atomic<const ScreeningProducts*> products{&available().front()};
  return products;
}

}  // namespace

const ScreeningProducts* screening_products() { return chosen().load(std::memory_order_acquire); }

bool choose_screening_products(const char* name) {
  const auto named = std::find_if(available().begin(), available().end(), [name](const ScreeningProducts& products) { return std::strcmp(products.name, name) == 0; });
  const bool found = named != available().end();
  if (!found && std::strcmp(name, "none") != 0) return false;
  chosen().store(found ? &*named : nullptr, std::memory_order_release);
  return true;
}

}  // namespace basinet
