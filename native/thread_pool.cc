// Workers spin briefly between loops, since the next one of a trajectory follows at once, then sleep.
#include "thread_pool.h"
#include "subnormals.h"

namespace basinet {

namespace {
constexpr int SPINS = 2000;

void pause_briefly() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}
}  // namespace

ThreadPool::ThreadPool(size_t threads) {
  try {
    for (size_t t = 1; t < threads; t++) workers_.emplace_back([this, t] { serve(t); });
  } catch (...) {
    {
      std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    for (auto& worker : workers_) worker.join();
    throw;
  }
}

ThreadPool::~ThreadPool() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void ThreadPool::start(size_t count, Call call, void* context) {
  {
    std::lock_guard lock(mutex_);
    count_ = count;
    call_ = call;
    context_ = context;
    next_.store(0, std::memory_order_relaxed);
    open_ = true;
    round_.fetch_add(1, std::memory_order_release);
  }
  wake_.notify_all();
  work(0);
  {
    // Who has not come by now is not waited for: on a busy machine a sleeper may take long to wake.
    std::lock_guard lock(mutex_);
    open_ = false;
  }
  for (int i = 0; i < SPINS && active_.load(std::memory_order_acquire) != 0; i++) pause_briefly();
  if (active_.load(std::memory_order_acquire) == 0) return;
  std::unique_lock lock(mutex_);
  finished_.wait(lock, [this] { return active_.load(std::memory_order_acquire) == 0; });
}

void ThreadPool::work(size_t thread) {
  for (;;) {
    const size_t i = next_.fetch_add(1, std::memory_order_relaxed);
    if (i >= count_) return;
    call_(context_, i, thread);
  }
}

void ThreadPool::serve(size_t thread) {
  const FlushSubnormals flush;
  unsigned seen = 0;
  for (;;) {
    for (int i = 0; i < SPINS && round_.load(std::memory_order_acquire) == seen && !stop_.load(std::memory_order_relaxed); i++) {
      pause_briefly();
    }
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return round_.load(std::memory_order_relaxed) != seen || stop_; });
      if (stop_) return;
      seen = round_.load(std::memory_order_relaxed);
      if (!open_) continue;
      active_.fetch_add(1, std::memory_order_relaxed);
    }
    work(thread);
    if (active_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      std::lock_guard lock(mutex_);
      finished_.notify_one();
    }
  }
}

}  // namespace basinet
