// Products of int8 with AVX-512 VNNI, which multiplies unsigned with signed bytes.
#include <immintrin.h>
#include "integer_products.h"

namespace basinet {
namespace {

constexpr size_t ROWS = 8, BLOCKS = 2;

/** 128 times the sum of a row's elements. */
inline int32_t offset_of(const int8_t* row, size_t depth) {
  int32_t sum = 0;
  for (size_t k = 0; k < depth; k++) sum += row[k];
  return 128 * sum;
}

inline __m512i repeated(const int8_t* row) {
  int32_t four;
  __builtin_memcpy(&four, row, sizeof four);
  return _mm512_set1_epi32(four);
}

void multiply(const int8_t* rows, size_t rowStride, const int8_t* blocks, size_t blockStride, size_t depth, size_t columns, int32_t* out) {
  int32_t offsets[PRODUCT_ROWS];
  for (size_t r = 0; r < PRODUCT_ROWS; r++) offsets[r] = offset_of(rows + r * rowStride, depth);
  // Columns plus 128 are unsigned: x ^ 128 as bytes. What that adds to a row's product is 128 times the sum of the row.
  const __m512i shift = _mm512_set1_epi8(-128);
  for (size_t first = 0; first < columns; first += BLOCKS * PRODUCT_COLUMNS) {
    const int8_t* left = blocks + first / PRODUCT_COLUMNS * blockStride;
    const int8_t* right = left + blockStride;
    for (size_t r = 0; r < PRODUCT_ROWS; r += ROWS) {
      __m512i sums[ROWS][BLOCKS];
#pragma GCC unroll 8
      for (size_t i = 0; i < ROWS; i++) sums[i][0] = sums[i][1] = _mm512_set1_epi32(-offsets[r + i]);
      for (size_t k = 0; k < depth; k += 4) {
        const __m512i a = _mm512_xor_si512(_mm512_loadu_si512(left + PRODUCT_COLUMNS * k), shift);
        const __m512i b = _mm512_xor_si512(_mm512_loadu_si512(right + PRODUCT_COLUMNS * k), shift);
#pragma GCC unroll 8
        for (size_t i = 0; i < ROWS; i++) {
          const __m512i row = repeated(rows + (r + i) * rowStride + k);
          sums[i][0] = _mm512_dpbusd_epi32(sums[i][0], a, row);
          sums[i][1] = _mm512_dpbusd_epi32(sums[i][1], b, row);
        }
      }
#pragma GCC unroll 8
      for (size_t i = 0; i < ROWS; i++) {
        int32_t* to = out + (r + i) * columns + first;
        _mm512_storeu_si512(to, sums[i][0]);
        _mm512_storeu_si512(to + PRODUCT_COLUMNS, sums[i][1]);
      }
    }
  }
}

}  // namespace

const IntegerProducts products_vnni = {.name = "vnni", .multiply = multiply};

}  // namespace basinet
