// Inner products of vectors of int8, in int32: exact, and therefore the same on every processor and in any order.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace basinet {

/** Rows that are multiplied at once, columns of a block, and what lengths are multiples of. */
constexpr size_t PRODUCT_ROWS = 32, PRODUCT_COLUMNS = 16, PRODUCT_DEPTH = 64;

/**
 * A column lies in a block with 15 others, four elements of each in turn: element k of column c is
 * block[k / 4][c][k % 4], a block being [depth / 4][16][4].
 */
struct IntegerProducts {
  const char* name;
  /**
   * out[r·columns + c] = Σ_k row r [k] · column c [k] over `depth` elements, for 32 rows, `rowStride` bytes apart, and `columns`
   * columns (a multiple of 32), `blockStride` bytes a block. No sum may pass 2³¹. 64-byte alignment of all is of advantage.
   */
  void (*multiply)(const int8_t* rows, size_t rowStride, const int8_t* blocks, size_t blockStride, size_t depth, size_t columns, int32_t* out);
};

/** What matches are screened by: products of int8, or in float32 where there are no instructions for them. */
struct ScreeningProducts {
  const char* name;
  /** Null: in float32. */
  const IntegerProducts* integers;
};

/** The best that run here, or those last chosen by name; null: matches are not screened. */
const ScreeningProducts* screening_products();

/** Chooses by name, `amx`, `vnni`, `float32` or `portable`, or `none` at all; false where it cannot run here. For tests. */
bool choose_screening_products(const char* name);

#if defined(__x86_64__) || defined(_M_X64)
extern const IntegerProducts products_vnni;
#if defined(__linux__) && __has_include(<amxint8intrin.h>)
#define BASINET_AMX
extern const IntegerProducts products_amx;
#endif
#endif

}  // namespace basinet
