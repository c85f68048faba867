// Assignment of a draw's units to a reference's without the matrix of their similarities: bounds from exact products of
// int8 decide almost everything, and what they leave open is summed exactly.
#include "screened_assignment.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include "certified_assignment.h"
#include "integer_products.h"

namespace basinet {
namespace {

size_t rounded_up(size_t n, size_t to) { return (n + to - 1) / to * to; }

AlignedBuffer bytes(size_t count) { return AlignedBuffer(count / sizeof(float)); }

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

/** Bounds are computed in float64 themselves: a little wider covers that. */
constexpr double UP = 1 + 1e-9;

}  // namespace

UnitCodes::UnitCodes(size_t units, size_t features)
    : units_(units),
      features_(features),
      depth_(rounded_up(features, PRODUCT_DEPTH)),
      rows_(rounded_up(units, PRODUCT_ROWS)),
      digits_(bytes(rows_ * 2 * depth_)),
      bounds_(rows_) {}

void UnitCodes::encode(const StreamKernels& kernels, const float* units, size_t first, size_t count) {
  int8_t* to = reinterpret_cast<int8_t*>(digits_.get()) + first * 2 * depth_;
  for (size_t i = 0; i < count; i++) kernels.encode(units + i * features_, features_, depth_, to + i * 2 * depth_, &bounds_[first + i]);
}

double UnitCodes::largest() const {
  double largest = 0;
  for (const UnitBounds& unit : bounds_) largest = std::max(largest, unit.whole);
  return largest;
}

ScreenedAssignment::ScreenedAssignment(const StreamKernels& kernels, const float* reference, size_t count, size_t features)
    : n(count), rows(count, features), columnValues(8 * rows.rows()), high(PRODUCT_ROWS * rows.rows()), crossed(PRODUCT_ROWS * rows.rows()), block(UnitView::BLOCK * features) {
  rows.encode(kernels, reference, 0, n);
  const size_t depth = rows.depth();
  blocks = bytes(rows.rows() * 2 * depth);
  int8_t* to = reinterpret_cast<int8_t*>(blocks.get());
  for (size_t i = 0; i < n; i++) {
    int8_t* block = to + i / PRODUCT_COLUMNS * PRODUCT_COLUMNS * 2 * depth + i % PRODUCT_COLUMNS * 4;
    for (size_t k = 0; k < 2 * depth; k++) {
      const size_t place = (k + depth) % (2 * depth);
      block[place / 4 * 4 * PRODUCT_COLUMNS + place % 4] = rows.digits(i)[k];
    }
  }
  // Of sums in float64, of means to float32 and of estimates that are float32: less than this part of ‖x‖‖y‖.
  const double rounding = (double)(features + 16) * 0x1p-52 + 0x1p-22;
  const size_t stride = rows.rows();
  double* values = columnValues.data();
  columns = {values, values + stride, values + 2 * stride, values + 3 * stride, values + 4 * stride, values + 5 * stride, values + 6 * stride, values + 7 * stride};
  for (size_t i = 0; i < n; i++) {
    const UnitBounds& unit = rows.bounds(i);
    const double parts[] = {128 * unit.step, (double)features * unit.mean, unit.coarse * UP, (unit.norm + unit.coarse) * UP,
                            unit.fine * UP, (unit.norm + unit.fine) * UP, unit.low * UP, rounding * unit.whole};
    for (size_t part = 0; part < 8; part++) values[part * stride + i] = parts[part];
    largest = std::max(largest, unit.whole);
  }
}

Screening ScreenedAssignment::solve(const StreamKernels& kernels, const IntegerProducts& products, const float* reference, const UnitView& draw, float* packed,
                                    bool magnitudes, const int32_t* present, int32_t* unitOf) {
  if (solve_coarse(kernels, products, draw, magnitudes, unitOf)) return Screening::coarse;
  // Block after block, so that what is packed is still near when it is read.
  for (size_t first = 0; first < n; first += UnitView::BLOCK) {
    const size_t last = std::min(n, first + UnitView::BLOCK);
    draw.pack(first, last, packed + first * draw.features());
    rows.encode(kernels, packed + first * draw.features(), first, last - first);
  }
  return solve_certified(kernels, products, reference, packed, magnitudes, present, unitOf);
}

void ScreenedAssignment::bounds(const StreamKernels& kernels, const IntegerProducts& products, const float* draw, bool magnitudes, const SimilarityBounds& out) {
  rows.encode(kernels, draw, 0, n);
  for (size_t first = 0; first < n; first += PRODUCT_ROWS) {
    const int32_t* sums = high_products(products, first);
    for (size_t j = first; j < n && j < first + PRODUCT_ROWS; j++) {
      kernels.coarse_bounds(sums + (j - first) * rows.rows(), n, columns, rows.bounds(j), magnitudes, out.lower + j * n, out.upper + j * n);
    }
  }
  const double scale = largest * rows.largest();
  std::vector<float> estimates(n * n);
  const EstimatedMatrix matrix = estimated(kernels, products, scale, magnitudes, estimates.data());
  for (size_t j = 0; j < n; j++) kernels.fine_errors(n, columns, matrix.rows[j], out.errors + j * n);
  for (size_t entry = 0; entry < n * n; entry++) {
    out.estimates[entry] = estimates[entry] * scale;
    out.errors[entry] *= scale;
  }
}

const int32_t* ScreenedAssignment::high_products(const IntegerProducts& products, size_t first) {
  const size_t width = 2 * rows.depth();
  int32_t* sums = reinterpret_cast<int32_t*>(high.get());
  const int8_t* highBlocks = reinterpret_cast<const int8_t*>(blocks.get()) + PRODUCT_COLUMNS * rows.depth();
  products.multiply(rows.digits(first), width, highBlocks, PRODUCT_COLUMNS * width, rows.depth(), rows.rows(), sums);
  return sums;
}

EstimatedMatrix ScreenedAssignment::estimated(const StreamKernels& kernels, const IntegerProducts& products, double scale, bool magnitudes, float* estimates) {
  const size_t width = 2 * rows.depth();
  const int8_t* crossedBlocks = reinterpret_cast<const int8_t*>(blocks.get());
  int32_t* crossedSums = reinterpret_cast<int32_t*>(crossed.get());
  EstimatedMatrix matrix = {.n = n, .estimates = estimates, .columns = columns, .rows = {}, .exact = {}, .close = {}, .rounding = 4 * (double)(rows.features() + 16) * 0x1p-53};
  for (size_t first = 0; first < n; first += PRODUCT_ROWS) {
    const int32_t* highSums = high_products(products, first);
    products.multiply(rows.digits(first), width, crossedBlocks, PRODUCT_COLUMNS * width, width, rows.rows(), crossedSums);
    for (size_t j = first; j < n && j < first + PRODUCT_ROWS; j++) {
      const UnitBounds& unit = rows.bounds(j);
      const size_t row = (j - first) * rows.rows();
      kernels.estimate(highSums + row, crossedSums + row, n, columns, unit.step / scale, unit.mean / scale, magnitudes, estimates + j * n);
      matrix.rows.push_back({unit.step / scale, unit.mean / scale, unit.whole / scale, unit.norm / scale, unit.coarse / scale, unit.fine / scale, unit.low / scale});
    }
  }
  return matrix;
}

/** Column reduction: the answer where every unit of the draw is most similar to another one of the reference, for certain. Nothing
    but digits is written to memory, which would take longer than all the rest. */
bool ScreenedAssignment::solve_coarse(const StreamKernels& kernels, const IntegerProducts& products, const UnitView& draw, bool magnitudes, int32_t* unitOf) {
  std::fill(unitOf, unitOf + n, -1);
  double least = std::numeric_limits<double>::infinity();
  for (size_t first = 0; first < n; first += PRODUCT_ROWS) {
    for (size_t from = first; from < std::min(n, first + PRODUCT_ROWS); from += UnitView::BLOCK) {
      const size_t to = std::min(n, from + UnitView::BLOCK);
      draw.pack(from, to, block.data());
      rows.encode(kernels, block.data(), from, to - from);
    }
    const int32_t* sums = high_products(products, first);
    for (size_t j = first; j < n && j < first + PRODUCT_ROWS; j++) {
      const CoarseBest best = kernels.coarse_best(sums + (j - first) * rows.rows(), n, columns, rows.bounds(j), magnitudes);
      if (!(best.others < best.least) || unitOf[best.column] >= 0) return false;
      unitOf[best.column] = (int32_t)j;
      least = std::min(least, best.least - best.others);
    }
  }
  // In another matching two units or more have another place.
  return 2 * least > least_gain(n) * largest * rows.largest();
}

/** Rows are units of the draw, columns those of the reference: a matching is one either way round. */
Screening ScreenedAssignment::solve_certified(const StreamKernels& kernels, const IntegerProducts& products, const float* reference, const float* draw,
                                         bool magnitudes, const int32_t* present, int32_t* unitOf) {
  const double scale = largest * rows.largest();
  // Otherwise estimates might be lost between float32 and zero.
  if (!(scale > 0)) return Screening::none;
  if (scratch == nullptr) scratch = scratch_of_thread();
  if (scratch->size() < n * n) scratch->resize(n * n);
  EstimatedMatrix matrix = estimated(kernels, products, scale, magnitudes, scratch->data());
  const auto summed_by = [&](auto sum) {
    return [&, sum](const std::vector<int32_t>& units, const std::vector<int32_t>& places, std::vector<double>& out) {
      out.resize(units.size());
      sum(reference, places.data(), draw, units.data(), units.size(), rows.features(), out.data());
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
