// Wall time of parts of a run, for the report on where the time went; never part of a result.
#pragma once

#include <chrono>

namespace ketsim {

//! Wall time between one call and the next.
class Stopwatch {
 public:
  double lap() {  //!< since the last call, or since it was made [s]
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

  class Timed;

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point last_ = Clock::now();
};

//! Adds the time that it lives to a sum.
class Stopwatch::Timed {
 public:
  explicit Timed(double& seconds) : seconds_(seconds) {}
  ~Timed() { seconds_ += watch_.lap(); }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  double& seconds_;
  Stopwatch watch_;
};

}  // namespace ketsim
