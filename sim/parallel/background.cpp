#include "ketsim/parallel/background.hpp"

#include <system_error>

#include "ketsim/parallel/rows.hpp"

namespace ketsim {

Background::Background(const std::function<void()>& work) {
  if (available_threads() > 1) {
    try {
      done_ = std::async(std::launch::async, work).share();
      return;
    } catch (const std::system_error&) {  // no memory for a thread, or too many of them
    }
  }
  std::promise<void> done;
  done_ = done.get_future().share();
  try {
    work();
    done.set_value();
  } catch (...) {
    done.set_exception(std::current_exception());
  }
}

}  // namespace ketsim
