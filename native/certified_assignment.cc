// Assignment on estimates, and its proof: entries that might matter are computed, and prices moved until all of them fall short.
#include "certified_assignment.h"
#include <cmath>
#include <deque>
#include <unordered_map>

namespace basinet {
namespace {

/** Entries that may be computed at once and prices that may be moved, per row: beyond, the whole matrix is the quicker way. */
constexpr size_t MOST_ENTRIES = 16, MOST_MOVES = 64;

/**
 * With prices w of columns, row i gains v = entry − w from its own column. If no other offer comes within `margin` of that, in
 * any row, another matching is worse by more than `margin`. Offers that come nearer, be it by what estimates are uncertain
 * of, are computed exactly; then a row whose column they want raises its price. That makes its own offer worse, so that its
 * other offers come nearer in turn: it ends, unless a cycle of exchanges gains (or ties).
 */
class Certificate {
 public:
  Certificate(const StreamKernels& kernels, const EstimatedMatrix& matrix, const std::vector<double>& prices, const int32_t* columnOf, double width, std::unordered_map<size_t, double>& computed)
      : kernels(kernels), matrix(matrix), n(matrix.n), prices(prices), columnOf(columnOf), computed(computed), margin(64 * (double)n * (double)n * 0x1p-53 + least_gain(n) + 2 * matrix.rounding) {
    double fine = 0, low = 0, norm = 0, error = 0;
    for (size_t i = 0; i < n; i++) {
      fine += matrix.columns.fine[i];
      low += matrix.columns.low[i];
      norm += matrix.columns.fineReach[i];
    }
    for (const UnitBounds& row : matrix.rows) error += fine * row.norm + norm * row.fine + low * row.low;
    reach = width * error / (double)n / (double)n + 2 * margin;
  }

  bool holds() {
    compute_own();
    return find_rivals() && settle();
  }

  const std::vector<int32_t>& exchangeable_rows() const { return exchangeable; }

  /** Writes what was computed in place of its estimates. */
  void sharpen(float* estimates) const {
    for (const auto& [index, value] : computed) estimates[index] = (float)value;
  }

 private:
  struct Rival {
    int32_t node;
    /** By how much its offer is better than the row's own, at the prices of the start. */
    double excess;
  };

  const StreamKernels& kernels;
  const EstimatedMatrix& matrix;
  const size_t n;
  const std::vector<double>& prices;
  const int32_t* columnOf;
  std::unordered_map<size_t, double>& computed;
  /** What `Assignment` does in float64 ends below the optimum by 12·n² roundings of prices of magnitude 2 or so, at most; then `least_gain`, and two entries' rounding. */
  const double margin;
  /** Prices may rise by this much, less the margin: offers below their row's own by more stay out of it. */
  double reach = 0;
  /** Per row, whose price it raises: rows that are exchangeable share that of the first. */
  std::vector<int32_t> nodeOf;
  std::vector<int32_t> exchangeable;
  std::vector<double> own;
  std::vector<int32_t> rowOf;
  std::vector<std::vector<Rival>> rivals;

  /** Rows whose own entries are 0 share a node where all entries between them and their columns are. */
  void name_nodes(const std::vector<double>& entries) {
    std::vector<int32_t> zeros, rows, columns;
    for (size_t i = 0; i < n; i++) {
      nodeOf.push_back((int32_t)i);
      if (std::abs(entries[i]) <= matrix.rounding) zeros.push_back((int32_t)i);
    }
    // Exactly these must be 0: what is nearly so is a row as any other.
    std::vector<double> own;
    for (const int32_t i : zeros) columns.push_back(columnOf[i]);
    matrix.exact(zeros, columns, own);
    size_t kept = 0;
    for (size_t z = 0; z < zeros.size(); z++) {
      if (own[z] == 0) zeros[kept++] = zeros[z];
    }
    zeros.resize(kept);
    columns.clear();
    if (zeros.size() * zeros.size() > MOST_ENTRIES * n) return;
    for (const int32_t i : zeros) {
      for (const int32_t j : zeros) {
        rows.push_back(i);
        columns.push_back(columnOf[j]);
      }
    }
    std::vector<double> values;
    matrix.exact(rows, columns, values);
    if (std::any_of(values.begin(), values.end(), [](double value) { return value != 0; })) return;
    for (const int32_t i : zeros) nodeOf[(size_t)i] = zeros[0];
    if (zeros.size() > 1) exchangeable = zeros;
  }

  /** What rows gain from their own columns. */
  void compute_own() {
    std::vector<int32_t> rows(n), columns(columnOf, columnOf + n);
    rowOf.resize(n);
    for (size_t i = 0; i < n; i++) {
      rows[i] = (int32_t)i;
      rowOf[(size_t)columnOf[i]] = (int32_t)i;
    }
    close(rows, columns, own);
    name_nodes(own);
    for (size_t i = 0; i < n; i++) own[i] -= prices[(size_t)columnOf[i]];
  }

  /** Entries, computed unless they have been before. */
  void close(const std::vector<int32_t>& rows, const std::vector<int32_t>& columns, std::vector<double>& values) {
    const auto index = [&](size_t p) { return (size_t)rows[p] * n + (size_t)columns[p]; };
    std::vector<int32_t> newRows, newColumns;
    std::vector<double> found;
    for (size_t p = 0; p < rows.size(); p++) {
      if (computed.contains(index(p))) continue;
      newRows.push_back(rows[p]);
      newColumns.push_back(columns[p]);
    }
    matrix.close(newRows, newColumns, found);
    for (size_t p = 0; p < found.size(); p++) computed.emplace((size_t)newRows[p] * n + (size_t)newColumns[p], found[p]);
    values.resize(rows.size());
    for (size_t p = 0; p < rows.size(); p++) values[p] = computed.at(index(p));
  }

  /** False where there are too many. */
  bool find_rivals() {
    std::vector<int32_t> rows, columns, found(n);
    std::vector<double> values;
    for (size_t i = 0; i < n; i++) {
      const size_t count = kernels.offers_above(matrix.estimates + i * n, prices.data(), n, matrix.columns, matrix.rows[i], own[i] - reach, found.data());
      for (size_t f = 0; f < count; f++) {
        const size_t j = (size_t)found[f], other = (size_t)rowOf[j];
        if (nodeOf[i] == nodeOf[other]) continue;
        rows.push_back((int32_t)i);
        columns.push_back((int32_t)j);
      }
      if (rows.size() > MOST_ENTRIES * n) return false;
    }
    close(rows, columns, values);
    rivals.assign(n, {});
    for (size_t p = 0; p < rows.size(); p++) {
      const double excess = values[p] - prices[(size_t)columns[p]] - own[(size_t)rows[p]];
      const int32_t from = nodeOf[(size_t)rows[p]], to = nodeOf[(size_t)rowOf[(size_t)columns[p]]];
      if (excess < -reach) continue;
      rivals[(size_t)from].push_back({to, excess});
    }
    return true;
  }

  /** Raises prices until every rival falls short by the margin; false where that would take more than what was looked at. */
  bool settle() {
    std::vector<double> raised(n, 0.0);
    std::vector<bool> waiting(n, true);
    std::deque<int32_t> queue;
    for (size_t i = 0; i < n; i++) queue.push_back((int32_t)i);
    for (size_t moves = MOST_MOVES * n; !queue.empty();) {
      const size_t from = (size_t)queue.front();
      queue.pop_front();
      waiting[from] = false;
      for (const Rival& rival : rivals[from]) {
        const size_t to = (size_t)rival.node;
        const double needed = raised[from] + rival.excess + margin;
        if (raised[to] >= needed) continue;
        if (needed > reach - margin || moves-- == 0) return false;
        raised[to] = needed;
        if (!waiting[to]) queue.push_back(rival.node);
        waiting[to] = true;
      }
    }
    return true;
  }
};

}  // namespace

bool certified_assignment(const StreamKernels& kernels, const EstimatedMatrix& matrix, int32_t* columnOf, std::vector<int32_t>* exchangeable) {
  Assignment<float> assignment(kernels.float_scans, matrix.estimates, matrix.n, columnOf);
  if (assignment.solve_from_best_start() >= 0) return false;
  std::unordered_map<size_t, double> computed;
  for (const double width : {1.0, 4.0, 4.0}) {
    const std::vector<double> prices(assignment.column_prices().begin(), assignment.column_prices().end());
    Certificate certificate(kernels, matrix, prices, columnOf, width, computed);
    if (certificate.holds()) {
      *exchangeable = certificate.exchangeable_rows();
      return true;
    }
    certificate.sharpen(matrix.estimates);
    assignment.match_again();
  }
  return false;
}

}  // namespace basinet
