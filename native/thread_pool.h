// A pool of a fixed number of threads that all work on one indexed loop at a time, with the caller. The threads of the pool flush
// subnormal numbers; the caller does where it says so (subnormals.h).
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace basinet {

class ThreadPool {
 public:
  /** `threads` counts the caller: 1 starts none. Throws std::system_error where the system refuses a thread. */
  explicit ThreadPool(size_t threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  size_t size() const { return workers_.size() + 1; }

  /** Runs body(index, thread) for every index below `count`, in any order, and returns when all have ended. */
  template <class Body>
  void run(size_t count, Body&& body) {
    if (workers_.empty() || count <= 1) {
      for (size_t i = 0; i < count; i++) body(i, size_t{0});
      return;
    }
    start(count, [](void* context, size_t i, size_t thread) { (*static_cast<Body*>(context))(i, thread); }, &body);
  }

 private:
  using Call = void (*)(void*, size_t, size_t);
  void start(size_t count, Call call, void* context);
  void work(size_t thread);
  void serve(size_t thread);

  std::vector<std::thread> workers_;
  std::mutex mutex_;
  std::condition_variable wake_, finished_;
  std::atomic<unsigned> round_{0};
  std::atomic<size_t> next_{0}, active_{0};
  std::atomic<bool> stop_{false};
  /** Whether workers may still join the current loop; guarded by mutex_, as are the next three. */
  bool open_ = false;
  size_t count_ = 0;
  Call call_ = nullptr;
  void* context_ = nullptr;
};

}  // namespace basinet
