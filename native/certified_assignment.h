// Assignment on estimates of a matrix, and the proof that it is what the exact matrix would yield.
#pragma once
#include <functional>
#include <vector>
#include "assignment.h"

namespace basinet {

/** A matrix [n][n] of which single entries are computed on demand; all are at most 1 in magnitude. */
struct EstimatedMatrix {
  size_t n;
  /** Better ones may be written over them. */
  float* estimates;
  /** How far entries may be from their estimates, as ColumnBounds says. */
  ColumnBounds columns;
  std::vector<UnitBounds> rows;
  /** out[p] = the entry in row rows[p] and column columns[p]: as it is, or summed in another order, `rounding` off at most. */
  std::function<void(const std::vector<int32_t>& rows, const std::vector<int32_t>& columns, std::vector<double>& out)> exact, close;
  double rounding;
};

/**
 * What the sums of two matchings [n] must differ by, in parts of the largest magnitude that entries may have, so that the one is
 * better for src/rebasin/unitMatcher.ts too: by twice its tolerance, and what it errs by itself.
 */
inline double least_gain(size_t n) { return 4e-12 * (double)n + 8 * (double)n * (double)n * 0x1p-53; }

/**
 * Matches row i to column columnOf[i], and tells whether every other matching is worse on the exact entries by more than
 * `Assignment` errs, which then finds this one, and by more than `least_gain`. Exchanges among rows matched to entries of 0 are left
 * out of account, where all entries between these rows and their columns are 0: see src/rebasin/exchangeable.ts. These rows are
 * `exchangeable`, two or none. Throws std::bad_alloc.
 */
bool certified_assignment(const StreamKernels& kernels, const EstimatedMatrix& matrix, int32_t* columnOf, std::vector<int32_t>* exchangeable);

}  // namespace basinet
