// What inner products of a draw's units with those of a reference are known to be, without their sums in float64.
#pragma once
#include <memory>
#include <vector>
#include "stream_kernels.h"
#include "unit_codes.h"

namespace basinet {

struct IntegerProducts;

/** Units of the draw are rows, those of the reference columns. A strip is a few rows, whose products are found at once. Functions throw std::bad_alloc. */
class UnitProducts {
 public:
  virtual ~UnitProducts() = default;

  /** Rows of a strip: a multiple of UnitView::BLOCK. */
  virtual size_t strip() const = 0;

  /** Takes `count` units [count][features] as the rows from `first` on. */
  virtual void take(const StreamKernels& kernels, const float* units, size_t first, size_t count) = 0;

  /** Finds the products of the strip of `count` rows from `first` on with all columns, which what follows is of; `units`: these rows, as taken. */
  virtual void multiply(const StreamKernels& kernels, const float* units, size_t first, size_t count) = 0;

  /** Of a row of the strip. */
  virtual CoarseBest best(const StreamKernels& kernels, size_t row, bool magnitudes) const = 0;
  virtual void intervals(const StreamKernels& kernels, size_t row, bool magnitudes, double* lower, double* upper) const = 0;

  /** Estimates of the strip's products, or their magnitudes, over `scale`: [count][columns]. How far they may be off: `columns` and `bounds`. */
  virtual void estimate(const StreamKernels& kernels, size_t first, size_t count, double scale, bool magnitudes, float* estimates) = 0;

  virtual const ColumnBounds& columns() const = 0;
  virtual const UnitBounds& bounds(size_t row) const = 0;
};

/** By products of int8, of units in fixed point. At most MOST_CODED_FEATURES elements a unit. */
std::unique_ptr<UnitProducts> coded_products(const StreamKernels& kernels, const IntegerProducts& products, const float* reference, size_t units, size_t features);

/** Sums of products of int8, and what an instruction set adds to them on the way, stay below 2³¹. */
constexpr size_t MOST_CODED_FEATURES = 1 << 16;

/** By sums in float32. */
std::unique_ptr<UnitProducts> float_products(const StreamKernels& kernels, const float* reference, size_t units, size_t features);

/** The eight arrays of ColumnBounds, one after the other. */
class ColumnValues {
 public:
  explicit ColumnValues(size_t columns) : stride_(columns), values_(8 * columns) {}

  void set(size_t column, const double (&parts)[8]) {
    for (size_t part = 0; part < 8; part++) values_[part * stride_ + column] = parts[part];
  }
  ColumnBounds bounds() const {
    const auto part = [&](size_t p) { return values_.data() + p * stride_; };
    return {part(0), part(1), part(2), part(3), part(4), part(5), part(6), part(7)};
  }

 private:
  size_t stride_;
  std::vector<double> values_;
};

/** Bounds are computed in float64 themselves: a little wider covers that. */
constexpr double UP = 1 + 1e-9;

/** Of sums in float64, of means to float32 and of estimates that are float32: less than this part of ‖x‖‖y‖. */
inline double rounding_of(size_t features) { return (double)(features + 16) * 0x1p-52 + 0x1p-22; }

}  // namespace basinet
