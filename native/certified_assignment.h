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
  /** out[p] = the entry in row rows[p] and column columns[p]. */
  std::function<void(const std::vector<int32_t>& rows, const std::vector<int32_t>& columns, std::vector<double>& out)> exact;
};

/**
 * Matches row i to column columnOf[i], and returns whether every other matching is worse on the exact entries by more than
 * `Assignment` errs: then that finds this one. Exchanges among rows matched to entries of 0 are left out of account, where all
 * entries between these rows and their columns are 0: see src/rebasin/exchangeable.ts. Throws std::bad_alloc.
 */
bool certified_assignment(const StreamKernels& kernels, const EstimatedMatrix& matrix, int32_t* columnOf);

}  // namespace basinet
