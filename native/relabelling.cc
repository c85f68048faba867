// Relabelling of one tensor, compared with a target on the way.
#include "relabelling.h"
#include <algorithm>
#include <cstring>

namespace basinet {
namespace {

class Pass {
 public:
  Pass(const StreamKernels& kernels, const float* target, const float* given, float* aligned, const std::vector<RelabelledAxis>& axes)
      : kernels(kernels), target(target), given(given), aligned(aligned), axes(axes) {
    whole = axes.size();
    while (whole > 0 && axes[whole - 1].permutation == nullptr && axes[whole - 1].signs == nullptr) whole--;
    blocks.assign(axes.size() + 1, 1);
    for (size_t axis = axes.size(); axis-- > 0;) blocks[axis] = blocks[axis + 1] * axes[axis].size;
  }

  void run(double* out) {
    write(0, 0, 1);
    compare(blocks[0]);
    for (size_t s = 0; s < 3; s++) {
      out[s] = 0;
      for (const double sum : sums[s]) out[s] += sum;
    }
  }

 private:
  /** Elements that are compared at once, at least: rows may be short. */
  static constexpr size_t LEAST = 512;

  const StreamKernels& kernels;
  const float *target, *given;
  float* aligned;
  const std::vector<RelabelledAxis>& axes;
  /** Axes from here on stay as they are. */
  size_t whole;
  /** Elements of all axes from one on. */
  std::vector<size_t> blocks;
  size_t written = 0, compared = 0;
  double sums[3][CLOSENESS_PARTS] = {};

  /** The block at `from` of the axes from `axis` on. */
  void write(size_t axis, size_t from, int sign) {
    if (axis == whole) {
      // Sums go on where they stopped at multiples of their parts only; large blocks are cut so that they stay near.
      for (size_t left = blocks[axis]; left > 0;) {
        const size_t count = std::min(left, size_t{4096});
        if (sign > 0) std::memcpy(aligned + written, given + from, count * sizeof(float));
        else for (size_t i = 0; i < count; i++) aligned[written + i] = -given[from + i];
        from += count;
        left -= count;
        advance(count);
      }
      return;
    }
    const auto& [size, permutation, signs] = axes[axis];
    const size_t block = blocks[axis + 1];
    if (block == 1 && axis + 1 == whole) {
      float* to = aligned + written;
      for (size_t i = 0; i < size; i++) to[i] = given[from + (permutation == nullptr ? i : (size_t)permutation[i])];
      for (size_t i = 0; i < size && (sign < 0 || signs != nullptr); i++) {
        if (sign * (signs == nullptr ? 1 : signs[i]) < 0) to[i] = -to[i];
      }
      advance(size);
      return;
    }
    for (size_t i = 0; i < size; i++) {
      write(axis + 1, from + (permutation == nullptr ? i : (size_t)permutation[i]) * block, signs == nullptr ? sign : sign * signs[i]);
    }
  }

  void advance(size_t count) {
    written += count;
    if (written - compared >= LEAST) compare(written - written % CLOSENESS_PARTS);
  }

  void compare(size_t until) {
    kernels.closeness(target + compared, given + compared, aligned + compared, until - compared, sums[0], sums[1], sums[2]);
    compared = until;
  }
};

}  // namespace

void relabel(const StreamKernels& kernels, const float* target, const float* given, float* aligned, const std::vector<RelabelledAxis>& axes, double* out) {
  Pass(kernels, target, given, aligned, axes).run(out);
}

}  // namespace basinet
