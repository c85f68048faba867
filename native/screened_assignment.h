// Assignment of a draw's units to a reference's without the matrix of their similarities.
#pragma once
#include <memory>
#include <vector>
#include "aligned.h"
#include "stream_kernels.h"
#include "unit_view.h"

namespace basinet {

struct EstimatedMatrix;
struct IntegerProducts;

/** What is known of S, [n][n] each, units of the draw by those of the reference: at least, at most; about, and by how much that may err. */
struct SimilarityBounds {
  double *lower, *upper, *estimates, *errors;
};

/**
 * How a matching was found. By `coarse` and `certified` all others are worse by more than what improvedMatch of
 * src/rebasin/unitMatcher.ts takes for rounding; by `exchangeable` all but those that exchange units which are similar to none.
 */
enum class Screening { none, coarse, certified, exchangeable };

/** Units of one side in fixed point, in rows of both digits. */
class UnitCodes {
 public:
  /** Most elements of a unit: sums of products, and what an instruction set adds to them on the way, stay below 2³¹. */
  static constexpr size_t MOST_FEATURES = 1 << 16;

  UnitCodes(size_t units, size_t features);

  /** `count` units [count][features] as those from `first` on. */
  void encode(const StreamKernels& kernels, const float* units, size_t first, size_t count);

  /** `high` of a unit, then `low`, [2·depth()]; units past the last are zeros, up to a multiple of 32. */
  const int8_t* digits(size_t unit) const { return reinterpret_cast<const int8_t*>(digits_.get()) + unit * 2 * depth_; }
  const UnitBounds& bounds(size_t unit) const { return bounds_[unit]; }
  size_t units() const { return units_; }
  size_t features() const { return features_; }
  size_t depth() const { return depth_; }
  /** Units, and the zeros past them. */
  size_t rows() const { return rows_; }
  /** The largest ‖x‖ of all units. */
  double largest() const;

 private:
  size_t units_, features_, depth_, rows_;
  AlignedBuffer digits_;
  std::vector<UnitBounds> bounds_;
};

/** Matches draws to one reference. Throws std::bad_alloc. */
class ScreenedAssignment {
 public:
  /** `reference`: [units][features]. */
  ScreenedAssignment(const StreamKernels& kernels, const float* reference, size_t units, size_t features);

  /**
   * The assignment on S[i][j] = Σ_k reference[i][k]·draw[j][k], or its magnitudes, that `solve_assignment` would find on the
   * whole matrix, where that can be told without forming it; unitOf[i] is j. Otherwise `none`, and unitOf is anything. Unless it is
   * `coarse` or `none`, the draw's units are in `packed`, [units][features], afterwards. Where it is `exchangeable`, the units that
   * are so are in ascending order; or as in `present`, where that is not null and all other units are as there.
   */
  Screening solve(const StreamKernels& kernels, const IntegerProducts& products, const float* reference, const UnitView& draw, float* packed, bool magnitudes, const int32_t* present,
                  int32_t* unitOf);

  /** What `solve` decides by, where not all units of a side are 0. For tests. */
  void bounds(const StreamKernels& kernels, const IntegerProducts& products, const float* draw, bool magnitudes, const SimilarityBounds& out);

  size_t units() const { return n; }
  size_t features() const { return rows.features(); }

 private:
  size_t n;
  UnitCodes rows;
  /** The largest norm of the reference's units. */
  double largest = 0;
  /** The reference's digits in blocks, of each block `low` first, so that a row's `high, low` meets `low, high`. */
  AlignedBuffer blocks;
  std::vector<double> columnValues;
  ColumnBounds columns;
  /** Products of 32 rows with all columns. */
  AlignedBuffer high, crossed;
  /** Estimates [n][n]: null until some are needed. */
  std::shared_ptr<std::vector<float>> scratch;
  /** A few units of the draw. */
  std::vector<float> block;

  /** Products of `high` of 32 units of the draw, from `first` on, with all columns, [32][rows.rows()]. */
  const int32_t* high_products(const IntegerProducts& products, size_t first);
  /** Estimates of S / scale; `exact` of single entries is not set. */
  EstimatedMatrix estimated(const StreamKernels& kernels, const IntegerProducts& products, double scale, bool magnitudes, float* estimates);
  bool solve_coarse(const StreamKernels& kernels, const IntegerProducts& products, const UnitView& draw, bool magnitudes, int32_t* unitOf);
  Screening solve_certified(const StreamKernels& kernels, const IntegerProducts& products, const float* reference, const float* draw, bool magnitudes, const int32_t* present,
                            int32_t* unitOf);
};

}  // namespace basinet
