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
    if (auction()) {
      for (size_t i = 0; i < n; i++) {
        columnOf[i] = -1;
        rowOf[i] = -1;
        barrier[i] = 0;
      }
    }
    match_free_rows();
    return -1;
  }

  /** Columns' prices: every matched pair is a best offer of its row, up to rounding. */
  const std::vector<double>& column_prices() const { return prices; }

  int64_t row_at(int64_t column) const { return rowOf[(size_t)column]; }

  /** The row is to be matched anew. */
  void free_row(int64_t row) {
    const size_t column = (size_t)columnOf[row];
    columnOf[row] = -1;
    rowOf[column] = -1;
    barrier[column] = 0;
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

  bool auction() {
    double best, second, gap = 0;
    int64_t column;
    for (size_t i = 0; i < n; i++) {
      k.best_two(row_of((int64_t)i), prices.data(), n, &best, &column, &second);
      if (-best > gap) gap = -best;
    }
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
