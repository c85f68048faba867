// The units of a group as they lie in an array, and their packing one after the other.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace basinet {

/** Element k of unit i is factors[k] · values[offsets[k] + i·strides[k]]. */
class UnitView {
 public:
  /** offsets, strides, factors: [features] each; null for factors: all are 1. Nothing is copied. Throws std::bad_alloc. */
  UnitView(const float* values, size_t units, size_t features, const int32_t* offsets, const int32_t* strides, const int8_t* factors);

  size_t units() const { return units_; }
  size_t features() const { return features_; }

  /** Units first … last into out, [last − first][features]. */
  void pack(size_t first, size_t last, float* out) const;

  /** Neighbouring units may share cache lines: so many at once are best, or multiples of it. */
  static constexpr size_t BLOCK = 16;

 private:
  /** Features from … to: all of stride 1, so that units lie one beside the other; or one beside the other themselves; or neither. */
  struct Run {
    enum { units, features, neither } adjacent;
    size_t from, to;
  };

  const float* values_;
  size_t units_, features_;
  const int32_t *offsets_, *strides_;
  const int8_t* factors_;
  std::vector<Run> runs_;
};

}  // namespace basinet
