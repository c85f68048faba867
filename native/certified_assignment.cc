// Assignment on estimates, and its proof: entries that might matter are computed, and prices moved until all of them fall short.
#include "certified_assignment.h"
#include <deque>

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
  Certificate(const StreamKernels& kernels, const EstimatedMatrix& matrix, const std::vector<double>& prices, const int32_t* columnOf, double width)
      : kernels(kernels), matrix(matrix), n(matrix.n), prices(prices), columnOf(columnOf), margin(64 * (double)n * (double)n * 0x1p-53 + least_gain(n)) {
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

  /** Of those that hold: whether rows were left out of account. */
  bool up_to_exchanges() const { return exchangeable >= 0; }

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
  /** What `Assignment` does in float64 ends below the optimum by 12·n² roundings of prices of magnitude 2 or so, at most; and `least_gain`. */
  const double margin;
  /** Prices may rise by this much, less the margin: offers below their row's own by more stay out of it. */
  double reach = 0;
  /** Per row, whose price it raises: rows that are exchangeable share one, `exchangeable`, or −1. */
  std::vector<int32_t> nodeOf;
  int32_t exchangeable = -1;
  std::vector<double> own;
  std::vector<std::pair<size_t, double>> computed;
  std::vector<int32_t> rowOf;
  std::vector<std::vector<Rival>> rivals;

  /** Rows whose own entries are 0 share a node where all entries between them and their columns are. */
  void name_nodes(const std::vector<double>& entries) {
    std::vector<int32_t> zeros, rows, columns;
    for (size_t i = 0; i < n; i++) {
      nodeOf.push_back((int32_t)i);
      if (entries[i] == 0) zeros.push_back((int32_t)i);
    }
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
    exchangeable = zeros.size() < 2 ? -1 : zeros[0];
  }

  /** What rows gain from their own columns. */
  void compute_own() {
    std::vector<int32_t> rows(n), columns(columnOf, columnOf + n);
    rowOf.resize(n);
    for (size_t i = 0; i < n; i++) {
      rows[i] = (int32_t)i;
      rowOf[(size_t)columnOf[i]] = (int32_t)i;
    }
    matrix.exact(rows, columns, own);
    keep(rows, columns, own);
    name_nodes(own);
    for (size_t i = 0; i < n; i++) own[i] -= prices[(size_t)columnOf[i]];
  }

  void keep(const std::vector<int32_t>& rows, const std::vector<int32_t>& columns, const std::vector<double>& values) {
    for (size_t p = 0; p < rows.size(); p++) computed.emplace_back((size_t)rows[p] * n + (size_t)columns[p], values[p]);
  }

  /** False where there are too many. */
  bool find_rivals() {
    std::vector<int32_t> rows, columns, found(n);
    std::vector<double> values;
    for (size_t i = 0; i < n; i++) {
      const size_t count = kernels.offers_above(matrix.estimates + i * n, prices.data(), n, matrix.columns, matrix.rows[i], own[i] - reach, found.data());
      for (size_t f = 0; f < count; f++) {
        const size_t j = (size_t)found[f], other = (size_t)rowOf[j];
        if (other == i || (nodeOf[i] == exchangeable && nodeOf[other] == exchangeable)) continue;
        rows.push_back((int32_t)i);
        columns.push_back((int32_t)j);
      }
      if (rows.size() > MOST_ENTRIES * n) return false;
    }
    matrix.exact(rows, columns, values);
    keep(rows, columns, values);
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

Certified certified_assignment(const StreamKernels& kernels, const EstimatedMatrix& matrix, int32_t* columnOf) {
  Assignment<float> assignment(kernels.float_scans, matrix.estimates, matrix.n, columnOf);
  if (assignment.solve_from_best_start() >= 0) return Certified::no;
  for (const double width : {1.0, 4.0, 4.0}) {
    const std::vector<double> prices(assignment.column_prices().begin(), assignment.column_prices().end());
    Certificate certificate(kernels, matrix, prices, columnOf, width);
    if (certificate.holds()) return certificate.up_to_exchanges() ? Certified::but_for_exchanges : Certified::yes;
    certificate.sharpen(matrix.estimates);
    assignment.match_again();
  }
  return Certified::no;
}

}  // namespace basinet
