// Assignment of a draw's units to a reference's without the matrix of their similarities.
#pragma once
#include <memory>
#include <vector>
#include "stream_kernels.h"
#include "unit_products.h"
#include "unit_view.h"

namespace basinet {

struct EstimatedMatrix;

/** What is known of S, [n][n] each, units of the draw by those of the reference: at least, at most; about, and by how much that may err. */
struct SimilarityBounds {
  double *lower, *upper, *estimates, *errors;
};

/**
 * How a matching was found. By `coarse` and `certified` all others are worse by more than what improvedMatch of
 * src/rebasin/unitMatcher.ts takes for rounding; by `exchangeable` all but those that exchange units which are similar to none.
 */
enum class Screening { none, coarse, certified, exchangeable };

/** Matches draws to one reference. Throws std::bad_alloc. */
class ScreenedAssignment {
 public:
  /** `reference`: [units][features], of which `products` are. */
  ScreenedAssignment(const StreamKernels& kernels, std::unique_ptr<UnitProducts> products, const float* reference, size_t units, size_t features);

  /**
   * The assignment on S[i][j] = Σ_k reference[i][k]·draw[j][k], or its magnitudes, that `solve_assignment` would find on the
   * whole matrix, where that can be told without forming it; unitOf[i] is j. Otherwise `none`, and unitOf is anything. Unless it is
   * `coarse` or `none`, the draw's units are in `packed`, [units][features], afterwards. Where it is `exchangeable`, the units that
   * are so are in ascending order; or as in `present`, where that is not null and all other units are as there.
   */
  Screening solve(const StreamKernels& kernels, const float* reference, const UnitView& draw, float* packed, bool magnitudes, const int32_t* present, int32_t* unitOf);

  /** What `solve` decides by, where not all units of a side are 0. For tests. */
  void bounds(const StreamKernels& kernels, const float* draw, bool magnitudes, const SimilarityBounds& out);

  size_t units() const { return n; }
  size_t features() const { return elements; }

 private:
  size_t n, elements;
  std::unique_ptr<UnitProducts> products;
  /** The largest norm of the reference's units. */
  double largest = 0;
  /** Estimates [n][n]: null until some are needed. */
  std::shared_ptr<std::vector<float>> scratch;
  /** First row of the strip that was multiplied last, of the draw at hand; none: n. */
  size_t multiplied = 0;
  /** A strip of the draw's units. */
  std::vector<float> block;

  /** The largest norms multiplied, which no entry of S passes. */
  double scale() const;
  /** Runs `body(first, last)` for the rows of every strip, until it returns false; tells whether it never did. */
  template <typename Body>
  bool each_strip(Body body) const;
  /** Estimates of S / scale; `exact` and `close` are not set. */
  EstimatedMatrix estimated(const StreamKernels& kernels, const float* draw, double scale, bool magnitudes, float* estimates);
  /** Multiplies a strip, unless it is the one that was multiplied last. */
  void multiply(const StreamKernels& kernels, const float* units, size_t first, size_t last);
  bool solve_coarse(const StreamKernels& kernels, const UnitView& draw, bool magnitudes, int32_t* unitOf);
  Screening solve_certified(const StreamKernels& kernels, const float* reference, const float* draw, bool magnitudes, const int32_t* present, int32_t* unitOf);
};

}  // namespace basinet
