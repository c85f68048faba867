// A zeroed buffer of floats on a cache-line boundary.
#pragma once
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace basinet {

class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  /** Throws std::bad_alloc. */
  explicit AlignedBuffer(size_t floats) {
    const size_t bytes = (floats * sizeof(float) + 63) / 64 * 64;
    if (bytes == 0) return;
    data_ = static_cast<float*>(std::aligned_alloc(64, bytes));
    if (data_ == nullptr) throw std::bad_alloc();
    std::memset(data_, 0, bytes);
  }
  AlignedBuffer(AlignedBuffer&& other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
  AlignedBuffer& operator=(AlignedBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    return *this;
  }
  ~AlignedBuffer() { std::free(data_); }

  float* get() const { return data_; }

 private:
  float* data_ = nullptr;
};

}  // namespace basinet
