// Arithmetic without subnormal numbers, which processors compute a hundred times slower than others.
#pragma once
#include <cstdint>
#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace basinet {

/**
 * While it lives, results of this thread below 2^-126 (float32) are 0, as are such operands. A network that is sure of its
 * classes makes many: a probability of e^-90 times a weight. The rest of the process keeps IEEE 754's arithmetic: JavaScript
 * needs it.
 */
class FlushSubnormals {
 public:
#if defined(__x86_64__) || defined(_M_X64)
  FlushSubnormals() : before_(_mm_getcsr()) { _mm_setcsr((unsigned)before_ | FLUSH_TO_ZERO | SUBNORMALS_ARE_ZERO); }
  ~FlushSubnormals() { _mm_setcsr((unsigned)before_); }
#elif defined(__aarch64__)
  FlushSubnormals() {
    asm volatile("mrs %0, fpcr" : "=r"(before_));
    asm volatile("msr fpcr, %0" ::"r"(before_ | FLUSH));
  }
  ~FlushSubnormals() { asm volatile("msr fpcr, %0" ::"r"(before_)); }
#else
  FlushSubnormals() {}
  ~FlushSubnormals() {}
#endif
  FlushSubnormals(const FlushSubnormals&) = delete;
  FlushSubnormals& operator=(const FlushSubnormals&) = delete;

 private:
  /** Bits of MXCSR, and of FPCR. */
  [[maybe_unused]] static constexpr unsigned FLUSH_TO_ZERO = 1u << 15, SUBNORMALS_ARE_ZERO = 1u << 6;
  [[maybe_unused]] static constexpr uint64_t FLUSH = uint64_t{1} << 24;
  [[maybe_unused]] uint64_t before_ = 0;
};

}  // namespace basinet
