// Bounds of inner products from sums in float32.
//
// Over K elements, FLOAT_RUN of them at a time and these sums then added, with unit roundoff u = 2⁻²⁴ (Higham, Accuracy and Stability
// of Numerical Algorithms, 3.1):  |fl⟨x, y⟩ − ⟨x, y⟩| ≤ γ Σ|x_k y_k| ≤ γ‖x‖‖y‖  with  γ = m·u / (1 − m·u),  m = min(K, FLOAT_RUN) + ⌈K / FLOAT_RUN⌉.
// Here γ ≤ 1.01·m·u, which holds for m·u ≤ 0.0099: as long as units have less than 40 million elements.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>
#include "aligned.h"
#include "unit_products.h"

namespace basinet {
namespace {

/** No sum of products of units of such norms overflows. */
constexpr double LARGEST_PRODUCT = 0x1p120;

class FloatProducts : public UnitProducts {
 public:
  FloatProducts(const StreamKernels& kernels, const float* reference, size_t units, size_t features)
      : panelsOf_(kernels), n_(units), features_(features), stride_((units + kernels.float_columns - 1) / kernels.float_columns * kernels.float_columns), panels_(stride_ * features),
        values_(units), columns_(values_.bounds()), bounds_(units), sums_(STRIP * stride_) {
    const size_t together = kernels.float_columns;
    std::vector<double> norms(units);
    for (size_t i = 0; i < units; i++) {
      const float* unit = reference + i * features;
      norms[i] = kernels.norm(unit, features) * UP;
      largest_ = std::max(largest_, norms[i]);
      float* panel = panels_.get() + i / together * together * features + i % together;
      for (size_t k = 0; k < features; k++) panel[k * together] = unit[k];
    }
    const double K = (double)features, run = (double)FLOAT_RUN;
    halfError_ = 0.5 * (std::min(K, run) + std::ceil(K / run) + 3) * 0x1p-24 * 1.01;
    // A product that underflows is off by 2⁻¹²⁵ at most, an element that is taken for 0 by 2⁻¹²⁶: less than what longer norms add to the bound.
    leastRow_ = K * 0x1p-94 / (halfError_ * largest_) + LEAST_NORM;
    for (size_t i = 0; i < units; i++) {
      const double norm = norms[i] + largest_ * 0x1p-30 + LEAST_NORM;
      const double error = halfError_ * norm;
      values_.set(i, {1, 0, error, norm, error, norm, 0, rounding_of(features) * norm});
    }
  }

  size_t strip() const override { return STRIP; }

  void take(const StreamKernels& kernels, const float* units, size_t first, size_t count) override {
    for (size_t i = 0; i < count; i++) {
      double norm = kernels.norm(units + i * features_, features_) * UP + leastRow_;
      if (!(norm * largest_ < LARGEST_PRODUCT)) norm = std::numeric_limits<double>::infinity();
      bounds_[first + i] = {1.0 / 128, 0, norm, norm, halfError_ * norm, halfError_ * norm, 0};
    }
  }

  void multiply(const StreamKernels&, const float* units, size_t first, size_t count) override {
    panelsOf_.float_products(units, count, features_, panels_.get(), stride_, sums_.get());
    first_ = first;
  }

  CoarseBest best(const StreamKernels& kernels, size_t row, bool magnitudes) const override { return kernels.float_best(of_row(row), n_, columns_, bounds_[row], magnitudes); }

  void intervals(const StreamKernels& kernels, size_t row, bool magnitudes, double* lower, double* upper) const override {
    kernels.float_bounds(of_row(row), n_, columns_, bounds_[row], magnitudes, lower, upper);
  }

  void estimate(const StreamKernels& kernels, size_t first, size_t count, double scale, bool magnitudes, float* estimates) override {
    for (size_t row = first; row < first + count; row++) kernels.scale_float(of_row(row), n_, 1 / scale, magnitudes, estimates + (row - first) * n_);
  }

  const ColumnBounds& columns() const override { return columns_; }
  const UnitBounds& bounds(size_t row) const override { return bounds_[row]; }

 private:
  static constexpr double LEAST_NORM = 0x1p-96;
  /** So many that a reference which does not fit into the second cache is not read too often. */
  static constexpr size_t STRIP = 96;
  /** What the panels are laid out for. */
  const StreamKernels& panelsOf_;
  size_t n_, features_, stride_, first_ = 0;
  /** The reference's units, as `float_products` takes them, zeros past the last. */
  AlignedBuffer panels_;
  ColumnValues values_;
  ColumnBounds columns_;
  std::vector<UnitBounds> bounds_;
  /** Of a strip's rows with all columns. */
  AlignedBuffer sums_;
  /** γ / 2: each side of `ColumnBounds` has its half. */
  double halfError_ = 0;
  /** The largest norm of the reference's units; what is added to a row's. */
  double largest_ = 0, leastRow_ = 0;

  const float* of_row(size_t row) const { return sums_.get() + (row - first_) * stride_; }
};

}  // namespace

std::unique_ptr<UnitProducts> float_products(const StreamKernels& kernels, const float* reference, size_t units, size_t features) {
  return std::make_unique<FloatProducts>(kernels, reference, units, features);
}

}  // namespace basinet
