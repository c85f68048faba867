// Vectors of floats for one instruction set. The including file defines BASINET_ISA (a namespace) and BASINET_WIDTH
// (floats per vector) first. Everything is static inside that namespace and no standard-library template is used, so
// that the linker can never give one instruction set's code to another.
#pragma once
#include <stddef.h>
#include <stdint.h>
#if defined(__AVX2__) || defined(__AVX512F__)
#include <immintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

#define BASINET_INLINE static inline __attribute__((always_inline))

namespace basinet::BASINET_ISA {

constexpr size_t W = BASINET_WIDTH;
/** Rows of a panel: two vectors. Activations are stored as panels [features][P], rows across the lanes. */
constexpr size_t P = 2 * W;

typedef float vf __attribute__((vector_size(4 * BASINET_WIDTH)));
typedef int32_t vi __attribute__((vector_size(4 * BASINET_WIDTH)));
typedef float half __attribute__((vector_size(2 * BASINET_WIDTH)));
typedef double vd __attribute__((vector_size(4 * BASINET_WIDTH)));

BASINET_INLINE vf load(const float* p) {
  vf v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

BASINET_INLINE void store(float* p, vf v) { __builtin_memcpy(p, &v, sizeof v); }

/** x - 0 is x for every x, so this compiles to a plain broadcast. */
BASINET_INLINE vf broadcast(float x) { return x - (vf){}; }

/** As broadcast, from memory. An intrinsic where there is one: compilers merge plain scalar loads into shuffles. */
BASINET_INLINE vf broadcast_from(const float* p) {
#if defined(__AVX2__) && BASINET_WIDTH == 8
  return (vf)_mm256_broadcast_ss(p);
#else
  return broadcast(*p);
#endif
}

/** a·b + c, rounded once where the instruction set can. */
BASINET_INLINE vf fma(vf a, vf b, vf c) {
#if defined(__AVX512F__) && BASINET_WIDTH == 16
  return (vf)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
#elif defined(__FMA__) && BASINET_WIDTH == 8
  return (vf)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
#elif defined(BASINET_USE_NEON)
  return (vf)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
#else
  return a * b + c;
#endif
}

/** x·x - square, exactly, where square is x·x rounded: what rounding took away. Dekker's split where nothing is fused. */
BASINET_INLINE vf square_error(vf x, vf square) {
#if defined(__FMA__) || defined(BASINET_USE_NEON)
  return fma(x, x, -square);
#else
  const vf high = (vf)((vi)x & ~0xfff), low = x - high;
  return ((high * high - square) + (high + high) * low) + low * low;
#endif
}

BASINET_INLINE vi bits(vf x) { return (vi)x; }
BASINET_INLINE vf from_bits(vi x) { return (vf)x; }
BASINET_INLINE vf absolute(vf x) { return (vf)((vi)x & 0x7fffffff); }

/** Comparisons with a NaN are false, so a NaN in x stays. */
BASINET_INLINE vf at_most(vf x, vf limit) { return x > limit ? limit : x; }
BASINET_INLINE vf at_least(vf x, vf limit) { return x < limit ? limit : x; }

BASINET_INLINE vd widen_low(vf x) {
  half h;
  __builtin_memcpy(&h, &x, sizeof h);
  return __builtin_convertvector(h, vd);
}

BASINET_INLINE vd widen_high(vf x) {
  half h;
  __builtin_memcpy(&h, (const char*)&x + sizeof h, sizeof h);
  return __builtin_convertvector(h, vd);
}

BASINET_INLINE double sum(vd x) {
  double total = 0;
  for (size_t i = 0; i < W / 2; i++) total += x[i];
  return total;
}

template <int...>
struct Lanes {};
template <int N, int... I>
struct LanesTo : LanesTo<N - 1, N - 1, I...> {};
template <int... I>
struct LanesTo<0, I...> {
  using type = Lanes<I...>;
};

/** Source of lane i in one step of the transpose: of `a` where bit B of i is clear, else of `b` (numbered from W). */
template <int B, bool High>
constexpr int source_lane(int i) {
  return ((i & B) ? (int)W : 0) + (High ? (i | B) : (i & ~B));
}

template <int B, bool High, int... I>
BASINET_INLINE vf exchange(vf a, vf b, Lanes<I...>) {
#if defined(__clang__)
  return __builtin_shufflevector(a, b, source_lane<B, High>(I)...);
#else
  return __builtin_shuffle(a, b, (vi){source_lane<B, High>(I)...});
#endif
}

template <int B, bool High>
BASINET_INLINE vf exchange(vf a, vf b) {
  return exchange<B, High>(a, b, typename LanesTo<(int)W>::type{});
}

template <int B>
BASINET_INLINE void transpose_step(vf (&v)[W]) {
#pragma GCC unroll 16
  for (int i = 0; i < (int)W; i++) {
    if (i & B) continue;
    const vf a = v[i], b = v[i | B];
    v[i] = exchange<B, false>(a, b);
    v[i | B] = exchange<B, true>(a, b);
  }
}

/** v[i][j] becomes v[j][i]. */
BASINET_INLINE void transpose(vf (&v)[W]) {
  transpose_step<1>(v);
  transpose_step<2>(v);
  if constexpr (W >= 8) transpose_step<4>(v);
  if constexpr (W >= 16) transpose_step<8>(v);
}

/** Lane i of the result is the sum over the lanes of v[i]. */
template <int B>
BASINET_INLINE void sum_step(vf (&v)[W]) {
#pragma GCC unroll 16
  for (int i = 0; i < (int)W; i++) {
    if (i & (2 * B - 1)) continue;
    v[i] = exchange<B, false>(v[i], v[i | B]) + exchange<B, true>(v[i], v[i | B]);
  }
}

BASINET_INLINE vf sums(vf (&v)[W]) {
  sum_step<1>(v);
  sum_step<2>(v);
  if constexpr (W >= 8) sum_step<4>(v);
  if constexpr (W >= 16) sum_step<8>(v);
  return v[0];
}

}  // namespace basinet::BASINET_ISA
