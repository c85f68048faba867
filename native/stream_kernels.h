// What one instruction set offers to matching and to streaming moments. Every function gives the same bits in each.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "unit_codes.h"

namespace basinet {

/** Numbers of rows and columns beside values of T, of the same size. */
template <typename T>
struct ScanIndexOf {
  typedef int64_t Type;
};
template <>
struct ScanIndexOf<float> {
  typedef int32_t Type;
};
template <typename T>
using ScanIndex = typename ScanIndexOf<T>::Type;

/** The largest offer of a row with its lowest column, and the second largest (equal where two tie). */
template <typename T>
struct BestTwo {
  T best;
  ScanIndex<T> column;
  T second;
};

/** The least distance with its lowest column, and the least of a free one. */
template <typename T>
struct Nearest {
  T distance;
  ScanIndex<T> column;
  T free;
};

/** What linear sum assignment does with one row of a matrix of T, in T. */
template <typename T>
struct AssignmentScans {
  /** Where row[j] > prices[j]: prices[j] = row[j], bestRow[j] = index. Returns whether the whole row is finite. */
  bool (*raise_columns)(const T* row, size_t n, ScanIndex<T> index, T* prices, ScanIndex<T>* bestRow);

  /** Of row[j] - prices[j]. */
  BestTwo<T> (*best_two)(const T* row, const T* prices, size_t n);

  /**
   * One step of Dijkstra: length = prices[j] - row[j] - base; where it is below distance[j], that and from[j] = index.
   * Yields the least of distance[j], and of distance[j] + barrier[j].
   */
  Nearest<T> (*relax)(const T* row, const T* prices, T base, ScanIndex<T> index, size_t n, T* distance, ScanIndex<T>* from, const T* barrier);

  /** columnSums[j] += row[j]; returns the sum of the row, in any order. */
  T (*add_row)(const T* row, size_t n, T* columnSums);
};

/** Parts of the sums of src/rebasin/closeness.ts. */
constexpr size_t CLOSENESS_PARTS = 8;

/** Elements that `float_products` sums before it adds their sum. */
constexpr size_t FLOAT_RUN = 256;

struct StreamKernels {
  const char* name;

  /** S[i][j] = Σ_k reference[i][k] · draw[j][k] in float64, in the order of k; `scratch` as similarity_scratch says. */
  void (*similarity)(const float* reference, const float* draw, size_t n, size_t features, double* S, double* scratch);
  /** Doubles of scratch that `similarity` needs. */
  size_t (*similarity_scratch)(size_t n, size_t features);

  AssignmentScans<double> scans;
  AssignmentScans<float> float_scans;

  /** Digits of one unit, high [depth], then low [depth], zeros from `features` on (depth is a multiple of 64), and its bounds. */
  void (*encode)(const float* unit, size_t features, size_t depth, int8_t* digits, UnitBounds* bounds);
  /** out [count][columns] = inner products in float32 of rows [count][features] with columns in panels [columns / float_columns][features][float_columns], as float_products.cc says. */
  void (*float_products)(const float* rows, size_t count, size_t features, const float* panels, size_t columns, float* out);
  size_t float_columns;
  /** √Σ x², to float64. */
  double (*norm)(const float* values, size_t n);
  /** As `coarse_best` and `coarse_bounds`, by products in float32. */
  CoarseBest (*float_best)(const float* products, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes);
  void (*float_bounds)(const float* products, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes, double* lower, double* upper);
  /** out[i] = products[i] · factor, or its magnitude. */
  void (*scale_float)(const float* products, size_t n, double factor, bool magnitudes, float* out);

  /** By the products of `high` with those of n columns; by their magnitudes where these count. */
  CoarseBest (*coarse_best)(const int32_t* high, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes);
  /** out[i] ≈ the product of the row and column i, or its magnitude. `crossed`: Σ of high · low and low · high. */
  void (*estimate)(const int32_t* high, const int32_t* crossed, size_t n, const ColumnBounds& columns, double step, double mean, bool magnitudes, float* out);
  /** Columns i where estimates[i] - prices[i], and what that may err by, is above `limit`: ascending in `found`. Returns their number. */
  size_t (*offers_above)(const float* estimates, const double* prices, size_t n, const ColumnBounds& columns, const UnitBounds& row, double limit, int32_t* found);
  /** Of each column, what `coarse_best` and `offers_above` take for bounds of a product and for what an estimate may err by. For tests. */
  void (*coarse_bounds)(const int32_t* high, size_t n, const ColumnBounds& columns, const UnitBounds& row, bool magnitudes, double* lower, double* upper);
  // The latter but for what float32 loses near zero, 2⁻¹⁴⁹ of the scale: margins of certified_assignment.cc are 2⁻⁴⁴ and more.
  void (*fine_errors)(size_t n, const ColumnBounds& columns, const UnitBounds& row, double* errors);

  /** out[p] = Σ_k a[rowsOfA[p]][k] · b[rowsOfB[p]][k], as `similarity` sums them; in float64, in any order. */
  void (*inner_products)(const float* a, const int32_t* rowsOfA, const float* b, const int32_t* rowsOfB, size_t count, size_t features, double* out);
  void (*close_inner_products)(const float* a, const int32_t* rowsOfA, const float* b, const int32_t* rowsOfB, size_t count, size_t features, double* out);

  /** Adds Σ (target − position)², Σ (target − aligned)² and Σ target · aligned, element i to part i mod 8 of each. */
  void (*closeness)(const float* target, const float* position, const float* aligned, size_t n, double* before, double* after, double* product);
  bool (*all_finite)(const float* values, size_t n);

  /** Welford's update with value number `count`; batchSum += x. Returns the number of values that are not finite. */
  size_t (*update_float)(const float* values, size_t n, double count, double* mean, double* sumSquares, double* batchSum);
  size_t (*update_double)(const double* values, size_t n, double count, double* mean, double* sumSquares, double* batchSum);

  /** Welford's update with batchSum / batchSize as value number `batches`; batchSum = 0. */
  void (*close_batch)(double* batchSum, size_t n, double batchSize, double batches, double* mean, double* sumSquares);

  /** mean += δ · weight; sumSquares += δ² · spread (+ otherSumSquares, where not null), with δ = otherMean - mean. */
  void (*join)(size_t n, double weight, double spread, double* mean, double* sumSquares, const double* otherMean,
               const double* otherSumSquares);

  /** The inner loops of src/stats/lowRankKernels.ts, which documents them. */
  void (*deviate_float)(const float* values, size_t n, double weight, double scale, double* mean, float* row);
  void (*deviate_double)(const double* values, size_t n, double weight, double scale, double* mean, float* row);
  void (*gram)(const float* rows, size_t count, size_t n, double* gram, double* scratch);
  void (*rotate)(float* rows, size_t count, size_t n, const double* weights, size_t rank);
};

/** Most rows that `rotate` takes. */
constexpr size_t MOST_ROWS = 256;

extern const StreamKernels stream_portable;
#if defined(__x86_64__) || defined(_M_X64)
extern const StreamKernels stream_avx2;
extern const StreamKernels stream_avx512;
#elif defined(__aarch64__)
extern const StreamKernels stream_neon;
#endif

/** The best that this processor runs, or the one last chosen by name. */
const StreamKernels& stream_kernels();

/** Chooses by name (`avx512`, `avx2`, `neon`, `portable`); false where it cannot run here. For tests. */
bool choose_stream_kernels(const char* name);

}  // namespace basinet
