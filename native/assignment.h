// Linear sum assignment: the algorithm of src/rebasin/assignment.ts, decision for decision, over vector scans.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>
#include "stream_kernels.h"

namespace basinet {

/** Of a matrix of T. Works in float64 throughout. */
template <typename T>
class Assignment {
 public:
  Assignment(const AssignmentScans<T>& scans, const T* matrix, size_t size, int32_t* columns)
      : k(scans), S(matrix), n(size), columnOf(columns), prices(size, -INF), rowOf(size, -1), barrier(size, 0.0) {
    for (size_t i = 0; i < n; i++) columnOf[i] = -1;
  }

  /** Returns -1, or the index of an entry that is not finite. */
  int64_t solve() {
    const int64_t bad = reduce_columns();
    if (bad >= 0) return bad;
    if (free_rows().empty()) return -1;
    if (auction(gap_of_reduction())) unmatch();
    match_free_rows();
    return -1;
  }

  /** As `solve`, from prices that suit a matrix of nearly rank one where these are the better start. The result may be another optimum. */
  int64_t solve_from_best_start() {
    const int64_t bad = reduce_columns();
    if (bad >= 0 || free_rows().empty()) return bad;
    double gap = gap_of_reduction();
    start_from_ranks(&gap);
    if (auction(gap)) unmatch();
    match_free_rows();
    return -1;
  }

  /** Columns' prices: every matched pair is a best offer of its row, up to rounding. */
  const std::vector<double>& column_prices() const { return prices; }

  /** After entries have changed, from the prices that there are. */
  void match_again() {
    for (size_t i = 0; i < n; i++) {
      const size_t own = (size_t)columnOf[i];
      double best, second;
      int64_t column;
      k.best_two(row_of((int64_t)i), prices.data(), n, &best, &column, &second);
      if (S[i * n + own] - prices[own] >= best) continue;
      columnOf[i] = -1;
      rowOf[own] = -1;
      barrier[own] = 0;
    }
    match_free_rows();
  }

 private:
  static constexpr double INF = std::numeric_limits<double>::infinity();
  /** Bids of the auction and of row reduction at most, per row. */
  static constexpr size_t AUCTION_BIDS = 64, REDUCTION_BIDS = 8;

  const AssignmentScans<T>& k;
  const T* S;
  const size_t n;
  int32_t* columnOf;
  std::vector<double> prices;
  std::vector<int64_t> rowOf;
  /** 0 for a free column, infinite for a taken one. */
  std::vector<double> barrier;
  std::vector<double> distance;
  std::vector<int64_t> from;
  size_t bids = 0;

  const T* row_of(int64_t i) const { return S + (size_t)i * n; }

  void match(int64_t row, int64_t column) {
    columnOf[row] = (int32_t)column;
    rowOf[(size_t)column] = row;
    barrier[(size_t)column] = INF;
  }

  std::vector<int64_t> free_rows() const {
    std::vector<int64_t> rows;
    for (size_t i = 0; i < n; i++) {
      if (columnOf[i] < 0) rows.push_back((int64_t)i);
    }
    return rows;
  }

  int64_t reduce_columns() {
    std::vector<int64_t> bestRow(n, 0);
    for (size_t i = 0; i < n; i++) {
      const T* row = row_of((int64_t)i);
      if (k.raise_columns(row, n, (int64_t)i, prices.data(), bestRow.data())) continue;
      for (size_t j = 0; j < n; j++) {
        if (row[j] - row[j] != 0) return (int64_t)(i * n + j);
      }
    }
    for (size_t j = 0; j < n; j++) {
      if (columnOf[bestRow[j]] < 0) match(bestRow[j], (int64_t)j);
    }
    return -1;
  }

  void unmatch() {
    for (size_t i = 0; i < n; i++) {
      columnOf[i] = -1;
      rowOf[i] = -1;
      barrier[i] = 0;
    }
  }

  /** How far the row that has it worst is from having a column at its price. */
  double gap_of_reduction() const {
    double best, second, gap = 0;
    int64_t column;
    for (size_t i = 0; i < n; i++) {
      k.best_two(row_of((int64_t)i), prices.data(), n, &best, &column, &second);
      if (-best > gap) gap = -best;
    }
    return gap;
  }

  /**
   * For S[i][j] ≈ a_i b_j the best matching is that of equal ranks, and w rises from rank to rank by (b − b before) times the mean
   * of both a. Takes these prices, with sums of rows and columns for a and b, if that at least halves what prices and rows' best
   * offers add up to beyond this matching; `gap` is then what the row that misses most does.
   */
  void start_from_ranks(double* gap) {
    std::vector<double> a(n), b(n);
    double total = 0;
    for (size_t i = 0; i < n; i++) {
      const T* row = row_of((int64_t)i);
      for (size_t j = 0; j < n; j++) b[j] += row[j];
      for (size_t j = 0; j < n; j++) a[i] += row[j];
      total += a[i];
    }
    if (!(total > 0)) return;
    const auto ranked = [this](const std::vector<double>& values) {
      std::vector<int64_t> order(n);
      for (size_t i = 0; i < n; i++) order[i] = (int64_t)i;
      std::sort(order.begin(), order.end(), [&values](int64_t x, int64_t y) { return values[(size_t)x] < values[(size_t)y]; });
      return order;
    };
    const std::vector<int64_t> rows = ranked(a), columns = ranked(b);
    std::vector<double> start(n);
    for (size_t r = 1; r < n; r++) {
      const size_t j = (size_t)columns[r], before = (size_t)columns[r - 1];
      start[j] = start[before] + (a[(size_t)rows[r]] + a[(size_t)rows[r - 1]]) / 2 * (b[j] - b[before]) / total;
    }
    double missed = 0, excess = 0, excessNow = 0;
    for (size_t r = 0; r < n; r++) {
      const T* row = row_of(rows[r]);
      const double own = row[columns[r]] - start[(size_t)columns[r]];
      double best, second;
      int64_t column;
      k.best_two(row, start.data(), n, &best, &column, &second);
      missed = std::max(missed, best - own);
      excess += best - own;
      k.best_two(row, prices.data(), n, &best, &column, &second);
      excessNow += best - (row[columns[r]] - prices[(size_t)columns[r]]);
    }
    if (!(2 * excess < excessNow)) return;
    prices = start;
    *gap = missed;
  }

  bool auction(double gap) {
    double best, second;
    int64_t column;
    if (!(gap > 0 && gap < INF)) return false;
    double unit = 1;
    while (unit > gap) unit /= 2;
    while (unit * 2 <= gap) unit *= 2;
    std::vector<int64_t> holder(n);
    bids = AUCTION_BIDS * n;
    for (int phase = 2; phase <= 14; phase += 3) {
      const double epsilon = unit * std::ldexp(1.0, -phase);
      std::fill(holder.begin(), holder.end(), -1);
      for (size_t first = 0; first < n; first++) {
        for (int64_t row = (int64_t)first; row >= 0; bids--) {
          if (bids == 0) return true;
          k.best_two(row_of(row), prices.data(), n, &best, &column, &second);
          prices[(size_t)column] += best - second + epsilon;
          std::swap(row, holder[(size_t)column]);
        }
      }
    }
    return true;
  }

  /** From prices at which every matched pair is a best offer. */
  void match_free_rows() {
    std::vector<int64_t> free = free_rows();
    bids = REDUCTION_BIDS * n;
    for (int round = 0; round < 2 && !free.empty(); round++) free = reduce_rows(free);
    if (free.empty()) return;
    distance.resize(n);
    from.resize(n);
    for (const int64_t row : free) augment(row);
  }

  std::vector<int64_t> reduce_rows(const std::vector<int64_t>& free) {
    std::vector<int64_t> left;
    for (int64_t row : free) {
      for (;;) {
        if (bids == 0) {
          left.push_back(row);
          break;
        }
        bids--;
        double best, second;
        int64_t column;
        k.best_two(row_of(row), prices.data(), n, &best, &column, &second);
        const double raised = prices[(size_t)column] + (best - second);
        const bool wins = raised > prices[(size_t)column];
        if (wins) prices[(size_t)column] = raised;
        else if (rowOf[(size_t)column] >= 0) column = next_column(row, column, second);
        const int64_t loser = rowOf[(size_t)column];
        match(row, column);
        if (loser < 0) break;
        columnOf[loser] = -1;
        if (!wins) {
          left.push_back(loser);
          break;
        }
        row = loser;
      }
    }
    return left;
  }

  int64_t next_column(int64_t row, int64_t taken, double offer) const {
    int64_t next = taken;
    for (size_t j = 0; j < n; j++) {
      if ((int64_t)j == taken || row_of(row)[j] - prices[j] != offer) continue;
      if (rowOf[j] < 0) return (int64_t)j;
      if (next == taken) next = (int64_t)j;
    }
    return next;
  }

  void augment(int64_t start) {
    struct Scanned {
      size_t column;
      double distance;
      double price;
    };
    std::vector<Scanned> scanned;
    for (size_t j = 0; j < n; j++) distance[j] = INF;
    int64_t row = start;
    double base = 0;
    double shortest;
    for (;;) {
      int64_t column;
      double shortestFree;
      k.relax(row_of(row), prices.data(), base, row, n, distance.data(), from.data(), barrier.data(), &shortest, &column,
              &shortestFree);
      if (shortestFree == shortest) break;
      const size_t c = (size_t)column;
      row = rowOf[c];
      base = prices[c] - row_of(row)[c] - shortest;
      scanned.push_back({c, shortest, prices[c]});
      prices[c] = INF;
      distance[c] = INF;
    }
    size_t end = 0;
    while (rowOf[end] >= 0 || distance[end] != shortest) end++;
    for (const Scanned& s : scanned) prices[s.column] = s.price + (shortest - s.distance);
    for (int64_t column = (int64_t)end;;) {
      const int64_t i = from[(size_t)column];
      const int64_t next = columnOf[i];
      match(i, column);
      if (i == start) break;
      column = next;
    }
  }
};

/** Row i is matched to column columnOf[i] such that Σ S[i][columnOf[i]] is largest. Returns -1, or the index of an entry
    that is not finite. Throws std::bad_alloc. */
inline int64_t solve_assignment(const StreamKernels& kernels, const double* S, size_t n, int32_t* columnOf) {
  if (n == 1) {
    columnOf[0] = 0;
    return S[0] - S[0] == 0 ? -1 : 0;
  }
  return n == 0 ? -1 : Assignment<double>(kernels.scans, S, n, columnOf).solve();
}

}  // namespace basinet
