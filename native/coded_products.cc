// Bounds of inner products from exact products of int8, of units in fixed point.
#include <vector>
#include "aligned.h"
#include "integer_products.h"
#include "unit_products.h"

namespace basinet {
namespace {

size_t rounded_up(size_t n, size_t to) { return (n + to - 1) / to * to; }

AlignedBuffer bytes(size_t count) { return AlignedBuffer(count / sizeof(float)); }

/** Units of one side in fixed point, in rows of both digits. */
class UnitCodes {
 public:
  UnitCodes(size_t units, size_t features)
      : features_(features), depth_(rounded_up(features, PRODUCT_DEPTH)), rows_(rounded_up(units, PRODUCT_ROWS)), digits_(bytes(rows_ * 2 * depth_)), bounds_(rows_) {}

  /** `count` units [count][features] as those from `first` on. */
  void encode(const StreamKernels& kernels, const float* units, size_t first, size_t count) {
    int8_t* to = reinterpret_cast<int8_t*>(digits_.get()) + first * 2 * depth_;
    for (size_t i = 0; i < count; i++) kernels.encode(units + i * features_, features_, depth_, to + i * 2 * depth_, &bounds_[first + i]);
  }

  /** `high` of a unit, then `low`, [2·depth()]; units past the last are zeros, up to a multiple of 32. */
  const int8_t* digits(size_t unit) const { return reinterpret_cast<const int8_t*>(digits_.get()) + unit * 2 * depth_; }
  const UnitBounds& bounds(size_t unit) const { return bounds_[unit]; }
  size_t depth() const { return depth_; }
  /** Units, and the zeros past them. */
  size_t rows() const { return rows_; }

 private:
  size_t features_, depth_, rows_;
  AlignedBuffer digits_;
  std::vector<UnitBounds> bounds_;
};

class CodedProducts : public UnitProducts {
 public:
  CodedProducts(const StreamKernels& kernels, const IntegerProducts& products, const float* reference, size_t units, size_t features)
      : products_(products), n_(units), rows_(units, features), blocks_(bytes(rows_.rows() * 2 * rows_.depth())), values_(rows_.rows()), columns_(values_.bounds()),
        high_(PRODUCT_ROWS * rows_.rows()), crossed_(PRODUCT_ROWS * rows_.rows()) {
    rows_.encode(kernels, reference, 0, units);
    const size_t depth = rows_.depth();
    int8_t* to = reinterpret_cast<int8_t*>(blocks_.get());
    for (size_t i = 0; i < units; i++) {
      int8_t* block = to + i / PRODUCT_COLUMNS * PRODUCT_COLUMNS * 2 * depth + i % PRODUCT_COLUMNS * 4;
      for (size_t k = 0; k < 2 * depth; k++) {
        const size_t place = (k + depth) % (2 * depth);
        block[place / 4 * 4 * PRODUCT_COLUMNS + place % 4] = rows_.digits(i)[k];
      }
    }
    for (size_t i = 0; i < units; i++) {
      const UnitBounds& unit = rows_.bounds(i);
      values_.set(i, {128 * unit.step, (double)features * unit.mean, unit.coarse * UP, (unit.norm + unit.coarse) * UP, unit.fine * UP, (unit.norm + unit.fine) * UP, unit.low * UP,
                      rounding_of(features) * unit.whole});
    }
  }

  size_t strip() const override { return PRODUCT_ROWS; }

  void take(const StreamKernels& kernels, const float* units, size_t first, size_t count) override { rows_.encode(kernels, units, first, count); }

  void multiply(const StreamKernels&, const float*, size_t first, size_t) override {
    const size_t width = 2 * rows_.depth();
    const int8_t* highBlocks = reinterpret_cast<const int8_t*>(blocks_.get()) + PRODUCT_COLUMNS * rows_.depth();
    products_.multiply(rows_.digits(first), width, highBlocks, PRODUCT_COLUMNS * width, rows_.depth(), rows_.rows(), reinterpret_cast<int32_t*>(high_.get()));
    first_ = first;
  }

  CoarseBest best(const StreamKernels& kernels, size_t row, bool magnitudes) const override {
    return kernels.coarse_best(of_row(high_, row), n_, columns_, rows_.bounds(row), magnitudes);
  }

  void intervals(const StreamKernels& kernels, size_t row, bool magnitudes, double* lower, double* upper) const override {
    kernels.coarse_bounds(of_row(high_, row), n_, columns_, rows_.bounds(row), magnitudes, lower, upper);
  }

  void estimate(const StreamKernels& kernels, size_t first, size_t count, double scale, bool magnitudes, float* estimates) override {
    const size_t width = 2 * rows_.depth();
    products_.multiply(rows_.digits(first), width, reinterpret_cast<const int8_t*>(blocks_.get()), PRODUCT_COLUMNS * width, width, rows_.rows(), reinterpret_cast<int32_t*>(crossed_.get()));
    for (size_t row = first; row < first + count; row++) {
      const UnitBounds& unit = rows_.bounds(row);
      kernels.estimate(of_row(high_, row), of_row(crossed_, row), n_, columns_, unit.step / scale, unit.mean / scale, magnitudes, estimates + (row - first) * n_);
    }
  }

  const ColumnBounds& columns() const override { return columns_; }
  const UnitBounds& bounds(size_t row) const override { return rows_.bounds(row); }

 private:
  const IntegerProducts& products_;
  size_t n_, first_ = 0;
  UnitCodes rows_;
  /** The reference's digits in blocks, of each block `low` first, so that a row's `high, low` meets `low, high`. */
  AlignedBuffer blocks_;
  ColumnValues values_;
  ColumnBounds columns_;
  /** Products of a strip's rows with all columns. */
  AlignedBuffer high_, crossed_;

  const int32_t* of_row(const AlignedBuffer& sums, size_t row) const { return reinterpret_cast<const int32_t*>(sums.get()) + (row - first_) * rows_.rows(); }
};

}  // namespace

std::unique_ptr<UnitProducts> coded_products(const StreamKernels& kernels, const IntegerProducts& products, const float* reference, size_t units, size_t features) {
  return std::make_unique<CodedProducts>(kernels, products, reference, units, features);
}

}  // namespace basinet
