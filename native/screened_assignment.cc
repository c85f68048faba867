// Assignment of a draw's units to a reference's without the matrix of their similarities: bounds from products of int8 or in
// float32 decide almost everything, and what they leave open is summed exactly.
#include "screened_assignment.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include "certified_assignment.h"

namespace basinet {
namespace {

/** Units that are similar to none: in ascending order, or as they are at present where all others are as well. */
void order_exchangeable(const std::vector<int32_t>& units, const std::vector<int32_t>& placeOf, const int32_t* present, int32_t* unitOf) {
  std::vector<int32_t> places;
  for (const int32_t j : units) places.push_back(placeOf[(size_t)j]);
  std::sort(places.begin(), places.end());
  for (size_t k = 0; k < units.size(); k++) unitOf[places[k]] = units[k];
  if (present == nullptr) return;
  size_t same = 0;
  for (size_t i = 0; i < placeOf.size(); i++) same += std::binary_search(places.begin(), places.end(), (int32_t)i) || unitOf[i] == present[i];
  if (same == placeOf.size()) std::copy(present, present + same, unitOf);
}

/** What all of this thread share, while there are any. */
std::shared_ptr<std::vector<float>> scratch_of_thread() {
  thread_local std::weak_ptr<std::vector<float>> shared;
  std::shared_ptr<std::vector<float>> scratch = shared.lock();
  if (scratch == nullptr) shared = scratch = std::make_shared<std::vector<float>>();
  return scratch;
}

/** Estimates whose scale is beyond these might be lost between float32 and zero, or above it. */
constexpr double SMALLEST_SCALE = 0x1p-1000, LARGEST_SCALE = 0x1p1000;

}  // namespace

ScreenedAssignment::ScreenedAssignment(const StreamKernels& kernels, std::unique_ptr<UnitProducts> unitProducts, const float* reference, size_t count, size_t features)
    : n(count), elements(features), products(std::move(unitProducts)), block(products->strip() * features) {
  for (size_t i = 0; i < n; i++) largest = std::max(largest, kernels.norm(reference + i * features, features) * UP);
}

template <typename Body>
bool ScreenedAssignment::each_strip(Body body) const {
  for (size_t first = 0; first < n; first += products->strip()) {
    if (!body(first, std::min(n, first + products->strip()))) return false;
  }
  return true;
}

double ScreenedAssignment::scale() const {
  double most = 0;
  for (size_t j = 0; j < n; j++) most = std::max(most, products->bounds(j).whole);
  return largest * most;
}

Screening ScreenedAssignment::solve(const StreamKernels& kernels, const float* reference, const UnitView& draw, float* packed, bool magnitudes, const int32_t* present, int32_t* unitOf) {
  if (solve_coarse(kernels, draw, magnitudes, unitOf)) return Screening::coarse;
  // Block after block, so that what is packed is still near when it is read.
  for (size_t first = 0; first < n; first += UnitView::BLOCK) {
    const size_t last = std::min(n, first + UnitView::BLOCK);
    draw.pack(first, last, packed + first * elements);
    products->take(kernels, packed + first * elements, first, last - first);
  }
  return solve_certified(kernels, reference, packed, magnitudes, present, unitOf);
}

void ScreenedAssignment::multiply(const StreamKernels& kernels, const float* units, size_t first, size_t last) {
  if (multiplied != first) products->multiply(kernels, units, first, last - first);
  multiplied = first;
}

void ScreenedAssignment::bounds(const StreamKernels& kernels, const float* draw, bool magnitudes, const SimilarityBounds& out) {
  multiplied = n;
  products->take(kernels, draw, 0, n);
  each_strip([&](size_t first, size_t last) {
    multiply(kernels, draw + first * elements, first, last);
    for (size_t j = first; j < last; j++) products->intervals(kernels, j, magnitudes, out.lower + j * n, out.upper + j * n);
    return true;
  });
  std::vector<float> estimates(n * n);
  const double scale = this->scale();
  const EstimatedMatrix matrix = estimated(kernels, draw, scale, magnitudes, estimates.data());
  for (size_t j = 0; j < n; j++) kernels.fine_errors(n, matrix.columns, matrix.rows[j], out.errors + j * n);
  for (size_t entry = 0; entry < n * n; entry++) {
    out.estimates[entry] = estimates[entry] * scale;
    out.errors[entry] *= scale;
  }
}

EstimatedMatrix ScreenedAssignment::estimated(const StreamKernels& kernels, const float* draw, double scale, bool magnitudes, float* estimates) {
  EstimatedMatrix matrix = {.n = n, .estimates = estimates, .columns = products->columns(), .rows = {}, .exact = {}, .close = {}, .rounding = 4 * (double)(elements + 16) * 0x1p-53};
  each_strip([&](size_t first, size_t last) {
    multiply(kernels, draw + first * elements, first, last);
    products->estimate(kernels, first, last - first, scale, magnitudes, estimates + first * n);
    for (size_t j = first; j < last; j++) {
      const UnitBounds& unit = products->bounds(j);
      matrix.rows.push_back({unit.step / scale, unit.mean / scale, unit.whole / scale, unit.norm / scale, unit.coarse / scale, unit.fine / scale, unit.low / scale});
    }
    return true;
  });
  return matrix;
}

/** Column reduction: the answer where every unit of the draw is most similar to another one of the reference, for certain. Nothing
    but what products need is written to memory, which would take longer than all the rest. */
bool ScreenedAssignment::solve_coarse(const StreamKernels& kernels, const UnitView& draw, bool magnitudes, int32_t* unitOf) {
  multiplied = n;
  std::fill(unitOf, unitOf + n, -1);
  double least = std::numeric_limits<double>::infinity();
  const bool found = each_strip([&](size_t first, size_t last) {
    for (size_t from = first; from < last; from += UnitView::BLOCK) {
      const size_t to = std::min(last, from + UnitView::BLOCK);
      float* units = block.data() + (from - first) * elements;
      draw.pack(from, to, units);
      products->take(kernels, units, from, to - from);
    }
    multiply(kernels, block.data(), first, last);
    for (size_t j = first; j < last; j++) {
      const CoarseBest best = products->best(kernels, j, magnitudes);
      if (!(best.others < best.least) || unitOf[best.column] >= 0) return false;
      unitOf[best.column] = (int32_t)j;
      least = std::min(least, best.least - best.others);
    }
    return true;
  });
  // In another matching two units or more have another place.
  return found && 2 * least > least_gain(n) * scale();
}

/** Rows are units of the draw, columns those of the reference: a matching is one either way round. */
Screening ScreenedAssignment::solve_certified(const StreamKernels& kernels, const float* reference, const float* draw, bool magnitudes, const int32_t* present, int32_t* unitOf) {
  const double scale = this->scale();
  if (!(scale > SMALLEST_SCALE && scale < LARGEST_SCALE)) return Screening::none;
  if (scratch == nullptr) scratch = scratch_of_thread();
  if (scratch->size() < n * n) scratch->resize(n * n);
  EstimatedMatrix matrix = estimated(kernels, draw, scale, magnitudes, scratch->data());
  const auto summed_by = [&](auto sum) {
    return [&, sum](const std::vector<int32_t>& units, const std::vector<int32_t>& places, std::vector<double>& out) {
      out.resize(units.size());
      sum(reference, places.data(), draw, units.data(), units.size(), elements, out.data());
      for (double& value : out) value = (magnitudes ? std::abs(value) : value) / scale;
    };
  };
  matrix.exact = summed_by(kernels.inner_products);
  matrix.close = summed_by(kernels.close_inner_products);
  std::vector<int32_t> placeOf(n);
  std::vector<int32_t> exchangeable;
  if (!certified_assignment(kernels, matrix, placeOf.data(), &exchangeable)) return Screening::none;
  for (size_t j = 0; j < n; j++) unitOf[placeOf[j]] = (int32_t)j;
  if (exchangeable.empty()) return Screening::certified;
  order_exchangeable(exchangeable, placeOf, present, unitOf);
  return Screening::exchangeable;
}

}  // namespace basinet
