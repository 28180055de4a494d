// How many threads are free to help with the loops of a world.
#pragma once

#include <atomic>
#include <cstddef>

namespace ketsim::detail {

//! Pieces of coarse work, each of which takes a thread: worlds to run, a file to write. Only threads beyond
//! them help with loops.
class Crowd {
 public:
  explicit Crowd(std::size_t pieces);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  void leave();  //!< one piece is done; from any thread

 private:
  std::atomic<std::ptrdiff_t> pieces_;
};

}  // namespace ketsim::detail
