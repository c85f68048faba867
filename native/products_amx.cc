// Products of int8 with AMX: tiles of 16 rows of 64 bytes.
#include "integer_products.h"
#ifdef BASINET_AMX
#include <immintrin.h>

namespace basinet {
namespace {

constexpr size_t TILE_ROWS = 16, TILE_BYTES = 64;

struct alignas(64) TileConfiguration {
  uint8_t palette = 1, startRow = 0, reserved[14] = {};
  uint16_t bytes[16] = {};
  uint8_t rows[16] = {};
};

/** Tiles 0 to 3 are sums of 16 × 16, 4 and 5 rows, 6 and 7 columns. */
__attribute__((target("amx-tile,amx-int8"))) void multiply(const int8_t* rows, size_t rowStride, const int8_t* blocks, size_t blockStride,
                                                           size_t depth, size_t columns, int32_t* out) {
  TileConfiguration configuration;
  for (size_t tile = 0; tile < 8; tile++) {
    configuration.bytes[tile] = TILE_BYTES;
    configuration.rows[tile] = TILE_ROWS;
  }
  // The compiler takes the intrinsic to read eight bytes of it only.
  asm volatile("" ::"r"(&configuration) : "memory");
  _tile_loadconfig(&configuration);
  const size_t outStride = columns * sizeof(int32_t);
  for (size_t first = 0; first < columns; first += 2 * PRODUCT_COLUMNS) {
    const int8_t* left = blocks + first / PRODUCT_COLUMNS * blockStride;
    const int8_t* right = left + blockStride;
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (size_t k = 0; k < depth; k += PRODUCT_DEPTH) {
      _tile_loadd(4, rows + k, rowStride);
      _tile_loadd(6, left + PRODUCT_COLUMNS * k, TILE_BYTES);
      _tile_loadd(7, right + PRODUCT_COLUMNS * k, TILE_BYTES);
      _tile_loadd(5, rows + TILE_ROWS * rowStride + k, rowStride);
      _tile_dpbssd(0, 4, 6);
      _tile_dpbssd(1, 4, 7);
      _tile_dpbssd(2, 5, 6);
      _tile_dpbssd(3, 5, 7);
    }
    int32_t* upper = out + first;
    int32_t* lower = upper + TILE_ROWS * columns;
    _tile_stored(0, upper, outStride);
    _tile_stored(1, upper + PRODUCT_COLUMNS, outStride);
    _tile_stored(2, lower, outStride);
    _tile_stored(3, lower + PRODUCT_COLUMNS, outStride);
  }
  _tile_release();
}

}  // namespace

const IntegerProducts products_amx = {.name = "amx", .multiply = multiply};

}  // namespace basinet
#endif
