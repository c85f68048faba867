// Packing of units: transposed where they lie one beside the other.
#include "unit_view.h"
#include <cstring>

namespace basinet {
namespace {

typedef float v4 __attribute__((vector_size(16)));
typedef int32_t v4i __attribute__((vector_size(16)));

#if defined(__clang__)
#define BASINET_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define BASINET_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (v4i){__VA_ARGS__})
#endif

/** Features from … to of `count` units that lie one beside the other, from unit `first` on. */
void transpose(const float* values, const int32_t* offsets, size_t first, size_t count, size_t from, size_t to, float* out, size_t features) {
  size_t k = from;
  for (; k + 4 <= to; k += 4) {
    const float* given[4];
    for (size_t f = 0; f < 4; f++) given[f] = values + offsets[k + f] + first;
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
      v4 a, b, c, d;
      std::memcpy(&a, given[0] + i, sizeof a);
      std::memcpy(&b, given[1] + i, sizeof b);
      std::memcpy(&c, given[2] + i, sizeof c);
      std::memcpy(&d, given[3] + i, sizeof d);
      const v4 ab = BASINET_SHUFFLE(a, b, 0, 4, 1, 5), cd = BASINET_SHUFFLE(c, d, 0, 4, 1, 5);
      const v4 abHigh = BASINET_SHUFFLE(a, b, 2, 6, 3, 7), cdHigh = BASINET_SHUFFLE(c, d, 2, 6, 3, 7);
      const v4 units[] = {BASINET_SHUFFLE(ab, cd, 0, 1, 4, 5), BASINET_SHUFFLE(ab, cd, 2, 3, 6, 7), BASINET_SHUFFLE(abHigh, cdHigh, 0, 1, 4, 5),
                          BASINET_SHUFFLE(abHigh, cdHigh, 2, 3, 6, 7)};
      for (size_t u = 0; u < 4; u++) std::memcpy(out + (i + u) * features + k, &units[u], sizeof units[u]);
    }
    for (; i < count; i++) {
      for (size_t f = 0; f < 4; f++) out[i * features + k + f] = given[f][i];
    }
  }
  for (; k < to; k++) {
    const float* given = values + offsets[k] + first;
    for (size_t i = 0; i < count; i++) out[i * features + k] = given[i];
  }
}

}  // namespace

UnitView::UnitView(const float* values, size_t units, size_t features, const int32_t* offsets, const int32_t* strides, const int8_t* factors)
    : values_(values), units_(units), features_(features), offsets_(offsets), strides_(strides), factors_(factors) {
  for (size_t from = 0, to; from < features; from = to) {
    const bool beside = strides[from] == 1;
    bool consecutive = true;
    for (to = from + 1; to < features && (strides[to] == 1) == beside; to++) {
      consecutive = consecutive && offsets[to] == offsets[to - 1] + 1 && strides[to] == strides[from];
    }
    runs_.push_back({beside ? Run::units : consecutive ? Run::features : Run::neither, from, to});
  }
}

void UnitView::pack(size_t first, size_t last, float* out) const {
  for (const auto& [adjacent, from, to] : runs_) {
    if (adjacent == Run::units) {
      for (size_t i = first; i < last; i += BLOCK) transpose(values_, offsets_, i, i + BLOCK < last ? BLOCK : last - i, from, to, out + (i - first) * features_, features_);
      continue;
    }
    for (size_t i = first; i < last; i++) {
      float* unit = out + (i - first) * features_;
      if (adjacent == Run::features) {
        std::memcpy(unit + from, values_ + offsets_[from] + i * (size_t)strides_[from], (to - from) * sizeof(float));
        continue;
      }
      for (size_t k = from; k < to; k++) unit[k] = values_[(size_t)offsets_[k] + i * (size_t)strides_[k]];
    }
  }
  if (factors_ == nullptr) return;
  for (size_t i = first; i < last; i++) {
    for (size_t k = 0; k < features_; k++) out[(i - first) * features_ + k] *= factors_[k];
  }
}

}  // namespace basinet
