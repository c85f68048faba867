// Assignment of a draw's units to a reference's without the matrix of their similarities: bounds from exact products of
// int8 decide almost everything, and what they leave open is summed exactly.
#include "screened_assignment.h"
#include <algorithm>
#include "integer_products.h"

namespace basinet {
namespace {

size_t rounded_up(size_t n, size_t to) { return (n + to - 1) / to * to; }

AlignedBuffer bytes(size_t count) { return AlignedBuffer(count / sizeof(float)); }

/** Bounds are computed in float64 themselves: a little wider covers that. */
constexpr double UP = 1 + 1e-9;

}  // namespace

UnitCodes::UnitCodes(size_t units, size_t features)
    : units_(units),
      features_(features),
      depth_(rounded_up(features, PRODUCT_DEPTH)),
      rows_(rounded_up(units, PRODUCT_ROWS)),
      digits_(bytes(rows_ * 2 * depth_)),
      bounds_(rows_) {}

void UnitCodes::encode(const StreamKernels& kernels, const float* units) {
  int8_t* to = reinterpret_cast<int8_t*>(digits_.get());
  for (size_t i = 0; i < units_; i++) kernels.encode(units + i * features_, features_, depth_, to + i * 2 * depth_, &bounds_[i]);
}

double UnitCodes::largest_norm() const {
  double largest = 0;
  for (const UnitBounds& unit : bounds_) largest = std::max(largest, unit.norm);
  return largest;
}

ScreenedAssignment::ScreenedAssignment(const StreamKernels& kernels, const float* reference, size_t count, size_t features)
    : n(count), rows(count, features), columnValues(6 * rows.rows()), high(PRODUCT_ROWS * rows.rows()), crossed(PRODUCT_ROWS * rows.rows()) {
  rows.encode(kernels, reference);
  referenceNorm = rows.largest_norm();
  const size_t depth = rows.depth();
  blocks = bytes(rows.rows() * 2 * depth);
  int8_t* to = reinterpret_cast<int8_t*>(blocks.get());
  for (size_t i = 0; i < n; i++) {
    int8_t* block = to + i / PRODUCT_COLUMNS * PRODUCT_COLUMNS * 2 * depth + i % PRODUCT_COLUMNS * 4;
    for (size_t k = 0; k < 2 * depth; k++) {
      const size_t place = (k + depth) % (2 * depth);
      block[place / 4 * 4 * PRODUCT_COLUMNS + place % 4] = rows.digits(i)[k];
    }
  }
  // Sums in float64, of products and of bounds, err by less than this part of ‖x‖‖y‖.
  const double rounding = (double)(features + 16) * 0x1p-52;
  const size_t stride = rows.rows();
  double* values = columnValues.data();
  columns = {values, values + stride, values + 2 * stride, values + 3 * stride, values + 4 * stride, values + 5 * stride};
  for (size_t i = 0; i < n; i++) {
    const UnitBounds& unit = rows.bounds(i);
    double* value = values + i;
    value[0] = 128 * unit.step;
    value[stride] = (unit.coarse + rounding * unit.norm) * UP;
    value[2 * stride] = (unit.norm + unit.coarse) * UP;
    value[3 * stride] = (unit.fine + rounding * unit.norm) * UP;
    value[4 * stride] = (unit.norm + unit.fine) * UP;
    value[5 * stride] = unit.low * UP;
  }
}

Screening ScreenedAssignment::solve(const StreamKernels& kernels, const IntegerProducts& products, const float* reference, const float* draw, bool magnitudes,
                                    int32_t* unitOf) {
  (void)reference;
  rows.encode(kernels, draw);
  if (solve_coarse(kernels, products, magnitudes, unitOf)) return Screening::coarse;
  return Screening::none;
}

/** Column reduction: the answer where every unit of the draw is most similar to another one of the reference, for certain. */
bool ScreenedAssignment::solve_coarse(const StreamKernels& kernels, const IntegerProducts& products, bool magnitudes, int32_t* unitOf) {
  const size_t width = 2 * rows.depth();
  int32_t* sums = reinterpret_cast<int32_t*>(high.get());
  const int8_t* highBlocks = reinterpret_cast<const int8_t*>(blocks.get()) + PRODUCT_COLUMNS * rows.depth();
  std::fill(unitOf, unitOf + n, -1);
  for (size_t first = 0; first < n; first += PRODUCT_ROWS) {
    products.multiply(rows.digits(first), width, highBlocks, PRODUCT_COLUMNS * width, rows.depth(), rows.rows(), sums);
    for (size_t j = first; j < n && j < first + PRODUCT_ROWS; j++) {
      const CoarseBest best = kernels.coarse_best(sums + (j - first) * rows.rows(), n, columns, rows.bounds(j), magnitudes);
      if (!(best.others < best.least) || unitOf[best.column] >= 0) return false;
      unitOf[best.column] = (int32_t)j;
    }
  }
  return true;
}

}  // namespace basinet
