// A bar on the terminal while worlds are simulated; elsewhere nothing.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace ketsim {

class Progress {
 public:
  //! Draws on stderr if that is a terminal and `wanted`; `what` is being done.
  explicit Progress(bool wanted, std::string what = "worlds");
  ~Progress();  //!< clears the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  //! Done so far; drawn at most ten times a second. From one thread at a time.
  void update(std::size_t done, std::size_t total);

 private:
  using Clock = std::chrono::steady_clock;

  void draw(std::size_t done, std::size_t total, double seconds) const;

  bool is_on_;
  std::string what_;
  bool is_drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_{};
};

}  // namespace ketsim
