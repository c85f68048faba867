// Linear sum assignment: the algorithm of src/rebasin/assignment.ts, decision for decision, over vector scans.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>
#include "stream_kernels.h"

namespace basinet {

/** Of a matrix of T, in T throughout. */
template <typename T>
class Assignment {
 public:
  Assignment(const AssignmentScans<T>& scans, const T* matrix, size_t size, int32_t* columns)
      : k(scans), S(matrix), n(size), columnOf(columns), prices(size, -INF), rowOf(size, -1), barrier(size, T{0}) {
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
    T gap = gap_of_reduction();
    start_from_ranks(&gap);
    if (auction(gap)) unmatch();
    match_free_rows();
    return -1;
  }

  /** Columns' prices: every matched pair is a best offer of its row, up to rounding. */
  const std::vector<T>& column_prices() const { return prices; }

  /** After entries have changed, from the prices that there are. */
  void match_again() {
    for (size_t i = 0; i < n; i++) {
      const size_t own = (size_t)columnOf[i];
      if (S[i * n + own] - prices[own] >= best_two(i).best) continue;
      columnOf[i] = -1;
      rowOf[own] = -1;
      barrier[own] = 0;
    }
    match_free_rows();
  }

 private:
  using Index = ScanIndex<T>;
  static constexpr T INF = std::numeric_limits<T>::infinity();
  /** Bids of the auction and of row reduction at most, per row. */
  static constexpr size_t AUCTION_BIDS = 64, REDUCTION_BIDS = 8;
  /** Of so many rows, one shows which start is the better one. */
  static constexpr size_t SAMPLED = 8;

  const AssignmentScans<T>& k;
  const T* S;
  const size_t n;
  int32_t* columnOf;
  std::vector<T> prices;
  std::vector<Index> rowOf;
  /** 0 for a free column, infinite for a taken one. */
  std::vector<T> barrier;
  std::vector<T> distance;
  std::vector<Index> from;
  size_t bids = 0;

  const T* row_of(size_t i) const { return S + i * n; }
  BestTwo<T> best_two(size_t i) const { return k.best_two(row_of(i), prices.data(), n); }

  void match(Index row, Index column) {
    columnOf[row] = (int32_t)column;
    rowOf[(size_t)column] = row;
    barrier[(size_t)column] = INF;
  }

  std::vector<Index> free_rows() const {
    std::vector<Index> rows;
    for (size_t i = 0; i < n; i++) {
      if (columnOf[i] < 0) rows.push_back((Index)i);
    }
    return rows;
  }

  int64_t reduce_columns() {
    std::vector<Index> bestRow(n, 0);
    for (size_t i = 0; i < n; i++) {
      const T* row = row_of(i);
      if (k.raise_columns(row, n, (Index)i, prices.data(), bestRow.data())) continue;
      for (size_t j = 0; j < n; j++) {
        if (row[j] - row[j] != 0) return (int64_t)(i * n + j);
      }
    }
    for (size_t j = 0; j < n; j++) {
      if (columnOf[bestRow[j]] < 0) match(bestRow[j], (Index)j);
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
  T gap_of_reduction() const {
    T gap = 0;
    for (size_t i = 0; i < n; i++) gap = std::max(gap, -best_two(i).best);
    return gap;
  }

  /**
   * For S[i][j] ≈ a_i b_j the best matching is that of equal ranks, and w rises from rank to rank by (b − b before) times the mean
   * of both a. Takes these prices, with sums of rows and columns for a and b, if that at least halves what prices and rows' best
   * offers add up to beyond this matching, in every eighth row; `gap` is then what the row that misses most does.
   */
  void start_from_ranks(T* gap) {
    std::vector<T> a(n), b(n);
    double total = 0;
    for (size_t i = 0; i < n; i++) {
      a[i] = k.add_row(row_of(i), n, b.data());
      total += a[i];
    }
    if (!(total > 0)) return;
    const auto ranked = [this](const std::vector<T>& values) {
      std::vector<size_t> order(n);
      for (size_t i = 0; i < n; i++) order[i] = i;
      std::sort(order.begin(), order.end(), [&values](size_t x, size_t y) { return values[x] < values[y]; });
      return order;
    };
    const std::vector<size_t> rows = ranked(a), columns = ranked(b);
    std::vector<T> start(n);
    for (size_t r = 1; r < n; r++) {
      const size_t j = columns[r], before = columns[r - 1];
      start[j] = start[before] + (T)((a[rows[r]] + a[rows[r - 1]]) / 2 * (b[j] - b[before]) / total);
    }
    const auto missed = [&](size_t r, const std::vector<T>& w) {
      const T* row = row_of(rows[r]);
      return k.best_two(row, w.data(), n).best - (row[columns[r]] - w[columns[r]]);
    };
    double excess = 0, excessNow = 0;
    for (size_t r = 0; r < n; r += SAMPLED) {
      excess += missed(r, start);
      excessNow += missed(r, prices);
    }
    if (!(2 * excess < excessNow)) return;
    *gap = 0;
    for (size_t r = 0; r < n; r++) *gap = std::max(*gap, missed(r, start));
    prices = start;
  }

  bool auction(T gap) {
    if (!(gap > 0 && gap < INF)) return false;
    T unit = 1;
    while (unit > gap) unit /= 2;
    while (unit * 2 <= gap) unit *= 2;
    std::vector<Index> holder(n);
    bids = AUCTION_BIDS * n;
    for (int phase = 2; phase <= 14; phase += 3) {
      const T epsilon = unit * std::ldexp(T{1}, -phase);
      std::fill(holder.begin(), holder.end(), -1);
      for (size_t first = 0; first < n; first++) {
        for (Index row = (Index)first; row >= 0; bids--) {
          if (bids == 0) return true;
          const auto [best, column, second] = best_two((size_t)row);
          prices[(size_t)column] += best - second + epsilon;
          std::swap(row, holder[(size_t)column]);
        }
      }
    }
    return true;
  }

  /** From prices at which every matched pair is a best offer. */
  void match_free_rows() {
    std::vector<Index> free = free_rows();
    bids = REDUCTION_BIDS * n;
    for (int round = 0; round < 2 && !free.empty(); round++) free = reduce_rows(free);
    if (free.empty()) return;
    distance.resize(n);
    from.resize(n);
    for (const Index row : free) augment(row);
  }

  std::vector<Index> reduce_rows(const std::vector<Index>& free) {
    std::vector<Index> left;
    for (Index row : free) {
      for (;;) {
        if (bids == 0) {
          left.push_back(row);
          break;
        }
        bids--;
        auto [best, column, second] = best_two((size_t)row);
        const T raised = prices[(size_t)column] + (best - second);
        const bool wins = raised > prices[(size_t)column];
        if (wins) prices[(size_t)column] = raised;
        else if (rowOf[(size_t)column] >= 0) column = next_column(row, column, second);
        const Index loser = rowOf[(size_t)column];
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

  Index next_column(Index row, Index taken, T offer) const {
    Index next = taken;
    for (size_t j = 0; j < n; j++) {
      if ((Index)j == taken || row_of((size_t)row)[j] - prices[j] != offer) continue;
      if (rowOf[j] < 0) return (Index)j;
      if (next == taken) next = (Index)j;
    }
    return next;
  }

  void augment(Index start) {
    struct Scanned {
      size_t column;
      T distance, price;
    };
    std::vector<Scanned> scanned;
    for (size_t j = 0; j < n; j++) distance[j] = INF;
    Index row = start;
    T base = 0, shortest;
    for (;;) {
      const Nearest<T> nearest = k.relax(row_of((size_t)row), prices.data(), base, row, n, distance.data(), from.data(), barrier.data());
      shortest = nearest.distance;
      if (nearest.free == shortest) break;
      const size_t c = (size_t)nearest.column;
      row = rowOf[c];
      base = prices[c] - row_of((size_t)row)[c] - shortest;
      scanned.push_back({c, shortest, prices[c]});
      prices[c] = INF;
      distance[c] = INF;
    }
    size_t end = 0;
    while (rowOf[end] >= 0 || distance[end] != shortest) end++;
    for (const Scanned& s : scanned) prices[s.column] = s.price + (shortest - s.distance);
    for (Index column = (Index)end;;) {
      const Index i = from[(size_t)column], next = columnOf[i];
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
