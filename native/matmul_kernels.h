// Register blocks of a matrix product, and the packing that feeds them.
#pragma once
#include "simd.h"

namespace basinet::BASINET_ISA {

/** Rows of a register block: two vectors each must fit the register file beside their operands. */
#if BASINET_WIDTH == 16 || defined(BASINET_USE_NEON)
constexpr int MAX_BLOCK = 12;
#elif BASINET_WIDTH == 8
constexpr int MAX_BLOCK = 6;
#else
constexpr int MAX_BLOCK = 4;
#endif

/** How the broadcast operand lies: a(m, i) is a[m·lda + i], a[m·P + i] or a[m + i·lda]. */
enum class Left { rows, panel, columns };

enum class Start { zero, bias, accumulate };

/**
 * One register block: c[m][0..V·W) (+)= sum over (o, i) of a(m, o, i) · b(o, i)[0..V·W), for m < M. `b` and `c` are rows
 * of P floats, of which V·W are used; `a` is broadcast one float at a time, as Left says. `o` counts panels, whose
 * operands lie aOuter and bOuter floats apart; `i` runs over `inner`, which is P with Left::panel.
 */
struct Block {
  const float* a;
  /** Left::rows: from one m to the next. Left::columns: from one i to the next. */
  size_t lda;
  size_t aOuter;
  const float* b;
  size_t bOuter;
  size_t outer, inner;
  float* c;
  Start start;
  /** [M], where start is Start::bias. */
  const float* bias;
};

template <int M, int V, Left L>
BASINET_INLINE void multiply_add(const Block& k, const float* a, const float* b, vf (&acc)[M][V]) {
  vf right[V];
#pragma GCC unroll 2
  for (int v = 0; v < V; v++) right[v] = load(b + v * W);
#pragma GCC unroll 16
  for (int m = 0; m < M; m++) {
    const vf left = broadcast_from(L == Left::rows ? a + m * k.lda : L == Left::panel ? a + m * P : a + m);
#pragma GCC unroll 2
    for (int v = 0; v < V; v++) acc[m][v] = fma(left, right[v], acc[m][v]);
  }
}

template <int M, int V, Left L>
static void multiply_block(const Block& k) {
  vf acc[M][V];
#pragma GCC unroll 16
  for (int m = 0; m < M; m++) {
    // What is added to at the end is fetched now.
    if (k.start == Start::accumulate) {
      for (int v = 0; v < V; v++) __builtin_prefetch(k.c + m * P + v * W, 1);
    }
#pragma GCC unroll 2
    for (int v = 0; v < V; v++) acc[m][v] = k.start == Start::bias ? broadcast(k.bias[m]) : (vf){};
  }
  const size_t step = L == Left::columns ? k.lda : 1;
  // A panel's few rows are written out, so that the loop over them ends where the branch predictor expects it.
  constexpr int UNROLL = L == Left::panel && W >= 8 ? 8 : 1;
  for (size_t o = 0; o < k.outer; o++) {
    const float* a = k.a + o * k.aOuter;
    const float* b = k.b + o * k.bOuter;
    for (size_t i = 0; i < k.inner; i += UNROLL) {
#pragma GCC unroll 8
      for (int u = 0; u < UNROLL; u++) multiply_add<M, V, L>(k, a + u * step, b + u * P, acc);
      a += UNROLL * step;
      b += UNROLL * P;
    }
  }
#pragma GCC unroll 16
  for (int m = 0; m < M; m++) {
#pragma GCC unroll 2
    for (int v = 0; v < V; v++) {
      float* to = k.c + m * P + v * W;
      store(to, k.start == Start::accumulate ? load(to) + acc[m][v] : acc[m][v]);
    }
  }
}

using BlockFunction = void (*)(const Block&);

template <int V, Left L, int... M>
static BlockFunction block_of(int rows, Lanes<M...>) {
  static constexpr BlockFunction table[] = {multiply_block<M + 1, V, L>...};
  return table[rows - 1];
}

/** The block function for 1..MAX_BLOCK rows and one or two vectors. */
template <int V, Left L>
static BlockFunction block_function(size_t rows) {
  return block_of<V, L>((int)rows, typename LanesTo<MAX_BLOCK>::type{});
}

/** `total` cut into the fewest blocks of at most MAX_BLOCK, of sizes that differ by at most one: start of block i. */
BASINET_INLINE size_t block_count(size_t total) { return (total + MAX_BLOCK - 1) / MAX_BLOCK; }
BASINET_INLINE size_t block_start(size_t total, size_t blocks, size_t i) { return total * i / blocks; }

/**
 * Transposes `rows` <= P rows of `source` (leading dimension `ld`) into one panel [columns][P]; missing rows are 0.
 */
static void pack_panel(const float* source, size_t ld, size_t rows, size_t columns, float* panel) {
  for (size_t half_panel = 0; half_panel < P; half_panel += W) {
    const size_t present = rows > half_panel ? (rows - half_panel < W ? rows - half_panel : W) : 0;
    const float* from = source + half_panel * ld;
    size_t c = 0;
    if (present == W) {
      for (; c + W <= columns; c += W) {
        vf v[W];
#pragma GCC unroll 16
        for (size_t r = 0; r < W; r++) {
          v[r] = load(from + r * ld + c);
          __builtin_prefetch(from + r * ld + c + 128);
        }
        transpose(v);
#pragma GCC unroll 16
        for (size_t r = 0; r < W; r++) store(panel + (c + r) * P + half_panel, v[r]);
      }
    }
    for (; c < columns; c++) {
      float* to = panel + c * P + half_panel;
      for (size_t r = 0; r < W; r++) to[r] = r < present ? from[r * ld + c] : 0.0f;
    }
  }
}

/** The first `rows` <= P rows of one panel [columns][P], as rows of `columns` floats: what pack_panel did, undone. */
static void unpack_panel(const float* panel, size_t rows, size_t columns, float* destination) {
  for (size_t half_panel = 0; half_panel < rows; half_panel += W) {
    const size_t present = rows - half_panel < W ? rows - half_panel : W;
    float* to = destination + half_panel * columns;
    size_t c = 0;
    if (present == W) {
      for (; c + W <= columns; c += W) {
        vf v[W];
#pragma GCC unroll 16
        for (size_t i = 0; i < W; i++) v[i] = load(panel + (c + i) * P + half_panel);
        transpose(v);
#pragma GCC unroll 16
        for (size_t r = 0; r < W; r++) store(to + r * columns + c, v[r]);
      }
    }
    for (; c < columns; c++) {
      for (size_t r = 0; r < present; r++) to[r * columns + c] = panel[c * P + half_panel + r];
    }
  }
}

/** The columns first..first+count (count <= P) of `rows` rows, as contiguous rows of P floats, the rest 0. */
static void pack_strip(const float* source, size_t ld, size_t rows, size_t count, size_t padded, float* strip) {
  for (size_t r = 0; r < rows; r++) {
    const float* from = source + r * ld;
    float* to = strip + r * P;
    if (count == P) {
      store(to, load(from));
      store(to + W, load(from + W));
    } else {
      for (size_t c = 0; c < P; c++) to[c] = c < count ? from[c] : 0.0f;
    }
  }
  for (size_t i = rows * P; i < padded * P; i++) strip[i] = 0.0f;
}

/** Features first..first+count of panels [features][P] back into rows of P floats: what pack_panel did, undone. */
static void unpack_strip(const float* panel, size_t count, float* strip) {
  for (size_t c0 = 0; c0 < P; c0 += W) {
    for (size_t r0 = 0; r0 < P; r0 += W) {
      vf v[W];
#pragma GCC unroll 16
      for (size_t c = 0; c < W; c++) v[c] = c0 + c < count ? load(panel + (c0 + c) * P + r0) : (vf){};
      transpose(v);
#pragma GCC unroll 16
      for (size_t r = 0; r < W; r++) store(strip + (r0 + r) * P + c0, v[r]);
    }
  }
}

}  // namespace basinet::BASINET_ISA
