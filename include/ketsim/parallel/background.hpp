// One piece of work beside the caller's own.
#pragma once

#include <functional>
#include <future>

namespace ketsim {

//! Runs `work` on a thread of its own where loops may use two or more, else at once. Its exception is thrown
//! by wait(), also where it ran at once.
class Background {
 public:
  Background() = default;
  explicit Background(const std::function<void()>& work);
  //! Until the work is done: from any thread, any number of times.
  void wait() const {
    if (done_.valid()) done_.get();
  }

 private:
  std::shared_future<void> done_;  //!< none where there is no work
};

}  // namespace ketsim
