#include "interrupts.hpp"

#include <atomic>
#include <csignal>

namespace ketsim {
namespace {

std::atomic<int> signal_that_came = 0;
static_assert(std::atomic<int>::is_always_lock_free,
              "a signal handler may write it, and many threads read it");

void note(int number) {
  signal_that_came = number;
}

}  // namespace

void watch_for_interrupts() {
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  struct sigaction before {};
  sigaction(SIGHUP, nullptr, &before);
  if (before.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);  // nohup means it
  sigaction(SIGUSR1, &action, nullptr);  // what batch systems send some time before they end a job
}

int interrupting_signal() {
  return signal_that_came;
}

}  // namespace ketsim
